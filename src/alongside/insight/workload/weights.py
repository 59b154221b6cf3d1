"""The weights of the data file: how much work a family is, and what makes a worker close to one."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "weights.toml"


class WeightsError(ValueError):
    """The data file does not say what it should."""


@dataclass(frozen=True, slots=True)
class Close:
    """What counts when somebody is suggested for a family."""

    place: float
    team: float
    language: float
    experience: float
    experience_most: int
    carer_too: float
    room: float


@dataclass(frozen=True, slots=True)
class Weights:
    """How much work a family is."""

    edition: str
    verified: bool
    why: str
    no_programme: float
    programmes: dict[str, float]
    new: float
    concern: float
    child_protection: float
    interpreter: float
    paused: float
    new_weeks: int
    close: Close

    def of_programme(self, slug: str) -> float:
        """Give the weight of a family in a programme."""
        return self.programmes.get(slug, self.programmes["other"])


@cache
def weights() -> Weights:
    """Read the file; raises :class:`WeightsError`."""
    return read(FILE)


def read(path: Path) -> Weights:
    """Read a file of weights."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        found = Weights(
            **{key: said[key] for key in ("edition", "verified", "why", "no_programme", "programmes")},
            **said["adds"],
            paused=said["times"]["paused"],
            new_weeks=said["weeks"]["new"],
            close=Close(**said["close"]),
        )
        found.of_programme("other")
    except (KeyError, TypeError) as error:
        raise WeightsError(f"{path.name}: {error}") from error
    if min(found.no_programme, found.paused, *found.programmes.values()) < 0:
        raise WeightsError(f"{path.name}: no weight is below 0")
    return found

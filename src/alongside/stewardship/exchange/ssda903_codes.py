"""The codes of the SSDA903 return, loaded from their data file."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

Carer = Literal["family", "other", "placement", "unsaid"]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for leaving care by an order, and what it says about who holds the order."""

    meaning: str
    arrangement: str
    carer: Carer


@dataclass(frozen=True, slots=True)
class Codes:
    orders: dict[str, Reason]
    family_placements: dict[str, str]
    previous_permanence: dict[str, str]
    known_reasons: frozenset[str]
    known_placements: frozenset[str]
    temporary_placements: frozenset[str]
    with_parents: str
    new_carer: frozenset[str]
    continues: str
    follows: dict[str, tuple[str, ...]]


def _load() -> Codes:
    text = files("alongside.stewardship.exchange").joinpath("data/ssda903-codes.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    follows: dict[str, tuple[str, ...]] = {}
    for sentence in data["follows"]:
        for arrangement in sentence["after"]:
            follows[arrangement] = (*follows.get(arrangement, ()), sentence["words"])
    known = data["known"]
    return Codes(
        orders={code: Reason(**reason) for code, reason in data["reasons"].items()},
        family_placements={code: placement["meaning"] for code, placement in data["placements"].items()},
        previous_permanence=data["previous_permanence"],
        known_reasons=frozenset(known["reasons"]),
        known_placements=frozenset(known["placements"]),
        temporary_placements=frozenset(known["temporary"]),
        with_parents=known["with_parents"],
        new_carer=frozenset(known["new_carer"]),
        continues=known["continues"],
        follows=follows,
    )


CODES = _load()

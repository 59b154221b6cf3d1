"""What was counted of one month: so many, how many of them well, and their sum, by where and for whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

UNITS = ("team", "authority", "programme")
"""What the pages can be narrowed to, one at a time."""
DEPRIVATION = "deprivation"
CROSSED = (*UNITS, DEPRIVATION)
"""What a cell is made of. The fifth follows from the authority, so whoever knows one knows the other."""
GROUPS = ("ethnicity", "disability", "arrangement")
"""What else families are parted by, to see for whom the service works."""
NONE = ""
"""Where no team, authority or programme is known."""

Place = tuple[str, ...]
"""Where a number belongs: a kind and one of it, such as ("team", "…")."""
Cell = tuple[str, ...]
"""Team, authority, programme and fifth together: the smallest thing that a page's numbers could be taken apart into."""


class Tally(NamedTuple):
    """So many, how many of them well, and the sum of their values (days, points, conversations)."""

    n: int = 0
    good: int = 0
    total: float = 0

    def plus(self, other: "Tally") -> "Tally":
        """Give both together."""
        return Tally(self.n + other.n, self.good + other.good, self.total + other.total)


@dataclass(slots=True)
class Counted:
    """One measure's tallies by cell, and by group; the groups of each kind share out all that the cells do."""

    cells: dict[Cell, Tally] = field(default_factory=dict)
    groups: dict[Place, Tally] = field(default_factory=dict)

    def add(self, cell: Cell, groups: Mapping[str, str], tally: Tally) -> None:
        """Count something in its cell and in its group of each kind."""
        self.cells[cell] = self.cells.get(cell, Tally()).plus(tally)
        for kind in GROUPS:
            place: Place = (kind, groups.get(kind, NONE))
            self.groups[place] = self.groups.get(place, Tally()).plus(tally)

    @property
    def all(self) -> Tally:
        """Everything together."""
        return total(self.cells.values())

    def units(self) -> dict[Place, Tally]:
        """Give the tally of each team, authority, programme and fifth."""
        found: dict[Place, Tally] = {}
        for cell, tally in self.cells.items():
            for place in zip(CROSSED, cell, strict=True):
                found[place] = found.get(place, Tally()).plus(tally)
        return found

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return {
            "cells": [[*cell, *tally] for cell, tally in sorted(self.cells.items())],
            "groups": [[*place, *tally] for place, tally in sorted(self.groups.items())],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Counted":
        """Read back what :meth:`to_json` gave."""
        return cls(
            {tuple(row[: len(CROSSED)]): Tally(*row[len(CROSSED) :]) for row in data["cells"]},
            {(row[0], row[1]): Tally(*row[2:]) for row in data["groups"]},
        )


def total(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up."""
    found = Tally()
    for tally in tallies:
        found = found.plus(tally)
    return found


def together(months: Iterable[Counted]) -> Counted:
    """Add up months; each thing is counted in one month only."""
    found = Counted()
    for month in months:
        for cell, tally in month.cells.items():
            found.cells[cell] = found.cells.get(cell, Tally()).plus(tally)
        for place, tally in month.groups.items():
            found.groups[place] = found.groups.get(place, Tally()).plus(tally)
    return found

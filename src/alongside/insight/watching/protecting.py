"""Which numbers of a month or a half-year may be read, so that nobody can take them apart into a few families.

Every number that any page can show, whatever it is narrowed to, belongs to one set of sums, and is protected in it
once. The attacker is taken to know also which team works in which authority with which programme: those crossings stand
in the sums as well, though no page prints them, so that a team and an authority cannot be subtracted from one another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from alongside.calc.protection import Sum, protect
from alongside.insight.watching.counts import CROSSED, DEPRIVATION, GROUPS, Cell, Counted, Place, Tally, together

THRESHOLD = 5
"""The fewest people of whom a number is shown, and the least that may be uncertain about fewer."""
HALF = "half-year"

Key = tuple[str, Place, str]
"""When, where, and which part: "n", "good" or "rest". Printed nowhere: ("cell", team, authority, programme, fifth)."""

ALL: Place = ("all",)
N, GOOD, REST = "n", "good", "rest"


@dataclass(slots=True)
class System:
    """Numbers, the sums that tie them together, which stand nowhere, and which have been read already."""

    values: dict[Key, int] = field(default_factory=dict)
    sums: list[Sum[Key]] = field(default_factory=list)
    unprinted: set[Key] = field(default_factory=set)
    released: set[Key] = field(default_factory=set)

    def gather(self, when: str, counted: Counted, *, split: bool, groups: bool) -> None:
        """Add what a page could print of a period, and the crossings that it could be taken apart into."""
        cells: dict[Place, Tally] = {("cell", *cell): tally for cell, tally in counted.cells.items()}
        crossed = [kind for kind in CROSSED if groups or kind != DEPRIVATION]
        kinds = [_of_kind(kind, counted.units()) for kind in crossed]
        kinds += [_of_kind(kind, counted.groups) for kind in GROUPS] if groups else []
        for part in (GOOD, REST) if split else (N,):
            self._values(when, part, {ALL: counted.all, **cells})
            for each in kinds:
                self._values(when, part, each)
                self._sum((when, ALL, part), [(when, one, part) for one in each])
            for number, _ in enumerate(crossed, 1):
                for unit in kinds[number - 1]:
                    parts = [(when, cell, part) for cell in cells if cell[number] == unit[1]]
                    self._sum((when, unit, part), parts)
        if split:
            places = {ALL: counted.all, **cells}
            for each in kinds:
                places |= each
            self._values(when, N, places)
            for place in places:
                self._sum((when, place, N), [(when, place, GOOD), (when, place, REST)])
        self.unprinted |= {key for key in self.values if key[0] == when and key[1][0] == "cell"}

    def _values(self, when: str, part: str, places: Mapping[Place, Tally]) -> None:
        for place, tally in places.items():
            self.values[when, place, part] = _part(tally, part)

    def _sum(self, whole: Key, parts: Sequence[Key]) -> None:
        self.sums.append(Sum(whole, tuple(parts)))

    def add_up(self, months: Iterable[str]) -> None:
        """Tie the half-year to its months, whose numbers were published before it."""
        names = list(months)
        for when, place, part in list(self.values):
            parts = [(month, place, part) for month in names if (month, place, part) in self.values]
            if when == HALF and parts:
                self._sum((HALF, place, part), parts)

    def shown(self, when: str) -> dict[Place, dict[str, int]]:
        """Give what may be read of a period, by place and part; a part that is hidden is left out."""
        found = protect(self.values, self.sums, threshold=THRESHOLD, released=self.released, unprinted=self.unprinted)
        shown: dict[Place, dict[str, int]] = {}
        for key, value in self.values.items():
            if key[0] == when and key not in self.unprinted:
                parts = shown.setdefault(key[1], {})
                if key not in found.hidden:
                    parts[key[2]] = value
        return shown


def _of_kind(kind: str, tallies: Mapping[Place, Tally]) -> dict[Place, Tally]:
    return {place: tally for place, tally in tallies.items() if place[0] == kind}


def _part(tally: Tally, part: str) -> int:
    return {N: tally.n, GOOD: tally.good, REST: tally.n - tally.good}[part]


Shown = dict[Place, dict[str, int]]


def month_shown(counted: Counted, *, split: bool) -> Shown:
    """Give what may be read of one measure's month; ``split`` where those who fared well are shown as well."""
    return _month_shown(tuple((cell, each.n, each.good * split) for cell, each in sorted(counted.cells.items())), split)


@lru_cache(maxsize=64)  # the scales of a questionnaire count the same people
def _month_shown(cells: tuple[tuple[Cell, int, int], ...], split: bool) -> Shown:
    system = System()
    counted = Counted({cell: Tally(n, good) for cell, n, good in cells})
    system.gather("month", counted, split=split, groups=False)
    return system.shown("month")


@dataclass(frozen=True, slots=True)
class Month:
    """One measure's month as it was counted and as it was published; ``shown`` is empty where it was not."""

    counted: Counted
    shown: Shown


def half_shown(months: Mapping[str, Month], *, split_months: bool) -> Shown:
    """Give what may be read of one measure's half-year, those of its months being known."""
    system = System()
    system.gather(HALF, together(month.counted for month in months.values()), split=True, groups=True)
    for name, month in months.items():
        if not month.shown:
            continue
        system.gather(name, month.counted, split=split_months, groups=False)
        read = {(name, place, part) for place, parts in month.shown.items() for part in parts}
        system.released |= read
        system.unprinted |= {key for key in system.values if key[0] == name} - read
    if all(month.shown for month in months.values()):
        system.add_up(months)
    return system.shown(HALF)

"""Which weighted shares may be read: only those that tell nothing more of a few carers, whatever else is known.

Whoever reads is taken to know all weights and how many of each group stand in each area. What is told of one question
then tells nothing of another, as no question that hangs on another has shares, so each is looked at by itself. How
many of each group stand in an area is told nowhere, and is made safe too: there are other such tables, with each of
which the shares of all questions agree.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

import numpy as np

from alongside.calc.protection import Sum
from alongside.calc.reaching import NOTHING, Entry, Reach
from alongside.calc.solving import DUAL, Places, Vector
from alongside.insight.surveys.counting import Asked
from alongside.insight.surveys.protecting import EVERYWHERE, THRESHOLD, Place, counts_of, sums_of
from alongside.insight.surveys.tallying import Area, N, Part

HALF = 0.005
"""How far a share that is rounded to a whole percent may lie from what it was."""
Group = tuple[str, ...]


class Cells(NamedTuple):
    """Those who sent a round, by area and by what they answered to all that it is weighted by, every area with all
    that can stand in it: what each such cell said, and what one of it weighs by each version of the totals.
    """

    areas: tuple[Area, ...]
    groups: tuple[Group, ...]
    parts: tuple[Mapping[Part, int], ...]
    loads: tuple[Vector, ...]

    @property
    def people(self) -> Vector:
        """How many stand in each cell."""
        return np.array([found[N] for found in self.parts], dtype=np.float64)

    def of(self, area: Area) -> Places:
        """The cells of an area, or of all."""
        return np.array([cell for cell, home in enumerate(self.areas) if area in (EVERYWHERE, home)], dtype=np.intp)

    def sets(self) -> list[tuple[Area, Places]]:
        """The cells that a reader may ask of together, with their area: of an area, of a group, of both, and all."""
        labels: list[list[tuple[Area, object]]] = [
            [(EVERYWHERE, group) for group in self.groups],
            list(zip(self.areas, self.groups, strict=True)),
            [(area, "all") for area in self.areas],
            [(EVERYWHERE, "all") for _ in self.areas],
        ]
        for margin in range(max(map(len, self.groups))):
            own = [(margin, group[margin:][:1]) for group in self.groups]
            labels += [[(EVERYWHERE, label) for label in own], list(zip(self.areas, own, strict=True))]
        found: dict[tuple[int, ...], Area] = {}
        for each in labels:
            held: dict[tuple[Area, object], list[int]] = {}
            for cell, label in enumerate(each):
                held.setdefault(label, []).append(cell)
            found |= {tuple(cells): area for (area, _), cells in held.items()}
        return [(area, np.array(cells, dtype=np.intp)) for cells, area in found.items()]


class Line(NamedTuple):
    """The weighted shares of one question, everywhere or in one area, by one version of the totals: exactly, though
    they are told in whole percent; and what all who answered weigh.
    """

    version: int
    key: str
    area: Area
    exact: tuple[tuple[str, float], ...]
    weight: float

    @property
    def percents(self) -> dict[str, int]:
        """The shares as they are told."""
        return {choice: round(100 * share) for choice, share in self.exact}


class Attack(Reach):
    """Somebody who works on the numbers of a question, and on those of its ``lines`` that are told."""

    def __init__(self, cells: Cells, asked: Asked, printed: Iterable[Place], lines: list[Line]) -> None:
        tallies = {str(cell): Counter(found) for cell, found in enumerate(cells.parts)}
        found = counts_of(tallies, [asked])
        self.cells, self.lines, self.told = cells, lines, set[int]()
        self.part = {part: at for at, part in enumerate(part for home, part in found if home == "0")}
        self.values = np.array([value for (home, _), value in found.items() if home != EVERYWHERE], dtype=np.float64)
        self.counted = self._of(np.arange(len(tallies)), N)
        read = [(area, part) for area, part in printed if part in self.part]
        entries, sums = self._known(sums_of(list(tallies), [asked]), read)
        shares = [(number, *bound) for number, line in enumerate(lines) for bound in self._bounds(line)]
        self.line_of = np.array([number for number, *_ in shares], dtype=np.intp)
        self.room = np.array([room for *_, room in shares])
        self.sums = np.arange(sums, sums + len(shares))
        for row, (_, columns, loads, _) in zip(self.sums.tolist(), shares, strict=True):
            entries += [(row, column, load) for column, load in zip(columns.tolist(), loads.tolist(), strict=True)]
            entries += [(row, column, -1.0) for column in self._spare(row - sums)]
        high = np.where(np.repeat(cells.people, len(self.part)) > 0, np.inf, 0.0)
        low = -self.values
        low[self.counted] = high[self.counted] = 0.0
        spare = np.tile([[-np.inf, 0.0], [np.inf, 0.0]], len(shares))
        super().__init__(entries, sums + len(shares), np.append(low, spare[0]), np.append(high, spare[1]))
        self._guard()

    def _of(self, cells: Places, part: Part) -> Places:
        """The columns of a part in some cells: each cell has the same parts in the same order."""
        return cells * len(self.part) + self.part[part]

    def _spare(self, share: int) -> tuple[int, int]:
        """The columns that tell how far a share lies below what it may be, and how far above."""
        return len(self.values) + 2 * share, len(self.values) + 2 * share + 1

    def _known(self, sums: list[Sum[Place]], read: list[Place]) -> tuple[list[Entry], int]:
        """What adds up in each cell, and what stands on the page."""
        own = [one for one in sums if one.total[0] != EVERYWHERE]
        width = len(self.part)
        column = {
            (str(cell), part): cell * width + at for cell in range(len(self.counted)) for part, at in self.part.items()
        }
        entries = [(row, column[one.total], -1.0) for row, one in enumerate(own)]
        entries += [(row, column[part], 1.0) for row, one in enumerate(own) for part in one.parts]
        for row, (area, part) in enumerate(read, len(own)):
            entries += [(row, column, 1.0) for column in self._of(self.cells.of(area), part).tolist()]
        return entries, len(own) + len(read)

    def _bounds(self, line: Line) -> Iterator[tuple[Places, Vector, float]]:
        """By how much each share of a line may rise or fall unseen: which columns count how much, and the room."""
        cells = self.cells.of(line.area)
        loads, said = self.cells.loads[line.version][cells], self._of(cells, ("said", line.key))
        for choice, share in line.exact:
            columns, told = np.append(self._of(cells, ("is", line.key, choice)), said), line.percents[choice] / 100
            for sign in (1.0, -1.0):
                bound = told + sign * HALF
                yield columns, sign * np.append(loads, -bound * loads), line.weight * sign * (bound - share)

    def _guard(self) -> None:
        """Aim at every small number of who gave an answer or did not, of whichever cells a reader may ask of."""
        parts = {part for part in self.part if part[0] in ("is", "not")}
        people = self.cells.people
        found = [
            (area, part, self._of(cells, part), min(THRESHOLD, int(people[cells].sum())))
            for area, cells in self.cells.sets()
            for part in sorted(parts)
        ]
        few = [each for each in found if 0 < self.values[each[2]].sum() < THRESHOLD]
        self.about = [area for area, *_ in few]
        self.aim([columns for *_, columns, _ in few], np.array([needed for *_, needed in few], dtype=np.float64))

    def settle(self, version: int) -> None:
        """Tell all lines of a version but those that would tell of a few."""
        self.tell({number for number, line in enumerate(self.lines) if line.version == version})
        for _ in self.widen_together(THRESHOLD):
            pass
        for aim in self.narrow().tolist():
            while self.up[aim] - self.down[aim] < self.needed[aim] - NOTHING:
                if not (bound := self._binding(aim) & self.of(version)):
                    break  # this is known without any share
                self.leave(min(bound, key=partial(self._dear, aim)))

    def of(self, version: int) -> set[int]:
        """The lines of a version that are told."""
        return {number for number in self.told if self.lines[number].version == version}

    def _binding(self, aim: int) -> set[int]:
        """Which lines hold an aim where it is."""
        found: set[int] = set()
        for sign in (-1.0, 1.0):
            self.ask(np.array([aim]), np.array([sign]))
            found |= set(self.line_of[np.abs(self.program.worth()[self.sums]) > NOTHING].tolist())
        return found

    def _dear(self, aim: int, number: int) -> tuple[bool, bool, int]:
        """By how much a line would be missed: those of an area the least, and of its own the very least."""
        area = self.lines[number].area
        return area == EVERYWHERE, area != self.about[aim], number

    def tell(self, lines: set[int]) -> None:
        """Let lines be read from now on: what was found possible before may not be any more."""
        self.told |= lines
        self._hold(lines, self.room)
        self.down[:], self.up[:] = 0.0, 0.0

    def leave(self, number: int) -> None:
        """Let a line not be read."""
        self.told.remove(number)
        self._hold({number}, np.full(len(self.room), np.inf))

    def _hold(self, lines: set[int], most: Vector) -> None:
        own = np.flatnonzero(np.isin(self.line_of, list(lines)))
        spare = self._spare(0)[0] + 2 * own
        self.program.bound(spare, np.full(len(own), -np.inf), most[own])

    def agree(self, world: Vector, version: int) -> None:
        """Leave the lines of a version that cannot be so if other numbers than these stand in the cells."""
        beyond = np.array([self._spare(share)[1] for share in range(len(self.sums))], dtype=np.intp)
        own = np.isin(self.line_of, list(self.of(version)))
        nothing, own_columns = np.zeros(len(beyond)), np.arange(len(self.values))
        self.program.bound(own_columns, -self.values, np.full(len(self.values), np.inf))
        self.program.bound(self.counted, world, world)
        self.program.bound(beyond, nothing, np.where(own, np.inf, 0.0))
        cost = np.zeros(len(self.columns))
        cost[beyond] = 1.0
        self.program.price(self.columns, cost)
        found = self.program.least(DUAL)
        for number in set(self.line_of[found[beyond] > NOTHING].tolist()):
            self.leave(number)
        self.program.bound(self.columns, self.low, self.high)
        self._hold(self.told, self.room)


def worlds_of(cells: Cells) -> Iterator[Vector]:
    """Give other tables of who stands where, as changes, by which every small number of it can be far from what it is.

    How many stand in each area and how many in each group is known; and so all weights stay as they are.
    """
    people, sums = cells.people, list[list[int]]()
    for labels in (cells.areas, cells.groups):
        sums += [[cell for cell, own in enumerate(labels) if own == label] for label in dict.fromkeys(labels)]
    entries = [(row, cell, 1.0) for row, members in enumerate(sums) for cell in members]
    reach = Reach(entries, len(sums), -people, np.full(len(people), np.inf))
    few = [each for _, each in cells.sets() if 0 < people[each].sum() < THRESHOLD]
    reach.aim(few, np.full(len(few), float(THRESHOLD)))
    yield from reach.widen_together(THRESHOLD)
    for aim in reach.narrow().tolist():
        for sign in (-1.0, 1.0):
            before = reach.up - reach.down
            world = reach.ask(np.array([aim]), np.array([sign]))
            if (reach.up - reach.down > before + NOTHING)[reach.needed > before].any():
                yield world

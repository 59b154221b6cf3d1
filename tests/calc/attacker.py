"""Somebody who knows a report and adds and takes away until a hidden number gives itself up."""

from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np
from scipy.optimize import linprog

from alongside.calc.disclosure import Place, Release, SafeTable

Key = tuple[int, Place]


def printed(table: SafeTable) -> dict[Place, int | None]:
    """Everything that a page shows of a table."""

    def at(row: str | None, column: str | None) -> Place:
        pairs = ((table.rows.name, row), (table.columns.name, column))
        return frozenset((name, label) for name, label in pairs if name and label is not None)

    shown = {at(None, None): table.total.value}
    for row, cells, total in zip(table.rows.labels, table.cells, table.row_totals, strict=True):
        shown[at(row, None)] = total.value
        for column, cell in zip(table.columns.labels, cells, strict=True):
            shown[at(row, column)] = cell.value
    for column, total in zip(table.columns.labels, table.column_totals, strict=True):
        shown[at(None, column)] = total.value
    return shown


class Attacker:
    """Knows all that some releases show, every sum, and, if they count up from one day, that none falls."""

    def __init__(self, *releases: Release) -> None:
        self.shown: dict[Key, int | None] = {}
        for number, release in enumerate(releases):
            for safe in release.shown:
                self.shown |= {(number, place): value for place, value in printed(safe).items()}
        self.keys = list(self.shown)
        self.sums = [
            self._row({(number, each.total): -1} | {(number, part): 1 for part in each.parts})
            for number, release in enumerate(releases)
            for table in release.tables
            for each in table.sums()
        ]
        self.falls = [
            self._row({(number, place): 1, (number + 1, place): -1})
            for number, place in self.keys
            if (number + 1, place) in self.shown
        ]

    def _row(self, weights: Mapping[Key, float]) -> np.ndarray:
        return np.array([weights.get(key, 0.0) for key in self.keys])

    def span(self, weights: Mapping[Key, float]) -> float:
        """How far apart the least and the most are that a weighted sum of numbers can be."""
        bounds = [(0, 1e6) if value is None else (value, value) for value in self.shown.values()]
        aim = self._row(weights)
        ends = []
        for way in (aim, -aim):
            falls = (np.array(self.falls), np.zeros(len(self.falls))) if self.falls else (None, None)
            found = linprog(way, *falls, np.array(self.sums), np.zeros(len(self.sums)), bounds)
            assert found.success, found.message
            ends.append(found.fun)
        return float(-ends[1] - ends[0])


def whole_numbers(release: Release, most: int) -> dict[Place, set[int]]:
    """Every whole number from 0 to ``most`` that each inner cell can be, by trying them all (one table)."""
    table, shown = release.tables[0], printed(release.shown[0])
    inner = [table.place(row, column) for row in table.rows.labels for column in table.columns.labels]
    choices: list[Iterable[int]] = [range(most + 1) if (value := shown[place]) is None else [value] for place in inner]
    possible: dict[Place, set[int]] = {place: set() for place in inner}
    sums = sorted(table.sums(), key=lambda each: -len(each.total))
    for way in product(*choices):
        values = dict(zip(inner, way, strict=True))
        totals: dict[Place, int] = {}
        fits = True
        for each in sums:
            totals[each.total] = sum(values.get(part, totals.get(part, 0)) for part in each.parts)
            known = shown[each.total]
            fits = fits and known in (None, totals[each.total])
        if fits:
            for place in inner:
                possible[place].add(values[place])
    return possible

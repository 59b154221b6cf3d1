"""Somebody who reads every page, however narrowed, and knows which team works where: what can they work out?"""

from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np
from scipy.optimize import linprog

from alongside.insight.watching.counts import CROSSED, Counted, Place
from alongside.insight.watching.protecting import ALL, HALF

Known = dict[tuple[str, Place, str], int]
Weights = dict[int, float]


class Attacker:
    """Solves linear programmes over every crossing and group of a half-year's months, all of them 0 or more.

    ``months`` are the true counts, of which the attacker is given only where there is nobody at all; ``known`` is what
    the pages say: how many ("n") and how many well ("good"), by period and place.
    """

    def __init__(self, months: Mapping[str, Counted], known: Known) -> None:
        self.months = months
        self.names: dict[tuple[str, Place, str], int] = {}
        for month, counted in months.items():
            for cell, part in product(counted.cells, ("good", "rest")):
                self.names[month, ("cell", *cell), part] = len(self.names)
        groups = {place for counted in months.values() for place in counted.groups}
        for group, part in product(sorted(groups), ("good", "rest")):
            self.names[HALF, group, part] = len(self.names)
        self.rows: list[np.ndarray] = []
        self.totals: list[float] = []
        for kind, part in product({kind for kind, _ in groups}, ("good", "rest")):
            of_kind = [(HALF, group, part) for group in groups if group[0] == kind]
            self._equal(self._sum(of_kind, self.weights(HALF, ALL, part), -1), 0)
        for (when, place, part), value in known.items():
            self._equal(self.weights(when, place, part), value)

    def _sum(self, keys: Iterable[tuple[str, Place, str]], less: Weights, sign: float) -> Weights:
        found = {number: sign * weight for number, weight in less.items()}
        for key in keys:
            found[self.names[key]] = found.get(self.names[key], 0) + 1
        return found

    def _equal(self, weights: Weights, total: float) -> None:
        self.rows.append(self._row(weights))
        self.totals.append(total)

    def _row(self, weights: Weights) -> np.ndarray:
        row = np.zeros(len(self.names))
        for number, weight in weights.items():
            row[number] = weight
        return row

    def weights(self, when: str, place: Place, part: str) -> Weights:
        """Which unknowns a number is the sum of."""
        if part == "n":
            return self.weights(when, place, "good") | self.weights(when, place, "rest")
        if (when, place, part) in self.names:
            return {self.names[when, place, part]: 1.0}
        return {
            number: 1.0
            for (month, cell, each), number in self.names.items()
            if each == part and cell[0] == "cell" and when in (month, HALF) and within(cell, place)
        }

    def true(self, weights: Weights) -> float:
        """What the sum really is."""
        values = np.zeros(len(self.names))
        for (when, place, part), number in self.names.items():
            months = self.months.values() if when == HALF else [self.months[when]]
            for month in months:
                tally = month.groups.get(place) if when == HALF else month.cells[place[1:]]  # type: ignore[call-overload]
                values[number] += 0 if tally is None else tally.good if part == "good" else tally.n - tally.good
        return float(self._row(weights) @ values)

    def ends(self, weights: Weights) -> tuple[float, float]:
        """The least and the most that a sum can be, for all that the attacker knows."""
        aim, found = self._row(weights), []
        for way in (aim, -aim):
            solved = linprog(way, A_eq=np.array(self.rows), b_eq=np.array(self.totals), bounds=(0, 1e6))
            assert solved.success, solved.message
            found.append(solved.fun)
        return found[0], -found[1]


def within(cell: Place, place: Place) -> bool:
    """Whether a crossing belongs to a place."""
    return place in (ALL, cell) or (place[0] in CROSSED and cell[1 + CROSSED.index(place[0])] == place[1])

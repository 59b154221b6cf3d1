"""Which further numbers must be hidden so that nobody can work a hidden one out by adding and taking away."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Generic, TypeVar

import numpy as np

from alongside.calc.solving import DUAL, PRIMAL, Places, Program, Standing, Vector

K = TypeVar("K", bound=Hashable)
Row = tuple[int, Sequence[int]]
"""The place of a total, and of each of its parts."""

NOTHING = 1e-6


class Why(StrEnum):
    """Why a number is hidden."""

    TOO_FEW = "too few"
    WOULD_TELL = "would let another number be worked out"


@dataclass(frozen=True, slots=True)
class Sum(Generic[K]):
    """A total that anybody can see to be the sum of its parts."""

    total: K
    parts: tuple[K, ...]


@dataclass(frozen=True, slots=True)
class Protection(Generic[K]):
    """The numbers to hide, and those that earlier releases have already given away."""

    hidden: dict[K, Why]
    exposed: frozenset[K]


def protect(
    values: Mapping[K, int],
    sums: Sequence[Sum[K]],
    *,
    threshold: int = 5,
    zeros_shown: bool = True,
    released: Collection[K] = (),
    unprinted: Collection[K] = (),
) -> Protection[K]:
    """Return which counts to hide: those of 1 to ``threshold`` - 1, and as few others as keep them hidden.

    An attacker knows every number not hidden, every sum, and that counts are not negative. A small
    count is safe if what the attacker still holds possible for it spans at least ``threshold``;
    the span is found by linear programming. Where it is too narrow, the cheapest change of other
    numbers that widens it is found by another, and those numbers are hidden; a total costs more
    than a part. At last each is shown again that can be (Fischetti and Salazar 2001; Hundepool and
    others, *Statistical Disclosure Control*, 2012, chapter 4). ``released`` is known and cannot be
    hidden; ``unprinted`` is nowhere to be read, but must not be worked out either.

    >>> total = Sum("all", ("a", "b", "c"))
    >>> protect({"a": 3, "b": 20, "c": 50, "all": 73}, [total]).hidden
    {'a': <Why.TOO_FEW: 'too few'>, 'b': <Why.WOULD_TELL: 'would let another number be worked out'>}
    """
    _check(values, sums)
    keys = list(values)
    low = 1 if zeros_shown else 0
    small = [i for i, key in enumerate(keys) if low <= values[key] < threshold and key not in released]
    silent = [i for i, key in enumerate(keys) if key in unprinted]
    if not small:
        return Protection({}, frozenset())
    search = _Search(values, sums, threshold, released, [*small, *silent])
    search.widen_together(small)
    exposed = {int(i) for i in search.narrow(np.array(small)) if not search.widen(int(i))}
    safe = [i for i in small if i not in exposed]
    for i in search.dearest_first(kept={*small, *silent}):
        search.show_again(i, safe)
    search.hidden[silent] = False
    few = set(small)
    reasons = {keys[i]: Why.TOO_FEW if i in few else Why.WOULD_TELL for i in np.flatnonzero(search.hidden).tolist()}
    return Protection(reasons, frozenset(keys[i] for i in exposed))


def _check(values: Mapping[K, int], sums: Sequence[Sum[K]]) -> None:
    for key, value in values.items():
        if value < 0:
            raise ValueError(f"{key} is {value}: a count cannot be negative")
    for each in sums:
        found = sum(map(values.__getitem__, each.parts))
        if found != values[each.total]:
            raise ValueError(f"{each.total} is {values[each.total]}, but its parts add up to {found}")


class _Search:
    """The numbers hidden so far, and other numbers (as changes from the true ones) that could stand there.

    ``down`` and ``up`` tell how far those changes take each number.
    """

    def __init__(
        self,
        values: Mapping[K, int],
        sums: Sequence[Sum[K]],
        threshold: int,
        released: Collection[K],
        hidden: Sequence[int],
    ) -> None:
        place = {key: i for i, key in enumerate(values)}
        rows = [(place[each.total], list(map(place.__getitem__, each.parts))) for each in sums]
        size = len(place)
        self.values = np.array(list(values.values()), dtype=np.float64)
        self.threshold = float(threshold)
        self.hidden = np.zeros(size, dtype=bool)
        self.changes: list[Vector] = []
        self.down, self.up = np.zeros(size), np.zeros(size)
        order = np.arange(size) / max(1, size)
        self.price = 12.0 ** _heights(rows, size) * (1 + np.log1p(self.values) / 20 + order / 1000)
        self.price[self.values == 0] *= 3
        self.standing = _standing(rows, size)
        self.column = np.full(size, -1)
        self.attack, self.cover = Program(len(rows)), Program(len(rows))
        none, most = np.zeros(size), np.where([key in released for key in values], 0.0, np.inf)
        self.cover.add(self.standing, none, most, self.price)
        falling = self.standing._replace(signs=-self.standing.signs)
        self.cover.add(falling, none, np.minimum(most, self.values), self.price)
        self._hide(np.array(hidden, dtype=np.intp))

    def _hide(self, cells: Places) -> None:
        """Hide numbers: an attacker must reckon with others there, and they cover for others at next to no price."""
        new = cells[self.column[cells] < 0]
        self.column[new] = np.arange(len(new)) + self.column.max() + 1
        nothing = np.zeros(len(new))
        self.attack.add(self.standing.of(new), nothing, nothing, nothing)
        self.hidden[cells] = True
        self._let_attack(cells, np.inf)
        self._let_cover(cells)

    def _let_attack(self, cells: Places, most: float) -> None:
        self.attack.bound(self.column[cells], -self.values[cells], np.full(len(cells), most))

    def _let_cover(self, cells: Places) -> None:
        none, price, size = np.zeros(len(cells)), np.full(len(cells), NOTHING), len(self.values)
        self.cover.bound(cells, none, np.full(len(cells), np.inf))
        self.cover.bound(cells + size, none, self.values[cells])
        self.cover.price(cells, price)
        self.cover.price(cells + size, price)

    def _attack(self, cells: Places, signs: Vector) -> list[Vector]:
        """The change of hidden numbers that takes cells as far as they go, each in its own way."""
        columns = self.column[cells]
        self._let_attack(cells, self.threshold)
        self.attack.price(columns, -signs)
        found = self.attack.least(DUAL if 2 * len(cells) > self.column.max() else PRIMAL)
        self.attack.price(columns, np.zeros(len(cells)))
        self._let_attack(cells, np.inf)
        if found is None:
            return []
        change = np.zeros(len(self.values))
        reached = self.column >= 0
        change[reached] = found[self.column[reached]]
        return [change]

    def _learn(self, changes: Sequence[Vector]) -> None:
        self.changes.extend(changes)
        for change in changes:
            self.down, self.up = np.minimum(self.down, change), np.maximum(self.up, change)

    def narrow(self, cells: Places) -> Places:
        """Those among the cells whose possible numbers do not yet span the threshold."""
        return cells[self.up[cells] - self.down[cells] < self.threshold - NOTHING]

    def widen_together(self, small: Sequence[int]) -> None:
        """Find what could stand in many small cells at a time, before each is looked at by itself.

        Of those that are still too narrow some, by chance, are taken up as far as they go together and the others
        down, then the other way round, for as long as that widens any.
        """
        narrow, chance, before = np.array(small, dtype=np.intp), np.random.default_rng(0), len(small) + 1
        while 1 < len(narrow) < before:
            before = len(narrow)
            signs = chance.choice([-1.0, 1.0], before)
            self._learn([*self._attack(narrow, signs), *self._attack(narrow, -signs)])
            narrow = self.narrow(narrow)

    def widen(self, cell: int) -> bool:
        """Hide what it takes for ``cell`` to be safe; false if nothing that may be hidden is enough."""
        if self._is_wide(cell):
            return True
        cheapest = self._cheapest(cell, self.threshold + self.down[cell])
        if cheapest is None:
            return False
        self._learn([cheapest])
        self._hide(np.flatnonzero((np.abs(cheapest) > NOTHING) & ~self.hidden))
        return True

    def dearest_first(self, kept: set[int]) -> list[int]:
        """The cells that might be shown again, those first that a reader would miss most."""
        others = [int(i) for i in np.flatnonzero(self.hidden) if i not in kept]
        return sorted(others, key=lambda i: (-self.price[i], i))

    def show_again(self, cell: int, small: Sequence[int]) -> None:
        """Show ``cell`` if every small count stays safe without it."""
        one, before = np.array([cell]), (self.changes, self.down, self.up)
        kept = [change for change in self.changes if abs(change[cell]) <= NOTHING]
        self.changes, self.down, self.up = [], np.zeros_like(self.down), np.zeros_like(self.up)
        self._learn(kept)
        self.hidden[cell] = False
        self.attack.bound(self.column[one], np.zeros(1), np.zeros(1))
        narrow = self.narrow(np.array(small, dtype=np.intp))
        for other in narrow[np.argsort(self.up[narrow] - self.down[narrow])].tolist():
            if not self._is_wide(other):
                self.changes, self.down, self.up = before
                self.hidden[cell] = True
                self._let_attack(one, np.inf)
                return

    def _is_wide(self, cell: int) -> bool:
        """Whether what is hidden is enough for ``cell`` to be safe."""
        one = np.array([cell])
        for way in (-1.0, 1.0):
            if len(self.narrow(one)):
                self._learn(self._attack(one, np.array([way])))
        return not len(self.narrow(one))

    def _cheapest(self, cell: int, by: float) -> Vector | None:
        """The change that takes ``cell`` up ``by`` at the least price of numbers newly hidden."""
        up, size = np.array([cell]), len(self.values)
        self.cover.bound(up, np.array([by]), np.array([by]))
        self.cover.bound(up + size, np.zeros(1), np.zeros(1))
        found = self.cover.least()
        self._let_cover(up)
        return None if found is None else found[:size] - found[size:]


def _standing(rows: Sequence[Row], size: int) -> Standing:
    """In which sums each number stands: with 1 as a part, with -1 as the total."""
    numbers = np.fromiter(chain.from_iterable((total, *parts) for total, parts in rows), np.intp)
    sizes = np.array([1 + len(parts) for _, parts in rows], dtype=np.intp)
    signs = np.ones(len(numbers))
    signs[np.cumsum(sizes) - sizes] = -1
    order = np.argsort(numbers, kind="stable")
    start = np.searchsorted(numbers[order], np.arange(size))
    return Standing(start, np.repeat(np.arange(len(rows)), sizes)[order], signs[order])


def _heights(rows: Sequence[Row], size: int) -> Vector:
    """How many sums stand on one another below each number: 0 for one that is no total."""
    heights = [0] * size
    for _ in rows:
        before = heights.copy()
        for total, parts in rows:
            heights[total] = max(heights[total], 1 + max(map(heights.__getitem__, parts), default=-1))
        if before == heights:
            break
    return np.array(heights, dtype=np.float64)

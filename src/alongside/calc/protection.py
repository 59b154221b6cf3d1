"""Which further numbers must be hidden so that nobody can work a hidden one out by adding and taking away."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, count
from typing import Generic, TypeVar

import numpy as np

from alongside.calc.covering import NOTHING, Cover
from alongside.calc.pricing import Row, prices
from alongside.calc.reading_off import Unread
from alongside.calc.solving import DUAL, PRIMAL, Places, Program, Standing, Vector

K = TypeVar("K", bound=Hashable)
AT_A_TIME = 100
"""Of a table with so many numbers, one more is covered for at a time."""


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
    unguarded: Collection[K] = (),
) -> Protection[K]:
    """Return which counts to hide: those of 1 to ``threshold`` - 1, and as few others as keep them hidden.

    An attacker knows every number not hidden, every sum, and that counts are not negative. A small
    count is safe if what the attacker still holds possible for it spans at least ``threshold``;
    the span is found by linear programming, of many counts at a time. Where some are too narrow,
    the cheapest change of other numbers that widens them is found by another program, and those
    numbers are hidden; a total costs more than a part. At last whatever need not be hidden is
    shown again, tried together and by halves (Fischetti and Salazar 2001; Hundepool and others,
    *Statistical Disclosure Control*, 2012, chapter 4). ``released`` is known and cannot be
    hidden; ``unprinted`` is nowhere to be read, but must not be worked out either; ``unguarded`` is
    nowhere to be read, and may be worked out.

    >>> total = Sum("all", ("a", "b", "c"))
    >>> protect({"a": 3, "b": 20, "c": 50, "all": 73}, [total]).hidden
    {'a': <Why.TOO_FEW: 'too few'>, 'b': <Why.WOULD_TELL: 'would let another number be worked out'>}
    """
    _check(values, sums)
    keys = list(values)
    low = 1 if zeros_shown else 0
    harmless = {*released, *unguarded}
    small = [i for i, key in enumerate(keys) if low <= values[key] < threshold and key not in harmless]
    silent = [i for i, key in enumerate(keys) if key in unprinted or key in unguarded]
    if not small:
        return Protection({}, frozenset())
    search = _Search(values, sums, threshold, small, silent, released)
    exposed = search.widen_all(np.array(small, dtype=np.intp))
    search.show_again(set(small) - exposed)
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

    ``down`` and ``up`` tell how far those changes take each small number, ``fell`` and ``rose`` which change does so.
    ``leaning`` has, for each number that is hidden for the sake of others, the changes in which it moves.
    """

    def __init__(
        self,
        values: Mapping[K, int],
        sums: Sequence[Sum[K]],
        threshold: int,
        small: Sequence[int],
        silent: Sequence[int],
        released: Collection[K],
    ) -> None:
        place = {key: i for i, key in enumerate(values)}
        rows = [(place[each.total], list(map(place.__getitem__, each.parts))) for each in sums]
        size, fixed = len(place), np.array([place[key] for key in released], dtype=np.intp)
        self.values = np.array(list(values.values()), dtype=np.float64)
        self.threshold = float(threshold)
        self.hidden, self.kept, self.guarded = (np.zeros(size, dtype=bool) for _ in range(3))
        self.kept[small], self.kept[silent], self.guarded[small] = True, True, True
        self.down, self.up = np.zeros(size), np.zeros(size)
        self.fell, self.rose = np.full(size, -1), np.full(size, -1)
        self.learnt, self.leaning = count(), defaultdict[int, list[int]](list)
        self.standing = _standing(rows, size)
        self.price = prices(rows, self.values, {*fixed.tolist(), *silent})
        self.column = np.full(size, -1)
        self.attack = Program(len(rows))
        self.cover = Cover(self.standing, len(rows), self.price, self.values, fixed)
        self.unread = Unread(self.standing, [total for total, _ in rows], self.values, self.threshold)
        self._hide(np.flatnonzero(self.kept))

    def _hide(self, cells: Places) -> None:
        """Hide numbers: an attacker must reckon with others there, and they cover for others at next to no price."""
        new = cells[self.column[cells] < 0]
        self.column[new] = np.arange(len(new)) + self.column.max() + 1
        nothing = np.zeros(len(new))
        self.attack.add(self.standing.of(new), nothing, nothing, nothing)
        self.hidden[cells] = True
        self._let_attack(cells, np.inf)
        self.cover.hide(cells)
        self.unread.hide(cells.tolist())

    def _let_attack(self, cells: Places, most: float) -> None:
        self.attack.bound(self.column[cells], -self.values[cells], np.full(len(cells), most))

    def _attack(self, cells: Places, signs: Vector) -> None:
        """Learn the change of hidden numbers that takes cells as far as they go, each in its own way."""
        columns = self.column[cells]
        self._let_attack(cells, self.threshold)
        self.attack.price(columns, -signs)
        found = self.attack.least(DUAL if 2 * len(cells) > self.column.max() else PRIMAL)
        self.attack.price(columns, np.zeros(len(cells)))
        self._let_attack(cells, np.inf)
        self._learn(np.where(self.column >= 0, found[self.column], 0.0))

    def _learn(self, change: Vector) -> None:
        """Remember how far a change takes each small number that was too narrow without it."""
        narrow, number = self.guarded & (self.up - self.down < self.threshold - NOTHING), next(self.learnt)
        fell, rose = narrow & (change < self.down), narrow & (change > self.up)
        self.down[fell], self.fell[fell] = change[fell], number
        self.up[rose], self.rose[rose] = change[rose], number
        for cell in np.flatnonzero(~self.kept & (np.abs(change) > NOTHING)).tolist():
            self.leaning[cell].append(number)

    def narrow(self, cells: Places) -> Places:
        """Those among the cells whose possible numbers do not yet span the threshold."""
        return cells[self.up[cells] - self.down[cells] < self.threshold - NOTHING]

    def widen_together(self, narrow: Places) -> Places:
        """Find what could stand in many small cells at a time, and give those that are to be looked at one by one.

        Of those that are still too narrow some, by chance, are taken up as far as they go together and the others
        down, then the other way round, for as long as that widens any.
        """
        chance, before = np.random.default_rng(0), len(narrow) + 1
        while 1 < len(narrow) < before:
            before = len(narrow)
            signs = chance.choice([-1.0, 1.0], before)
            self._attack(narrow, signs)
            self._attack(narrow, -signs)
            narrow = self.narrow(narrow)
        return narrow

    def widen_all(self, small: Places) -> set[int]:
        """Hide what it takes for small numbers to be safe; give those which nothing that may be hidden makes safe."""
        exposed: set[int] = set()
        narrow = self.widen_together(small)
        while len(narrow):
            first = self._first_to_widen(narrow)
            self._cover_for(first)
            for cell in self.narrow(first).tolist():
                for down in (False, True):  # what is known may leave too little room above
                    if not self._is_wide(cell):
                        self._cover_for(np.array([cell]), down=down)
            exposed.update(self.narrow(first).tolist())
            narrow = self.widen_together(self.narrow(narrow[~np.isin(narrow, first)]))
        return exposed

    def _first_to_widen(self, narrow: Places) -> Places:
        """One number for each sum that tells of any at sight, or any at all where none does; a few of a small table.

        What covers for these will cover for others; and the more there are at a time, the less well they share.
        """
        found = np.array(sorted({*self.unread.tells(narrow.tolist()).values()}), dtype=np.intp)
        return (found if len(found) else narrow)[: 1 + len(self.values) // AT_A_TIME]

    def _cover_for(self, cells: Places, *, down: bool = False) -> None:
        """Hide what lets all these be larger than they are, as far as that goes; or smaller."""
        room = self.threshold - self.up[cells] if down else self.threshold + self.down[cells]
        change = self.cover.cheapest(cells, room, down=down)
        self._hide(np.flatnonzero((np.abs(change) > NOTHING) & ~self.hidden))
        self._learn(change)

    def show_again(self, small: set[int]) -> None:
        """Show whatever need not be hidden for the small numbers to be safe, those first that a reader would miss most.

        All that no sum forbids at sight are tried together; where that is too many, each half of them by itself.
        """
        others = np.flatnonzero(self.hidden & ~self.kept)
        look = [others[np.lexsort((others, -self.price[others]))].tolist()]
        while look:
            cells = look.pop()
            tried = self.unread.harmless(cells, small)
            if tried and not self._show(np.array(tried), small):
                half = cells.index(tried[len(tried) // 2])
                look += [cells[half:], cells[:half]] if len(tried) > 1 else [cells[half + 1 :]]

    def _show(self, cells: Places, small: set[int]) -> bool:
        """Show cells if every small number stays safe without them, and say whether it does.

        What is found on the way is kept even if it does not: it leans on none of these cells.
        """
        before = [each.copy() for each in (self.down, self.up, self.fell, self.rose)]
        lost = list({number for cell in cells.tolist() for number in self.leaning[cell]})
        fell, rose = np.isin(self.fell, lost), np.isin(self.rose, lost)
        self.down[fell], self.up[rose] = 0.0, 0.0
        nothing = np.zeros(len(cells))
        self.attack.bound(self.column[cells], nothing, nothing)
        leant = sorted(small.intersection(np.flatnonzero(fell | rose).tolist()))
        if not self._all_wide(self.narrow(np.array(leant, dtype=np.intp))):
            wide = self.up - self.down >= self.threshold - NOTHING
            found = (self.down, self.up, self.fell, self.rose)
            self.down, self.up, self.fell, self.rose = (
                np.where(wide, new, old) for new, old in zip(found, before, strict=True)
            )
            self._let_attack(cells, np.inf)
            return False
        self.hidden[cells] = False
        self.unread.show(cells.tolist())
        return True

    def _all_wide(self, narrow: Places) -> bool:
        """Whether what is hidden is enough for all these; after each look at them together, the narrowest is asked."""
        chance = np.random.default_rng(0)
        while len(narrow):
            signs = chance.choice([-1.0, 1.0], len(narrow))
            for way in (signs, -signs):
                self._attack(narrow, way)
            narrow = self.narrow(narrow)
            if len(narrow) and not self._is_wide(int(narrow[np.argmin(self.up[narrow] - self.down[narrow])])):
                return False
            narrow = self.narrow(narrow)
        return True

    def _is_wide(self, cell: int) -> bool:
        """Whether what is hidden is enough for ``cell`` to be safe."""
        one = np.array([cell])
        for way in (-1.0, 1.0):
            if len(self.narrow(one)):
                self._attack(one, np.array([way]))
        return not len(self.narrow(one))


def _standing(rows: Sequence[Row], size: int) -> Standing:
    """In which sums each number stands: with 1 as a part, with -1 as the total."""
    numbers = np.fromiter(chain.from_iterable((total, *parts) for total, parts in rows), np.intp)
    sizes = np.array([1 + len(parts) for _, parts in rows], dtype=np.intp)
    signs = np.ones(len(numbers))
    signs[np.cumsum(sizes) - sizes] = -1
    order = np.argsort(numbers, kind="stable")
    start = np.searchsorted(numbers[order], np.arange(size))
    return Standing(start, np.repeat(np.arange(len(rows)), sizes)[order], signs[order])

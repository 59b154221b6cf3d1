"""Which further numbers must be hidden so that nobody can work a hidden one out by adding and taking away."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

K = TypeVar("K", bound=Hashable)
Vector = NDArray[np.float64]

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
    search = _Search(values, sums, threshold, released)
    search.hidden[small + silent] = True
    exposed = [i for i in small if not search.widen(i)]
    safe = [i for i in small if i not in exposed]
    for i in search.dearest_first(kept={*small, *silent}):
        search.show_again(i, safe)
    hidden = [int(i) for i in np.flatnonzero(search.hidden) if i not in silent]
    reasons = {keys[i]: Why.TOO_FEW if i in small else Why.WOULD_TELL for i in hidden}
    return Protection(reasons, frozenset(keys[i] for i in exposed))


def _check(values: Mapping[K, int], sums: Sequence[Sum[K]]) -> None:
    for key, value in values.items():
        if value < 0:
            raise ValueError(f"{key} is {value}: a count cannot be negative")
    for each in sums:
        found = sum(values[part] for part in each.parts)
        if found != values[each.total]:
            raise ValueError(f"{each.total} is {values[each.total]}, but its parts add up to {found}")


class _Search:
    """The numbers hidden so far, and other numbers (as changes from the true ones) that could stand there."""

    def __init__(
        self, values: Mapping[K, int], sums: Sequence[Sum[K]], threshold: int, released: Collection[K]
    ) -> None:
        place = {key: i for i, key in enumerate(values)}
        self.values = np.array(list(values.values()), dtype=np.float64)
        self.threshold = float(threshold)
        self.fixed = np.array([key in released for key in values], dtype=bool)
        self.hidden = np.zeros(len(place), dtype=bool)
        self.changes: list[Vector] = []
        self.sums = np.zeros((len(sums), len(place)))
        for row, each in enumerate(sums):
            self.sums[row, place[each.total]] = -1
            self.sums[row, [place[part] for part in each.parts]] += 1
        heights = _heights(self.sums)
        order = np.arange(len(place)) / max(1, len(place))
        self.price = 12.0**heights * (1 + np.log1p(self.values) / 20 + order / 1000)
        self.price[self.values == 0] *= 3

    def widen(self, cell: int) -> bool:
        """Hide what it takes for ``cell`` to be safe; false if nothing that may be hidden is enough."""
        if self._spans(cell, self.changes):
            return True
        lowest = self._furthest(cell, -1.0, self.hidden)
        self.changes.append(lowest)
        cheapest = self._cheapest(cell, self.threshold + lowest[cell])
        if cheapest is None:
            return False
        self.changes.append(cheapest)
        self.hidden |= np.abs(cheapest) > NOTHING
        return True

    def dearest_first(self, kept: set[int]) -> list[int]:
        """The cells that might be shown again, those first that a reader would miss most."""
        others = [int(i) for i in np.flatnonzero(self.hidden) if i not in kept]
        return sorted(others, key=lambda i: (-self.price[i], i))

    def show_again(self, cell: int, small: Sequence[int]) -> None:
        """Show ``cell`` if every small count stays safe without it."""
        hidden = self.hidden.copy()
        hidden[cell] = False
        changes = [change for change in self.changes if abs(change[cell]) <= NOTHING]
        for other in small:
            if self._spans(other, changes):
                continue
            changes.append(self._furthest(other, -1.0, hidden))
            changes.append(self._furthest(other, 1.0, hidden))
            if not self._spans(other, changes):
                return
        self.hidden, self.changes = hidden, changes

    def _spans(self, cell: int, changes: Sequence[Vector]) -> bool:
        reached = [change[cell] for change in changes]
        return max(reached, default=0.0) - min(reached, default=0.0) >= self.threshold - NOTHING

    def _furthest(self, cell: int, way: float, hidden: NDArray[np.bool_]) -> Vector:
        """The change of hidden numbers that takes ``cell`` as far as it goes up (1) or down (-1)."""
        free = np.flatnonzero(hidden)
        aim = np.where(free == cell, -way, 0.0)
        most = np.where(free == cell, self.threshold, np.inf)
        found = _least(aim, self.sums[:, free], -self.values[free], most)
        change = np.zeros(len(self.values))
        if found is not None:
            change[free] = found
        return change

    def _cheapest(self, cell: int, by: float) -> Vector | None:
        """The change that takes ``cell`` up ``by`` at the least price of numbers newly hidden."""
        free = np.flatnonzero(self.hidden | ~self.fixed)
        price = np.where(self.hidden, NOTHING, self.price)[free]
        up = np.where(free == cell, by, np.inf)
        down = np.where(free == cell, 0.0, self.values[free])
        least = np.concatenate([np.where(free == cell, by, 0.0), np.zeros(len(free))])
        sums = np.hstack([self.sums[:, free], -self.sums[:, free]])
        found = _least(np.concatenate([price, price]), sums, least, np.concatenate([up, down]))
        if found is None:
            return None
        change = np.zeros(len(self.values))
        change[free] = found[: len(free)] - found[len(free) :]
        return change


def _heights(sums: Vector) -> Vector:
    """How many sums stand on one another below each number: 0 for one that is no total."""
    heights = np.zeros(sums.shape[1])
    for _ in range(sums.shape[0]):
        before = heights.copy()
        for row in sums:
            total = row < 0
            heights[total] = np.maximum(heights[total], 1 + heights[row > 0].max(initial=-1.0))
        if (before == heights).all():
            break
    return heights


def _least(aim: Vector, sums: Vector, low: Vector, high: Vector) -> Vector | None:
    """The change that keeps every sum true, lies between ``low`` and ``high`` and makes ``aim`` least."""
    import highspy  # noqa: PLC0415  slow to import, and few pages need it

    rows = sums[np.abs(sums).any(axis=1)]
    which, columns = np.nonzero(rows)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(aim), len(rows)
    model.col_cost_, model.col_lower_, model.col_upper_ = aim, low, high
    model.row_lower_ = model.row_upper_ = np.zeros(len(rows))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.searchsorted(which, np.arange(len(rows) + 1))
    model.a_matrix_.index_, model.a_matrix_.value_ = columns, rows[which, columns]
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.passModel(model)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise ArithmeticError(solver.modelStatusToString(status))
    return np.asarray(solver.getSolution().col_value, dtype=np.float64)

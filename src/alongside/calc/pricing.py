"""What it costs a reader when a number of a table is hidden."""

from collections.abc import Sequence

import numpy as np

from alongside.calc.solving import Vector

Row = tuple[int, Sequence[int]]
"""The place of a total, and of each of its parts."""


def prices(rows: Sequence[Row], values: Vector, given: set[int]) -> Vector:
    """What it costs to hide each number: a total more than its parts, a larger number a little more, nought thrice.

    Sums of numbers that are all ``given``, and so cannot be hidden, lift no total.
    """
    size = len(values)
    free = [(total, parts) for total, parts in rows if total not in given and not given.issuperset(parts)]
    heights = _heights(free, size)
    order = np.arange(size) / max(1, size)
    price: Vector = 12.0**heights * (1 + np.log1p(values) / 20 + order / 1000)
    price[values == 0] *= 3
    return price


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

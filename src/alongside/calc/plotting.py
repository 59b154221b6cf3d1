"""Where the points of a 0 to 10 line over time stand in a drawing, in hundredths of its width and height."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

TOP, EDGE = 10, 7
"""The highest value, and how far from either side the first and the last day stand."""
LABELS_APART = 9


class Mark(NamedTuple):
    """A point in the drawing: how far from the left and from the top, its value, and whether that is written by it."""

    x: float
    y: float
    on: date
    value: int
    labelled: bool


class Part(NamedTuple):
    """A piece of the line from one point to the next."""

    x1: float
    y1: float
    x2: float
    y2: float


class Drawing(NamedTuple):
    """A line over time, ready to be drawn."""

    marks: tuple[Mark, ...]
    parts: tuple[Part, ...]


def plot(points: Sequence[tuple[date, int]]) -> Drawing:
    """Place points, the oldest first; the first and the last are labelled, those between where there is room.

    One day alone stands on the left. Two readings of one day stand above one another, the later one being labelled.

    >>> [(mark.x, mark.y) for mark in plot([(date(2026, 1, 1), 0), (date(2026, 1, 3), 10)]).marks]
    [(7.0, 100.0), (93.0, 0.0)]
    """
    if not points:
        return Drawing((), ())
    first, last = points[0][0], points[-1][0]
    days = (last - first).days or 1
    places = [EDGE + (100 - 2 * EDGE) * (on - first).days / days for on, _ in points]
    written = _labelled(places)
    marks = tuple(
        Mark(round(x, 2), 100 - 100 * value / TOP, on, value, number in written)
        for number, (x, (on, value)) in enumerate(zip(places, points, strict=True))
    )
    return Drawing(marks, tuple(Part(here.x, here.y, there.x, there.y) for here, there in pairwise(marks)))


def _labelled(places: Sequence[float]) -> set[int]:
    """Say which points have room for their number: the last, the first unless it is too near, and those between."""
    last = len(places) - 1
    chosen = {last}
    before = None
    for number, x in enumerate(places[:-1]):
        if places[last] - x >= LABELS_APART and (before is None or x - before >= LABELS_APART):
            chosen.add(number)
            before = x
    return chosen

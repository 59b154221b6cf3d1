"""Charts of many points as data: where each mark and line stands, in hundredths of the width and height.

A page draws them as SVG without a size of its own (``components/charts.html``), so that words stay as large as the
page's at any width; a printed report may draw the same data otherwise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from math import ceil, floor, log10
from typing import NamedTuple


class Look(StrEnum):
    """What a mark says by its shape, beside its colour."""

    PLAIN = "plain"
    """A dot: nothing out of the ordinary."""
    GOOD = "good"
    """A triangle on its foot: unusual, and for the better."""
    BAD = "bad"
    """A triangle on its point: unusual, and for the worse."""
    ODD = "odd"
    """A square: unusual, where neither way is better."""
    OWN = "own"
    """A ring about a dot: the reader's own among others."""


class Stroke(StrEnum):
    """What a line is."""

    SERIES = "series"
    CENTRE = "centre"
    LIMIT = "limit"
    WIDE_LIMIT = "wide-limit"
    REACH = "reach"
    """An interval about a mark."""


class Tick(NamedTuple):
    """A place on an axis with its words; ``minor`` ones are left out where there is little room."""

    at: float
    words: str
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where, and what is written along it."""

    title: str
    low: float
    high: float
    ticks: tuple[Tick, ...]

    def at(self, value: float) -> float:
        """Give the place of a value, in hundredths."""
        return round(100 * (value - self.low) / (self.high - self.low), 2)


class Mark(NamedTuple):
    """A point: hundredths from the left and from the foot, and the words that stand beside it, if any."""

    x: float
    y: float
    look: Look = Look.PLAIN
    label: str = ""


class Line(NamedTuple):
    """Points joined in their order, each in hundredths from the left and from the foot."""

    points: tuple[tuple[float, float], ...]
    stroke: Stroke


class Label(NamedTuple):
    """Words in the drawing, that end at a place: what a line is."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: its axes, what stands in it, and ``words`` that say to those who cannot see it what it shows."""

    words: str
    x: Axis
    y: Axis
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...] = ()
    labels: tuple[Label, ...] = ()

    @property
    def shapes(self) -> tuple[Look, ...]:
        """The shapes that need a key, in their order: all but the plain one."""
        return tuple(look for look in Look if look is not Look.PLAIN and any(mark.look is look for mark in self.marks))


def number_axis(
    title: str, values: Iterable[float], *, least: float | None = None, most: float | None = None, sign: str = ""
) -> Axis:
    """Give an axis of round numbers that holds all values, and about five ticks; ``least`` and ``most`` bound it.

    >>> axis = number_axis("days", [3, 17], least=0)
    >>> axis.low, axis.high, [tick.words for tick in axis.ticks]
    (0.0, 20.0, ['0', '5', '10', '15', '20'])
    """
    inside = list(values)
    low, high = min(inside, default=0.0), max(inside, default=1.0)
    low = least if least is not None and (low <= least or low < (high - least) / 2) else low
    step = _step(max(high - low, 1e-6 * max(abs(low), abs(high), 1e-3)))
    low, high = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    low = max(low, least) if least is not None else low
    high = min(high, most) if most is not None else high
    high = high if high > low else low + step
    count = round((high - low) / step)
    places = [low + step * number for number in range(count + 1)]
    digits = max(0, -floor(log10(step)))
    ticks = tuple(Tick(100 * (place - low) / (high - low), f"{place:,.{digits}f}{sign}") for place in places)
    return Axis(title, float(low), float(high), ticks)


def _step(span: float) -> float:
    """A round step of which about four make the span."""
    power = 10.0 ** floor(log10(span / 4))
    return next(power * each for each in (1, 2, 5, 10) if power * each * 5 >= span)


ROOM = 7
ROOM_ON_A_PHONE = 3


def step_axis(title: str, words: Sequence[str]) -> Axis:
    """Give an axis of steps one after another, such as months, with as many of their words as there is room for.

    >>> axis = step_axis("month", ["Jan", "Feb", "Mar"])
    >>> [axis.at(number) for number in range(3)], [tick.words for tick in axis.ticks]
    ([16.67, 50.0, 83.33], ['Jan', 'Feb', 'Mar'])
    """
    count = max(1, len(words))
    every = ceil(count / ROOM)
    seldom = every * ceil(ceil(count / every) / ROOM_ON_A_PHONE)
    last = count - 1
    ticks = tuple(
        Tick(round(100 * (number + 0.5) / count, 2), each, minor=(last - number) % seldom != 0)
        for number, each in enumerate(words)
        if (last - number) % every == 0
    )
    return Axis(title, -0.5, count - 0.5, ticks)


def line(x: Axis, y: Axis, points: Sequence[tuple[float, float | None]], stroke: Stroke) -> tuple[Line, ...]:
    """Join points that follow one another; where one is missing, the line has a gap.

    >>> x, y = step_axis("", ["a", "b", "c", "d"]), number_axis("", [0, 10])
    >>> [len(one.points) for one in line(x, y, [(0, 1.0), (1, 2.0), (2, None), (3, 4.0)], Stroke.SERIES)]
    [2, 1]
    """
    pieces = (list(piece) for there, piece in groupby(points, lambda point: point[1] is not None) if there)
    return tuple(Line(tuple((x.at(at), y.at(value or 0)) for at, value in piece), stroke) for piece in pieces)

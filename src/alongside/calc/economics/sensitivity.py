"""What the answer hangs on: each input at its ends, and the value of one or two at which the case just pays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from alongside.calc.economics.distributions import Distribution, Fixed
from alongside.calc.economics.model import Case, number, worth
from alongside.calc.outcomes.values import Floats

TENTH = 0.1
LOOKED_AT = 201
"""Places between the ends of an input at which the answer is looked at, so that no crossing is jumped over."""
FAR = 10.0
"""How many times its expected value an amount without an end is followed."""


class Swing(NamedTuple):
    """What the net value is with one input at its low and at its high end, and all others as expected."""

    name: str
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far the answer swings."""
        return abs(self.at_high - self.at_low)


def tornado(case: Case) -> list[Swing]:
    """Return how far the answer swings with each uncertain input between its 10th and 90th percentile, widest first.

    An input that does not move the answer is left out.
    """
    drawn, tenths = case.drawn, np.array([TENTH, 1 - TENTH])
    ends = {name: made.at(tenths) for name, made in drawn.items() if not isinstance(made, Fixed)}
    # One pass for all: two places for each input, in which it alone is at its ends.
    told = {name: np.full(2 * len(ends), drawn[name].mean) for name in ends}
    for place, (name, values) in enumerate(ends.items()):
        told[name][2 * place : 2 * place + 2] = values
    answers = _answers(case, told).reshape(-1, 2) if ends else ()
    found = [
        Swing(name, float(low), float(high), float(at_low), float(at_high))
        for (name, (low, high)), (at_low, at_high) in zip(ends.items(), answers, strict=True)
    ]
    return sorted((swing for swing in found if swing.width), key=lambda swing: (-swing.width, swing.name))


@dataclass(frozen=True, slots=True)
class Switch:
    """The value of an input at which the case just pays; ``values`` has none where no value within its ends does.

    ``room`` is the nearest such value over what is expected, less 1: how far off we may be before the answer turns.
    """

    name: str
    expected: float
    values: tuple[float, ...]
    pays_at_expected: bool
    room: float | None


def switching(case: Case, name: str) -> Switch:
    """Return each value of one input, within its ends, at which the answer is 0 with all others as expected.

    Where an input has no end, ten times its expected value stands for it. Raises KeyError for an input that is not
    drawn.
    """
    made = case.drawn[name]
    low, high = _ends(made)
    grid = np.linspace(low, high, LOOKED_AT)
    seen = _answers(case, {name: grid})
    roots = []
    for at in np.flatnonzero(np.sign(seen[:-1]) * np.sign(seen[1:]) < 0):
        roots.append(brentq(lambda x: float(_answers(case, {name: number(x)})), grid[at], grid[at + 1]))
    roots += [float(grid[at]) for at in np.flatnonzero(seen == 0)]
    nearest = min(roots, key=lambda value: abs(value - made.mean), default=None)
    room = nearest / made.mean - 1 if nearest is not None and made.mean else None
    pays = float(_answers(case, {})) >= 0
    return Switch(name, made.mean, tuple(sorted(roots)), pays, room)


class Grid(NamedTuple):
    """The answer for each pair of values: a row for each of the first input, a column for each of the second."""

    first_name: str
    second_name: str
    first: Floats
    second: Floats
    answers: Floats


def two_way(case: Case, first: str, second: str, *, steps: int) -> Grid:
    """Return the answer over the 10th to the 90th percentile of two inputs, all others as expected."""
    share = np.linspace(TENTH, 1 - TENTH, steps)
    rows, columns = case.drawn[first].at(share), case.drawn[second].at(share)
    across, down = np.meshgrid(columns, rows)
    found = _answers(case, {first: down.ravel(), second: across.ravel()})
    return Grid(first, second, rows, columns, np.broadcast_to(found, down.size).reshape(down.shape))


def _answers(case: Case, changed: Mapping[str, Floats]) -> Floats:
    """The answer with some inputs changed; those that are worked out follow them."""
    told = {name: number(made.mean) for name, made in case.drawn.items()} | dict(changed)
    found = worth(case, case.complete(told)).net
    sizes = {np.shape(each) for each in changed.values()} or {()}
    return np.broadcast_to(found, sizes.pop())


def _ends(made: Distribution) -> tuple[float, float]:
    low, high = made.ends()
    if isinstance(made, Fixed):
        low, high = (0.0, 1.0) if 0 <= made.value <= 1 else (min(0.0, FAR * made.value), max(0.0, FAR * made.value))
    far = FAR * max(abs(made.mean), 1.0)
    return max(low, -far), min(high, far)

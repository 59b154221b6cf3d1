"""Between which ends, and by how much, an input can be moved by a slider."""

from math import ceil, floor, log10
from typing import NamedTuple

from alongside.calc.economics.beta import Counted, Pert
from alongside.calc.economics.distributions import Distribution, Skewed, Triangular, Uniform
from alongside.calc.economics.scenario import Input, Kind

STEPS = 100
FEW = 0.05
"""Below this share a slider to 100% would jump too far: it goes to a tenth of that."""


class Slide(NamedTuple):
    """The ends of a slider and its step, in what is typed: per cent, pounds, people."""

    low: float
    high: float
    step: float


def slide_of(each: Input) -> Slide | None:
    """Return how an input's first box slides; none where nothing stands in it yet, or where it has but two ends."""
    made = each.made
    if not isinstance(made, Distribution) or isinstance(made, Uniform | Skewed):
        return None
    if isinstance(made, Counted):
        return Slide(0, made.of, 1)
    scale = 100 if each.kind is Kind.SHARE else 1
    if isinstance(made, Pert | Triangular):
        low, high = made.low * scale, made.high * scale
        return Slide(low, high, _step(high - low))
    if each.kind is Kind.SHARE:
        return Slide(0, 10, 0.1) if 0 < made.mean < FEW else Slide(0, 100, 1)
    most = abs(made.mean) * 2 or 1.0
    step = _step(most)
    high = ceil(most / step) * step
    return Slide(-high if made.mean < 0 else 0, high, step)


def _step(width: float) -> float:
    """A round step, about a hundredth of the width."""
    power: float = 10.0 ** floor(log10(width / STEPS))
    return round(power, 10)

"""Estimates as dots with their intervals about a line of no change: places from 0 to 100, 50 being no change."""

from collections.abc import Sequence
from typing import NamedTuple

from alongside.insight.evaluation.results import Effect
from alongside.insight.reports.telling.figures import decimal


class Drawn(NamedTuple):
    """One estimate as a line of the drawing; places are none where nothing may be shown."""

    title: str
    words: str
    low: float | None
    middle: float | None
    high: float | None


def intervals(effects: Sequence[Effect]) -> list[Drawn]:
    """Lay the estimates of one run beside one another, better to the right where there is a better."""
    turned = [_turned(effect) for effect in effects]
    reach = max((abs(end) for ends in turned for end in ends if end is not None), default=0.0) or 1.0

    def place(end: float | None) -> float | None:
        return None if end is None else round(50 + 46 * end / reach, 1)

    return [
        Drawn(effect.title, _words(effect), *map(place, ends)) for effect, ends in zip(effects, turned, strict=True)
    ]


def _turned(effect: Effect) -> tuple[float | None, ...]:
    """The low end, the estimate and the high end, so that above nothing is better."""
    ends = (effect.low, effect.value, effect.high)
    return ends if effect.way >= 0 else tuple(None if end is None else -end for end in reversed(ends))


def _words(effect: Effect) -> str:
    if effect.value is None:
        return effect.reason or "nothing to show"
    return f"{decimal(effect.value)}, {effect.better}" if effect.better else decimal(effect.value)

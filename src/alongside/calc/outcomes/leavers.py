"""Whether those who left before the later measurement were like those who stayed, as far as the beginning shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from alongside.calc.outcomes.values import Floats, Values, beside, check_level, yes_no

NOTABLE = 0.1
"""A standardised difference beyond which two groups are called unlike (Austin 2009)."""
NOBODY_LEFT = "nobody left, so there is nobody to compare"
NOBODY_STAYED = "nobody stayed, so there is nobody to compare"


class Side(NamedTuple):
    """Those who left, or those who stayed, on one measure: how many have it, their mean and deviation."""

    n: int
    mean: float | None
    sd: float | None


class Comparison(NamedTuple):
    """One measure of the beginning: those who left less those who stayed, with an interval, and in deviations."""

    name: str
    left: Side
    stayed: Side
    difference: float | None
    ci_low: float | None
    ci_high: float | None
    standardised: float | None


@dataclass(frozen=True, slots=True)
class Leavers:
    """The outcome of :func:`leavers`; ``missing`` counts people of whom it is not known whether they left.

    ``unlike`` names the measures on which leavers stand more than a tenth of a deviation from those who stayed.
    """

    left: int
    stayed: int
    missing: int
    level: float
    comparisons: tuple[Comparison, ...] = ()
    unlike: tuple[str, ...] = ()
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return (
            "Mean of those who left less mean of those who stayed, when both began; standardised by the root of the "
            f"mean of both variances. {self.level:.0%} intervals by Welch's t."
        )


def leavers(left: Values, beginning: Mapping[str, Values], *, level: float = 0.95) -> Leavers:
    """Return how those who left (1) differ from those who stayed (0) on each measure of the beginning.

    With means m and deviations s of both: d = (m₁ - m₀)/√((s₁² + s₀²)/2) (Austin 2009), which does not grow with the
    number of people as tests do, and m₁ - m₀ ± t·√(s₁²/n₁ + s₀²/n₀), degrees of freedom by Welch (1947). A share is
    a measure of 0 and 1. Somebody who lacks a measure is left out of it alone.

    >>> found = leavers([1, 1, 1, 0, 0, 0], {"worry": [7, 8, 9, 4, 5, 6]})
    >>> found.comparisons[0].difference, found.comparisons[0].standardised, found.unlike
    (3.0, 3.0, ('worry',))
    """
    check_level(level)
    if not beginning:
        raise ValueError("there must be at least one measure of the beginning")
    gone = yes_no(left, "left", "left", len(left))
    rows = {name: beside(values, name, "left", gone.size) for name, values in beginning.items()}
    counts = int((gone == 1).sum()), int((gone == 0).sum())
    found = Leavers(*counts, int(np.isnan(gone).sum()), level)
    if not all(counts):
        return replace(found, reason=NOBODY_STAYED if counts[0] else NOBODY_LEFT)
    compared = tuple(_compared(name, row[gone == 1], row[gone == 0], level) for name, row in rows.items())
    unlike = tuple(one.name for one in compared if one.standardised is not None and abs(one.standardised) > NOTABLE)
    return replace(found, comparisons=compared, unlike=unlike)


def _compared(name: str, gone: Floats, here: Floats, level: float) -> Comparison:
    sides = left, stayed = _side(gone), _side(here)
    if left.mean is None or stayed.mean is None:
        return Comparison(name, left, stayed, None, None, None, None)
    away = left.mean - stayed.mean
    if left.sd is None or stayed.sd is None or left.sd == stayed.sd == 0:
        return Comparison(name, left, stayed, away, None, None, None)
    parts = [(side.sd or 0.0) ** 2 / side.n for side in sides]
    whole = sum(parts)
    df = whole**2 / sum(part**2 / (side.n - 1) for part, side in zip(parts, sides, strict=True))
    reach = float(stdtrit(df, (1 + level) / 2)) * whole**0.5
    standardised = away / ((left.sd**2 + stayed.sd**2) / 2) ** 0.5
    return Comparison(name, left, stayed, away, away - reach, away + reach, standardised)


def _side(values: Floats) -> Side:
    there = values[~np.isnan(values)]
    if not there.size:
        return Side(0, None, None)
    alike = np.ptp(there) <= 1e-12 * np.abs(there).max()
    sd = None if there.size == 1 else 0.0 if alike else float(there.std(ddof=1))
    return Side(there.size, float(there.mean()), sd)

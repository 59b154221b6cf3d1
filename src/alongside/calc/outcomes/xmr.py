"""XmR charts by the rules of Making Data Count: which points of a series are more than its usual noise."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.values import Floats, Values, column

LIMIT = 2.66
"""Mean moving ranges from the mean to a limit: 3/d₂, where d₂ = 1.128 for ranges of two values."""
WILD = 3.267
"""A moving range of this many times their mean is left out: D₄ for ranges of two values."""
RUN = 7
FIRM = 12
"""With fewer values than this the limits are on trial."""
NO_NEIGHBOURS = "no two periods in a row have a value, so there is no moving range to draw limits from"
NO_NOISE = "values do not differ from one period to the next but for single jumps, so there are no limits to draw"

Signs = NDArray[np.int8]


class Signal(StrEnum):
    """The rule by which a point is special. Where several hold, the first of this order is told."""

    OUTSIDE = "outside the limits"
    TREND = "seven points rising or falling"
    NEAR = "two of three points near a limit"
    SIDE = "seven points on one side of the mean"


class Variation(StrEnum):
    """What a point says of the process."""

    COMMON = "common cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "special, high"
    LOW = "special, low"


@dataclass(frozen=True, slots=True)
class Xmr:
    """The outcome of :func:`xmr`; ``None`` is a figure that cannot be known, for ``reason``.

    ``n`` counts periods with a value, ``missing`` those without, ``wild`` the moving ranges left out. Mean,
    mean moving range and limits are in the unit of the values. ``signs`` has for each rule one number a
    period: 1 special and high or rising, -1 special and low or falling, 0 not special.
    """

    values: Floats
    n: int
    missing: int
    higher_is_better: bool | None
    mean: float | None = None
    mean_range: float | None = None
    lower: float | None = None
    upper: float | None = None
    wild: int = 0
    signs: Mapping[Signal, Signs] = field(default_factory=dict)
    reason: str = ""

    @property
    def trial(self) -> bool:
        """Whether there are too few values for the limits to be firm."""
        return self.n < FIRM

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return (
            f"Individuals chart: mean plus and minus {LIMIT} mean moving ranges, moving ranges of {WILD} times "
            "their mean or more left out once. Rules of NHS England's Making Data Count."
        )

    @property
    def signals(self) -> tuple[Signal | None, ...]:
        """By which rule each period is special; ``None`` where it is not, or has no value."""
        found: NDArray[np.object_] = np.full(self.values.size, None, dtype=object)
        for rule in reversed(Signal):
            found[self.signs[rule] != 0] = rule
        return tuple(found)

    @property
    def variation(self) -> tuple[Variation | None, ...]:
        """What each period says of the process; ``None`` where it has no value."""
        sign = np.zeros(self.values.size, dtype=np.int8)
        for rule in reversed(Signal):
            sign = np.where(self.signs[rule] != 0, self.signs[rule], sign)
        if self.higher_is_better is None:
            words = [Variation.LOW, Variation.COMMON, Variation.HIGH, None]
        else:
            words = [Variation.CONCERN, Variation.COMMON, Variation.IMPROVEMENT, None]
        way = -1 if self.higher_is_better is False else 1
        return tuple(np.array(words, dtype=object)[np.where(np.isnan(self.values), 3, 1 + way * sign)])


def xmr(values: Values, *, higher_is_better: bool | None) -> Xmr:
    """Return the chart of one value a period, in the order of time, and which points are special.

    With m the mean of the values and R the mean of the moving ranges |yₜ - yₜ₋₁|, those of 3.267 R or more
    left out once and R taken again, the limits are m ± 2.66 R (Shewhart 1931; Nelson 1982; NHS England,
    Making Data Count). A point is special if it lies outside the limits; is one of seven in a row that each
    rise, or each fall; is one of two among three in a row on one side of the mean that lie beyond two thirds
    of the way to the limit, and within it; or is one of seven in a row on one side of the mean.

    ``None`` and NaN are missing: no moving range and no run reaches across such a period. An infinite value
    is refused. ``higher_is_better`` is ``None`` where neither way is better.

    >>> chart = xmr([4, 5, 6, 5, 4, 5, 6, 5, 4, 5, 6, 12], higher_is_better=False)
    >>> round(chart.mean, 3), chart.mean_range, chart.wild, round(chart.upper, 3)
    (5.583, 1.0, 1, 8.243)
    >>> chart.signals[-1].value, chart.variation[-1].value
    ('outside the limits', 'concern')
    """
    row = column(values, "values")
    there = row[~np.isnan(row)]
    chart = Xmr(row, there.size, row.size - there.size, higher_is_better)
    if not there.size:
        nothing = np.zeros(row.size, dtype=np.int8)
        return replace(chart, signs=dict.fromkeys(Signal, nothing), reason="no period has a value")
    noise = 1e-12 * float(np.abs(there).max())
    chart = _limited(replace(chart, mean=float(there.mean())), np.abs(np.diff(row)), noise)
    return replace(chart, signs=_signs(chart, noise))


def _limited(chart: Xmr, ranges: Floats, noise: float) -> Xmr:
    ranges = ranges[~np.isnan(ranges)]
    if not ranges.size or chart.mean is None:
        return replace(chart, reason=NO_NEIGHBOURS)
    kept = ranges[ranges < WILD * ranges.mean()]
    if not kept.size or kept.max() <= noise:
        return replace(chart, wild=int((ranges > noise).sum()), reason=NO_NOISE)
    reach = LIMIT * float(kept.mean())
    return replace(
        chart,
        mean_range=float(kept.mean()),
        lower=chart.mean - reach,
        upper=chart.mean + reach,
        wild=ranges.size - kept.size,
    )


def _signs(chart: Xmr, noise: float) -> dict[Signal, Signs]:
    """Each rule's signs. What differs by less than ``noise``, which is rounding in the machine, is equal."""
    off = chart.values - (chart.mean or 0.0)
    side = _sign(off, noise)
    if chart.upper is None:
        outside = near = np.zeros_like(side)
    else:
        reach = LIMIT * (chart.mean_range or 0.0)
        outside = _sign(off, reach + noise)
        near = _sign(off, reach * 2 / 3 + noise) * (outside == 0)
    return {
        Signal.OUTSIDE: outside,
        Signal.TREND: _trend(_sign(np.diff(chart.values), noise), side.size),
        Signal.NEAR: _two_of_three(near, side),
        Signal.SIDE: _runs(side, RUN, 1) - _runs(side, RUN, -1),
    }


def _sign(away: Floats, allowed: float) -> Signs:
    """1 or -1 where a value is further from 0 than allowed; a missing one is not."""
    return np.where(np.abs(away) > allowed, np.sign(away), 0).astype(np.int8)


def _runs(signs: Signs, length: int, which: int) -> Signs:
    """1 for each point in a row of so many or more that have one sign."""
    if signs.size < length:
        return np.zeros_like(signs)
    size, one = signs.size - length + 1, signs == which
    whole = one[:size].copy()
    for step in range(1, length):
        whole &= one[step : step + size]
    return _cover(whole, length)


def _cover(windows: NDArray[np.bool_], length: int) -> Signs:
    """1 for each point that lies in one of the windows said to hold."""
    covered = np.zeros(windows.size + length - 1, dtype=np.int8)
    for step in range(length):
        covered[step : step + windows.size] |= windows
    return covered


def _trend(steps: Signs, size: int) -> Signs:
    """Rising or falling points; the point where a rise turns into a fall belongs to what comes after it."""
    found = np.zeros(size, dtype=np.int8)
    for which in (1, -1):
        part = _runs(steps, RUN - 1, which)
        found[1:][(part != 0) & (found[1:] == 0)] = which
        found[:-1][part != 0] = which
    return found


def _two_of_three(near: Signs, side: Signs) -> Signs:
    if side.size < 3:
        return np.zeros_like(side)
    one_side = np.abs(side[:-2] + side[1:-1] + side[2:]) == 3
    two_near = np.abs(near[:-2] + near[1:-1] + near[2:]) >= 2
    return near * _cover(one_side & two_near, 3)

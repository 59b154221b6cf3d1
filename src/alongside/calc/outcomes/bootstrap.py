"""How far the change of a group might have come out otherwise, told by drawing its people again and again."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from alongside.calc.outcomes.paired import NO_SPREAD
from alongside.calc.outcomes.values import Floats, Values, check_level, pair_up

FEWEST = 1000
"""Resamples below which the ends of a 95% interval rest on a couple of dozen of them."""
WORTH = 16
"""How many people may be drawn one by one in the time in which it is drawn how often one value comes."""
MOST_DRAWN = 20_000_000_000
"""People who are drawn for one answer at most, which takes some minutes; 10,000 resamples of two million."""
AT_ONCE = 1 << 17
"""Draws held in memory at a time."""
NOISE = 1e-12
TOO_FEW = "some resamples have people who all changed by the same amount, so there are too few who differ"
TOO_MANY = "{:,} people are too many to be drawn {:,} times; the mean of so many has next to the same interval by t"
ONE_SIDE = "no resample lies on one side of the estimate, so there are too few people who differ"


class Resampled(NamedTuple):
    """A figure, its standard error and bias by the resamples, and its BCa interval."""

    estimate: float
    error: float
    bias: float
    ci_low: float
    ci_high: float


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """The outcome of :func:`bootstrap_change`; ``None`` is a figure that cannot be known, for ``reason``."""

    n: int
    missing_before: int
    missing_after: int
    level: float
    resamples: int
    seed: int
    mean_change: Resampled | None = None
    d_z: Resampled | None = None
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return (
            f"{self.resamples:,} resamples of as many people, drawn with replacement (seed {self.seed}); "
            f"{self.level:.0%} intervals by BCa. Only people measured both times are counted."
        )


def bootstrap_change(
    before: Values, after: Values, *, seed: int, resamples: int = 10_000, level: float = 0.95
) -> Bootstrap:
    """Return the mean change and d_z of people measured twice, with intervals from resamples of their pairs.

    The interval is BCa (Efron 1987): with z₀ the normal quantile of the share of resamples below the estimate (those
    equal to it count half) and a = ΣL³/(6(ΣL²)^1.5), L the jackknife's mean less its values, its ends are the
    quantiles at Φ(z₀ + (z₀ + z)/(1 - a(z₀ + z))), interpolated by normal quantiles (Davison and Hinkley 1997).

    Resamples are exact: each is distributed as n draws with replacement are. Both figures follow from how often each
    change comes, so that where few differ these counts are drawn at once (multinomial), and otherwise n people.

    >>> found = bootstrap_change([2, 4, 3, 5, 4, 6, 5, 3], [4, 5, 3, 8, 5, 7, 7, 3], seed=1)
    >>> found.mean_change.estimate, found.mean_change.ci_low < 1.25 < found.mean_change.ci_high
    (1.25, True)
    """
    check_level(level)
    if resamples < FEWEST:
        raise ValueError(f"there must be at least {FEWEST:,} resamples")
    pairs = pair_up(before, after)
    found = Bootstrap(*pairs.counts, level, resamples, seed)
    change = (pairs.after - pairs.before)[pairs.whole]
    if found.n < 2:
        return replace(found, reason="fewer than two people were measured both times")
    largest = max(np.abs(row[pairs.whole]).max() for row in (pairs.before, pairs.after))
    if np.ptp(change) <= NOISE * largest:
        return replace(found, reason=NO_SPREAD)
    mean, sd = float(change.mean()), float(change.std(ddof=1))
    values, counts = np.unique((change - mean) / sd, return_counts=True)
    if resamples * min(found.n, WORTH * values.size) > MOST_DRAWN:
        return replace(found, reason=TOO_MANY.format(found.n, resamples))
    return _of_values(found, values, counts.astype(np.float64), mean, sd)


def _of_values(found: Bootstrap, values: Floats, counts: Floats, mean: float, sd: float) -> Bootstrap:
    """Work both figures out from changes as deviations c from their mean, in units of ``sd``, and how often each comes.

    Then Σc = 0 and Σc² = n - 1; without one they have mean -c/(n - 1) and variance (n - 1 - c²n/(n - 1))/(n - 2).
    """
    n = found.n
    totals, squares = _draw(values, counts, found.resamples, found.seed)
    means, variances = totals / n, (squares - totals**2 / n) / (n - 1)
    without = -values / (n - 1)
    away = bca(0.0, means, without, counts, found.level)
    if away is None:
        return replace(found, reason=ONE_SIDE)
    low, high = mean + sd * away.ci_low, mean + sd * away.ci_high
    found = replace(found, mean_change=Resampled(mean, sd * away.error, sd * away.bias, low, high))
    if variances.min() <= NOISE:
        return replace(found, reason=TOO_FEW)
    centre = mean / sd
    spread = np.sqrt((n - 1 - values**2 * n / (n - 1)) / (n - 2))
    d_z = bca(centre, (centre + means) / np.sqrt(variances), (centre + without) / spread, counts, found.level)
    return replace(found, d_z=d_z, reason="" if d_z else ONE_SIDE)


def _draw(values: Floats, counts: Floats, resamples: int, seed: int) -> tuple[Floats, Floats]:
    """Draw as many as there are, again and again; give each time the sum of the values and of their squares."""
    rng = np.random.default_rng(seed)
    n = int(counts.sum())
    few = values.size * WORTH <= n
    people = values if few else np.repeat(values, counts.astype(np.intp))
    powers = np.column_stack([values, values**2])
    at_once = max(1, AT_ONCE // people.size)
    sums = np.empty((resamples, 2))
    for begin in range(0, resamples, at_once):
        part = sums[begin : begin + at_once]
        if few:
            part[:] = rng.multinomial(n, counts / n, size=len(part)) @ powers
        else:
            drawn = people.take(rng.integers(n, size=(len(part), n)), mode="wrap")
            part[:, 0] = drawn.sum(axis=1)
            part[:, 1] = np.einsum("rp,rp->r", drawn, drawn)
    return sums[:, 0], sums[:, 1]


def bca(estimate: float, replicates: Floats, without: Floats, counts: Floats, level: float) -> Resampled | None:
    """Return a figure's BCa interval from its replicates, and from its values ``without`` one of so many people each.

    ``None`` where all replicates lie on one side, so that the interval has no end there.
    """
    near = NOISE * (1 + abs(estimate))
    below = (np.mean(replicates < estimate - near) + np.mean(replicates <= estimate + near)) / 2
    jackknife = np.average(without, weights=counts) - without
    bend = float(counts @ jackknife**3) / (6 * float(counts @ jackknife**2) ** 1.5)
    away = ndtri(below) + ndtri([(1 - level) / 2, (1 + level) / 2])
    if not 0 < below < 1 or (bend * away >= 1).any():
        return None
    low, high = _quantiles(np.sort(replicates), ndtr(ndtri(below) + away / (1 - bend * away))).tolist()
    error, bias = float(replicates.std(ddof=1)), float(replicates.mean()) - estimate
    return Resampled(estimate, error, bias, low, high)


def _quantiles(ordered: Floats, shares: Floats) -> Floats:
    """Quantiles between two neighbours by the normal quantiles of their ranks; beyond the last, the last."""
    size = ordered.size + 1
    rank = np.clip(np.floor(shares * size).astype(np.intp), 1, size - 2)
    left, right = ndtri(rank / size), ndtri((rank + 1) / size)
    between = np.clip((ndtri(shares) - left) / (right - left), 0, 1)
    return np.asarray(ordered[rank - 1] + between * (ordered[rank] - ordered[rank - 1]))

"""How long until something ends, where for some people it has not ended yet: Kaplan-Meier curves."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from alongside.calc.outcomes.values import Floats, Values, WrongRow, check_level, column

NOBODY = "nobody has both a time and whether it ended"
NO_EVENT = "nobody's time ended, so nothing shows how long it lasts"


class Histories(NamedTuple):
    """How long each person was followed, and whether it ended then; NaN where one of the two is missing."""

    duration: Floats
    ended: Floats

    @property
    def whole(self) -> NDArray[np.bool_]:
        """Who has both."""
        return ~np.isnan(self.duration + self.ended)


class Estimate(NamedTuple):
    """A figure with its standard error and interval."""

    value: float
    error: float
    ci_low: float
    ci_high: float


def _nothing() -> Floats:
    return np.empty(0)


@dataclass(frozen=True, slots=True)
class Survival:
    """The outcome of :func:`kaplan_meier`; ``None`` and NaN are what cannot be known, for ``reason``.

    ``n`` counts people with both a time and whether it ended, ``missing`` the others. Arrays have one value
    for each ``time`` at which it ended for somebody: how many were still followed (``at_risk``), for how many it
    ended (``ended``), and the share for whom it lasts beyond that time, with standard error and interval.
    Times are in the unit of the durations.
    """

    n: int
    missing: int
    level: float
    followed: Floats = field(default_factory=_nothing)
    time: Floats = field(default_factory=_nothing)
    at_risk: Floats = field(default_factory=_nothing)
    ended: Floats = field(default_factory=_nothing)
    survival: Floats = field(default_factory=_nothing)
    error: Floats = field(default_factory=_nothing)
    ci_low: Floats = field(default_factory=_nothing)
    ci_high: Floats = field(default_factory=_nothing)
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return (
            "Kaplan-Meier: people count for as long as they were followed. "
            f"{self.level:.0%} intervals on the log-log scale, from Greenwood's variance."
        )

    @property
    def median(self) -> float | None:
        """The first time by which it has ended for half; ``None`` where that was not reached."""
        return _first(self.time, self.survival)

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        """The interval of the median (Brookmeyer and Crowley 1982); ``None`` is an end that was not reached."""
        return _first(self.time, self.ci_low), _first(self.time, self.ci_high)

    def lasting(self, times: Values) -> Floats:
        """Return the share for whom it lasts beyond each time; NaN where nobody is followed that long."""
        asked = column(times, "times")
        steps = np.concatenate([[1.0], self.survival])
        share = steps[np.searchsorted(self.time, asked, side="right")]
        unknown = asked > self.followed[-1] if self.n else np.ones(asked.size, dtype=bool)
        return np.where((unknown & (share > 0)) | np.isnan(asked), np.nan, share)

    def followed_at(self, times: Values) -> NDArray[np.intp]:
        """Return how many were still followed just before each time, for the table under a curve."""
        return self.n - np.searchsorted(self.followed, column(times, "times"), side="left")

    def restricted_mean(self, horizon: float) -> Estimate:
        """Return the mean time until it ends or the horizon is reached, the area under the curve (Irwin 1949).

        The variance is Σ (area after tᵢ)² · dᵢ/(nᵢ(nᵢ - dᵢ)) over the times up to the horizon.
        """
        if not horizon > 0 or np.isnan(self.lasting([horizon])[0]):
            raise ValueError("the horizon must be more than 0 and no later than the last time anybody was followed")
        within = self.time < horizon
        edges = np.concatenate([[0.0], self.time[within], [horizon]])
        areas = np.diff(edges) * np.concatenate([[1.0], self.survival[within]])
        after = areas.sum() - np.cumsum(areas)[:-1]
        left, ended = self.at_risk[within] - self.ended[within], self.ended[within]
        share = np.divide(ended, self.at_risk[within] * left, out=np.zeros_like(left), where=left > 0)
        mean, error = float(areas.sum()), float(np.sqrt((after**2 * share).sum()))
        reach = float(ndtri((1 + self.level) / 2)) * error
        return Estimate(mean, error, mean - reach, mean + reach)


def histories(duration: Values, ended: Values) -> Histories:
    """Return times and whether each ended (1) or was still going on when last seen (0); refuse others by row."""
    times, ends = column(duration, "duration"), column(ended, "ended")
    if times.size != ends.size:
        raise ValueError(f"duration has {times.size} values and ended {ends.size}: they must pair up")
    if (times < 0).any():
        raise WrongRow(times < 0, "the duration must not be less than 0")
    odd = ~(np.isnan(ends) | (ends == 0) | (ends == 1))
    if odd.any():
        raise WrongRow(odd, "whether it ended must be 1 (it did) or 0 (not yet)")
    return Histories(times, ends)


def kaplan_meier(duration: Values, ended: Values, *, level: float = 0.95) -> Survival:
    """Return the share for whom something lasts beyond each time (Kaplan and Meier 1958).

    With dᵢ ends among nᵢ still followed at tᵢ: S(t) = Π(1 - dᵢ/nᵢ) over tᵢ ≤ t; its standard error is
    S·√G, G = Σ dᵢ/(nᵢ(nᵢ - dᵢ)) (Greenwood 1926); the interval is S^exp(±z·√G/ln S), on the scale of
    ln(-ln S) (Kalbfleisch and Prentice 1980). Who was last seen at tᵢ still counts in nᵢ. ``ended`` is 1 where
    it ended, 0 where it had not when last seen; ``None`` and NaN are missing; an infinite value is refused.

    >>> curve = kaplan_meier([2, 3, 3, 5, 8], [1, 1, 0, 1, 0])
    >>> curve.time.tolist(), [round(float(share), 3) for share in curve.survival], curve.median
    ([2.0, 3.0, 5.0], [0.8, 0.6, 0.3], 5.0)
    """
    check_level(level)
    known = histories(duration, ended)
    whole = known.whole
    n = int(whole.sum())
    if not n:
        return Survival(0, whole.size, level, reason=NOBODY)
    followed = np.sort(known.duration[whole])
    time, ends = np.unique(known.duration[whole & (known.ended == 1)], return_counts=True)
    at_risk = (n - np.searchsorted(followed, time, side="left")).astype(np.float64)
    left = at_risk - ends
    survival = np.cumprod(left / at_risk, dtype=np.float64)
    greenwood = np.cumsum(np.divide(ends, at_risk * left, out=np.full(left.size, np.nan), where=left > 0))
    root = np.divide(np.sqrt(greenwood), np.log(survival, where=left > 0, out=np.full(left.size, np.nan)))
    reach = float(ndtri((1 + level) / 2)) * -root
    return Survival(
        n,
        whole.size - n,
        level,
        followed,
        time,
        at_risk,
        ends.astype(np.float64),
        survival,
        survival * np.sqrt(greenwood),
        survival ** np.exp(reach),
        survival ** np.exp(-reach),
        reason="" if time.size else NO_EVENT,
    )


def _first(time: Floats, share: Floats) -> float | None:
    """The first time at which no more than half are left; equal up to rounding in the machine is equal."""
    reached = share <= 0.5 + 1e-12
    return float(time[np.argmax(reached)]) if reached.any() else None

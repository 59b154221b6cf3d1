"""One effect from several studies, or one for each thing that is known of them, and how far the studies differ."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, fdtrc, ndtr, ndtri, stdtr, stdtrit

from alongside.calc.outcomes.linear import Fit
from alongside.calc.outcomes.meta.fitting import Array, Between, fit, interval_of_tau2, tau2_by, trace_p
from alongside.calc.outcomes.values import Values, beside, column


@dataclass(frozen=True, slots=True)
class How:
    """In which way studies are pooled; ``hartung_knapp`` asks for their interval (2001), ``level`` is a share of 1."""

    between: Between = Between.REML
    hartung_knapp: bool = False
    level: float = 0.95

    @property
    def words(self) -> str:
        """The way in words."""
        test = "Hartung and Knapp's t" if self.hartung_knapp else "the normal distribution"
        return f"Weighted mean; between studies: {self.between.called}; a {self.level:.0%} interval from {test}."


USUAL = How()


@dataclass(frozen=True, slots=True)
class Spread:
    """How far studies differ, beyond what chance within each explains.

    ``q`` on ``df`` with its ``p``; ``tau2`` with its interval. I² is printed by two definitions that disagree:
    ``i2_q`` = (Q - df)/Q (Higgins and Thompson 2002) and ``i2_tau`` = τ²/(τ² + s²), s² = df/tr P the typical variance
    within a study. Both are shares from 0 to 1.
    """

    q: float
    df: int
    p: float
    tau2: float
    tau2_low: float
    tau2_high: float
    i2_q: float
    i2_tau: float


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect in the units of the studies, with its interval; ``statistic`` is t on ``df``, or z without one."""

    estimate: float
    se: float
    low: float
    high: float
    statistic: float
    p: float
    df: int | None


@dataclass(frozen=True, slots=True)
class Pooled:
    """The outcome of :func:`pool`: ``k`` studies, those ``missing``; ``None`` is what cannot be known, for ``reason``.

    ``predicted`` is the interval in which the true effect of a new study would lie. ``weights`` are shares of 1, in the
    order of the studies that were counted.
    """

    k: int
    missing: int
    how: How
    effect: Effect | None = None
    spread: Spread | None = None
    predicted: tuple[float, float] | None = None
    weights: tuple[float, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Regressed:
    """The outcome of :func:`regress`: an effect by name, what is left of the spread, and the test of all but the first.

    ``moderators_p`` is that of χ² on as many degrees as there are further columns (of F under Hartung and Knapp).
    """

    k: int
    missing: int
    how: How
    effects: Mapping[str, Effect]
    spread: Spread
    moderators_q: float
    moderators_p: float


@dataclass(frozen=True, slots=True)
class Subgroups:
    """Each group pooled by itself, and whether they differ: ``q`` on ``df`` with its ``p`` (Borenstein 2009)."""

    groups: Mapping[str, Pooled]
    q: float
    df: int
    p: float


def pool(effects: Values, variances: Values, how: How = USUAL) -> Pooled:
    """Pool the effects of studies by the inverse of their variances.

    μ = Σwy/Σw with w = 1/(v + τ²), se = 1/√Σw; under Hartung and Knapp se² = Σw(y - μ)²/((k - 1)Σw) with t on k - 1.
    The prediction interval is μ ± t(k - 2)·√(τ² + 1/Σw) (Higgins, Thompson and Spiegelhalter 2009), always with the
    classical standard error; it needs three studies. A study without effect or variance is missing.
    Raises ValueError for lists of different length, for what is not finite, and for a variance that is not above 0.

    >>> found = pool([0.2, 0.4, 0.9], [0.04, 0.02, 0.05], How(Between.DL))
    >>> round(found.effect.estimate, 4), round(found.spread.tau2, 4), found.k
    (0.4814, 0.0645, 3)
    """
    y, v, _, missing = read(effects, variances)
    if not len(y):
        return Pooled(0, missing, how, reason="no study has both an effect and a variance")
    if how.hartung_knapp and len(y) < 2:
        return Pooled(1, missing, how, reason="Hartung and Knapp's interval needs two studies")
    ones = np.ones((len(y), 1))
    tau2 = tau2_by(how.between, y, v, ones)
    now = fit(y, v, ones, tau2)
    (effect,) = effects_of(now, how)
    weights = tuple((now.weights / now.weights.sum()).tolist())
    if len(y) == 1:
        reason = "one study alone does not tell how far studies differ"
        return Pooled(1, missing, how, effect, weights=weights, reason=reason)
    predicted = _predicted(now, tau2, how.level) if len(y) > 2 and how.between is not Between.EE else None
    return Pooled(len(y), missing, how, effect, spread_of(y, v, ones, tau2, how.level), predicted, weights)


def regress(effects: Values, variances: Values, columns: Mapping[str, Values], how: How = USUAL) -> Regressed:
    """Explain the effects of studies by what is known of them (meta-regression); the first effect is the intercept.

    The test of the moderators is Q_M = b'C⁻¹b over all coefficients but the first. Raises ValueError as :func:`pool`
    does, and where there are no more studies than coefficients.
    """
    y, v, known, missing = read(effects, variances, *columns.values())
    x = np.column_stack([np.ones(len(y)), *known])
    if len(y) <= x.shape[1]:
        raise ValueError(f"{len(y)} studies are too few to tell {x.shape[1]} effects apart.")
    tau2 = tau2_by(how.between, y, v, x)
    now = fit(y, v, x, tau2)
    names = dict(zip(("intercept", *columns), effects_of(now, how), strict=True))
    q, p = _of_the_moderators(now, how)
    return Regressed(len(y), missing, how, names, spread_of(y, v, x, tau2, how.level), q, p)


def subgroups(effects: Values, variances: Values, groups: Sequence[str], how: How = USUAL) -> Subgroups:
    """Pool each group with a τ² of its own, and test whether they differ: Q = Σ(μ_g - μ)²/se_g²."""
    y = column(effects, "effects")
    v = beside(variances, "variances", "effects", y.size)
    if len(groups) != y.size:
        raise ValueError("Every study needs its group.")
    places: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        places.setdefault(group, []).append(place)
    found = {group: pool(y[own], v[own], how) for group, own in places.items()}
    known = [one.effect for one in found.values() if one.effect]
    if len(known) < 2:
        return Subgroups(found, 0.0, 0, 1.0)
    means, weights = np.array([one.estimate for one in known]), np.array([one.se**-2 for one in known])
    q = float(np.sum(weights * (means - np.average(means, weights=weights)) ** 2))
    return Subgroups(found, q, len(known) - 1, float(chdtrc(len(known) - 1, q)))


def read(effects: Values, variances: Values, *columns: Values) -> tuple[Array, Array, list[Array], int]:
    """Give what was measured as arrays, without studies that lack anything, and how many those are."""
    named = (("effects", effects), ("variances", variances), *(("what is known of a study", one) for one in columns))
    given = [column(values, name) for name, values in named]
    if len({len(one) for one in given}) != 1:
        raise ValueError("Every study needs its effect, its variance and whatever else is told of studies.")
    whole = ~np.isnan(np.sum(given, axis=0))
    y, v, *known = (one[whole] for one in given)
    if (v <= 0).any():
        raise ValueError("The variance of a study has to be above 0.")
    return y, v, known, int(len(whole) - whole.sum())


def effects_of(now: Fit, how: How) -> list[Effect]:
    """Give each coefficient with its interval."""
    spare = len(now.weights) - len(now.coefficients)
    half = (1 + how.level) / 2
    reach = float(stdtrit(spare, half) if how.hartung_knapp else ndtri(half))
    found = []
    for estimate, variance in zip(now.coefficients, np.diag(_covariance(now, how)), strict=True):
        b, se = float(estimate), math.sqrt(variance)
        statistic = b / se if se else math.copysign(math.inf, b)
        tail = stdtr(spare, -abs(statistic)) if how.hartung_knapp else ndtr(-abs(statistic))
        df = spare if how.hartung_knapp else None
        found.append(Effect(b, se, b - reach * se, b + reach * se, statistic, float(2 * tail), df))
    return found


def spread_of(y: Array, v: Array, x: Array, tau2: float, level: float) -> Spread:
    """Say how far studies differ, beyond what ``x`` explains."""
    spare = len(y) - x.shape[1]
    now = fit(y, v, x)
    typical = spare / trace_p(now, x)
    low, high = interval_of_tau2(y, v, x, level)
    i2_q = max(0.0, (now.q - spare) / now.q) if now.q else 0.0
    p = float(chdtrc(spare, now.q))
    return Spread(now.q, spare, p, tau2, low, high, i2_q, tau2 / (tau2 + typical))


def _covariance(now: Fit, how: How) -> Array:
    return now.covariance * (now.q / (len(now.weights) - len(now.coefficients)) if how.hartung_knapp else 1.0)


def _of_the_moderators(now: Fit, how: How) -> tuple[float, float]:
    """Test all coefficients but the first at once."""
    slopes, spare = now.coefficients[1:], len(now.weights) - len(now.coefficients)
    if not len(slopes):
        return 0.0, 1.0
    q = float(slopes @ np.linalg.solve(_covariance(now, how)[1:, 1:], slopes))
    tail = fdtrc(len(slopes), spare, q / len(slopes)) if how.hartung_knapp else chdtrc(len(slopes), q)
    return q, float(tail)


def _predicted(now: Fit, tau2: float, level: float) -> tuple[float, float]:
    reach = float(stdtrit(len(now.weights) - 2, (1 + level) / 2)) * math.sqrt(tau2 + now.covariance[0, 0])
    return float(now.coefficients[0]) - reach, float(now.coefficients[0]) + reach

"""Funnel plots: which teams or authorities differ from the rest by more than chance, given their size."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammaincinv, ndtri

from alongside.calc.outcomes.values import Floats, Values, WrongRow, column

WINSORISED = 0.1
NO_UNIT = "no unit has both numbers"
ONE_UNIT = "there is only one unit, so nothing shows how much units differ"
NO_CHANCE = "every unit has the same extreme value, none or all, so there is no chance to draw limits from"


class Kind(StrEnum):
    """What the numerator, a count, is divided by."""

    PROPORTION = "proportion"
    """Out of so many: families seen in time of families seen."""
    RATE = "rate"
    """Over time or people at risk: complaints a thousand weeks of work."""
    RATIO = "ratio"
    """Over what was expected: a standardised ratio, where 1 is as expected."""


class Limits(StrEnum):
    """How a proportion's limits for chance alone are drawn."""

    ARCSINE = "arcsine"
    EXACT = "exact binomial"


class Spread(StrEnum):
    """What is done where units, altogether, differ by more than chance (Spiegelhalter 2005)."""

    NONE = "none"
    MULTIPLIED = "multiplied"
    ADDED = "added"


class Standing(StrEnum):
    """Where a unit stands in the funnel."""

    FAR_BELOW = "below the 99.8% limit"
    BELOW = "below the 95% limit"
    WITHIN = "within the limits"
    ABOVE = "above the 95% limit"
    FAR_ABOVE = "above the 99.8% limit"


class Band(NamedTuple):
    """The limits for some sizes: between two of a pair lie 95% or 99.8% of units that differ by chance alone."""

    low_998: Floats
    low_95: Floats
    high_95: Floats
    high_998: Floats


@dataclass(frozen=True, slots=True)
class Funnel:
    """The outcome of :func:`funnel`; ``None`` and NaN are what cannot be known, for ``reason``.

    ``n`` counts units with both numbers, ``missing`` the others. Arrays have one value a unit, in the order
    given: ``value`` in the unit of numerator over denominator, ``z`` in standard errors of chance alone,
    ``z_spread`` in those after the spread between units is allowed for. ``phi`` is the mean of z squared with the
    outer tenths drawn in, ``tau2`` the variance between units on the scale of ``z``'s numerator.
    """

    kind: Kind
    limits: Limits
    spread: Spread
    denominator: Floats
    value: Floats
    n: int
    missing: int
    z: Floats
    z_spread: Floats
    target: float | None = None
    phi: float | None = None
    tau2: float | None = None
    reason: str = ""

    @property
    def widened(self) -> bool:
        """Whether units differ by more than chance, and the limits allow for it."""
        return (self.spread is Spread.MULTIPLIED and (self.phi or 0) > 1) or (
            self.spread is Spread.ADDED and (self.tau2 or 0) > 0
        )

    @property
    def method(self) -> str:
        """How the limits were drawn, in words."""
        if self.kind is Kind.PROPORTION:
            scale = "arcsine" if self.widened else self.limits.value
        else:
            scale = "square root" if self.widened else "exact Poisson (chi-square)"
        added = {Spread.NONE: "", Spread.MULTIPLIED: ", times √phi", Spread.ADDED: ", with tau² added"}
        return (
            f"Funnel plot of a {self.kind.value}: {scale} limits of 95% and 99.8% about the target"
            f"{added[self.spread] if self.widened else ''} (Spiegelhalter 2005)."
        )

    def limits_at(self, denominators: Values) -> Band:
        """Return the limits for units of these sizes, such as to draw the funnel; NaN where there is no target."""
        size, place = np.unique(column(denominators, "denominators"), return_inverse=True)
        if (size <= 0).any():
            raise ValueError("denominators must be more than 0")
        if self.target is None or self.reason == NO_CHANCE:
            return Band(*(np.full(place.size, np.nan) for _ in Band._fields))
        return Band(*(self._limit(size, self.target, share)[place] for share in (0.001, 0.025, 0.975, 0.999)))

    def _limit(self, size: Floats, target: float, share: float) -> Floats:
        """The limit below which this share of units lies by chance."""
        if self.widened or (self.kind is Kind.PROPORTION and self.limits is Limits.ARCSINE):
            scale = _Scale(self.kind, target)
            return scale.back(scale.centre + ndtri(share) * self._error(scale.error(size)))
        if self.kind is Kind.PROPORTION:
            return _binomial_limit(size, target, share)
        expected = size * target
        return gammaincinv(expected + (share > 0.5), share) / size

    def _error(self, error: Floats) -> Floats:
        """The standard error of chance, with the spread between units."""
        if self.spread is Spread.ADDED:
            return np.sqrt(error**2 + (self.tau2 or 0))
        return error * max(1.0, self.phi or 0) ** 0.5 if self.widened else error

    @property
    def standings(self) -> tuple[Standing | None, ...]:
        """Where each unit stands; ``None`` where a number is missing or limits cannot be drawn."""
        band = self.limits_at(self.denominator)
        code = 2 + (self.value > band.high_95) + (self.value > band.high_998)
        code = code - (self.value < band.low_95) - (self.value < band.low_998)
        words = np.array([*Standing, None], dtype=object)
        return tuple(words[np.where(np.isnan(self.value + band.low_95), 5, code)])


def funnel(
    numerator: Values,
    denominator: Values,
    *,
    kind: Kind,
    target: float | None = None,
    limits: Limits = Limits.ARCSINE,
    spread: Spread = Spread.ADDED,
) -> Funnel:
    """Return how each unit stands to the target, for its size (Spiegelhalter 2005).

    The target θ is that of all units together, 1 for a ratio, or what is given. Without spread the limits are

    - proportion of n, arcsine: sin²(asin √θ ± k/(2√n)), k = 1.96 and 3.09; or exact binomial, between two whole
      numbers in proportion to their probability;
    - rate or ratio, with E = θ · denominator expected: χ²(p; 2E)/(2E) and χ²(1 - p; 2(E + 1))/(2E) times θ.

    z is (g(value) - g(θ))/s, with g the arcsine of the root and s = 1/(2√n), or g the root and s² = θ/(4E). φ is
    the mean of z² after the outermost tenths are drawn in to the 10th and 90th percentile. Multiplied: s · √φ
    where φ > 1. Added: √(s² + τ²), τ² = max(0, (kφ - (k - 1))/(Σw - Σw²/Σw)), w = 1/s², k units (DerSimonian
    and Laird 1986). ``None`` and NaN are missing; a row that is impossible is refused.

    >>> found = funnel([30, 48, 20], [50, 50, 50], kind=Kind.PROPORTION, spread=Spread.NONE)
    >>> round(found.target, 3), [round(float(z), 1) for z in found.z]
    (0.653, [-0.8, 6.1, -3.6])
    >>> [standing.value for standing in found.standings]
    ['within the limits', 'above the 99.8% limit', 'below the 99.8% limit']
    """
    top, bottom = column(numerator, "numerator"), column(denominator, "denominator")
    if top.size != bottom.size:
        raise ValueError(f"numerator has {top.size} values and denominator {bottom.size}: they must pair up")
    _check_rows(top, bottom, kind)
    _check_target(target, kind)
    there = ~np.isnan(top + bottom)
    nothing = np.full(top.size, np.nan)
    n = int(there.sum())
    found = Funnel(kind, limits, spread, bottom, top / bottom, n, top.size - n, nothing, nothing, target)
    if not n:
        return replace(found, reason=NO_UNIT)
    if target is None:
        target = 1.0 if kind is Kind.RATIO else float(top[there].sum() / bottom[there].sum())
        found = replace(found, target=target)
    if target == 0 or (kind is Kind.PROPORTION and target == 1):
        return replace(found, reason=NO_CHANCE)
    return _scored(found, target, there)


def _scored(found: Funnel, target: float, there: NDArray[np.bool_]) -> Funnel:
    scale = _Scale(found.kind, target)
    error = scale.error(found.denominator)
    away = scale.forth(found.value) - scale.centre
    found = replace(found, z=away / error, z_spread=away / error)
    if found.n == 1:
        return replace(found, reason=ONE_UNIT)
    z, weight = np.sort(found.z[there]), error[there] ** -2
    phi = float(np.mean(np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED])) ** 2))
    room = float(weight.sum() - (weight**2).sum() / weight.sum())
    found = replace(found, phi=phi, tau2=max(0.0, (found.n * phi - (found.n - 1)) / room))
    return replace(found, z_spread=away / found._error(error))


class _Scale(NamedTuple):
    """The scale on which the chance of a unit hardly depends on its value."""

    kind: Kind
    target: float

    @property
    def centre(self) -> float:
        return float(np.arcsin(self.target**0.5)) if self.kind is Kind.PROPORTION else self.target**0.5

    def forth(self, value: Floats) -> Floats:
        return np.arcsin(np.sqrt(value)) if self.kind is Kind.PROPORTION else np.sqrt(value)

    def back(self, value: Floats) -> Floats:
        if self.kind is Kind.PROPORTION:
            return np.sin(np.clip(value, 0, np.pi / 2)) ** 2
        return np.maximum(value, 0) ** 2

    def error(self, size: Floats) -> Floats:
        return 0.5 / np.sqrt(size)


def _binomial_limit(size: Floats, target: float, share: float) -> Floats:
    """The share's place between the whole numbers on either side of it (Spiegelhalter 2005, appendix A.1.1)."""
    count = _binomial_quantile(size, target, share)
    up_to, below = _share_up_to(count, size, target), _share_up_to(count - 1, size, target)
    return np.clip((count - (up_to - share) / (up_to - below)) / size, 0, 1)


def _binomial_quantile(size: Floats, target: float, share: float) -> Floats:
    """The smallest count up to which lies at least this share, sought from where a bell would have it."""
    bell = size * target + ndtri(share) * np.sqrt(size * target * (1 - target))
    count = np.clip(np.floor(bell), 0, size)
    while (short := _share_up_to(count, size, target) < share).any():
        count = count + short
    while (far := _share_up_to(count - 1, size, target) >= share).any():
        count = count - far
    return count


def _share_up_to(count: Floats, size: Floats, target: float) -> Floats:
    """How much of the binomial lies at this count or below."""
    inside = np.clip(count, 0, np.maximum(size - 1, 0))
    share = betainc(size - inside, inside + 1, 1 - target)
    return np.where(count < 0, 0.0, np.where(count >= size, 1.0, share))


def _check_rows(top: Floats, bottom: Floats, kind: Kind) -> None:
    """Refuse a row that no unit can have, by its number; one with a missing number is let be."""
    faults = [
        (bottom <= 0, "the denominator must be more than 0"),
        (top < 0, "the numerator must not be less than 0"),
        (top > np.floor(top), "the numerator must be a whole number, as it counts"),
    ]
    if kind is Kind.PROPORTION:
        faults += [
            (bottom > np.floor(bottom), "the denominator must be a whole number, as it counts"),
            (top > bottom, "the numerator must not be more than the denominator"),
        ]
    for wrong, sentence in faults:
        if wrong.any():
            raise WrongRow(wrong, sentence)


def _check_target(target: float | None, kind: Kind) -> None:
    if target is None:
        return
    if kind is Kind.PROPORTION and not 0 < target < 1:
        raise ValueError("the target of a proportion must lie between 0 and 1")
    if not 0 < target < np.inf:
        raise ValueError("the target must be more than 0")

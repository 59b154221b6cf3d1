"""What an input may be: one number, or a distribution said the way that people know it."""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from scipy import special

from alongside.calc.outcomes.values import Floats

Z_95 = 1.959963984540054
LEAST = 1e-6
"""A standard deviation below this share of the mean is no doubt at all."""


class Unfit(ValueError):
    """Numbers that no distribution of the kind fits; says which and why, for the person who gave them."""


@dataclass(frozen=True)
class Distribution(ABC):
    """An uncertain input. ``draw`` and ``at`` follow one distribution: below ``at(u)`` lies the share ``u`` of it."""

    @property
    @abstractmethod
    def mean(self) -> float:
        """The expected value."""

    @abstractmethod
    def draw(self, source: np.random.Generator, size: int) -> Floats:
        """Return ``size`` independent draws."""

    @abstractmethod
    def at(self, share: Floats) -> Floats:
        """Return the values below which these shares, between 0 and 1, of the distribution lie."""

    @abstractmethod
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest value that can come, -inf and inf where there is no end."""


@dataclass(frozen=True)
class Fixed(Distribution):
    """One number, of which there is no doubt, or none that is to be shown."""

    value: float

    def __post_init__(self) -> None:
        finite("value", self.value)

    @property
    def mean(self) -> float:
        return self.value

    def draw(self, source: np.random.Generator, size: int) -> Floats:
        return np.full(size, self.value)

    def at(self, share: Floats) -> Floats:
        return np.full(np.shape(share), self.value)

    def ends(self) -> tuple[float, float]:
        return self.value, self.value


@dataclass(frozen=True)
class Uniform(Distribution):
    """Anything between two numbers, as likely as any other."""

    low: float
    high: float

    def __post_init__(self) -> None:
        rising(low=self.low, high=self.high)

    @property
    def mean(self) -> float:
        return (self.low + self.high) / 2

    def draw(self, source: np.random.Generator, size: int) -> Floats:
        return source.uniform(self.low, self.high, size)

    def at(self, share: Floats) -> Floats:
        return self.low + share * (self.high - self.low)

    def ends(self) -> tuple[float, float]:
        return self.low, self.high


@dataclass(frozen=True)
class Triangular(Distribution):
    """Between two numbers, most likely a third, and falling straight to both sides of it."""

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        rising(low=self.low, high=self.high)
        between(self.low, self.likely, self.high)

    @property
    def mean(self) -> float:
        return (self.low + self.likely + self.high) / 3

    def draw(self, source: np.random.Generator, size: int) -> Floats:
        return source.triangular(self.low, self.likely, self.high, size)

    def at(self, share: Floats) -> Floats:
        width, rise = self.high - self.low, self.likely - self.low
        rising = self.low + np.sqrt(share * width * rise)
        falling = self.high - np.sqrt((1 - share) * width * (self.high - self.likely))
        return np.where(share <= rise / width, rising, falling)

    def ends(self) -> tuple[float, float]:
        return self.low, self.high


@dataclass(frozen=True)
class Amount(Distribution):
    """A gamma distribution of an amount above 0, from its mean and standard deviation: shape m²/s², scale s²/m."""

    expected: float
    sd: float

    def __post_init__(self) -> None:
        positive(mean=self.expected, sd=self.sd)
        noticeable(self.expected, self.sd)

    @property
    def mean(self) -> float:
        return self.expected

    @property
    def _shape(self) -> tuple[float, float]:
        return (self.expected / self.sd) ** 2, self.sd**2 / self.expected

    def draw(self, source: np.random.Generator, size: int) -> Floats:
        return source.gamma(*self._shape, size)

    def at(self, share: Floats) -> Floats:
        shape, scale = self._shape
        return np.asarray(scale * special.gammaincinv(shape, share), dtype=np.float64)

    def ends(self) -> tuple[float, float]:
        return 0, math.inf


@dataclass(frozen=True)
class Skewed(Distribution):
    """A lognormal distribution, from the two ends of its 95% interval, as a ratio or a risk is published."""

    low: float
    high: float

    def __post_init__(self) -> None:
        positive(low=self.low)
        rising(low=self.low, high=self.high)

    @property
    def _log(self) -> tuple[float, float]:
        low, high = math.log(self.low), math.log(self.high)
        return (low + high) / 2, (high - low) / (2 * Z_95)

    @property
    def mean(self) -> float:
        centre, sd = self._log
        return math.exp(centre + sd**2 / 2)

    def draw(self, source: np.random.Generator, size: int) -> Floats:
        return source.lognormal(*self._log, size)

    def at(self, share: Floats) -> Floats:
        centre, sd = self._log
        return np.exp(centre + sd * special.ndtri(share))

    def ends(self) -> tuple[float, float]:
        return 0, math.inf


@dataclass(frozen=True)
class Normal(Distribution):
    """A normal distribution, from its mean and standard deviation; it may fall below 0."""

    expected: float
    sd: float

    def __post_init__(self) -> None:
        finite("mean", self.expected)
        positive(sd=self.sd)

    @property
    def mean(self) -> float:
        return self.expected

    def draw(self, source: np.random.Generator, size: int) -> Floats:
        return source.normal(self.expected, self.sd, size)

    def at(self, share: Floats) -> Floats:
        found: Floats = self.expected + self.sd * special.ndtri(share)
        return found

    def ends(self) -> tuple[float, float]:
        return -math.inf, math.inf


def finite(name: str, value: float) -> None:
    """Refuse what is no number."""
    if not math.isfinite(value):
        raise Unfit(f"the {name} must be a number, not {value}")


def positive(**named: float) -> None:
    """Refuse what is not above 0."""
    for name, value in named.items():
        finite(name, value)
        if value <= 0:
            raise Unfit(f"the {name} must be more than 0, not {value:g}")


def noticeable(mean: float, sd: float) -> None:
    """Refuse a spread that is as good as none: nothing can be reckoned with it."""
    if sd < LEAST * abs(mean):
        raise Unfit(f"the sd {sd:g} is as good as none beside {mean:g}: give one number instead")


def rising(*, low: float, high: float) -> None:
    """Refuse ends that do not rise."""
    finite("low", low)
    finite("high", high)
    if low >= high:
        raise Unfit(f"the low end must lie below the high end, not {low:g} and {high:g}")


def between(low: float, likely: float, high: float) -> None:
    """Refuse a likely value beyond the ends."""
    if not low <= likely <= high:
        raise Unfit(f"the likely value must lie between {low:g} and {high:g}, not be {likely:g}")

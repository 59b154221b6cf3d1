"""Shares, and amounts between two ends: the distributions that are a beta."""

import math
from abc import abstractmethod
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from alongside.calc.economics.distributions import Distribution, Unfit, between, finite, noticeable, positive, rising
from alongside.calc.outcomes.values import Floats


@dataclass(frozen=True)
class Beta(Distribution):
    """A beta distribution, stretched from ``start`` by ``width``."""

    @cached_property
    @abstractmethod
    def shape(self) -> tuple[float, float, float, float]:
        """Alpha, beta, start and width."""

    @property
    def mean(self) -> float:
        alpha, beta, start, width = self.shape
        return start + width * alpha / (alpha + beta)

    @property
    def observations(self) -> float | None:
        """How many observations what is known is worth, α + β of a share; none of what is no share."""
        alpha, beta, start, width = self.shape
        return alpha + beta if (start, width) == (0, 1) else None

    def draw(self, source: np.random.Generator, size: int) -> Floats:
        alpha, beta, start, width = self.shape
        drawn = source.beta(alpha, beta, size)
        return drawn if (start, width) == (0, 1) else start + width * drawn

    def at(self, share: Floats) -> Floats:
        alpha, beta, start, width = self.shape
        found: Floats = start + width * special.betaincinv(alpha, beta, share)
        return found

    def ends(self) -> tuple[float, float]:
        _, _, start, width = self.shape
        return start, start + width


@dataclass(frozen=True)
class Pert(Beta):
    """Between two numbers, most likely a third: as :class:`Triangular`, but rounder and surer of the middle.

    Beta on [low, high] with α = 1 + 4(likely - low)/(high - low) and β = 1 + 4(high - likely)/(high - low), so that
    the mean is (low + 4 likely + high)/6 (Malcolm et al. 1959; Vose 2008).
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        rising(low=self.low, high=self.high)
        between(self.low, self.likely, self.high)

    @cached_property
    def shape(self) -> tuple[float, float, float, float]:
        width = self.high - self.low
        return 1 + 4 * (self.likely - self.low) / width, 1 + 4 * (self.high - self.likely) / width, self.low, width


@dataclass(frozen=True)
class Share(Beta):
    """A beta distribution of a share, from its mean and standard deviation: α = m·k, β = (1-m)·k, k = m(1-m)/s² - 1."""

    expected: float
    sd: float

    def __post_init__(self) -> None:
        finite("mean", self.expected)
        positive(sd=self.sd)
        if not 0 < self.expected < 1:
            raise Unfit(f"the mean of a share must lie between 0 and 1, not be {self.expected:g}")
        noticeable(self.expected, self.sd)
        if self.sd**2 >= self.expected * (1 - self.expected):
            most = math.sqrt(self.expected * (1 - self.expected))
            raise Unfit(f"a share with the mean {self.expected:g} has a standard deviation below {most:.3g}")

    @cached_property
    def shape(self) -> tuple[float, float, float, float]:
        k = self.expected * (1 - self.expected) / self.sd**2 - 1
        return self.expected * k, (1 - self.expected) * k, 0, 1


@dataclass(frozen=True)
class Counted(Beta):
    """A share that was counted, ``events`` of ``of`` people: beta, α = events + ½, β = of - events + ½ (Jeffreys)."""

    events: int
    of: int

    def __post_init__(self) -> None:
        if self.of < 1:
            raise Unfit("nobody was counted, so there is no share")
        if not 0 <= self.events <= self.of:
            raise Unfit(f"{self.events:,} of {self.of:,} is no share")

    @cached_property
    def shape(self) -> tuple[float, float, float, float]:
        return self.events + 0.5, self.of - self.events + 0.5, 0, 1

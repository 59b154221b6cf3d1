"""How much of a change would have come without any support, because people were taken on at their worst."""

import math
from dataclasses import dataclass

from scipy.special import ndtr

from alongside.calc.outcomes.values import column


@dataclass(frozen=True, slots=True)
class FromSelection:
    """The outcome of :func:`regression_to_mean`: the change to expect from selection alone, in the units of the scale.

    It is towards the mean of everybody: above 0 where people were taken on below the cut. ``selected`` is the share of
    everybody, from 0 to 1, that lies beyond the cut.
    """

    expected_change: float
    selected: float

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return "Regression to the mean of a normal distribution beyond a cut-off (Barnett and others 2005)."


def towards_everybody(first: float, *, mean: float, reliability: float) -> float:
    """Return the change to expect of a group from the distance of its first mean alone: (1 - ρ)(μ - first).

    Of somebody's distance from the mean μ of those among whom they were found, a scale of reliability ρ is expected to
    measure ρ times as much once more (Nesselroade, Stigler and Baltes 1980, on Galton's and Kelley's formula). No
    cut-off is needed. Raises ValueError for a reliability that does not lie between 0 and 1, and for what is infinite.

    >>> round(towards_everybody(12.0, mean=2.9, reliability=0.89), 3)
    -1.001
    """
    column([first, mean], "the means")  # refuses what is infinite
    if not 0 <= reliability <= 1:
        raise ValueError("reliability must lie between 0 and 1")
    return (1 - reliability) * (mean - first)


def regression_to_mean(
    *, mean: float, sd: float, reliability: float, cut: float, below: bool, measurements: int = 1
) -> FromSelection:
    """Return the change that selection by a cut-off alone brings about (Barnett, van der Pols and Dobson 2005).

    With σ the deviation of one measurement among everybody and ρ the reliability, σ_w² = (1 - ρ)σ² varies within a
    person and σ_b² = ρσ² between people. People are taken on whose mean of m measurements lies beyond the cut:
    RTM = (σ_w²/m)/s · φ(z)/(1 - Φ(z)), with s = √(σ_b² + σ_w²/m) and z the distance from mean to cut in units of s.
    Raises ValueError for a deviation or a number of measurements that is not above 0, and for a reliability that does
    not lie between 0 and 1.

    >>> found = regression_to_mean(mean=60, sd=15, reliability=0.5, cut=40, below=True)
    >>> round(found.expected_change, 2), round(found.selected, 3)
    (13.49, 0.091)
    """
    column([mean, cut], "the mean and the cut-off")  # refuses what is infinite
    if not 0 < sd < math.inf or measurements < 1:
        raise ValueError("the standard deviation and the number of measurements must be more than 0")
    if not 0 <= reliability <= 1:
        raise ValueError("reliability must lie between 0 and 1")
    within = (1 - reliability) * sd**2 / measurements
    spread = (reliability * sd**2 + within) ** 0.5
    z = (mean - cut if below else cut - mean) / spread
    tail = float(ndtr(-z))
    if not tail:
        raise ValueError("nobody would lie beyond the cut-off")
    height = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    change = within / spread * height / tail
    return FromSelection(change if below else -change, tail)

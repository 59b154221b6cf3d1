"""What money in a later year is worth now: a dated schedule of rates, and a stream of effects under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from alongside.calc.outcomes.values import Floats


@dataclass(frozen=True, slots=True)
class Step:
    """From this year on, counted from 0, a year takes this share off."""

    first_year: int
    rate: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """Discount rates in force from a day, as their source states them."""

    key: str
    title: str
    in_force: date
    source: str
    steps: tuple[Step, ...]

    def factors(self, years: int) -> Floats:
        """Return what £1 in each of ``years`` years is worth in the first, which is not discounted.

        A year takes off its own rate from the year before it: D[t] = D[t - 1]/(1 + r[t]), with D[0] = 1. A step's rate
        holds for the years after its first, as the Green Book's table has it: 3.5% still takes the year 30.

        >>> from datetime import date
        >>> steps = (Step(0, 0.035), Step(31, 0.03))
        >>> book = Schedule("green-book", "", date(2026, 1, 1), "", steps)
        >>> book.factors(32)[[1, 5, 30, 31]].round(4).tolist()
        [0.9662, 0.842, 0.3563, 0.3459]
        """
        rates = np.empty(years)
        for step in self.steps:
            rates[step.first_year :] = step.rate
        rates[:1] = 0
        return 1 / np.cumprod(1 + rates)


def check_steps(steps: Sequence[Step]) -> None:
    """Raise ValueError unless the steps begin at year 0, rise in years, and hold rates between 0 and 1."""
    if not steps or steps[0].first_year:
        raise ValueError("the first rate must hold from year 0")
    years = [step.first_year for step in steps]
    if years != sorted(set(years)):
        raise ValueError("each rate must begin in a later year than the one before it")
    for step in steps:
        if not 0 <= step.rate < 1:
            raise ValueError(f"a rate must be a share from 0 to 1, such as 0.035, not {step.rate:g}")


def lasting(drop_off: Floats, *, lag: int, duration: float, factors: Floats) -> Floats:
    """Return what an effect of £1 a year is worth now, for each drop-off.

    Formula: Σ D[t]·w(k)·(1 - δ)^k with k = t - L, over the years from the lag L to the horizon. w is 1 while k < D,
    what is left of a year in the last one, and 0 after it, so that three and a half years count three and a half.

    >>> lasting(np.array([0.0, 0.5]), lag=1, duration=2, factors=np.ones(5)).tolist()
    [2.0, 1.5]
    """
    k = np.arange(len(factors) - lag)
    worth = factors[lag:] * np.clip(duration - k, 0, 1)
    kept, total = 1 - drop_off, np.zeros_like(drop_off)
    for each in worth[::-1]:  # Horner: no power of a million draws is ever held
        total *= kept
        total += each
    return total

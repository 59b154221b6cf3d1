"""Weights by which people without a service come to look like those with it: propensity scores."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from alongside.calc.outcomes.linear import standardised, why_unfit
from alongside.calc.outcomes.logistic import Logistic, logistic
from alongside.calc.outcomes.paired import Verdict, verdict_of
from alongside.calc.outcomes.values import Floats, Values, check_level, column, table_of, yes_no

NOBODY = "of nobody is the outcome known with whether they had the service and everything by which they are weighted"
ENDLESS = "{name} tells so wholly who had the service that nobody without it is like those with it"
NO_SPREAD = "all on either side have the same outcome, so there is no spread to reckon an interval from"
APART = 0.1
"""Groups whose means lie less than a tenth of a deviation apart count as alike (Austin 2011)."""
FEW = 10
"""With fewer people on the smaller side for each covariate, scores fit chance as much as people (Peduzzi 1996)."""


class Estimand(StrEnum):
    """For whom the difference is asked: those who had the service (ATT), or everybody (ATE)."""

    SERVED = "ATT"
    EVERYBODY = "ATE"


class Balance(NamedTuple):
    """One covariate's means on both sides, as they stood and as weighted, and how far apart in deviations."""

    name: str
    served: float
    others: float
    served_weighted: float
    others_weighted: float
    apart: float
    apart_weighted: float


class Overlap(NamedTuple):
    """People by tenth of the score, from 0 to 1, and how many have nobody like them on the other side."""

    served: tuple[int, ...]
    others: tuple[int, ...]
    served_alone: int
    others_alone: int


@dataclass(frozen=True, slots=True)
class Weighted:
    """The outcome of :func:`propensity_weighted`; ``None`` is a figure that cannot be known, for ``reason``.

    ``effective_served`` and ``effective_others`` say how many equally weighted people the weighted ones are worth.
    ``difference`` is the weighted mean of those with the service less that of the others, in the units of the outcome.
    ``alike`` is whether every covariate lies less than a tenth of a deviation apart once weighted.
    """

    n: int
    missing: int
    level: float
    estimand: Estimand
    served: int = 0
    others: int = 0
    effective_served: float | None = None
    effective_others: float | None = None
    balance: tuple[Balance, ...] = ()
    overlap: Overlap | None = None
    alike: bool | None = None
    mean_served: float | None = None
    mean_others: float | None = None
    difference: float | None = None
    error: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    p: float | None = None
    verdict: Verdict = Verdict.UNSURE
    cautions: tuple[str, ...] = ()
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        whom = "those who had the service" if self.estimand is Estimand.SERVED else "everybody"
        return (
            f"Weighted by the chance of having the service (logistic regression) so that both sides are like {whom}; "
            f"{self.level:.0%} interval by errors that know that the weights were estimated. What nobody measured is "
            "not made alike."
        )


def propensity_weighted(
    outcome: Values,
    served: Values,
    covariates: Mapping[str, Values],
    *,
    higher_is_better: bool,
    estimand: Estimand = Estimand.SERVED,
    level: float = 0.95,
) -> Weighted:
    """Return how the outcome differs between people with and without a service who are made alike by weights.

    With p the chance of having the service by logistic regression on the covariates: people with it weigh 1 and the
    others p/(1 - p) (ATT), or 1/p and 1/(1 - p) (ATE) (Rosenbaum 1987; Hirano and Imbens 2001). The difference is
    that of the weighted means, Σwy/Σw on each side; its error is the sandwich of all estimating equations at once,
    those of the logistic regression too (Lunceford and Davidian 2004; Stefanski and Boos 2002). Balance is
    (mean₁ - mean₀)/√((s₁² + s₀²)/2) with the unweighted deviations both times (Austin 2011); the effective number
    is (Σw)²/Σw² (Kish 1965).

    The outcome may be a change: that is a difference in differences among people made alike. ``None`` and NaN are
    missing; an infinite value is refused.

    >>> outcome, served = [5, 6, 7, 8, 4, 5, 5, 7], [1, 1, 1, 1, 0, 0, 0, 0]
    >>> found = propensity_weighted(outcome, served, {"risk": [1, 0, 1, 1, 1, 0, 0, 0]}, higher_is_better=True)
    >>> round(found.difference, 3), round(found.balance[0].apart, 3), round(abs(found.balance[0].apart_weighted), 3)
    (2.083, 1.0, 0.0)
    """
    check_level(level)
    scores = column(outcome, "outcome")
    arm = yes_no(served, "served", "outcome", scores.size)
    if not covariates:
        raise ValueError("there must be at least one covariate by which people are weighted")
    table = table_of(covariates, "outcome", scores.size)
    whole = ~(np.isnan(scores) | np.isnan(arm) | np.isnan(table).any(axis=1))
    with_it = arm[whole] == 1
    found = Weighted(
        int(whole.sum()),
        int(scores.size - whole.sum()),
        level,
        estimand,
        served=int(with_it.sum()),
        others=int((~with_it).sum()),
    )
    table = np.asfortranarray(table[whole])
    reason = _why_not(found, table, list(covariates))
    if reason:
        return replace(found, reason=reason)
    x = np.column_stack([np.ones(found.n), standardised(table)])
    fit = logistic(x, arm[whole])
    if fit.endless is not None:
        return replace(found, reason=ENDLESS.format(name=list(covariates)[fit.endless - 1]))
    weights = _weights(fit.chance, with_it, estimand)
    found = _compared(found, table, list(covariates), fit.chance, weights, with_it)
    return _estimated(found, scores[whole], with_it, x, fit, weights, higher_is_better)


def _why_not(found: Weighted, table: Floats, names: list[str]) -> str:
    """Why nobody can be weighted, or nothing."""
    if not found.n:
        return NOBODY
    for count, words in ((found.served, "had the service"), (found.others, "did not have it")):
        if count < 2:
            return f"{'nobody' if not count else 'only one person'} who {words} is known well enough to be compared"
    return why_unfit(table, names)


def _weights(chance: Floats, with_it: NDArray[np.bool_], estimand: Estimand) -> Floats:
    if estimand is Estimand.SERVED:
        return np.where(with_it, 1.0, chance / (1 - chance))
    return np.asarray(1 / np.where(with_it, chance, 1 - chance))


def _compared(
    found: Weighted, table: Floats, names: list[str], chance: Floats, weights: Floats, with_it: NDArray[np.bool_]
) -> Weighted:
    """Add who is like whom: balance, overlap, effective numbers, and what a reader has to be warned of."""
    sides = (with_it, ~with_it)
    spread = np.sqrt(sum(table[side].var(axis=0, ddof=1) for side in sides) / 2)
    plain = [table[side].mean(axis=0) for side in sides]
    after = [np.average(table[side], axis=0, weights=weights[side]) for side in sides]
    with np.errstate(divide="ignore", invalid="ignore"):
        apart, still = ((one - other) / spread for one, other in (plain, after))
    rows = zip(names, *plain, *after, apart, still, strict=True)
    balance = tuple(Balance(name, *map(float, figures)) for name, *figures in rows)
    served, others = (float(weights[side].sum() ** 2 / (weights[side] ** 2).sum()) for side in sides)
    overlap = _overlap(chance, with_it)
    alike = all(abs(one.apart_weighted) < APART for one in balance)
    found = replace(
        found, effective_served=served, effective_others=others, balance=balance, overlap=overlap, alike=alike
    )
    return replace(found, cautions=tuple(_cautions(found, overlap)))


def _overlap(chance: Floats, with_it: NDArray[np.bool_]) -> Overlap:
    tenths = np.minimum((chance * 10).astype(int), 9)
    counts = [np.bincount(tenths[side], minlength=10).tolist() for side in (with_it, ~with_it)]
    alone = []
    for own, other in ((chance[with_it], chance[~with_it]), (chance[~with_it], chance[with_it])):
        alone.append(int(((own < other.min()) | (own > other.max())).sum()))
    return Overlap(tuple(counts[0]), tuple(counts[1]), *alone)


def _cautions(found: Weighted, overlap: Overlap) -> list[str]:
    told = [
        f"Also when weighted, {one.name} lies {abs(one.apart_weighted):.2f} deviations apart: the sides are not alike."
        for one in found.balance
        if not abs(one.apart_weighted) < APART
    ]
    alone = overlap.served_alone + (overlap.others_alone if found.estimand is Estimand.EVERYBODY else 0)
    if alone:
        told.append("Some people have nobody like them on the other side, so that weights cannot stand in for one.")
    if min(found.served, found.others) < FEW * len(found.balance):
        told.append("There are few people for so many covariates: the weights fit chance as much as people.")
    return told


def _estimated(
    found: Weighted,
    y: Floats,
    with_it: NDArray[np.bool_],
    x: Floats,
    fit: Logistic,
    weights: Floats,
    higher_is_better: bool,
) -> Weighted:
    """Add the difference, and its error by each person's pull on it, through the weights too."""
    mean = [float(np.average(y[side], weights=weights[side])) for side in (with_it, ~with_it)]
    pull, through = np.zeros(found.n), np.zeros(x.shape[1])
    growth = _growth(fit.chance, with_it, found.estimand)
    for side, centre, sign in ((with_it, mean[0], 1), (~with_it, mean[1], -1)):
        total = weights[side].sum()
        pull[side] = sign * weights[side] * (y[side] - centre) / total
        through += sign * (growth[side] * (y[side] - centre)) @ x[side] / total
    found = replace(found, mean_served=mean[0], mean_others=mean[1], difference=mean[0] - mean[1])
    if max(np.ptp(y[with_it]), np.ptp(y[~with_it])) <= 1e-12 * np.abs(y).max():
        return replace(found, reason=NO_SPREAD)
    pull += ((with_it - fit.chance)[:, None] * x) @ np.linalg.solve(fit.information, through)
    error = float(np.sqrt(np.sum(pull**2)))
    difference = mean[0] - mean[1]
    reach = float(ndtri((1 + found.level) / 2)) * error
    return replace(
        found,
        error=error,
        ci_low=difference - reach,
        ci_high=difference + reach,
        p=2 * float(ndtr(-abs(difference) / error)),
        verdict=verdict_of(difference - reach, difference + reach, higher_is_better),
    )


def _growth(chance: Floats, with_it: NDArray[np.bool_], estimand: Estimand) -> Floats:
    """How fast a person's weight grows with their score xβ: dw/d(xβ)."""
    odds = chance / (1 - chance)
    if estimand is Estimand.SERVED:
        return np.where(with_it, 0.0, odds)
    return np.where(with_it, -1 / odds, odds)

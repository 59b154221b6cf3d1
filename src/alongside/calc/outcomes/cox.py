"""What goes with something ending sooner or later: Cox's proportional hazards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import chdtrc, ndtr, ndtri

from alongside.calc.outcomes.concordance import concordance
from alongside.calc.outcomes.linear import why_unfit
from alongside.calc.outcomes.risksets import Fit, RiskSets
from alongside.calc.outcomes.survival import NO_EVENT, NOBODY, histories
from alongside.calc.outcomes.values import Floats, Values, check_level, table_of

STEPS = 40
CLOSE = 1e-6
"""After a step this small, in deviations of the covariates, the next would be its square."""


class CoxEffect(NamedTuple):
    """What one covariate goes with, all others being equal.

    ``coefficient`` is the change of the log hazard a unit of the covariate, ``hazard_ratio`` its exponential with
    interval; ``p_proportional`` is small where the effect is not the same early and late, and ``None`` where
    ends come too much at one time to tell.
    """

    name: str
    coefficient: float
    error: float
    hazard_ratio: float
    ci_low: float
    ci_high: float
    z: float
    p: float
    p_proportional: float | None


@dataclass(frozen=True, slots=True)
class Cox:
    """The outcome of :func:`cox`; ``None`` is a figure that cannot be known, for ``reason``.

    ``n`` counts people of whom everything is known, ``missing`` the others, ``ended`` those for whom it ended.
    ``chi2``, ``df`` and ``p`` are of the likelihood ratio test that no covariate matters.
    """

    n: int
    missing: int
    ended: int
    level: float
    effects: tuple[CoxEffect, ...] = ()
    log_likelihood: float | None = None
    log_likelihood_null: float | None = None
    chi2: float | None = None
    df: int | None = None
    p: float | None = None
    p_proportional: float | None = None
    concordance: float | None = None
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return (
            "Cox's proportional hazards, by the partial likelihood with Efron's rule for ends at one time. "
            f"{self.level:.0%} intervals from the standard errors (Wald)."
        )


def cox(duration: Values, ended: Values, covariates: Mapping[str, Values], *, level: float = 0.95) -> Cox:
    """Return how covariates go with the hazard, the chance of ending now if it has not ended yet (Cox 1972).

    The hazard is taken to be h₀(t)·exp(xβ). β maximises Σ xβ - Σ ln Φ over the ends, where Φ adds exp(xβ) over
    those at risk, less l/d of those who end at the same time for the l-th of d of them (Efron 1977), by
    Newton's method, a step being halved while it does not raise the likelihood. Standard errors come from the
    inverse of the information; concordance is Harrell's. Proportional hazards are tested by the score of a
    change of β with the rank of time (Grambsch and Therneau 1994).

    ``None`` and NaN are missing; an infinite value is refused. There are no effects, but a reason, where a
    covariate does not vary, follows from others, or parts those who end from the others altogether.

    >>> found = cox([2, 4, 5, 7, 8, 9], [1, 1, 0, 1, 1, 0], {"age": [60, 55, 48, 62, 41, 50]})
    >>> found.n, found.ended, found.effects[0].hazard_ratio > 1
    (6, 4, True)
    """
    check_level(level)
    known = histories(duration, ended)
    if not covariates:
        raise ValueError("there must be at least one covariate")
    table = table_of(covariates, "duration", known.duration.size)
    whole = known.whole & ~np.isnan(table).any(axis=1)
    times, ends, table = known.duration[whole], known.ended[whole] == 1, table[whole]
    found = Cox(times.size, whole.size - times.size, int(ends.sum()), level)
    names = list(covariates)
    reason = _unfit(found, table, names)
    if reason:
        return replace(found, reason=reason)
    spread = table.std(axis=0)
    sets = RiskSets(times, ends, (table - table.mean(axis=0)) / spread)
    still = _undecided(sets)
    if still is not None:
        return replace(found, reason=f"those at risk when it ended do not differ enough in {names[still]}")
    best, fit, endless = _climb(sets)
    if endless is not None:
        return replace(found, reason=f"{names[endless]} tells so wholly for whom it ends that its effect has no limit")
    return _reported(found, sets, best, fit, dict(zip(names, spread.tolist(), strict=True)))


def _unfit(found: Cox, table: Floats, names: list[str]) -> str:
    """Why no effects can be reckoned from these people at all, or nothing."""
    if not found.n:
        return NOBODY
    if not found.ended:
        return NO_EVENT
    return why_unfit(table, names)


def _undecided(sets: RiskSets) -> int | None:
    """The covariate in which those at risk together hardly ever differ, given the others; ``None`` where all do."""
    alike = sets.fit(np.zeros(sets.covariates.shape[0]))
    sizes, ways = np.linalg.eigh(sets.information(alike, np.ones(sets.at.size)))
    return int(np.argmax(np.abs(ways[:, 0]))) if sizes[0] <= 1e-9 * sets.at.size else None


def _climb(sets: RiskSets) -> tuple[Floats, Fit, int | None]:
    """Newton's way to the highest likelihood; where it has no top, also the covariate that runs off.

    Without a top the likelihood nears a bound while the effect grows by the same step for ever, and the
    information on it fades until the machine cannot see it.
    """
    best = np.zeros(sets.covariates.shape[0])
    fit = sets.fit(best)
    once = np.ones(sets.at.size)
    newton = best
    for _ in range(STEPS):
        try:
            newton = cho_solve(cho_factor(sets.information(fit, once)), fit.residuals.sum(axis=1))
        except np.linalg.LinAlgError:
            break
        step, floor = newton, fit.log_likelihood - 1e-9 * abs(fit.log_likelihood)
        while not (tried := sets.fit(best + step)).log_likelihood >= floor:
            step = step / 2
        best, fit = best + step, tried
        if np.abs(newton).max() < CLOSE:
            return best, fit, None
    return best, fit, int(np.argmax(np.abs(newton)))


def _reported(found: Cox, sets: RiskSets, best: Floats, fit: Fit, spread: Mapping[str, float]) -> Cox:
    inverse = np.asarray(np.linalg.inv(sets.information(fit, np.ones(sets.at.size))), dtype=np.float64)
    each, all_together = _proportional(sets, fit, inverse)
    reach = float(ndtri((1 + found.level) / 2))
    effects = []
    for place, (name, unit) in enumerate(spread.items()):
        coefficient, error = float(best[place]) / unit, float(inverse[place, place]) ** 0.5 / unit
        low, high = float(np.exp(coefficient - reach * error)), float(np.exp(coefficient + reach * error))
        z = coefficient / error
        p = 2 * float(ndtr(-abs(z)))
        effects.append(CoxEffect(name, coefficient, error, float(np.exp(coefficient)), low, high, z, p, each[place]))
    null = sets.fit(np.zeros_like(best)).log_likelihood
    chi2 = max(0.0, 2 * (fit.log_likelihood - null))
    return replace(
        found,
        effects=tuple(effects),
        log_likelihood=fit.log_likelihood,
        log_likelihood_null=null,
        chi2=chi2,
        df=best.size,
        p=float(chdtrc(best.size, chi2)),
        p_proportional=all_together,
        concordance=concordance(sets.duration, sets.ended, best @ sets.covariates),
    )


def _proportional(sets: RiskSets, fit: Fit, inverse: Floats) -> tuple[list[float | None], float | None]:
    """p for each covariate, and for all, that its effect stays as time passes; None where time hardly passes."""
    when = (sets.rank - sets.rank.mean()) / sets.rank.size
    score = fit.residuals @ when
    across = sets.information(fit, when)
    left = sets.information(fit, when**2) - across @ inverse @ across
    seen = np.diag(left) > 1e-9 * np.diag(sets.information(fit, np.ones(sets.at.size)))
    each = [float(chdtrc(1, score[at] ** 2 / left[at, at])) if seen[at] else None for at in range(score.size)]
    if not seen.all():
        return each, None
    return each, float(chdtrc(score.size, score @ np.linalg.pinv(left, hermitian=True) @ score))

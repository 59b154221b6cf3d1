"""How change goes with an amount that differs from person to person: contacts, or how true to its model work was."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from alongside.calc.outcomes.linear import NotFound, Term, least_squares, standardised, why_unfit
from alongside.calc.outcomes.paired import Verdict, verdict_of
from alongside.calc.outcomes.sandwich import clustered
from alongside.calc.outcomes.values import (
    SHOWN_FROM,
    Floats,
    Values,
    WrongRow,
    beside,
    check_level,
    column,
    groups_of,
    renumbered,
    table_of,
    yes_no,
)

NOBODY = "of nobody are the outcome and the amount known with everything else that was asked for"
NO_SPREAD = "the outcome follows from the amount exactly, so there is no spread to reckon an interval from"
CHOSEN = (
    "Nobody was given an amount by chance. Those who are worse may be seen more often, and those who get better may "
    "come more often or stop coming: a trend is no effect, and none is no proof against one."
)
KNOTS = (0.1, 0.5, 0.9)


class Band(NamedTuple):
    """People whose amount lies from ``low`` to ``high``: their mean outcome with interval, not told of a few."""

    low: float
    high: float
    n: int
    mean: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None


@dataclass(frozen=True, slots=True)
class ByAmount:
    """The outcome of :func:`dose_response` and :func:`moderator`; ``None`` is what cannot be known, for ``reason``.

    ``trend`` is the difference in the outcome that goes with one more of the amount; under :func:`moderator` with a
    comparison group, the difference in the *effect*. ``p_bend`` is small where a straight line does not do.
    """

    n: int
    missing: int
    level: float
    groups: int | None = None
    adjusted_for: tuple[str, ...] = ()
    trend: Term | None = None
    p_bend: float | None = None
    bands: tuple[Band, ...] = ()
    verdict: Verdict = Verdict.UNSURE
    caution: str = CHOSEN
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        errors = "each person by themselves" if self.groups is None else f"people of {self.groups} groups together"
        allowing = f", allowing for {', '.join(self.adjusted_for)}" if self.adjusted_for else ""
        return (
            f"Least squares on the amount{allowing}; {self.level:.0%} interval by errors that take {errors} "
            f"(CR2, Satterthwaite). {CHOSEN}"
        )


class _Rows(NamedTuple):
    """What is known of the people who are counted."""

    y: Floats
    amount: Floats
    table: Floats
    code: NDArray[np.intp] | None
    served: Floats | None


def dose_response(
    outcome: Values,
    dose: Values,
    *,
    higher_is_better: bool,
    groups: Sequence[Hashable | None] | None = None,
    covariates: Mapping[str, Values] | None = None,
    level: float = 0.95,
) -> ByAmount:
    """Return how an outcome, such as a change, goes with how much of something each person had.

    Least squares y = a + b·dose + xβ with CR2 errors and Satterthwaite's degrees of freedom (see
    :func:`~alongside.calc.outcomes.sandwich.clustered`); ``p_bend`` is that of the further term of a restricted cubic
    spline with knots at the 10th, 50th and 90th percentile (Harrell 2001), where doses differ enough. Bands are the
    quarters of the dose, each with its mean and t interval; bands of fewer than ten people are not told. The same
    holds for how true to its model the work was (fidelity): then the workers or teams are the ``groups``.

    ``None`` and NaN are missing; an infinite value is refused, and so is a dose below 0.

    >>> found = dose_response([1, 2, 2, 4, 4, 6], [0, 1, 2, 3, 4, 5], higher_is_better=True)
    >>> round(found.trend.estimate, 3), found.verdict.value
    (0.943, 'better')
    """
    return _along(outcome, dose, "dose", None, higher_is_better, groups, covariates or {}, level)


def moderator(
    outcome: Values,
    amount: Values,
    served: Values,
    *,
    higher_is_better: bool,
    groups: Sequence[Hashable | None] | None = None,
    covariates: Mapping[str, Values] | None = None,
    level: float = 0.95,
) -> ByAmount:
    """Return whether the effect of a service (1 or 0) differs with an amount that is known of people on both sides.

    Least squares y = a + b·served + c·amount + d·served·amount + xβ; the trend is d, the difference in the effect that
    goes with one more of the amount. Errors as in :func:`dose_response`.

    >>> found = moderator([1, 2, 3, 5, 1, 1, 2, 1], [0, 1, 2, 3, 0, 1, 2, 3], [1] * 4 + [0] * 4, higher_is_better=True)
    >>> round(found.trend.estimate, 3)
    1.2
    """
    return _along(outcome, amount, "amount", served, higher_is_better, groups, covariates or {}, level)


def _along(
    outcome: Values,
    amount: Values,
    called: str,
    served: Values | None,
    higher_is_better: bool,
    groups: Sequence[Hashable | None] | None,
    covariates: Mapping[str, Values],
    level: float,
) -> ByAmount:
    check_level(level)
    y = column(outcome, "outcome")
    x = beside(amount, called, "outcome", y.size)
    if called == "dose" and (x < 0).any():
        raise WrongRow(x < 0, "the dose must not be less than 0")
    arm = None if served is None else yes_no(served, "served", "outcome", y.size)
    table = table_of(covariates, "outcome", y.size)
    code = None if groups is None else groups_of(groups, "outcome", y.size).code
    whole = ~(np.isnan(y) | np.isnan(x) | np.isnan(table).any(axis=1))
    whole &= True if arm is None else ~np.isnan(arm)
    whole &= True if code is None else code >= 0
    own, kinds = (None, None) if code is None else renumbered(code[whole])
    rows = _Rows(y[whole], x[whole], table[whole], own, None if arm is None else arm[whole])
    found = ByAmount(rows.y.size, y.size - rows.y.size, level, kinds, tuple(covariates))
    return _fitted(found, rows, called, higher_is_better) if found.n else replace(found, reason=NOBODY)


def _fitted(found: ByAmount, rows: _Rows, called: str, higher_is_better: bool) -> ByAmount:
    found = replace(found, bands=_bands(rows, found.level)) if rows.served is None else found
    asked = rows.amount[:, None]
    names = [f"the {called}"]
    if rows.served is not None:
        centred = rows.amount - rows.amount.mean()
        asked = np.column_stack([rows.served * centred, rows.served, centred])
        names = [f"the {called} of those with the service", "the service", "the amount"]
    reason = why_unfit(np.column_stack([asked, rows.table]), (*names, *found.adjusted_for))
    if not reason and found.n <= asked.shape[1] + rows.table.shape[1] + 1:
        reason = "there are no more people than covariates"
    if not reason and found.groups is not None and found.groups < 2:
        reason = "all people come from one group"
    if reason:
        return replace(found, reason=reason)
    x = np.column_stack([np.ones(found.n), asked, standardised(rows.table)])
    fit = least_squares(rows.y, x)
    if np.abs(fit.residuals).max() <= 1e-12 * np.abs(rows.y).max():
        return replace(found, reason=NO_SPREAD)
    trend = clustered(fit, x, 1, rows.code, found.level)
    bend = None if rows.served is not None else _bend(rows, x, found.level)
    verdict = verdict_of(trend.ci_low, trend.ci_high, higher_is_better)
    return replace(found, trend=trend, p_bend=bend, verdict=verdict)


def _bend(rows: _Rows, x: Floats, level: float) -> float | None:
    """The test of the spline's further term; None where the doses do not allow one."""
    low, middle, high = np.quantile(rows.amount, KNOTS)
    if len(x) < max(SHOWN_FROM, x.shape[1] + 2) or not low < middle < high:
        return None

    def beyond(knot: float) -> Floats:
        return np.asarray((away := np.maximum(rows.amount - knot, 0)) * away * away)

    bent = beyond(low) - (beyond(middle) * (high - low) - beyond(high) * (middle - low)) / (high - middle)
    more = np.column_stack([x, bent / (high - low) ** 2])
    try:
        fit = least_squares(rows.y, more)
    except NotFound:
        return None
    return clustered(fit, more, more.shape[1] - 1, rows.code, level).p


def _bands(rows: _Rows, level: float) -> tuple[Band, ...]:
    """The quarters of the amount, fewer where many people have the same."""
    cuts = np.unique(np.quantile(rows.amount, (0.25, 0.5, 0.75)))
    quarter = np.searchsorted(cuts, rows.amount, side="left")
    found = []
    for each in np.unique(quarter):
        own, y = rows.amount[quarter == each], rows.y[quarter == each]
        band = Band(float(own.min()), float(own.max()), own.size)
        if own.size >= SHOWN_FROM:
            mean, reach = float(y.mean()), float(stdtrit(own.size - 1, (1 + level) / 2) * y.std(ddof=1) / own.size**0.5)
            band = band._replace(mean=mean, ci_low=mean - reach, ci_high=mean + reach)
        found.append(band)
    return tuple(found)

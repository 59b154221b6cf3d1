"""Difference in differences: how much more those with a service changed than those without it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.linear import least_squares, standardised, why_unfit
from alongside.calc.outcomes.paired import Verdict, verdict_of
from alongside.calc.outcomes.sandwich import clustered
from alongside.calc.outcomes.values import Floats, Values, check_level, groups_of, pair_up, renumbered, table_of, yes_no

NOBODY = "nobody is known both times, with whether they had the service and everything else that was asked for"
ONE_PLACE = (
    "all who {who} come from one group, so that what the service brought cannot be told from whatever else happened "
    "there"
)
NO_SPREAD = "all who are alike changed alike, so there is no spread to reckon an interval from"
FEW = 4.0
"""With fewer degrees of freedom the test finds too much or too little (Pustejovsky and Tipton 2018)."""
TOO_FEW = "There are so few people or groups that the interval itself is unsure: take it as a hint."


class Arm(NamedTuple):
    """Those with the service, or those without it: how many, their means, and their mean change."""

    n: int
    mean_before: float
    mean_after: float
    mean_change: float


@dataclass(frozen=True, slots=True)
class DifferenceInDifferences:
    """The outcome of :func:`difference_in_differences`; ``None`` is a figure that cannot be known, for ``reason``.

    ``n`` counts people of whom everything is known, ``missing`` the others, ``groups`` the groups by which errors are
    reckoned (``None`` where each person stands for themselves). ``difference`` is the change of those with the service
    less that of those without it, in the units of the scale. ``caution`` is what a reader must know of the interval.
    """

    n: int
    missing: int
    level: float
    groups: int | None = None
    adjusted_for: tuple[str, ...] = ()
    served: Arm | None = None
    others: Arm | None = None
    difference: float | None = None
    error: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    df: float | None = None
    p: float | None = None
    verdict: Verdict = Verdict.UNSURE
    caution: str = ""
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        errors = "each person by themselves" if self.groups is None else f"people of {self.groups} groups together"
        allowing = f", allowing for {', '.join(self.adjusted_for)}" if self.adjusted_for else ""
        return (
            f"Mean change of people with the service less that of people without it{allowing}. A {self.level:.0%} "
            f"interval by errors that take {errors} (CR2, Satterthwaite). It is an effect only if both would have "
            "changed alike without the service."
        )


def difference_in_differences(
    before: Values,
    after: Values,
    served: Values,
    *,
    higher_is_better: bool,
    groups: Sequence[Hashable | None] | None = None,
    covariates: Mapping[str, Values] | None = None,
    level: float = 0.95,
) -> DifferenceInDifferences:
    """Return how much more those with a service changed than those without it, measured at the same two times.

    Least squares of each person's change on 1, whether they had the service (``served``, 1 or 0) and any covariates:
    change = a + δ·served + xβ. Without covariates δ is the difference of the two mean changes. Errors let people of
    one group (a team, an authority) go together: CR2 with Satterthwaite's degrees of freedom (Bell and McCaffrey 2002;
    see :func:`~alongside.calc.outcomes.sandwich.clustered`). Groups are to be given where the service went to whole
    groups. The same function on two times *before* the service shows whether both were changing alike.

    ``None`` and NaN are missing; an infinite value is refused.

    >>> before, after, served = [5, 6, 4, 5, 6, 4], [7, 9, 6, 5, 7, 4], [1, 1, 1, 0, 0, 0]
    >>> found = difference_in_differences(before, after, served, higher_is_better=True)
    >>> round(found.difference, 3), round(found.ci_low, 3), round(found.ci_high, 3), found.verdict.value
    (2.0, 0.691, 3.309, 'better')
    """
    check_level(level)
    pairs = pair_up(before, after)
    size = pairs.before.size
    arm = yes_no(served, "served", "before", size)
    table = table_of(covariates or {}, "before", size)
    names = tuple(covariates or ())
    code = None if groups is None else groups_of(groups, "before", size).code
    whole = pairs.whole & ~np.isnan(arm) & ~np.isnan(table).any(axis=1)
    kinds = None
    if code is not None:
        whole &= code >= 0
    kept = slice(None) if whole.all() else whole
    if code is not None:
        code, kinds = renumbered(code[kept])
    found = DifferenceInDifferences(int(whole.sum()), int(size - whole.sum()), level, kinds, names)
    if not found.n:
        return replace(found, reason=NOBODY)
    had, first, second = arm[kept], pairs.before[kept], pairs.after[kept]
    scores = _Scores(first, second, second - first)
    found = replace(found, served=scores.of(had), others=scores.of(1 - had))
    reason = _why_not(had, code)
    if reason:
        return replace(found, reason=reason)
    return _fitted(found, scores, had, code, table[kept], higher_is_better)


class _Scores(NamedTuple):
    before: Floats
    after: Floats
    change: Floats

    def of(self, who: Floats) -> Arm | None:
        """The means of those for whom ``who`` is 1, not 0."""
        n = int(who.sum())
        if not n:
            return None
        mean_before, mean_after = float(self.before @ who) / n, float(self.after @ who) / n
        return Arm(n, mean_before, mean_after, mean_after - mean_before)


def _why_not(had: Floats, code: NDArray[np.intp] | None) -> str:
    """Why no difference can be reckoned from these people, or nothing."""
    side = had.astype(np.intp)
    people = np.bincount(side, minlength=2)
    groups = (
        None
        if code is None
        else (np.bincount(2 * code + side, minlength=2 * int(code.max() + 1)).reshape(-1, 2) > 0).sum(axis=0)
    )
    for which, words in ((1, "had the service"), (0, "did not have it")):
        if people[which] < 2:
            return f"{'only one person' if people[which] else 'nobody'} who {words} was measured both times"
        if groups is not None and groups[which] < 2:
            return ONE_PLACE.format(who=words)
    return ""


def _fitted(
    found: DifferenceInDifferences,
    scores: _Scores,
    had: Floats,
    code: NDArray[np.intp] | None,
    table: Floats,
    higher_is_better: bool,
) -> DifferenceInDifferences:
    if found.adjusted_for:
        reason = why_unfit(np.column_stack([had, table]), ("the service", *found.adjusted_for))
        if not reason and found.n <= table.shape[1] + 2:
            reason = "there are no more people than covariates"
        if reason:
            return replace(found, reason=reason)
        table = standardised(table)
    x = np.column_stack([np.ones(found.n), had, table])
    fit = least_squares(scores.change, x)
    found = replace(found, difference=float(fit.coefficients[1]))
    noise = 1e-12 * max(float(np.abs(scores.before).max()), float(np.abs(scores.after).max()))
    if np.abs(fit.residuals).max() <= noise:
        return replace(found, reason=NO_SPREAD)
    term = clustered(fit, x, 1, code, found.level)
    return replace(
        found,
        error=term.error,
        ci_low=term.ci_low,
        ci_high=term.ci_high,
        df=term.df,
        p=term.p,
        verdict=verdict_of(term.ci_low, term.ci_high, higher_is_better),
        caution=TOO_FEW if term.df < FEW * (1 - 1e-9) else "",
    )

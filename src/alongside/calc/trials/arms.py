"""How the arms of a trial differ at the later measurement, allowing for the earlier one and what chance kept level."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.linear import ALIKE, least_squares, term
from alongside.calc.outcomes.paired import Verdict, verdict_of
from alongside.calc.outcomes.sandwich import clustered
from alongside.calc.outcomes.values import (
    Floats,
    Values,
    WrongRow,
    check_level,
    groups_of,
    pair_up,
    renumbered,
    yes_no,
)

NOBODY = "nobody was measured both times and is known by everything that is allowed for"
ONE_CLUSTER = "one arm has a single cluster, so that what it got cannot be told from whatever else is so there"
TOO_MANY = "there are no more people than things to allow for"
NO_SPREAD = "all who are alike answered alike, so there is no spread to reckon an interval from"
FEW = 4.0
"""With fewer degrees of freedom the test finds too much or too little (Pustejovsky and Tipton 2018)."""
TOO_FEW = "There are so few clusters that the interval itself is unsure: take it as a hint."
NEAR = 0.25
"""Arms whose starts lie less than this many deviations apart count as alike where it is allowed for (What Works
Clearinghouse, *Standards Handbook*, 2022)."""


class Side(NamedTuple):
    """One arm: how many were measured both times, their means, and their deviation at the later time."""

    n: int
    mean_before: float
    mean_after: float
    sd_after: float | None


@dataclass(frozen=True, slots=True)
class BetweenArms:
    """The outcome of :func:`between_arms`; ``None`` is a figure that cannot be known, for ``reason``.

    ``difference`` is the first arm less the second, in the units of the scale. ``g`` is that over the deviation within
    arms at the later time, with Hedges' correction. ``apart`` says how many deviations lay between their starts.
    ``clusters`` is ``None`` where each person was allocated by themselves; ``caution`` is to be told with the interval.
    """

    n: int
    missing: int
    level: float
    clusters: int | None = None
    allowed_for: tuple[str, ...] = ()
    first: Side | None = None
    second: Side | None = None
    apart: float | None = None
    difference: float | None = None
    error: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    df: float | None = None
    p: float | None = None
    g: float | None = None
    verdict: Verdict = Verdict.UNSURE
    caution: str = ""
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        levelled = ", ".join(("the score before", *self.allowed_for))
        errors = "" if self.clusters is None else f", by errors of {self.clusters} clusters (CR2, Satterthwaite)"
        return (
            f"The later score of the first arm less that of the second, everybody counted where chance put them, "
            f"allowing for {levelled} (analysis of covariance). {self.level:.0%} interval from Student's t{errors}. "
            "Hedges g: the difference over the deviation within arms at the later time, corrected for few people."
        )


def between_arms(
    before: Values,
    after: Values,
    first: Values,
    *,
    higher_is_better: bool,
    factors: Mapping[str, Sequence[Hashable | None]] | None = None,
    clusters: Sequence[Hashable | None] | None = None,
    level: float = 0.95,
) -> BetweenArms:
    """Return how much more the first arm scored than the second, by intention to treat.

    Least squares of the later score on 1, whether the person was allocated to the first arm (``first``, 1 or 0), the
    earlier score and the levels of every factor that chance kept level (Vickers and Altman 2001; Kahan and Morris
    2012): after = a + δ·first + β·before + levels. A level that follows from the others is left out. Interval δ ±
    t(n - p)·s·√A; where whole clusters were allocated, CR2 with Satterthwaite's degrees of freedom instead (see
    :func:`~alongside.calc.outcomes.sandwich.clustered`), which holds for few of them. g = δ/s_w ·
    (1 - 3/(4(n - 2) - 1)), s_w² = ((n₁ - 1)s₁² + (n₂ - 1)s₂²)/(n - 2) of the later scores (Hedges 1981).

    ``None`` and NaN are missing; an infinite value is refused.

    >>> before, after, first = [5, 6, 4, 5, 6, 4], [7, 9, 6, 5, 7, 4], [1, 1, 1, 0, 0, 0]
    >>> found = between_arms(before, after, first, higher_is_better=True)
    >>> round(found.difference, 3), round(found.ci_low, 3), round(found.ci_high, 3), round(found.g, 3)
    (2.0, 1.134, 2.866, 1.047)
    """
    check_level(level)
    pairs = pair_up(before, after)
    size = pairs.before.size
    arm = yes_no(first, "first", "before", size)
    levels = {name: groups_of(labels, "before", size).code for name, labels in (factors or {}).items()}
    code = None if clusters is None else groups_of(clusters, "before", size).code
    whole = pairs.whole & ~np.isnan(arm) & np.all([row >= 0 for row in [*levels.values(), code] if row is not None], 0)
    kinds = None
    if code is not None:
        code, kinds = renumbered(code[whole]) if whole.any() else (code[whole], 0)
    found = BetweenArms(int(whole.sum()), int(size - whole.sum()), level, kinds, tuple(levels))
    if not found.n:
        return replace(found, reason=NOBODY)
    with_it = arm[whole] == 1
    first_scores, later = pairs.before[whole], pairs.after[whole]
    found = replace(
        found,
        first=_side(first_scores[with_it], later[with_it]),
        second=_side(first_scores[~with_it], later[~with_it]),
        apart=_apart(first_scores, with_it),
    )
    reason = _why_not(with_it, code)
    if reason:
        return replace(found, reason=reason)
    x = _table(with_it, first_scores, [row[whole] for row in levels.values()])
    return _fitted(found, later, x, code, higher_is_better)


def _side(before: Floats, after: Floats) -> Side | None:
    if not after.size:
        return None
    sd = float(after.std(ddof=1)) if after.size > 1 else None
    return Side(after.size, float(before.mean()), float(after.mean()), sd)


def _apart(before: Floats, with_it: NDArray[np.bool_]) -> float | None:
    sides = before[with_it], before[~with_it]
    if min(side.size for side in sides) < 2:
        return None
    spread = float(np.sqrt(sum(side.var(ddof=1) for side in sides) / 2))
    away = float(sides[0].mean() - sides[1].mean())
    return away / spread if spread > 1e-12 * np.abs(before).max() else None


def _why_not(with_it: NDArray[np.bool_], code: NDArray[np.intp] | None) -> str:
    """Why no difference can be reckoned, or nothing."""
    for who, words in ((with_it, "first"), (~with_it, "second")):
        n = int(who.sum())
        if n < 2:
            return f"{'nobody' if not n else 'only one person'} of the {words} arm was measured both times"
        if code is not None and np.count_nonzero(np.bincount(code[who])) < 2:
            return ONE_CLUSTER
    return ""


def _table(with_it: NDArray[np.bool_], before: Floats, levels: Sequence[NDArray[np.intp]]) -> Floats:
    """1, the arm, the earlier score and a column for each level, without those that follow from columns before them."""
    spread = float(before.std())
    columns = [np.ones(before.size), with_it.astype(np.float64)]
    further = [(before - before.mean()) / spread] if spread > 1e-12 * np.abs(before).max() else []
    further += [(code == one).astype(np.float64) for code in levels for one in np.unique(code)[1:]]
    for column in further:
        known = np.column_stack(columns)
        left = column - known @ np.linalg.lstsq(known, column, rcond=None)[0]
        if np.linalg.norm(left) > ALIKE**0.5 * np.linalg.norm(column):
            columns.append(column)
    return np.column_stack(columns)


def _fitted(
    found: BetweenArms, later: Floats, x: Floats, code: NDArray[np.intp] | None, higher_is_better: bool
) -> BetweenArms:
    spare = found.n - x.shape[1]
    if spare < 1:
        return replace(found, reason=TOO_MANY)
    fit = least_squares(later, x)
    difference = float(fit.coefficients[1])
    found = replace(found, difference=difference)
    if np.abs(fit.residuals).max() <= 1e-12 * float(np.abs(later).max()):
        return replace(found, reason=NO_SPREAD)
    if code is None:
        error = float(fit.q / spare * fit.covariance[1, 1]) ** 0.5
        told = term(difference, error, spare, found.level)
    else:
        told = clustered(fit, x, 1, code, found.level)
    return replace(
        found,
        error=told.error,
        ci_low=told.ci_low,
        ci_high=told.ci_high,
        df=told.df,
        p=told.p,
        g=_hedges(found, difference),
        verdict=verdict_of(told.ci_low, told.ci_high, higher_is_better),
        caution=TOO_FEW if code is not None and told.df < FEW * (1 - 1e-9) else "",
    )


def _hedges(found: BetweenArms, difference: float) -> float | None:
    one, other = found.first, found.second
    if one is None or other is None or one.sd_after is None or other.sd_after is None:
        return None
    spare = one.n + other.n - 2
    within = (((one.n - 1) * one.sd_after**2 + (other.n - 1) * other.sd_after**2) / spare) ** 0.5
    return difference / within * (1 - 3 / (4 * spare - 1)) if within else None


class Extremes(NamedTuple):
    """The difference whatever became of those not measured: at the worst for the first arm, and at the best."""

    worst: BetweenArms
    best: BetweenArms

    @property
    def verdict(self) -> Verdict:
        """Better or worse only where it is so at the worst and at the best."""
        return self.worst.verdict if self.worst.verdict is self.best.verdict else Verdict.UNSURE


def extremes_between_arms(
    before: Values,
    after: Values,
    first: Values,
    *,
    lowest: float,
    highest: float,
    higher_is_better: bool,
    factors: Mapping[str, Sequence[Hashable | None]] | None = None,
    clusters: Sequence[Hashable | None] | None = None,
    level: float = 0.95,
) -> Extremes:
    """Return the difference of all who were allocated, whatever those without a later score would have answered.

    At the worst everybody lost from the first arm has the worst score of the scale and everybody lost from the second
    the best one; at the best it is the other way round (Horowitz and Manski 2000). Whoever lacks the earlier score is
    given the mean of all, which in a trial bends nothing (White and Thompson 2005). A score beyond the scale raises
    :class:`~alongside.calc.outcomes.values.WrongRow`.

    >>> before, after, first = [5, 6, 4, 5, 5, 6, 4, 5], [7, 9, 6, None, 5, 7, 4, 5], [1, 1, 1, 1, 0, 0, 0, 0]
    >>> told = {"lowest": 0, "highest": 10, "higher_is_better": True}
    >>> found = extremes_between_arms(before, after, first, **told)
    >>> round(found.worst.difference, 2), round(found.best.difference, 2)
    (0.25, 2.75)
    """
    pairs = pair_up(before, after)
    for row in pairs[:2]:
        beyond = (row < lowest) | (row > highest)
        if beyond.any():
            raise WrongRow(beyond, f"a score must lie from {lowest:g} to {highest:g}")
    arm = yes_no(first, "first", "before", pairs.before.size)
    known = ~np.isnan(pairs.before)
    started = np.where(known, pairs.before, pairs.before[known].mean() if known.any() else 0.0)
    bad, good = (lowest, highest) if higher_is_better else (highest, lowest)

    def given(to_first: float, to_second: float) -> BetweenArms:
        later = np.where(np.isnan(pairs.after), np.where(arm == 1, to_first, to_second), pairs.after)
        more = {"higher_is_better": higher_is_better, "level": level}
        return between_arms(started, later, arm, factors=factors, clusters=clusters, **more)  # type: ignore[arg-type]

    return Extremes(given(bad, good), given(good, bad))

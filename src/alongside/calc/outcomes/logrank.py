"""Whether something lasts longer in one group than in another: the log-rank test."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from alongside.calc.outcomes.survival import NO_EVENT, NOBODY, Histories, histories
from alongside.calc.outcomes.values import Floats, Values, groups_of, renumbered

WHOLE_BELOW = 4
"""Whole durations below as many times the people are counted one by one; beyond, there are more numbers than people."""
ONE_GROUP = "there are not two groups with anybody to compare"


@dataclass(frozen=True, slots=True)
class LogRank:
    """The outcome of :func:`log_rank`; ``None`` is a figure that cannot be known, for ``reason``.

    ``groups`` in the order in which they first come; for each, the people in it, for how many it ended, and for
    how many it would have if groups did not differ. ``missing`` counts people who lack anything.
    """

    missing: int
    groups: tuple[Hashable, ...] = ()
    n: tuple[int, ...] = ()
    ended: tuple[int, ...] = ()
    expected: Floats = field(default_factory=lambda: np.empty(0))
    chi2: float | None = None
    df: int | None = None
    p: float | None = None
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return "Log-rank test: at each time, ends in a group against those expected from the share still followed."


def log_rank(duration: Values, ended: Values, group: Sequence[Hashable | None]) -> LogRank:
    """Return the log-rank test of whether something lasts equally long in k groups (Mantel 1966; Peto and Peto 1972).

    At each time with d ends among n still followed, n_g of them in group g, expected are d·n_g/n, with covariance
    d(n - d)/(n - 1) · (n_g/n·[g = h] - n_g·n_h/n²). χ² = (O - E)ᵀ V⁻¹ (O - E) over all groups but one, k - 1 degrees
    of freedom. A group that had nobody left before the first end is not compared. ``None`` and NaN are missing.

    >>> test = log_rank([1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 0], ["a", "a", "a", "b", "b", "b"])
    >>> round(test.chi2, 3), test.df, test.ended
    (5.052, 1, (3, 2))
    """
    known = histories(duration, ended)
    groups = groups_of(group, "duration", known.duration.size)
    whole = known.whole & (groups.code >= 0)
    missing = int((~whole).sum())
    if not whole.any():
        return LogRank(missing, reason=NOBODY)
    codes, labels = groups
    if missing:
        known, codes = Histories(known.duration[whole], known.ended[whole]), codes[whole]
        there = np.bincount(codes, minlength=len(labels)) > 0
        labels = tuple(label for label, some in zip(labels, there, strict=True) if some)
        codes = (np.cumsum(there) - 1)[codes]
    return _tested(LogRank(missing, labels), known, codes)


def _tested(found: LogRank, known: Histories, codes: NDArray[np.intp]) -> LogRank:
    k = len(found.groups)
    when, times = _in_order(known.duration)
    place, size = when * k + codes, times * k
    counts = np.bincount(place, known.ended, size).reshape(times, k)
    last_seen = np.bincount(place, minlength=size).reshape(times, k)
    at_risk = np.cumsum(last_seen[::-1], axis=0)[::-1]
    d, n = counts.sum(axis=1), at_risk.sum(axis=1).astype(np.float64)
    expected = (d / n) @ at_risk
    found = replace(
        found,
        n=tuple(at_risk[0].tolist()),
        ended=tuple(counts.sum(axis=0).astype(int).tolist()),
        expected=expected,
        reason="" if counts.any() else NO_EVENT,
    )
    compared = np.flatnonzero(expected > 0)[1:]
    if not compared.size:
        return replace(found, reason=found.reason or ONE_GROUP)
    weight = d * (n - d) / np.maximum(n - 1, 1) / n**2
    covariance = np.diag((weight * n) @ at_risk) - at_risk.T @ (weight[:, None] * at_risk)
    away = (counts.sum(axis=0) - expected)[compared]
    chi2 = float(away @ np.linalg.pinv(covariance[np.ix_(compared, compared)], hermitian=True) @ away)
    return replace(found, chi2=chi2, df=compared.size, p=float(chdtrc(compared.size, chi2)))


def _in_order(duration: Floats) -> tuple[NDArray[np.intp], int]:
    """Number durations from the shortest, equals alike, and count the numbers; whole ones need no sorting for it."""
    if duration.max() < WHOLE_BELOW * duration.size:
        whole = duration.astype(np.intp)
        if (whole == duration).all():
            return renumbered(whole)
    order = np.argsort(duration)
    new = np.diff(duration[order], prepend=-1) > 0
    when = np.empty(duration.size, np.intp)
    when[order] = np.cumsum(new) - 1
    return when, int(new.sum())

"""Whether a cohort lies so far from those frozen before it that nobody learns of a few by setting two side by side."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.values import Floats
from alongside.insight.evaluation.rows import WORDS, Rows, pseudonym
from alongside.insight.reports.telling.safety import SMALLEST

Twice = tuple[Floats, Floats]
"""Scores before and after."""
Places = NDArray[np.intp]
COUNTED = WORDS.keys() - {"contract", "plan_after"}
"""The columns by which the families of a cohort are counted on its page."""


def too_close(rows: Rows, families: Sequence[UUID], earlier: Iterable[tuple[UUID, Rows]]) -> UUID | None:
    """Give the first of some earlier cohorts from which these rows differ by a few families only, if there is one.

    They do where fewer than five families are in one of the two and not in the other, or are of another group there;
    and where, for some outcome, fewer than five were measured in one and not in the other, or otherwise. ``families``
    are whom the rows stand for.
    """
    return next((cohort for cohort, others in earlier if _close(rows, families, cohort, others)), None)


def _close(rows: Rows, families: Sequence[UUID], cohort: UUID, others: Rows) -> bool:
    """Sets without anybody in common tell nothing of each other."""
    keys = np.array([pseudonym(family, cohort) for family in families], dtype="S20")
    theirs = np.array(others.keys, dtype="S20")
    _, here, there = np.intersect1d(keys, theirs, assume_unique=True, return_indices=True)
    alone = keys.size + theirs.size - 2 * here.size
    if not here.size:
        return False
    if _few(alone):
        return True
    for name in COUNTED & rows.words.keys() & others.words.keys():
        ours, own = (np.array(each.words[name].texts(), dtype=object) for each in (rows, others))
        if _few(alone + int((ours[here] != own[there]).sum())):
            return True
    return any(
        _few(_measured_apart(rows.before_and_after(outcome), others.before_and_after(outcome), here, there))
        for outcome in rows.scores.keys() & others.scores.keys()
    )


def _measured_apart(ours: Twice, theirs: Twice, here: Places, there: Places) -> int:
    """Count the families who were measured in one cohort and not in the other, or otherwise there."""
    both, own = (~np.isnan(before + after) for before, after in (ours, theirs))
    shared = both[here] & own[there]
    if not shared.any():
        return 0
    other = np.any([one[here] != another[there] for one, another in zip(ours, theirs, strict=True)], axis=0)
    only = both.sum() + own.sum() - 2 * shared.sum()
    return int(only + (shared & other).sum())


def _few(apart: int) -> bool:
    return 0 < apart < SMALLEST

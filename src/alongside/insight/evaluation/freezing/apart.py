"""Whether a cohort lies so far from those frozen before it that nobody learns of a few by setting two side by side."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import numpy as np

from alongside.insight.evaluation.rows import Rows, pseudonym
from alongside.insight.reports.telling.safety import SMALLEST

Measured = dict[str, tuple[float, float]]


def too_close(rows: Rows, families: Sequence[UUID], earlier: Iterable[tuple[UUID, Rows]]) -> UUID | None:
    """Give the first of some earlier cohorts from which these rows differ by a few families only, if there is one.

    They do where fewer than five families are in one of the two and not in the other; and where, for some outcome,
    fewer than five were measured in one and not in the other, or otherwise. ``families`` are whom the rows stand for.
    """
    for cohort, others in earlier:
        keys = [pseudonym(family, cohort) for family in families]
        if _few_apart(dict.fromkeys(keys, (0.0, 0.0)), dict.fromkeys(others.keys, (0.0, 0.0))):
            return cohort
        for outcome in rows.scores.keys() & others.scores.keys():
            if _few_apart(_measured(rows, keys, outcome), _measured(others, others.keys, outcome)):
                return cohort
    return None


def _measured(rows: Rows, keys: Sequence[str], outcome: str) -> Measured:
    before, after = rows.before_and_after(outcome)
    both = np.flatnonzero(~np.isnan(before + after)).tolist()
    return {keys[row]: (float(before[row]), float(after[row])) for row in both}


def _few_apart(ours: Measured, theirs: Measured) -> bool:
    """Say so; sets without anybody in common tell nothing of each other."""
    if not ours.keys() & theirs.keys():
        return False
    apart = sum(ours.get(key) != theirs.get(key) for key in ours.keys() | theirs.keys())
    return 0 < apart < SMALLEST

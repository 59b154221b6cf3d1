"""Whether a cohort lies so far from those frozen before it that nobody learns of a few by setting two side by side."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import numpy as np

from alongside.insight.evaluation.rows import WORDS, Rows, pseudonym
from alongside.insight.reports.telling.safety import SMALLEST

COUNTED = WORDS.keys() - {"contract", "plan_after"}
"""The columns by which the families of a cohort are counted on its page."""


def too_close(rows: Rows, families: Sequence[UUID], earlier: Iterable[tuple[UUID, Rows]]) -> UUID | None:
    """Give the first of some earlier cohorts from which these rows differ by a few families only, if there is one.

    They do where fewer than five families are in one of the two and not in the other, or are of another group there;
    and where, for some outcome, fewer than five were measured in one and not in the other, or otherwise. ``families``
    are whom the rows stand for.
    """
    for cohort, others in earlier:
        keys = [pseudonym(family, cohort) for family in families]
        if _few_apart(dict.fromkeys(keys, 0), dict.fromkeys(others.keys, 0)):
            return cohort
        for name in COUNTED & rows.words.keys() & others.words.keys():
            ours, theirs = (each.words[name].texts() for each in (rows, others))
            if _few_apart(dict(zip(keys, ours, strict=True)), dict(zip(others.keys, theirs, strict=True))):
                return cohort
        for outcome in rows.scores.keys() & others.scores.keys():
            if _few_apart(_measured(rows, keys, outcome), _measured(others, others.keys, outcome)):
                return cohort
    return None


def _measured(rows: Rows, keys: Sequence[str], outcome: str) -> dict[str, tuple[float, float]]:
    before, after = rows.before_and_after(outcome)
    both = np.flatnonzero(~np.isnan(before + after)).tolist()
    return {keys[row]: (float(before[row]), float(after[row])) for row in both}


def _few_apart(ours: Mapping[str, object], theirs: Mapping[str, object]) -> bool:
    """Say so; sets without anybody in common tell nothing of each other."""
    if not ours.keys() & theirs.keys():
        return False
    apart = sum(ours.get(key) != theirs.get(key) for key in ours.keys() | theirs.keys())
    return 0 < apart < SMALLEST

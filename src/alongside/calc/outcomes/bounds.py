"""How far those who were not measured again could move the result, at the worst and at the best."""

from dataclasses import dataclass

import numpy as np

from alongside.calc.outcomes.paired import PairedChange, Verdict, paired_change
from alongside.calc.outcomes.values import Floats, Values, WrongRow, pair_up


@dataclass(frozen=True, slots=True)
class Bounds:
    """The outcome of :func:`bounds`: ``unknown`` people were measured before and not after.

    ``worst`` gives each of them the worst score of the scale and ``best`` the best one; ``measured`` leaves them out.
    The ``verdict`` holds whatever became of them.
    """

    unknown: int
    lowest: float
    highest: float
    measured: PairedChange
    worst: PairedChange
    best: PairedChange

    @property
    def verdict(self) -> Verdict:
        """Better or worse only where it is so in the worst case and in the best."""
        return self.worst.verdict if self.worst.verdict is self.best.verdict else Verdict.UNSURE

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return (
            f"Everybody without a later score is given the worst one of the scale ({self.lowest:g} to "
            f"{self.highest:g}), then the best. Whatever became of them, the mean change of all lies between the two."
        )


def bounds(
    before: Values, after: Values, *, lowest: float, highest: float, higher_is_better: bool, level: float = 0.95
) -> Bounds:
    """Return the mean change of all who were measured before, whatever became of those not measured after.

    The bounds need nothing but the range of the scale (Horowitz and Manski 2000). With the paired interval of each
    case, from the lower end of the lower to the upper end of the higher, they hold the mean change at least as surely
    as one interval alone does. Somebody without an earlier score is left out; a score beyond the scale raises
    :class:`~alongside.calc.outcomes.values.WrongRow`.

    >>> found = bounds([4, 5, 6, 3], [6, 6, 9, None], lowest=0, highest=10, higher_is_better=True)
    >>> found.worst.mean_change, found.measured.mean_change, found.best.mean_change
    (0.75, 2.0, 3.25)
    """
    if not (np.isfinite([lowest, highest]).all() and lowest < highest):
        raise ValueError("the lowest score of the scale must be a number below the highest")
    pairs = pair_up(before, after)
    for row in (pairs.before, pairs.after):
        beyond = (row < lowest) | (row > highest)
        if beyond.any():
            raise WrongRow(beyond, f"a score must lie from {lowest:g} to {highest:g}")
    began = ~np.isnan(pairs.before)
    first, second = pairs.before[began], pairs.after[began]
    unknown = np.isnan(second)

    def all_given(score: float | None) -> PairedChange:
        later: Floats = second if score is None else np.where(unknown, score, second)
        return paired_change(first, later, higher_is_better=higher_is_better, level=level)

    worst, best = (lowest, highest) if higher_is_better else (highest, lowest)
    return Bounds(int(unknown.sum()), lowest, highest, all_given(None), all_given(worst), all_given(best))

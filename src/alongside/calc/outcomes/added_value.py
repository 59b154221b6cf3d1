"""How much better a child is than children like them would be without help, by the formula for the SDQ parent form."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.values import Floats, Values, WrongRow, column

SD = 5.0
ONE_CHILD = 10.0
MONTHS = (4, 8)  # the formula was made for about six months
RANGES = {"total_before": 40, "impact_before": 10, "emotional_before": 10, "total_after": 40}
NOBODY = "nobody has all of the four scores"


@dataclass(frozen=True, slots=True)
class AddedValue:
    """The outcome of :func:`added_value`, in points of total difficulties; above 0 is better than foreseen.

    ``foreseen`` and ``values`` have one value a child, in the order given, NaN where a score is missing. ``mean``,
    ``low`` and ``high`` are of the ``n`` children who have all four scores; ``None`` for ``reason`` where nobody has.
    ``effect`` is the mean in standard deviations.
    """

    n: int
    missing: int
    foreseen: Floats = field(default_factory=lambda: np.empty(0))
    values: Floats = field(default_factory=lambda: np.empty(0))
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    effect: float | None = None
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return (
            "Total difficulties foreseen without help, from the first scores, less those found (Youthinmind, SDQ added "
            "value). The margin is 10 points for one child, and 10 divided by the root of their number for several."
        )


def added_value(
    total_before: Values, impact_before: Values, emotional_before: Values, total_after: Values
) -> AddedValue:
    """Return the added value of each child and of all (Goodman and Goodman, Youthinmind; sdqinfo.org).

    Added value = 2.3 + 0.8·total₁ + 0.2·impact₁ - 0.3·emotional₁ - total₂, in points of the parent form: what was
    foreseen for the later total without help, less what was found. Divided by 5, the standard deviation among children
    without help, it is an effect size. The 95% interval is ±10 points for one child and ±10/√n for the mean of n, so
    ±1 for 100, as its authors print. It holds for children at high risk whose carers were worried already, measured
    about six months apart. ``None`` and NaN are missing. A score off its scale is a :class:`WrongRow`.

    >>> found = added_value([20], [4], [6], [14])
    >>> round(found.mean, 1), round(found.low, 1), round(found.high, 1), round(found.effect, 2)
    (3.3, -6.7, 13.3, 0.66)
    """
    given = (total_before, impact_before, emotional_before, total_after)
    rows = {name: column(row, name) for name, row in zip(RANGES, given, strict=True)}
    if len({row.size for row in rows.values()}) > 1:
        raise ValueError("the four rows of scores differ in length: they must pair up")
    for name, row in rows.items():
        _refuse(~np.isnan(row) & ~((row >= 0) & (row <= RANGES[name])), f"{_said(name)} runs from 0 to {RANGES[name]}")
    total, impact, emotional, later = rows.values()
    _refuse(emotional > total, "emotional difficulties are part of the total and cannot exceed it")
    foreseen = 2.3 + 0.8 * total + 0.2 * impact - 0.3 * emotional
    values = foreseen - later
    n = int((~np.isnan(values)).sum())
    found = AddedValue(n, values.size - n, foreseen, values, reason="" if n else NOBODY)
    if not n:
        return found
    mean, margin = float(np.nanmean(values)), ONE_CHILD / n**0.5
    return replace(found, mean=mean, low=mean - margin, high=mean + margin, effect=mean / SD)


def _refuse(wrong: NDArray[np.bool_], sentence: str) -> None:
    if wrong.any():
        raise WrongRow(wrong, sentence)


def _said(name: str) -> str:
    return name.replace("_", " ")

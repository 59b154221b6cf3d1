"""The change between two measurements of the same people, with its interval and effect sizes."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from scipy.special import stdtr, stdtrit

from alongside.calc.outcomes.ranks import signed_rank_p
from alongside.calc.outcomes.values import Floats, Values, check_level, pair_up

NO_COMPARISON_GROUP = (
    "There is no comparison group. Some of the change would have come about anyway: people ask for help "
    "when things are at their worst, and may get better with time."
)
NO_SPREAD = "everybody changed by the same amount, so there is no spread to reckon an interval from"


class Verdict(StrEnum):
    """What the figures allow one to say of a change: of the mean by its interval, of one person by theirs."""

    BETTER = "better"
    WORSE = "worse"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class PairedChange:
    """The outcome of :func:`paired_change`; ``None`` is a figure that cannot be known, for ``reason``.

    ``n`` counts people measured both times; ``missing_before`` and ``missing_after`` count those
    without the one or the other (somebody without either is in both). Changes are after less
    before, in the units of the scale; ``better`` turns that into words.
    """

    n: int
    missing_before: int
    missing_after: int
    level: float
    mean_before: float | None = None
    mean_after: float | None = None
    mean_change: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    sd_change: float | None = None
    d_z: float | None = None
    d_av: float | None = None
    g_av: float | None = None
    p_t: float | None = None
    p_wilcoxon: float | None = None
    verdict: Verdict = Verdict.UNSURE
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return (
            f"Mean of each person's later score less their earlier one, with a {self.level:.0%} interval "
            "from the paired t distribution. Only people measured both times are counted."
        )


def paired_change(before: Values, after: Values, *, higher_is_better: bool, level: float = 0.95) -> PairedChange:
    """Return how scores changed between two measurements of the same people, pair by pair.

    With d the n changes, m their mean and s their standard deviation (n - 1 in the divisor):

    - interval m ± t(1 - (1 - level)/2; n - 1) · s/√n, and p of the paired t test (Student 1908);
    - d_z = m/s; d_av = m/√((s₁² + s₂²)/2), s₁ and s₂ the deviations before and after;
      g_av = d_av · (1 - 3/(4(n - 1) - 1)) (Cumming 2012; Lakens 2013; correction of Hedges 1981);
    - p of Wilcoxon's signed-rank test (see :func:`~alongside.calc.outcomes.ranks.signed_rank_p`).

    ``None`` and NaN are missing; an infinite value is refused. The verdict is better or worse only
    where the whole interval lies on one side of no change.

    >>> change = paired_change([2, 4, None, 5], [4, 5, 7, 8], higher_is_better=True)
    >>> change.n, change.missing_before, change.mean_change, change.sd_change
    (3, 1, 2.0, 1.0)
    >>> round(change.ci_low, 3), round(change.ci_high, 3), change.verdict.value
    (-0.484, 4.484, 'unsure')
    """
    check_level(level)
    pairs = pair_up(before, after)
    if not pairs.whole.any():
        return PairedChange(*pairs.counts, level, reason="nobody was measured both times")
    return _of_pairs(pairs.before[pairs.whole], pairs.after[pairs.whole], pairs.counts, level, higher_is_better)


def _of_pairs(
    before: Floats,
    after: Floats,
    counts: tuple[int, int, int],
    level: float,
    higher_is_better: bool,
) -> PairedChange:
    n = counts[0]
    change = after - before
    mean = float(change.mean())
    found = PairedChange(
        *counts,
        level,
        mean_before=float(before.mean()),
        mean_after=float(after.mean()),
        mean_change=mean,
        p_wilcoxon=signed_rank_p(change),
    )
    if n == 1:
        return replace(found, reason="only one person was measured both times")
    pooled = float(np.sqrt((before.var(ddof=1) + after.var(ddof=1)) / 2))
    if pooled > _noise(before, after):
        d_av = mean / pooled
        found = replace(found, d_av=d_av, g_av=d_av * (1 - 3 / (4 * (n - 1) - 1)))
    if np.ptp(change) <= _noise(before, after):
        return replace(found, sd_change=0.0, reason=NO_SPREAD)
    sd = float(change.std(ddof=1))
    error = sd / n**0.5
    reach = float(stdtrit(n - 1, (1 + level) / 2)) * error
    return replace(
        found,
        ci_low=mean - reach,
        ci_high=mean + reach,
        sd_change=sd,
        d_z=mean / sd,
        p_t=2 * float(stdtr(n - 1, -abs(mean / error))),
        verdict=verdict_of(mean - reach, mean + reach, higher_is_better),
    )


def _noise(before: Floats, after: Floats) -> float:
    """The spread that rounding in the machine alone can make of equal numbers of this size."""
    return 1e-12 * float(max(np.abs(before).max(), np.abs(after).max()))


def verdict_of(low: float, high: float, higher_is_better: bool) -> Verdict:
    """Better or worse only where the whole interval of a change lies on one side of none."""
    if low <= 0 <= high:
        return Verdict.UNSURE
    return Verdict.BETTER if (low > 0) is higher_is_better else Verdict.WORSE

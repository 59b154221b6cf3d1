"""An interrupted time series: whether figures left the line that they were on when a service began."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.linear import Fit, Term, least_squares, term
from alongside.calc.outcomes.paired import Verdict, verdict_of
from alongside.calc.outcomes.sandwich import newey_west
from alongside.calc.outcomes.values import Floats, Values, check_level, column

FEWEST = 3
"""Fewer periods than this on either side are no series (the rule of Cochrane's group on organisation of care)."""
ENOUGH = 8
"""With fewer on either side a line is a guess (Penfold and Zhang 2013)."""
NO_SPREAD = "the figures lie on their lines exactly, so there is no spread to reckon an interval from"


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The outcome of :func:`interrupted`; ``None`` is a figure that cannot be known, for ``reason``.

    ``before`` and ``after`` count the periods with a figure, ``missing`` those without. In the units of the figures:
    ``trend`` is the rise a period before; ``step`` how far the first period after lies off that line, ``turn`` how much
    the rise changed; ``average`` and ``last`` how far the whole time after and its last period lie off the line.
    ``fitted`` holds the line of each period and ``expected`` where the earlier line goes on.
    ``resembles`` is the correlation of what is left with what is left one period before.
    """

    before: int
    after: int
    missing: int
    level: float
    lags: int = 0
    trend: Term | None = None
    step: Term | None = None
    turn: Term | None = None
    average: Term | None = None
    last: Term | None = None
    resembles: float | None = None
    verdict: Verdict = Verdict.UNSURE
    cautions: tuple[str, ...] = ()
    reason: str = ""
    fitted: Floats = field(default_factory=lambda: np.empty(0))
    expected: Floats = field(default_factory=lambda: np.empty(0))

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return (
            "Segmented regression: a straight line before, and a step and another slope from the first period after. "
            f"{self.level:.0%} intervals by Newey and West's errors over {self.lags} lags. What else began at that "
            "time cannot be told from it."
        )


def interrupted(values: Values, first_after: int, *, higher_is_better: bool, level: float = 0.95) -> Interrupted:
    """Return how a series left its line at the period at which a service began (Wagner and others 2002).

    Least squares of y_t = a + b·t + c·D_t + d·(t - T)·D_t with t from 0, T the first period after and D_t = 1 from
    there: b the trend before, c the step, d the turn. The effect at t is c + d(t - T); its average is over the periods
    that have a figure. Errors are Newey and West's (1987) with ⌊4(n/100)^(2/9)⌋ lags (Newey and West 1994), times
    n/(n - 4), and t has n - 4 degrees of freedom. ``first_after`` is the place of the first period after, from 0.

    ``None`` and NaN are periods without a figure; an infinite value is refused. Raises ValueError where no period lies
    before or after.

    >>> found = interrupted([1, 2.1, 2.9, 4, 7, 8.1, 8.9, 10], 4, higher_is_better=True)
    >>> round(found.trend.estimate, 2), round(found.step.estimate, 2), found.verdict.value
    (0.98, 2.08, 'better')
    """
    check_level(level)
    y = column(values, "the series")
    if not 0 < first_after < y.size:
        raise ValueError("at least one period must come before the service and one after its start")
    known = np.flatnonzero(~np.isnan(y))
    since = np.maximum(known - first_after, 0).astype(np.float64)
    on = (known >= first_after).astype(np.float64)
    after = int(on.sum())
    lags = int(4 * (known.size / 100) ** (2 / 9)) if known.size else 0
    found = Interrupted(known.size - after, after, y.size - known.size, level, lags)
    if min(found.before, found.after) < FEWEST:
        return replace(found, reason=f"there are not {FEWEST} periods with a figure on either side")
    x = np.column_stack([np.ones(known.size), known.astype(np.float64), on, since])
    fit = least_squares(y[known], x)
    if np.abs(fit.residuals).max() <= 1e-12 * np.abs(y[known]).max():
        return replace(found, reason=NO_SPREAD)
    found = _told(found, x, known, fit)
    average = found.average
    verdict = verdict_of(average.ci_low, average.ci_high, higher_is_better) if average else Verdict.UNSURE
    time = np.arange(y.size, dtype=np.float64)
    began = time >= first_after
    expected = fit.coefficients[0] + fit.coefficients[1] * time
    beyond = began * (fit.coefficients[2] + fit.coefficients[3] * (time - first_after))
    return replace(found, verdict=verdict, fitted=expected + beyond, expected=expected)


def _told(found: Interrupted, x: Floats, known: NDArray[np.intp], fit: Fit) -> Interrupted:
    """Add each term, and what is left of one period against the one before."""
    covariance = newey_west(fit, x, found.lags, known)

    def seen(*way: float) -> Term:
        along = np.array(way)
        error = float(np.sqrt(max(0.0, along @ covariance @ along)))
        return term(float(along @ fit.coefficients), error, known.size - 4, found.level)

    left = fit.residuals
    cautions = []
    if min(found.before, found.after) < ENOUGH:
        cautions.append(f"There are fewer than {ENOUGH} periods on one side: a line through so few is a guess.")
    if found.missing:
        cautions.append("Some periods have no figure. If these were unusual ones, so is what is left.")
    return replace(
        found,
        trend=seen(0, 1, 0, 0),
        step=seen(0, 0, 1, 0),
        turn=seen(0, 0, 0, 1),
        average=seen(0, 0, 1, x[x[:, 2] == 1, 3].mean()),
        last=seen(0, 0, 1, x[-1, 3]),
        resembles=float(left[1:] @ left[:-1] / (left @ left)),
        cautions=tuple(cautions),
    )

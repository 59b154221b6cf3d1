"""Many tests at once: what their p values are worth together."""

from collections.abc import Callable

import numpy as np

from alongside.calc.outcomes.values import Floats, Values, column


def holm(p_values: Values) -> Floats:
    """Return p values adjusted so that the chance of even one false finding stays at the level (Holm 1979).

    In ascending order, the i-th of m is multiplied by m - i + 1, never below the one before and never above 1. For the
    primary outcomes of a protocol. NaN is a test that was not done: it stays NaN and is not counted in m.
    Raises ValueError for what is no probability.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03]).tolist()]
    [0.03, 0.06, 0.06]
    """
    return _adjusted(p_values, lambda m: np.arange(m, 0, -1.0), falling=False)


def benjamini_hochberg(p_values: Values) -> Floats:
    """Return p values adjusted so that of all findings at a level at most that share is false.

    In ascending order, the i-th of m is multiplied by m/i, never above the one after it (Benjamini and Hochberg 1995).
    For exploratory outcomes; it holds for tests that are independent or positively dependent. NaN as in :func:`holm`.

    >>> [round(p, 3) for p in benjamini_hochberg([0.01, 0.04, 0.03]).tolist()]
    [0.03, 0.04, 0.04]
    """
    return _adjusted(p_values, lambda m: m / np.arange(1, m + 1), falling=True)


def _adjusted(p_values: Values, factors: Callable[[int], Floats], *, falling: bool) -> Floats:
    p = column(p_values, "p values")
    done = ~np.isnan(p)
    kept = p[done]
    if kept.size and not 0 <= kept.min() <= kept.max() <= 1:
        raise ValueError("a p value lies between 0 and 1")
    order = np.argsort(kept)
    raised = kept[order] * factors(kept.size)
    steady = np.minimum.accumulate(raised[::-1])[::-1] if falling else np.maximum.accumulate(raised)
    adjusted, found = np.empty_like(kept), np.full(p.size, np.nan)
    adjusted[order] = np.minimum(steady, 1)
    found[done] = adjusted
    return found

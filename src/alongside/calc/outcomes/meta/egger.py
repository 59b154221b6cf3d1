"""Egger's test: whether small studies tell of larger effects than large ones do."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from alongside.calc.outcomes.meta.pooling import read
from alongside.calc.outcomes.values import Values

FEWEST = 10  # below that the test has next to no power (Sterne 2011)


@dataclass(frozen=True, slots=True)
class SmallStudies:
    """The outcome of :func:`egger`; 0 is what no such tendency gives. ``reason`` says why not to lean on it."""

    k: int
    missing: int
    intercept: float
    se: float
    low: float
    high: float
    t: float
    df: int
    p: float
    reason: str = ""


def egger(effects: Values, variances: Values, *, level: float = 0.95) -> SmallStudies:
    """Regress y/se on 1/se without weights, and test the intercept by t on k - 2 (Egger 1997).

    Raises ValueError for fewer than three studies, and where all are equally precise.
    """
    y, v, _, missing = read(effects, variances)
    k = len(y)
    if k < 3:
        raise ValueError("Egger's test needs three studies.")
    precision = 1 / np.sqrt(v)
    spread = precision - precision.mean()
    across = float(spread @ spread)
    if across <= 1e-12 * float(precision @ precision):
        raise ValueError("All studies are equally precise, so that small and large ones cannot be told apart.")
    z = y * precision
    slope = float(spread @ z) / across
    intercept = float(z.mean() - slope * precision.mean())
    rest = z - intercept - slope * precision
    se = float(np.sqrt(rest @ rest / (k - 2) * (1 / k + precision.mean() ** 2 / across)))
    t, reach = intercept / se if se else float("inf"), float(stdtrit(k - 2, (1 + level) / 2)) * se
    p = float(2 * stdtr(k - 2, -abs(t)))
    reason = f"fewer than {FEWEST} studies tell next to nothing" if k < FEWEST else ""
    return SmallStudies(k, missing, intercept, se, intercept - reach, intercept + reach, t, k - 2, p, reason)

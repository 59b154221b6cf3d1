"""The weighted fit on which all pooling stands, and the variance between studies by each of its estimators.

Notation, for k studies and p coefficients: y effects, v their sampling variances, X (k by p) what is known of each
study, τ² the variance between studies, w = 1/(v + τ²), W = diag(w), A = (X'WX)⁻¹, b = AX'Wy, e = y - Xb.
P = W - WXAX'W is never made: only its traces are needed, and they come from matrices of p by p.
"""

from enum import StrEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import chdtri

from alongside.calc.outcomes.linear import Fit, NotFound, least_squares

Array = NDArray[np.float64]

CLOSE = 1e-13  # as near to τ², relatively, as it is found
STEPS = 1000


class Between(StrEnum):
    """How the variance between studies is estimated."""

    EE = "EE"
    DL = "DL"
    PM = "PM"
    REML = "REML"

    @property
    def called(self) -> str:
        """Its name in words."""
        return {
            "EE": "equal effects (no variance between studies)",
            "DL": "DerSimonian and Laird",
            "PM": "Paule and Mandel",
            "REML": "restricted maximum likelihood",
        }[self.value]


def fit(y: Array, v: Array, x: Array, tau2: float = 0.0) -> Fit:
    """Fit by weights 1/(v + τ²). Raises :class:`NotFound` where the columns of X say the same thing twice."""
    return least_squares(y, x, 1 / (v + tau2))


def tau2_by(method: Between, y: Array, v: Array, x: Array) -> float:
    """Give τ², never below 0, by one estimator.

    DL: (Q - (k - p))/tr P at τ² = 0 (DerSimonian and Laird 1986; with X, Raudenbush 2009). PM: the τ² at which
    Q = k - p (Paule and Mandel 1982; DerSimonian and Kacker 2007). REML: y'PPy = tr P (Harville 1977).
    Raises :class:`NotFound` where none of them settles.
    """
    spare = len(y) - x.shape[1]
    if method is Between.EE or spare < 1:
        return 0.0
    at_zero = fit(y, v, x)
    by_dl: float = max(0.0, (at_zero.q - spare) / trace_p(at_zero, x))
    if method is Between.DL:
        return by_dl
    return where_q_is(spare, y, v, x) if method is Between.PM else _reml(y, v, x, by_dl)


def where_q_is(target: float, y: Array, v: Array, x: Array, begin: float = 0.0) -> float:
    """Give the τ² at which Q falls to a value; where it is below it from the start, that start.

    1/Q is the least Σu²(v + τ²) of all u with X'u = 0 and y'u = 1. As the least of straight lines it rises ever more
    slowly with τ², so that Newton's steps upwards on it never go too far, and few are needed.
    """
    tau2 = begin
    for _ in range(STEPS):
        now = fit(y, v, x, tau2)
        step = (now.q / target - 1) * now.q / now.slope if now.slope else 0.0
        if step <= CLOSE * (tau2 + float(np.min(v))):
            return tau2
        tau2 += step
    raise NotFound("The variance between studies did not settle.")


def interval_of_tau2(y: Array, v: Array, x: Array, level: float) -> tuple[float, float]:
    """Give the Q-profile interval of τ² (Viechtbauer 2007): where Q meets the quantiles of χ² with k - p degrees."""
    spare = len(y) - x.shape[1]
    half = (1 - level) / 2
    low = where_q_is(float(chdtri(spare, half)), y, v, x)
    return low, where_q_is(float(chdtri(spare, 1 - half)), y, v, x, low)


def trace_p(now: Fit, x: Array) -> float:
    """tr P = Σw - tr(A X'W²X)."""
    weighted = x * now.weights[:, None]
    return float(np.sum(now.weights) - np.sum(now.covariance * (weighted.T @ weighted)))


def _reml(y: Array, v: Array, x: Array, near: float) -> float:
    """Find where the restricted likelihood is highest: there its slope, half of y'PPy - tr P, falls through 0.

    Fisher's steps may go to and fro across that place for ever, so it is enclosed and then closed in on.
    """

    @cache
    def slope(tau2: float) -> float:
        now = fit(y, v, x, tau2)
        return now.slope - trace_p(now, x)

    low, high = 0.0, max(near, float(np.min(v)))
    if slope(high) > 0:
        while slope(high) > 0:
            low, high = high, 2 * high
    elif slope(low) <= 0:
        return 0.0
    return float(brentq(slope, low, high, xtol=CLOSE * high, rtol=CLOSE))

"""Studies that counted people: two by two tables, their risk ratios, and Mantel and Haenszel's pooling of them."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import chdtrc, ndtr, ndtri

from alongside.calc.outcomes.meta.fitting import Array
from alongside.calc.outcomes.meta.pooling import Effect

HALF = 0.5  # added to every cell of a table in which nobody, or everybody, of a group had the outcome


class Table(NamedTuple):
    """How many had the outcome and how many had not, among those who had the support and those who had not."""

    with_yes: int
    with_no: int
    without_yes: int
    without_no: int


def log_risk_ratios(tables: Sequence[Table]) -> tuple[Array, Array]:
    """Give the logarithm of each table's risk ratio and its variance: 1/a - 1/(a+b) + 1/c - 1/(c+d).

    A half is added to each cell of a table that has a zero. Raises ValueError for a count below 0 or an empty group.

    >>> effects, variances = log_risk_ratios([Table(4, 119, 11, 128)])
    >>> round(float(effects[0]), 4), round(float(variances[0]), 4)
    (-0.8893, 0.3256)
    """
    cells = _cells(tables)
    cells = np.where((cells == 0).any(axis=1, keepdims=True), cells + HALF, cells)
    a, b, c, d = cells.T
    return np.log(a / (a + b)) - np.log(c / (c + d)), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)


class Counted(NamedTuple):
    """The logarithm of the pooled risk ratio, and how far the tables differ from it: ``q`` on ``df`` with its ``p``."""

    effect: Effect
    q: float
    df: int
    p: float


def mantel_haenszel(tables: Sequence[Table], *, level: float = 0.95) -> Counted:
    """Pool risk ratios as Mantel and Haenszel did, on the logarithmic scale.

    RR = Σ a(c+d)/N / Σ c(a+b)/N, with the variance of Greenland and Robins (1985); Q = Σ(y - log RR)²/v.
    Raises ValueError where nobody of all had the outcome in one of the groups.
    """
    a, b, c, d = _cells(tables).T
    n1, n0 = a + b, c + d
    n = n1 + n0
    upper, lower = float(np.sum(a * n0 / n)), float(np.sum(c * n1 / n))
    if not upper or not lower:
        raise ValueError("Nobody had the outcome in one of the groups, so that no ratio can be reckoned.")
    estimate = math.log(upper / lower)
    variance = float(np.sum((n1 * n0 * (a + c) - a * c * n) / n**2)) / (upper * lower)
    se, reach = math.sqrt(variance), float(ndtri((1 + level) / 2))
    z = estimate / se
    effect = Effect(estimate, se, estimate - reach * se, estimate + reach * se, z, float(2 * ndtr(-abs(z))), None)
    y, v = log_risk_ratios(tables)
    q, df = float(np.sum((y - estimate) ** 2 / v)), len(tables) - 1
    return Counted(effect, q, df, float(chdtrc(df, q)))


def _cells(tables: Sequence[Table]) -> Array:
    cells = np.asarray(tables, float).reshape(-1, 4)
    if (cells < 0).any():
        raise ValueError("A count is below 0.")
    if (cells[:, 0] + cells[:, 1] == 0).any() or (cells[:, 2] + cells[:, 3] == 0).any():
        raise ValueError("A group of a study is empty.")
    return cells

"""Least squares, and coefficients with their intervals.

Notation, for n rows and p columns: X (n by p), y, W = diag(w), A = (X'WX)⁻¹, b = AX'Wy, e = y - Xb.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import stdtr, stdtrit

from alongside.calc.outcomes.values import Floats

ALIKE = 1e-10  # what is left of a column, as a share of it, where the others say all of it
BLOCK = 1024


class NotFound(ArithmeticError):
    """An estimate did not settle, or cannot be told apart from another; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A weighted fit: weights, coefficients, A, residuals and Q = Σwe²."""

    weights: Floats
    coefficients: Floats
    covariance: Floats
    residuals: Floats
    q: float

    @property
    def slope(self) -> float:
        """Σw²e²: how fast Q falls as the variance of every row grows by the same."""
        pulls = self.weights * self.residuals
        return float(pulls @ pulls)


class Term(NamedTuple):
    """One coefficient with its interval and test, in the units of y a unit of its column."""

    estimate: float
    error: float
    ci_low: float
    ci_high: float
    t: float
    df: float
    p: float


def least_squares(y: Floats, x: Floats, weights: Floats | None = None) -> Fit:
    """Fit by weights. Raises :class:`NotFound` where two columns of X say the same thing, or rows are too few."""
    w = np.ones(len(y)) if weights is None else weights
    if x.shape[1] == 1 and x.any():
        along = w * x[:, 0]
        variance = 1 / float(along @ x[:, 0])
        only = variance * float(along @ y)
        residuals = y - only * x[:, 0]
        return Fit(w, np.array([only]), np.array([[variance]]), residuals, float(w @ residuals**2))
    rows = np.column_stack([x, y])
    if weights is not None:
        rows *= np.sqrt(w)[:, None]
    whole = triangle(rows)
    r, turned = whole[: x.shape[1], :-1], whole[: x.shape[1], -1]
    if len(r) < x.shape[1] or (np.abs(np.diag(r)) <= ALIKE * np.linalg.norm(r, axis=0)).any():
        raise NotFound("Two columns say the same thing, so that their effects cannot be told apart.")
    inverse = np.linalg.inv(r)
    coefficients = inverse @ turned
    residuals = y - x @ coefficients
    return Fit(w, coefficients, inverse @ inverse.T, residuals, float(np.sum(w * residuals**2)))


def triangle(rows: Floats) -> Floats:
    """Give R of a QR decomposition whose Q is never made: the R of those of many blocks, each of which fits a cache."""
    whole = len(rows) // BLOCK * BLOCK
    blocks = np.asarray(np.linalg.qr(rows[:whole].reshape(-1, BLOCK, rows.shape[1]), mode="r"))
    parts = np.concatenate([blocks.reshape(-1, rows.shape[1]), rows[whole:]])
    return np.asarray(np.linalg.qr(parts, mode="r"))


def why_unfit(table: Floats, names: Sequence[str]) -> str:
    """Say why the covariates of a table cannot be told apart, beside a constant; nothing where they can."""
    flat = table.std(axis=0) <= 1e-12 * np.abs(table).max(axis=0)
    if flat.any():
        return f"{names[int(np.argmax(flat))]} is the same for everybody, so nothing goes with it"
    own = np.abs(np.diag(triangle(standardised(table))))
    if own.size < len(names):
        return "there are no more people than covariates"
    bound = own <= 1e-5 * len(table) ** 0.5
    if bound.any():
        return f"{names[int(np.argmax(bound))]} follows from the covariates before it: leave one of them out"
    return ""


def standardised(table: Floats) -> Floats:
    """Give covariates in deviations from their means, so that their units do not matter."""
    return np.asarray((table - table.mean(axis=0)) / table.std(axis=0))


def term(estimate: float, error: float, df: float, level: float) -> Term:
    """Give one coefficient with its interval and p by Student's t."""
    reach = float(stdtrit(df, (1 + level) / 2)) * error
    t = estimate / error if error else math.copysign(math.inf, estimate) if estimate else 0.0
    return Term(estimate, error, estimate - reach, estimate + reach, t, df, 2 * float(stdtr(df, -abs(t))))

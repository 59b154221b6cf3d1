"""Least squares, and errors of its coefficients that hold where people come in groups or figures in time.

Notation, for n rows and p columns: X (n by p), y, W = diag(w), A = (X'WX)⁻¹, b = AX'Wy, e = y - Xb.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from alongside.calc.outcomes.values import Floats

ALIKE = 1e-10  # what is left of a column, as a share of it, where the others say all of it
WHOLE = 1e-9  # a group as near as this to saying a coefficient all by itself says nothing of its error


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
        return float(np.sum((self.weights * self.residuals) ** 2))


class Errors(NamedTuple):
    """The standard error of each coefficient, and the degrees of freedom of the t by which it is judged."""

    error: Floats
    df: Floats


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
    root = np.sqrt(w)
    columns = x * root[:, None]
    q, r = np.linalg.qr(columns)
    own = np.abs(np.diag(r))
    if len(own) < x.shape[1] or (own <= ALIKE * np.linalg.norm(columns, axis=0)).any():
        raise NotFound("Two columns say the same thing, so that their effects cannot be told apart.")
    inverse = np.linalg.inv(r)
    coefficients = inverse @ (q.T @ (root * y))
    residuals = y - x @ coefficients
    return Fit(w, coefficients, inverse @ inverse.T, residuals, float(np.sum(w * residuals**2)))


def why_unfit(table: Floats, names: Sequence[str]) -> str:
    """Say why the covariates of a table cannot be told apart, beside a constant; nothing where they can."""
    flat = table.std(axis=0) <= 1e-12 * np.abs(table).max(axis=0)
    if flat.any():
        return f"{names[int(np.argmax(flat))]} is the same for everybody, so nothing goes with it"
    own = np.abs(np.diag(np.linalg.qr((table - table.mean(axis=0)) / table.std(axis=0), mode="r")))
    if own.size < len(names):
        return "there are no more people than covariates"
    bound = own <= 1e-5 * len(table) ** 0.5
    if bound.any():
        return f"{names[int(np.argmax(bound))]} follows from the covariates before it: leave one of them out"
    return ""


def standardised(table: Floats) -> Floats:
    """Give covariates in deviations from their means, so that their units do not matter."""
    return np.asarray((table - table.mean(axis=0)) / table.std(axis=0))


def clustered(fit: Fit, x: Floats, groups: NDArray[np.intp] | None = None) -> Errors:
    """Return errors that hold where rows of a group go together; without groups each row is one of its own.

    V = A(Σ X_g'B_g e_g e_g'B_g X_g)A with B_g = (I - H_gg)^(-1/2), H = XAX' (CR2: Bell and McCaffrey 2002, Pustejovsky
    and Tipton 2018; HC2 where every row is its own group). Degrees of freedom are Satterthwaite's: those of the
    variance itself if rows did not go together. For an unweighted fit.

    Everything is reckoned in p by p, group by group: with F'F = X_g'X_g, H_gg has the roots of FAF' and no others.
    """
    bread = fit.covariance
    factor, seen = _factors(x, fit.residuals, groups)
    reach = (factor.reshape(-1, len(bread)) @ bread).reshape(factor.shape) @ factor.transpose(0, 2, 1)
    share, turn = (reach[:, 0], np.ones_like(reach)) if factor.shape[1] == 1 else np.linalg.eigh(reach)
    left = 1 - share
    grow = np.where(left > WHOLE, 1 / np.sqrt(np.maximum(left, WHOLE)), 0.0)
    back = turn.transpose(0, 2, 1)
    turned = back @ factor
    scores = (turned.transpose(0, 2, 1) @ (grow * (back @ seen[:, :, None])[:, :, 0])[:, :, None])[:, :, 0]
    variance = np.einsum("gi,ij->gj", scores, bread)
    error = np.sqrt(np.sum(variance**2, axis=0))
    return Errors(error, np.array([_satterthwaite(turned, grow, bread, at) for at in range(len(bread))]))


def _factors(x: Floats, residuals: Floats, groups: NDArray[np.intp] | None) -> tuple[Floats, Floats]:
    """For each group F with F'F = X_g'X_g, and the residuals as F sees them: Q'e_g where X_g = QF."""
    if groups is None:
        return x[:, None, :], residuals[:, None]
    count, p = int(groups.max()) + 1, x.shape[1]
    squares = np.empty((count, p, p))
    seen = np.empty((count, p))
    for i in range(p):
        seen[:, i] = np.bincount(groups, x[:, i] * residuals, count)
        for j in range(i + 1):
            squares[:, i, j] = squares[:, j, i] = np.bincount(groups, x[:, i] * x[:, j], count)
    sizes, ways = np.linalg.eigh(squares)
    there = sizes > ALIKE * sizes[:, -1:]
    root = np.sqrt(np.where(there, sizes, 0.0))
    axes = ways.transpose(0, 2, 1)
    inverse = np.where(there, 1 / np.where(there, root, 1.0), 0.0)
    return root[:, :, None] * axes, inverse * (axes @ seen[:, :, None])[:, :, 0]


def _satterthwaite(turned: Floats, grow: Floats, bread: Floats, at: int) -> float:
    """(tr P)²/tr P² for P_gh = [g = h] s_g - u_g'Au_h, the variance of one coefficient as a form in the residuals."""
    along = turned @ bread[:, at]
    u = ((grow * along)[:, None, :] @ turned)[:, 0, :]
    s = np.sum((grow * along) ** 2, axis=1)
    own = np.einsum("gi,ij,gj->g", u, bread, u)
    across = bread @ (u.T @ u)
    squared = float(np.sum(s**2) - 2 * np.sum(s * own) + np.sum(across * across.T))
    trace = float(np.sum(s - own))
    return trace**2 / squared if squared > 0 else 0.0


def newey_west(fit: Fit, x: Floats, lags: int, places: NDArray[np.intp]) -> Errors:
    """Return errors that hold where rows in the order of time resemble those up to some lags before.

    V = n/(n - p) · A(Γ₀ + Σ (1 - l/(L + 1))(Γ_l + Γ_l'))A, Γ_l = Σ e_t e_{t-l} x_t x_{t-l}' (Newey and West 1987).
    ``places`` are the times of the rows; where there is none between two, that lag has nothing to add.
    """
    n, p = x.shape
    scores = np.zeros((int(places[-1]) + 1, p))
    scores[places] = x * fit.residuals[:, None]
    meat = scores.T @ scores
    for lag in range(1, min(lags, len(scores) - 1) + 1):
        across = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (across + across.T)
    covariance = n / (n - p) * fit.covariance @ meat @ fit.covariance
    return Errors(np.sqrt(np.maximum(np.diag(covariance), 0.0)), np.full(p, float(n - p)))


def terms(fit: Fit, errors: Errors, level: float) -> list[Term]:
    """Give each coefficient with its interval and p by Student's t."""
    each = zip(fit.coefficients.tolist(), errors.error.tolist(), errors.df.tolist(), strict=True)
    return [term(b, error, df, level) for b, error, df in each]


def term(estimate: float, error: float, df: float, level: float) -> Term:
    """Give one coefficient with its interval and p by Student's t."""
    reach = float(stdtrit(df, (1 + level) / 2)) * error
    t = estimate / error if error else math.copysign(math.inf, estimate) if estimate else 0.0
    return Term(estimate, error, estimate - reach, estimate + reach, t, df, 2 * float(stdtr(df, -abs(t))))

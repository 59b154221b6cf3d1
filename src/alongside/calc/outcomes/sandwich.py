"""Errors of coefficients that hold where people come in groups, or figures in time.

Notation, for an unweighted fit of n rows and p columns: X (n by p), e its residuals, A = (X'X)⁻¹.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.linear import Fit, Term, term
from alongside.calc.outcomes.values import Floats

ALIKE = 1e-10  # what is left of a group's way to differ, as a share of its largest, where it has none
WHOLE = 1e-9  # a group as near as this to saying a coefficient all by itself says nothing of its error


class Spread(NamedTuple):
    """A variance, and how many degrees of freedom it has."""

    variance: float
    df: float


def clustered(fit: Fit, x: Floats, at: int, groups: NDArray[np.intp] | None, level: float) -> Term:
    """Return one coefficient with an error that holds where rows of a group go together; without groups, rows alone.

    V = A(Σ X_g'B_g e_g e_g'B_g X_g)A with B_g = (I - H_gg)^(-1/2), H = XAX' (CR2: Bell and McCaffrey 2002, Pustejovsky
    and Tipton 2018; HC2 where every row is its own group). Degrees of freedom are Satterthwaite's: those of the
    variance itself if rows did not go together, (tr P)²/tr P² for P_gh = [g = h] s_g - u_g'Au_h.
    """
    found = _alone(fit, x, at) if groups is None else _together(fit, x, at, groups)
    return term(float(fit.coefficients[at]), found.variance**0.5, found.df, level)


def _alone(fit: Fit, x: Floats, at: int) -> Spread:
    """Each row by itself: with h = x'Ax and z = x'A's column, u = zx/√(1 - h) and s = z²/(1 - h)."""
    bread = fit.covariance
    left = 1 - np.sum((x @ bread) * x, axis=1)
    along = x @ bread[:, at]
    s = np.where(left > WHOLE, along**2 / np.maximum(left, WHOLE), 0.0)
    across = bread @ (x.T @ (s[:, None] * x))
    trace = float(s @ left)
    squared = float(np.sum(s**2 * (2 * left - 1)) + np.sum(across * across.T))
    return Spread(float(s @ fit.residuals**2), trace**2 / squared if squared > 0 else 0.0)


def _together(fit: Fit, x: Floats, at: int, groups: NDArray[np.intp]) -> Spread:
    """Group by group, all in p by p: with F'F = X_g'X_g, H_gg has the roots of FAF' and no others."""
    bread = fit.covariance
    factor, seen = _factors(x, fit.residuals, groups)
    share, turn = np.linalg.eigh(factor @ bread @ factor.transpose(0, 2, 1))
    left = 1 - share
    grow = np.where(left > WHOLE, 1 / np.sqrt(np.maximum(left, WHOLE)), 0.0)
    back = turn.transpose(0, 2, 1)
    turned = back @ factor
    along = grow * (turned @ bread[:, at])
    variance = float(np.sum(np.sum(along * (back @ seen[:, :, None])[:, :, 0], axis=1) ** 2))
    u = (along[:, None, :] @ turned)[:, 0, :]
    s = np.sum(along**2, axis=1)
    own = np.sum((u @ bread) * u, axis=1)
    across = bread @ (u.T @ u)
    squared = float(np.sum(s**2) - 2 * np.sum(s * own) + np.sum(across * across.T))
    return Spread(variance, float(np.sum(s - own)) ** 2 / squared if squared > 0 else 0.0)


def _factors(x: Floats, residuals: Floats, groups: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """For each group F with F'F = X_g'X_g, and the residuals as F sees them: Q'e_g where X_g = QF."""
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


def newey_west(fit: Fit, x: Floats, lags: int, places: NDArray[np.intp]) -> Floats:
    """Return the covariance of coefficients where rows in the order of time resemble those some lags before.

    V = n/(n - p) · A(Γ₀ + Σ (1 - l/(L + 1))(Γ_l + Γ_l'))A, Γ_l = Σ e_t e_{t-l} x_t x_{t-l}' (Newey and West 1987).
    ``places`` are the times of the rows; where there is none between two, that lag has nothing to add.
    """
    n, p = x.shape
    scores = np.zeros((p, int(places[-1]) + 1))
    scores[:, places] = (x * fit.residuals[:, None]).T
    meat = scores @ scores.T
    for lag in range(1, min(lags, scores.shape[1] - 1) + 1):
        across = scores[:, lag:] @ scores[:, :-lag].T
        meat += (1 - lag / (lags + 1)) * (across + across.T)
    return np.asarray(n / (n - p) * fit.covariance @ meat @ fit.covariance)

"""The chance of a yes by what is known of people: logistic regression."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.linalg import cho_factor, cho_solve, eigh

from alongside.calc.outcomes.values import Floats

STEPS = 40
CLOSE = 1e-8
"""After a step this small, in deviations of the covariates, the next would be its square."""

FAINT = 1e-6
"""A fit that knows less than this share of what it knew at first has run off."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """The outcome of :func:`logistic`: coefficients, each row's chance of a yes, and the information X'diag(p(1 - p))X.

    ``endless`` is the column whose effect runs off without limit, because it tells wholly who is a yes; the figures are
    then worth nothing.
    """

    coefficients: Floats
    chance: Floats
    information: Floats
    endless: int | None = None


def logistic(x: Floats, y: Floats) -> Logistic:
    """Fit the chance of a yes, 1/(1 + exp(-xβ)), by the highest likelihood (Newton's steps, halved if they overshoot).

    ``x`` holds a constant and covariates in deviations from their means, ``y`` 1 and 0. Standard errors are the roots
    of the diagonal of the information's inverse.

    >>> x = np.column_stack([np.ones(4), [0, 0, 1, 1]])
    >>> logistic(np.repeat(x, 2, axis=0), np.array([1, 0, 0, 0, 1, 1, 1, 0])).endless is None
    True
    """
    rows = np.ascontiguousarray(x.T)
    best = np.zeros(len(rows))
    now = _at(best, rows, y)
    for _ in range(STEPS):
        try:
            step = cho_solve(cho_factor(_information(rows, now.chance)), rows @ (y - now.chance))
        except np.linalg.LinAlgError:
            break
        whole, floor = step, now.height - 1e-9 * abs(now.height)
        while not (tried := _at(best + step, rows, y)).height >= floor:
            step = step / 2
        best, now = best + step, tried
        if np.abs(whole).max() < CLOSE:
            break
    information = _information(rows, now.chance)
    return Logistic(best, now.chance, information, _endless(information, rows, y))


class _Look(NamedTuple):
    """The height of the likelihood at some coefficients, and each row's chance."""

    height: float
    chance: Floats


def _at(coefficients: Floats, rows: Floats, y: Floats) -> _Look:
    """Look at the likelihood there; a row is a covariate here, as everywhere below."""
    score = coefficients @ rows
    small = np.exp(-np.minimum(np.abs(score), 700))
    height = float(y @ score - np.maximum(score, 0).sum() - np.log1p(small).sum())
    return _Look(height, np.where(score < 0, small, 1.0) / (1 + small))


def _endless(information: Floats, rows: Floats, y: Floats) -> int | None:
    """The covariate along which the likelihood has no top: nothing is left to learn there of what one knew at first."""
    first = _information(rows, np.full(y.size, y.mean()))
    left, ways = eigh(information, first)
    # The constant only follows; a covariate in deviations is as long as any other.
    return int(np.argmax(np.abs(ways[1:, 0]))) + 1 if left[0] <= FAINT else None


def _information(rows: Floats, chance: Floats) -> Floats:
    return np.asarray((rows * (chance * (1 - chance))) @ rows.T)

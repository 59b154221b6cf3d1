"""The chance of a yes by what is known of people: logistic regression."""

from dataclasses import dataclass

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
    best = np.zeros(x.shape[1])
    height = _likelihood(x, y, best)
    for _ in range(STEPS):
        chance = _chance(x @ best)
        try:
            step = cho_solve(cho_factor(_information(x, chance)), x.T @ (y - chance))
        except np.linalg.LinAlgError:
            break
        whole, floor = step, height - 1e-9 * abs(height)
        while not (tried := _likelihood(x, y, best + step)) >= floor:
            step = step / 2
        best, height = best + step, tried
        if np.abs(whole).max() < CLOSE:
            break
    chance = _chance(x @ best)
    return Logistic(best, chance, _information(x, chance), _endless(x, chance, y))


def _endless(x: Floats, chance: Floats, y: Floats) -> int | None:
    """The covariate along which the likelihood has no top: nothing is left to learn there of what one knew at first."""
    first = _information(x, np.full(y.size, y.mean()))
    left, ways = eigh(_information(x, chance), first)
    # The constant only follows; a covariate in deviations is as long as any other.
    return int(np.argmax(np.abs(ways[1:, 0]))) + 1 if left[0] <= FAINT else None


def _chance(score: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(score, -700, 700))))


def _information(x: Floats, chance: Floats) -> Floats:
    return np.asarray(x.T @ (x * (chance * (1 - chance))[:, None]))


def _likelihood(x: Floats, y: Floats, coefficients: Floats) -> float:
    score = x @ coefficients
    return float(y @ score - np.logaddexp(0, score).sum())

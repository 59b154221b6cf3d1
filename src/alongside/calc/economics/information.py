"""What it is worth to know better before deciding: of everything, of some inputs, and of the next evaluation."""

from collections.abc import Sequence
from functools import reduce

import numpy as np
from scipy import linalg
from scipy.interpolate import BSpline
from scipy.linalg import blas

from alongside.calc.outcomes.values import Floats

KNOTS = 10
DEGREE = 3
ENOUGH_FOR_KNOTS = 1_000
RIDGES = np.geomspace(1e-6, 1e6, 25)
"""How stiff the curve may be; the stiffness is chosen by generalised cross-validation."""


def perfect(net: Floats) -> float:
    """Return the expected value of perfect information (EVPI): what knowing every input would be worth, on average.

    ``net`` is the net benefit in each draw (rows) of each choice (columns); a single row of draws is a choice against
    doing nothing, which is worth 0. EVPI = E[max over choices] - max of E[choice] (Raiffa and Schlaifer 1961).

    >>> perfect(np.array([3.0, -1.0]))
    0.5
    """
    choices = _choices(net)
    return _chosen(choices) - float(choices.mean(axis=0).max())


def partial(net: Floats, inputs: Sequence[Floats]) -> float:
    """Return what knowing these inputs alone would be worth (EVPPI), by regression on them (Strong et al. 2014).

    E over x of max over choices of E[net | x], less max of E[choice]. E[net | x] is fitted as a sum of smooth curves,
    one for each input, and of products of each pair of inputs. Never below 0, nor above :func:`perfect`.
    """
    choices = _choices(net)
    fitted = fit(choices, inputs)
    found = _chosen(fitted) - float(choices.mean(axis=0).max())
    return min(max(found, 0.0), perfect(choices))


def sampled(net: Floats, known: Floats, *, prior: float, sizes: Sequence[float]) -> list[float]:
    """Return what a study of each size would be worth that measures one input (EVSI), before its cost.

    ``prior`` is how many observations what we know already is worth: α + β of a share, or the variance of one
    observation over that of the input. After n more the expected input lies at √v·x + (1 - √v)·mean, v = n/(n + prior)
    (Jalal and Alarid-Escudero 2018), and the curve of :func:`partial` is read there. Raises ValueError for a size or a
    prior of 0 or less.
    """
    if prior <= 0 or min(sizes) <= 0:
        raise ValueError("a study and what is known already must each be worth more than 0 observations")
    choices, centre = _choices(net), known.mean()
    best, most = choices.mean(axis=0).max(), partial(choices, [known])
    curve = _Curve(known, choices)
    found = []
    for size in sizes:
        narrower = centre + (known - centre) * (size / (size + prior)) ** 0.5
        at = curve.at(narrower)
        at = at - at.mean(axis=0) + choices.mean(axis=0)
        found.append(min(max(_chosen(at) - float(best), 0.0), most))
    return found


def fit(choices: Floats, inputs: Sequence[Floats]) -> Floats:
    """Return E[choice | inputs] in each draw: curves of each input, and the products of pairs."""
    fitted = np.broadcast_to(choices.mean(axis=0), choices.shape)
    left = choices - fitted
    for known in inputs:
        if np.ptp(known) > 0:
            part = _Curve(known, left).fitted
            fitted, left = fitted + part, left - part
    scaled = [(each - each.mean()) / each.std() for each in inputs if np.ptp(each) > 0]
    if len(scaled) > 1:
        pairs = np.array([scaled[i] * scaled[j] for i in range(len(scaled)) for j in range(i)])
        pairs -= pairs.mean(axis=1, keepdims=True)
        # Half of the crossproducts is enough; a little stiffness holds where inputs are alike.
        cross = blas.dsyrk(1.0, pairs.T, trans=1)
        cross.flat[:: len(cross) + 1] += 1e-9 * pairs.size
        fitted = fitted + pairs.T @ linalg.solve(cross, pairs @ left, assume_a="pos")
    return fitted


class _Curve:
    """A smooth curve of choices over one input: a cubic spline, as stiff as cross-validation wants it.

    Penalised B-splines with a penalty on second differences (Eilers and Marx 1996). All stiffnesses are tried on the
    crossproducts alone, so that the draws are gone through once.
    """

    def __init__(self, known: Floats, choices: Floats) -> None:
        # Where the knots lie, about a thousand draws tell as well as all of them.
        between = np.quantile(known[:: max(1, len(known) // ENOUGH_FOR_KNOTS)], np.linspace(0, 1, KNOTS)[1:-1])
        self.low, self.high = known.min(), known.max()
        inner = np.unique([self.low, *between, self.high])
        self.knots = np.concatenate([[self.low] * DEGREE, inner, [self.high] * DEGREE])
        basis = self._basis(known)
        cross, answer = basis.T @ basis, basis.T @ choices
        bends = np.diff(np.eye(basis.shape[1]), 2, axis=0)
        penalty = bends.T @ bends
        squares, n = (choices**2).sum(), len(known)
        ridges = RIDGES[:, None, None] * n / basis.shape[1]
        stiff = cross + ridges * penalty + 1e-9 * np.eye(len(cross))
        solved = np.linalg.solve(stiff, np.column_stack([answer, cross]))
        weights, hats = solved[..., : answer.shape[1]], solved[..., answer.shape[1] :]
        misfit = squares - 2 * (weights * answer).sum((1, 2)) + (weights * (cross @ weights)).sum((1, 2))
        self.weights = weights[np.argmin(misfit / (n - np.trace(hats, axis1=1, axis2=2)) ** 2)]
        self.fitted: Floats = basis @ self.weights

    def at(self, known: Floats) -> Floats:
        """Return the curve of each choice there."""
        found: Floats = self._basis(known) @ self.weights
        return found

    def _basis(self, known: Floats) -> Floats:
        inside = np.clip(known, self.low, self.high)
        found: Floats = BSpline(self.knots, np.eye(len(self.knots) - DEGREE - 1), DEGREE)(inside)
        return found


def _chosen(choices: Floats) -> float:
    """The mean of what the best choice is worth in each draw; column by column, as there are few."""
    return float(reduce(np.maximum, choices.T).mean())


def _choices(net: Floats) -> Floats:
    """The choices side by side, with doing nothing beside a single one."""
    return np.column_stack([net, np.zeros(len(net))]) if net.ndim == 1 else net

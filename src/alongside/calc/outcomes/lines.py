"""The restricted likelihood of straight lines, one for each person, that lie about a common one."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from alongside.calc.outcomes.values import Floats

ONE = np.eye(2)
FAINT = 1e-12
"""What is left of a sum of squares, as a share of it, where the rest is rounding in the machine."""


class Left(NamedTuple):
    """How much squares of scores remain beside each person's own mean and one slope, and beside their own line."""

    one_slope: float
    own_slopes: float


class Fit(NamedTuple):
    """What the likelihood makes of one spread of lines; ``slope`` is that of the deviance by its factor."""

    deviance: float
    slope: Floats
    common: Floats
    """Height and slope of the common line."""
    certainty: Floats
    """The inverse of their covariance, but for the variance."""
    variance: float
    """Of single scores about their person's line."""


class Lines:
    """Scores at times, of which only sums by person are kept: all that the likelihood needs.

    Person i has scores yᵢ = Zᵢ(β + bᵢ) + eᵢ where Zᵢ holds a 1 and the time, bᵢ varies by σ²D and eᵢ by σ² (Laird and
    Ware 1982). Then Zᵢ'Vᵢ⁻¹ = KᵢZᵢ' with Kᵢ = (I + AᵢD)⁻¹, Aᵢ = Zᵢ'Zᵢ, and Vᵢ is never made. People measured at the
    same times share Aᵢ and are reckoned as one, with the sums of uᵢ = Zᵢ'yᵢ and of uᵢuᵢ'.
    """

    def __init__(self, person: NDArray[np.intp], time: Floats, score: Floats) -> None:
        """Take rows whose times and scores have mean 0 and deviation 1; persons are numbered from 0."""
        self.rows, self.squares = score.size, float(score @ score)

        def by_person(weights: Floats) -> Floats:
            return np.bincount(person, weights).astype(np.float64, copy=False)

        count, times, apart = by_person(np.ones_like(time)), by_person(time), by_person(time * time)
        scores, along = by_person(score), by_person(time * score)
        self.left = _left(count, times, apart, scores, along, by_person(score * score))
        order = np.lexsort((apart, times, count))
        figures = np.column_stack([count, times, apart])[order]
        first = np.flatnonzero(np.concatenate([[True], (figures[1:] != figures[:-1]).any(axis=1)]))
        self.alike = np.diff(first, append=count.size)[:, None, None].astype(np.float64)
        self.designs = figures[first][:, [0, 1, 1, 2]].reshape(-1, 2, 2)
        own = np.column_stack([scores, along])[order]
        self.sums = np.add.reduceat(own, first)[:, :, None]
        self.products = np.add.reduceat(own[:, :, None] * own[:, None, :], first)

    def fit(self, factor: Floats) -> Fit:
        """Return the deviance at D = LL', -2 log of the restricted likelihood (Patterson and Thompson 1971).

        It is Σ log|Vᵢ| + log|X'V⁻¹X| + (n - 2)(1 + log(2πs²)) with β and s² at their best, and its slope by L is 2gL,
        g = ΣGᵢ - ΣGᵢCGᵢ - Σrᵢrᵢ'/s², where Gᵢ = KᵢAᵢ, C = (ΣGᵢ)⁻¹ and rᵢ = Kᵢ(uᵢ - Aᵢβ).
        """
        spread = factor @ factor.T
        wide = ONE + self.designs @ spread
        size = wide[:, 0, 0] * wide[:, 1, 1] - wide[:, 0, 1] * wide[:, 1, 0]
        turned = wide[:, ::-1, ::-1].swapaxes(1, 2) * np.array([[1, -1], [-1, 1]])
        kept = turned / size[:, None, None]
        told = kept @ self.designs
        certainty = (self.alike * told).sum(axis=0)
        across = (kept @ self.sums).sum(axis=0)
        common = np.linalg.solve(certainty, across)
        left = self.squares - float(((spread @ kept) * self.products).sum()) - float((common * across).sum())
        variance = left / (self.rows - 2)
        expected = self.designs @ common
        crossed = self.sums @ expected.swapaxes(1, 2)
        apart = self.products - crossed - crossed.swapaxes(1, 2) + self.alike * (expected @ expected.swapaxes(1, 2))
        beside = (kept @ apart @ kept.swapaxes(1, 2)).sum(axis=0)
        gone = (self.alike * (told @ np.linalg.inv(certainty) @ told)).sum(axis=0)
        likely = float(np.log(size) @ self.alike[:, 0, 0]) + float(np.log(np.linalg.det(certainty)))
        deviance = likely + (self.rows - 2) * (1 + float(np.log(2 * np.pi * variance)))
        slope = 2 * (certainty - gone - beside / variance) @ factor
        return Fit(deviance, slope, common[:, 0], certainty, variance)

    def best(self, *, slopes: bool) -> Floats:
        """Return the factor L at which the deviance is least; without ``slopes`` lines differ in height alone."""
        free = ([0, 1, 1], [0, 0, 1]) if slopes else ([0], [0])

        def factor(entries: Floats) -> Floats:
            whole = np.zeros((2, 2))
            whole[free] = entries
            return whole

        def aim(entries: Floats) -> tuple[float, Floats]:
            now = self.fit(factor(entries))
            return now.deviance / self.rows, now.slope[free] / self.rows

        found = minimize(aim, ONE[free], jac=True, method="BFGS", options={"gtol": 1e-9})
        return factor(found.x)


def _left(count: Floats, times: Floats, apart: Floats, scores: Floats, along: Floats, high: Floats) -> Left:
    """Work out what is left from the sums by person of 1, t, t², y, ty and y²."""
    across = apart - times**2 / count
    along = along - times * scores / count
    high = high - scores**2 / count
    spread = across > FAINT * (1 + apart)
    own = np.divide(along**2, across, out=np.zeros_like(across), where=spread)
    whole = float(across[spread].sum())
    shared = float(along[spread].sum()) ** 2 / whole if whole else 0.0
    return Left(float(high.sum()) - shared, float((high - own).sum()))

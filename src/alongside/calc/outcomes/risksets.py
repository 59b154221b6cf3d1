"""The partial likelihood of Cox's model: whenever it ended for somebody, for whom of those at risk it might have."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.values import Floats


class Fit(NamedTuple):
    """What a set of effects makes of the risk sets. Rows are ends, in the order of time."""

    log_likelihood: float
    residuals: Floats
    """What the one whose time ended has more than was to be expected of those at risk (Schoenfeld 1982)."""
    expected: Floats
    hazard: Floats
    at_risk: Floats
    """The hazards of all at risk at each end, added up."""


class RiskSets:
    """People in the order of time, and for each end those who were still followed.

    Where d people end at one time, Efron's rule (1977) takes them one after the other in no order: by the l-th
    of them, l/d of the hazard of all d is gone. ``gone`` holds these shares.
    """

    def __init__(self, duration: Floats, ended: NDArray[np.bool_], covariates: Floats) -> None:
        """Take people of whom everything is known, of whom at least one ended; covariates have a column each."""
        order = np.argsort(duration, kind="stable")
        self.duration, self.ended, self.covariates = duration[order], ended[order], covariates[order]
        time, self.first, self.at, ties = np.unique(
            self.duration[self.ended], return_index=True, return_inverse=True, return_counts=True
        )
        self.start = np.searchsorted(self.duration, time, side="left")
        self.upto = np.searchsorted(time, self.duration, side="right")
        self.gone = (np.arange(self.at.size) - self.first[self.at]) / ties[self.at]
        self.rank = (np.cumsum(ties) - (ties - 1) / 2)[self.at]
        """The rank of each end among all ends; those of one time share their mean rank."""

    def fit(self, effects: Floats) -> Fit:
        """Return the log-likelihood at these effects, and what was expected at each end.

        Effects so large that hazards vanish beside one another have a likelihood of 0 (-inf or NaN here).
        """
        score = self.covariates @ effects
        score -= score.max()
        hazard = np.exp(score)
        weighted = hazard[:, None] * self.covariates
        at_risk = self._still(hazard) - self.gone * self._ending(hazard)
        with np.errstate(divide="ignore", invalid="ignore"):
            expected = (self._still(weighted) - self.gone[:, None] * self._ending(weighted)) / at_risk[:, None]
            log_likelihood = float(score[self.ended].sum() - np.log(at_risk).sum())
        return Fit(log_likelihood, self.covariates[self.ended] - expected, expected, hazard, at_risk)

    def information(self, fit: Fit, weights: Floats) -> Floats:
        """Return the covariances of the covariates among those at risk, added up over the ends by weight.

        Each person's square is counted once, with all the weight of the ends at which they were at risk, so
        that no matrix is made for each end.
        """
        share = weights / fit.at_risk
        up_to = np.concatenate([[0.0], np.cumsum(np.bincount(self.at, share))])[self.upto]
        up_to[self.ended] -= np.bincount(self.at, share * self.gone)[self.at]
        squares: Floats = self.covariates.T @ ((fit.hazard * up_to)[:, None] * self.covariates)
        means: Floats = fit.expected.T @ (weights[:, None] * fit.expected)
        return squares - means

    def _still(self, values: Floats) -> Floats:
        """The sum over those still followed, for each end."""
        total: Floats = np.cumsum(values[::-1], axis=0)[::-1]
        return total[self.start][self.at]

    def _ending(self, values: Floats) -> Floats:
        """The sum over those who end at the same time, for each end."""
        total: Floats = np.add.reduceat(values[self.ended], self.first, axis=0)
        return total[self.at]

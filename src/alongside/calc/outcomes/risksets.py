"""The partial likelihood of Cox's model: whenever it ended for somebody, for whom of those at risk it might have."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.values import Floats


class Fit(NamedTuple):
    """What a set of effects makes of the risk sets. A row is a covariate, a column an end, in the order of time."""

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
        """Take people of whom everything is known, at least one of whom ended; a column is a covariate here."""
        order = np.argsort(duration, kind="stable")
        self.duration, self.ended = duration[order], ended[order]
        self.covariates = np.ascontiguousarray(covariates[order].T)
        self.who = np.flatnonzero(self.ended)
        time, self.first, self.at, ties = np.unique(
            self.duration[self.who], return_index=True, return_inverse=True, return_counts=True
        )
        self.start = np.searchsorted(self.duration, time, side="left")[self.at]
        self.upto = np.searchsorted(time, self.duration, side="right")
        self.gone = (np.arange(self.at.size) - self.first[self.at]) / ties[self.at]
        self.rank = (np.cumsum(ties) - (ties - 1) / 2)[self.at]
        """The rank of each end among all ends; those of one time share their mean rank."""

    def fit(self, effects: Floats) -> Fit:
        """Return the log-likelihood at these effects, and what was expected at each end.

        Effects so large that hazards vanish beside one another have a likelihood of 0 (-inf or NaN here).
        """
        score = effects @ self.covariates
        score -= score.max()
        hazard = np.exp(score)
        weighted = hazard * self.covariates
        at_risk = self._still(hazard) - self.gone * self._ending(hazard)
        with np.errstate(divide="ignore", invalid="ignore"):
            expected = (self._still(weighted) - self.gone * self._ending(weighted)) / at_risk
            log_likelihood = float(score[self.who].sum() - np.log(at_risk).sum())
        return Fit(log_likelihood, self.covariates.take(self.who, axis=1) - expected, expected, hazard, at_risk)

    def information(self, fit: Fit, weights: Floats) -> Floats:
        """Return the covariances of the covariates among those at risk, added up over the ends by weight.

        Each person's square is counted once, with all the weight of the ends at which they were at risk, so
        that no matrix is made for each end.
        """
        share = weights / fit.at_risk
        up_to = np.concatenate([[0.0], np.cumsum(np.bincount(self.at, share))])[self.upto]
        up_to[self.who] -= np.bincount(self.at, share * self.gone)[self.at]
        squares: Floats = (fit.hazard * up_to * self.covariates) @ self.covariates.T
        means: Floats = (weights * fit.expected) @ fit.expected.T
        return squares - means

    def _still(self, values: Floats) -> Floats:
        """The sum over those still followed, for each end."""
        total: Floats = np.cumsum(values[..., ::-1], axis=-1)[..., ::-1]
        return total.take(self.start, axis=-1)

    def _ending(self, values: Floats) -> Floats:
        """The sum over those who end at the same time, for each end."""
        total: Floats = np.add.reduceat(values.take(self.who, axis=-1), self.first, axis=-1)
        return total.take(self.at, axis=-1)

"""Change over all times at which people were measured: a line for each, and the one that they lie about."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.linear import Term, term
from alongside.calc.outcomes.lines import Fit, Lines
from alongside.calc.outcomes.paired import Verdict, verdict_of
from alongside.calc.outcomes.values import Floats, Values, WrongRow, beside, check_level, column, groups_of

FLAT = 1e-4
"""A spread of lines below this share of the spread of single scores is none (the bound that lme4 takes)."""
EXACT = 1e-10
TOO_EXACT = "scores keep so exactly to their lines that nothing is left to reckon an error from"
NO_DIFFERENCE = "people do not differ from one another beyond what chance makes of single scores"
NO_PACE = "people do not differ in how fast they change beyond what chance makes of single scores"
TIED = "how high people stand and how fast they change go so wholly together that they cannot be told apart"


@dataclass(frozen=True, slots=True)
class Mixed:
    """The outcome of :func:`mixed`; ``None`` is a figure that cannot be known, for ``reason``.

    ``n`` counts measurements, ``people`` those who were measured, ``missing`` rows that lack anything. ``intercept``
    is the height of the common line at time 0 and ``slope`` its rise with a unit of time; people's own lie about
    them by ``sd_intercept`` and ``sd_slope``, which go together by ``correlation``, and single scores about their
    person's line by ``sd_rest``. ``criterion`` is -2 log of the restricted likelihood. ``singular`` says what of
    the spread of lines could not be told from none.
    """

    n: int
    people: int
    missing: int
    level: float
    slopes: bool
    intercept: Term | None = None
    slope: Term | None = None
    sd_intercept: float | None = None
    sd_slope: float | None = None
    correlation: float | None = None
    sd_rest: float | None = None
    criterion: float | None = None
    verdict: Verdict = Verdict.UNSURE
    singular: str = ""
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        own = "a height and a slope" if self.slopes else "a height"
        return (
            f"Linear mixed model by restricted likelihood: everybody has {own} of their own about a common line. All "
            f"measurements count, also of those who left. {self.level:.0%} intervals from t on the people less one."
        )


def mixed(
    person: Sequence[Hashable | None],
    time: Values,
    score: Values,
    *,
    higher_is_better: bool,
    slopes: bool = True,
    level: float = 0.95,
) -> Mixed:
    """Return how scores change with time over all measurements of each person (Laird and Ware 1982).

    Person i scores (β₀ + b₀ᵢ) + (β₁ + b₁ᵢ)·time + e. The spread of b (without ``slopes`` b₁ is 0) and that of e make
    the restricted likelihood largest (Patterson and Thompson 1971; Bates and others 2015); β follows by weighted
    least squares. Its intervals and tests take t with as many degrees of freedom as there are people, less one.

    A row that lacks its person, time or score is left out and counted. One person twice at one time raises
    :class:`~alongside.calc.outcomes.values.WrongRow`.

    >>> people, times, scores = "aaabbbccc", [0, 1, 2] * 3, [5, 6, 6, 3, 5, 4, 8, 8, 9]
    >>> found = mixed(people, times, scores, higher_is_better=True, slopes=False)
    >>> round(found.slope.estimate, 3), round(found.slope.ci_low, 3), round(found.slope.ci_high, 3)
    (0.5, -0.564, 1.564)
    """
    check_level(level)
    times = column(time, "time")
    scores = beside(score, "score", "time", times.size)
    who = groups_of(person, "time", times.size).code
    whole = (who >= 0) & ~np.isnan(times) & ~np.isnan(scores)
    _refuse_twice(who, times, whole)
    present, who = np.unique(who[whole], return_inverse=True)
    times, scores = times[whole], scores[whole]
    found = Mixed(scores.size, present.size, whole.size - scores.size, level, slopes)
    reason = _unfit(found, times, scores)
    if reason:
        return replace(found, reason=reason)
    units = _Units(*_spread(times), *_spread(scores))
    lines = Lines(who, (times - units.begin) / units.time, (scores - units.middle) / units.score)
    if (lines.left.own_slopes if slopes else lines.left.one_slope) <= EXACT * found.n:
        return replace(found, reason=TOO_EXACT)
    factor = lines.best(slopes=slopes)
    return _in_units(found, lines.fit(factor), factor, units, higher_is_better)


class _Units(NamedTuple):
    """Where times and scores have their middle, and how far they spread."""

    begin: float
    time: float
    middle: float
    score: float


def _spread(values: Floats) -> tuple[float, float]:
    return float(values.mean()), float(values.std())


def _refuse_twice(who: NDArray[np.intp], times: Floats, whole: NDArray[np.bool_]) -> None:
    rows = np.flatnonzero(whole)
    order = rows[np.lexsort((times[rows], who[rows]))]
    again = (who[order][1:] == who[order][:-1]) & (times[order][1:] == times[order][:-1])
    if again.any():
        twice = np.zeros(whole.size, dtype=bool)
        twice[order[1:][again]] = True
        raise WrongRow(twice, "this person was measured at this time already")


def _unfit(found: Mixed, times: Floats, scores: Floats) -> str:
    """Why no lines can be reckoned from these measurements, or nothing."""
    if found.people < 2:
        return "only one person was measured" if found.n else "nobody was measured"
    if found.n == found.people:
        return "nobody was measured more than once"
    if np.ptp(scores) <= 1e-12 * np.abs(scores).max():
        return "all scores are the same, so there is nothing to reckon from"
    if np.ptp(times) <= 1e-12 * np.abs(times).max():
        return "everybody was measured at one time, so there is no change to see"
    if found.slopes and found.n <= 2 * found.people:
        return "with no more than two measurements a person, slopes of their own cannot be told from chance"
    return ""


def _singular(spread: Floats, slopes: bool) -> str:
    """What of the spread of lines (in units of that of single scores) is none, or nothing."""
    least, most = np.sqrt(np.maximum(0, np.linalg.eigvalsh(spread)))
    if most < FLAT:
        return NO_DIFFERENCE
    if not slopes or least >= FLAT:
        return ""
    return NO_PACE if spread[1, 1] ** 0.5 < FLAT else TIED


def _in_units(found: Mixed, fit: Fit, factor: Floats, units: _Units, higher_is_better: bool) -> Mixed:
    """Give the lines in the units of time and score, from those whose mean is 0 and deviation 1."""
    back = units.score * np.array([[1, -units.begin / units.time], [0, 1 / units.time]])
    covariance = fit.variance * back @ np.linalg.inv(fit.certainty) @ back.T
    estimates = back @ fit.common + [units.middle, 0]
    own = fit.variance**0.5 * back @ factor
    sd_intercept, sd_slope = np.sqrt((own**2).sum(axis=1)).tolist()
    singular = _singular(factor @ factor.T, found.slopes)
    tied = found.slopes and singular in ("", TIED)
    intercept, slope = (
        term(float(estimates[at]), float(covariance[at, at]) ** 0.5, found.people - 1, found.level) for at in (0, 1)
    )
    return replace(
        found,
        intercept=intercept,
        slope=slope,
        sd_intercept=sd_intercept,
        sd_slope=sd_slope if found.slopes else None,
        correlation=float(own[0] @ own[1]) / (sd_intercept * sd_slope) if tied else None,
        sd_rest=fit.variance**0.5 * units.score,
        criterion=fit.deviance + 2 * float((found.n - 2) * np.log(units.score) + np.log(units.time)),
        verdict=verdict_of(slope.ci_low, slope.ci_high, higher_is_better),
        singular=singular,
    )

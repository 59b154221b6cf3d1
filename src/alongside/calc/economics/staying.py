"""Where a child lives, year by year until adulthood: a state-transition model, for a cohort and child by child."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.values import Floats

STATES = ("kinship", "care", "parents")
"""Where a child may live: with a kinship carer, in care otherwise, or with parents. All grow up at eighteen."""
KINSHIP, CARE, PARENTS = range(len(STATES))
GROWN_UP = 18


def chances(hazards: Floats) -> Floats:
    """Return the chance to go from the state of each row to that of each column in a year; rows add up to 1.

    ``hazards`` (…, 3, 3) are rates a year with nothing on the diagonal. Moves compete: a child stays with
    exp(-Σ h), and what leaves is shared out in proportion to h. At most one move is made in a year.
    """
    total = hazards.sum(axis=-1, keepdims=True)
    share = np.divide(-np.expm1(-total), total, out=np.zeros_like(total), where=total > 0)
    found: Floats = hazards * share
    places = np.arange(len(STATES))
    found[..., places, places] = np.exp(-total[..., 0])
    return found


def supported(hazards: Floats, effect: Floats, lasts: float) -> Floats:
    """Return the hazards (years, draws, 3, 3) with support for the first ``lasts`` years.

    Support multiplies the hazard of leaving a kinship carer for care by ``effect``, one a draw; in a year of which it
    covers a part, that part of it. Other moves stay as they are.
    """
    found = hazards.copy()
    part = covered(len(hazards), lasts)[:, None]
    found[:, :, KINSHIP, CARE] *= 1 - part + part * effect
    return found


def covered(years: int, lasts: float) -> Floats:
    """Return how much of each year support covers.

    >>> covered(3, 1.5).tolist()
    [1.0, 0.5, 0.0]
    """
    return np.clip(lasts - np.arange(years), 0.0, 1.0)


class Course(NamedTuple):
    """What becomes of a child on average, for each draw.

    ``lived`` (years, draws, 3) is the part of each year in each state; ``disrupted`` (years, draws) how often a child
    leaves a kinship carer for care in it; ``grown`` (draws, 3) the share in each state when they grow up.
    """

    lived: Floats
    disrupted: Floats
    grown: Floats


def of_cohort(hazards: Floats) -> Course:
    """Return what becomes of children who live with a kinship carer: p[t + 1] = p[t]·M[t].

    A move is counted as made in the middle of its year (half-cycle correction): a child lives in state s for
    (p[t, s] + p[t + 1, s])/2 of year t.
    """
    years, draws = hazards.shape[:2]
    shares = np.zeros((years + 1, draws, len(STATES)))
    shares[0, :, KINSHIP] = 1
    disrupted = np.zeros((years, draws))
    for year in range(years):
        table = chances(hazards[year])
        shares[year + 1] = np.einsum("ds,dsr->dr", shares[year], table)
        disrupted[year] = shares[year, :, KINSHIP] * table[:, KINSHIP, CARE]
    lived = np.array([(now + then) / 2 for now, then in pairwise(shares)]).reshape(years, draws, len(STATES))
    return Course(lived, disrupted, shares[-1])


class Lives(NamedTuple):
    """What became of children one by one: as a :class:`Course`, in children, and how many were ever in care."""

    course: Course
    ever: NDArray[np.int64]


def of_children(hazards: Floats, children: int, source: np.random.Generator) -> Lives:
    """Return what becomes of so many children in each draw, each by chance; their mean nears :func:`of_cohort`.

    The same source gives each child the same luck whatever the hazards, so that two courses differ by these alone.
    """
    years, draws = hazards.shape[:2]
    state = np.zeros((draws, children), dtype=np.int8)
    ever = np.zeros((draws, children), dtype=bool)
    places = np.zeros((years + 1, draws, len(STATES)))
    disrupted = np.zeros((years, draws))
    places[0, :, KINSHIP] = children
    for year in range(years):
        state, left = _step(state, chances(hazards[year]), source.random((draws, children), dtype=np.float32))
        in_care = state == CARE
        ever |= in_care
        disrupted[year] = left
        places[year + 1, :, CARE] = in_care.sum(axis=1)
        places[year + 1, :, PARENTS] = (state == PARENTS).sum(axis=1)
    places[1:, :, KINSHIP] = children - places[1:].sum(axis=2)
    lived = (places[:-1] + places[1:]) / 2
    return Lives(Course(lived, disrupted, places[-1]), ever.sum(axis=1))


def _step(state: NDArray[np.int8], table: Floats, luck: NDArray[np.float32]) -> tuple[NDArray[np.int8], Floats]:
    """Where each child lives a year later, and how many of a draw left a kinship carer for care.

    Luck up to the chance of care leads there, from there up to that of parents to these, and the rest to a carer.
    """
    care = table[:, :, CARE].astype(np.float32)
    both = care + table[:, :, PARENTS].astype(np.float32)
    draw = np.arange(len(state))[:, None] * len(STATES)
    at = (draw + state).astype(np.intp)
    to_care = luck < care.ravel().take(at)
    after = np.where(to_care, np.int8(CARE), np.int8(PARENTS) * (luck < both.ravel().take(at))).astype(np.int8)
    return after, (to_care & (state == KINSHIP)).sum(axis=1).astype(float)

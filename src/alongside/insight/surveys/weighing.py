"""Weights by which those who answered a round stand for everybody, and the shares that come of them.

A weighted share tells how many of those who gave an answer stand in groups that weigh much. So it is given only where
nobody can work out from it, even knowing all weights, that few of a group gave an answer. And the questions that are
weighted by are told for all areas together only: then who is in which group tells nothing of an area.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.shares import wilson
from alongside.calc.outcomes.weights import Raked, rake
from alongside.insight.surveys.counting import Asked
from alongside.insight.surveys.protecting import THRESHOLD
from alongside.insight.surveys.tallying import FEWEST
from alongside.records.surveys.models import KnownTotals
from alongside.records.surveys.queries import Counted

Vector = NDArray[np.float64]
MOST = 5.0
"""No answer counts more than so many times as much as the mean one."""
FEWEST_EFFECTIVE = 30
"""Weights that leave fewer answers' worth than this give no number."""
HALF = 0.005
"""How far a share that is rounded to a whole percent may lie from what it was."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A weighted share in whole percent, and between which shares it lies (95%)."""

    share: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a round; ``reason`` says why there are none. ``group`` is where each answer stands, and
    ``heavy`` what those of each group weigh: nothing in the last, who left a question that is weighted by.
    """

    known: tuple[KnownTotals, ...]
    raked: Raked
    reason: str = ""
    group: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp), repr=False)
    heavy: Vector = field(default_factory=lambda: np.empty(0), repr=False)

    @property
    def by(self) -> frozenset[str]:
        """The questions that are weighted by."""
        return frozenset(one.question for one in self.known)

    @property
    def effective(self) -> int:
        """How many equal answers they are worth, to the nearest ten: to the one it could tell how few a group has."""
        return round((self.raked.effective_n or 0) / 10) * 10

    @property
    def design_effect(self) -> float:
        """How many answers it takes to be worth one equal one."""
        return self.raked.n / self.effective

    @property
    def words(self) -> str:
        """Say what the weights cost, or why there are none."""
        if self.reason:
            return f"No weighted shares: {self.reason}."
        return (
            f"These {self.raked.n} answers carry as much as about {self.effective} equal ones (design effect "
            f"{self.design_effect:.2f}). No answer counts more than {MOST:.0f} times as much as the mean one."
        )


def weigh(rows: list[Counted], known: list[KnownTotals]) -> Weights | None:
    """Rake a round to its known totals, brought to the sum of the first; ``None`` where none are known."""
    if not known:
        return None
    people: dict[str, list[str | None]] = {}
    totals: dict[str, dict[str, float]] = {}
    everybody = sum(total for _, total in known[0].totals)
    for one in known:
        groups = {key: " ".join(keys) for keys, _ in one.totals for key in keys}
        own = sum(total for _, total in one.totals)
        people[one.question] = [groups.get(str(row.answers.get(one.question))) for row in rows]
        totals[one.question] = {" ".join(keys): total * everybody / own for keys, total in one.totals}
    if few := _few(people, totals):
        return Weights(tuple(known), Raked(0, len(rows)), few)
    raked = rake(people, totals, most=MOST)  # type: ignore[arg-type]
    if raked.reason or not raked.effective_n:
        return Weights(tuple(known), raked, raked.reason)
    if raked.effective_n < FEWEST_EFFECTIVE:
        reason = f"they would leave what fewer than {FEWEST_EFFECTIVE} equal answers are worth"
        return Weights(tuple(known), raked, reason)
    return Weights(tuple(known), raked, "", *_groups(people, raked.weights))


def _few(people: Mapping[str, list[str | None]], totals: Mapping[str, Mapping[str, float]]) -> str:
    """Which group has too few answers to stand for all of it, if any."""
    short = [name for name, own in people.items() if any(own.count(group) < FEWEST for group in totals[name])]
    return (
        f"fewer than {FEWEST} gave some answer to a question that is weighted by, too few to stand for all of them. "
        "Count that answer together with another"
        if short
        else ""
    )


def _groups(people: Mapping[str, list[str | None]], weights: Vector) -> tuple[NDArray[np.intp], Vector]:
    """Number the groups that all questions make together; give where each answer stands, and what each group weighs."""
    labels = list(zip(*people.values(), strict=True))
    places = {label: place for place, label in enumerate(dict.fromkeys(one for one in labels if None not in one))}
    group = np.array([places.get(label, len(places)) for label in labels], dtype=np.intp)
    heavy = np.zeros(len(places) + 1)
    heavy[group] = np.nan_to_num(weights)
    return group, heavy


def shares_of(one: Asked, rows: list[Counted], weights: Weights, answered: int) -> dict[str, Weighted]:
    """Give the weighted share of each answer to a question, or nothing where one would tell of a few."""
    given = [one.given(row.answers)[0] for row in rows]
    said = np.array([bool(each) for each in given])
    size, found = len(weights.heavy), dict[str, Weighted]()
    whole, everybody = (
        np.bincount(group, minlength=size).astype(np.float64) for group in (weights.group[said], weights.group)
    )
    if one.question.key in weights.by or not whole @ weights.heavy:
        return {}
    worth = answered / weights.design_effect
    for choice in one.answers:
        chose = said & np.array([choice.key in each for each in given])
        some = np.bincount(weights.group[chose], minlength=size).astype(np.float64)
        percent = round(100 * float(some @ weights.heavy / (whole @ weights.heavy)))
        for part, share in ((some, percent / 100), (whole - some, 1 - percent / 100)):
            if _tells(part, everybody, weights.heavy, (share - HALF, share + HALF), float(whole @ weights.heavy)):
                return {}
        low, high = wilson(percent / 100 * worth, worth)
        found[choice.key] = Weighted(percent, 100 * low, 100 * high)
    return found


def _tells(some: Vector, everybody: Vector, heavy: Vector, share: tuple[float, float], weight: float) -> bool:
    """Whether the share tells of a group that few of it gave the answer: more than that it has no more people.

    Somebody knows how many gave it, how many each group has, its weight, and what all who answered weigh together.
    """
    few = np.flatnonzero((some > 0) & (some < THRESHOLD))
    bounds = (share[0] * weight, share[1] * weight)
    return any(
        _possible(place, float(some.sum()), everybody, heavy, bounds) <= min(THRESHOLD, int(everybody[place]))
        for place in few.tolist()
    )


def _possible(place: int, number: float, everybody: Vector, heavy: Vector, bounds: tuple[float, float]) -> int:
    """How many numbers of a group can have given the answer, from none on, the others making up for it."""
    tried = np.arange(min(2 * THRESHOLD, number, everybody[place]) + 1)
    others, loads = np.delete(everybody, place), np.delete(heavy, place)
    left = number - tried
    order = np.argsort(loads)
    least, most = (_load(left, others[way], loads[way]) for way in (order, order[::-1]))
    own = tried * heavy[place]
    fits = (left <= others.sum()) & (own + least <= bounds[1]) & (own + most >= bounds[0])
    return int(fits.sum())


def _load(numbers: Vector, people: Vector, loads: Vector) -> Vector:
    """What so many weigh who are taken group by group."""
    held, weighed = (np.concatenate([[0.0], np.cumsum(each)]) for each in (people, people * loads))
    return np.asarray(np.interp(numbers, held, weighed))

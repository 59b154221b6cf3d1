"""Weights by which those who answered a round stand for everybody."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from alongside.calc.outcomes.weights import Raked, rake
from alongside.calc.solving import Vector
from alongside.insight.surveys.tallying import FEWEST
from alongside.records.surveys.models import KnownTotals
from alongside.records.surveys.queries import Counted

MOST = 5.0
"""No answer counts more than so many times as much as the mean one."""
FEWEST_EFFECTIVE = 30
"""Weights that leave fewer answers' worth than this give no number."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a round; ``reason`` says why there are none. ``by_area`` says that they are by
    council area, and by nothing else. ``groups`` is where each answer stands in all that is
    weighted by, and ``loads`` what it weighs, 1 in the mean; who left any of it stands in no group and weighs nothing.
    """

    known: tuple[KnownTotals, ...]
    raked: Raked
    reason: str = ""
    by_area: bool = False
    groups: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    loads: Vector = field(default_factory=lambda: np.empty(0), repr=False)

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


def weigh(rows: list[Counted], known: list[KnownTotals], area: str = "") -> Weights:
    """Rake a round to its known totals, brought to the sum of the first. ``area`` is the question that asks for the
    council area.
    """
    people: dict[str, list[str | None]] = {}
    totals: dict[str, dict[str, float]] = {}
    everybody = sum(total for _, total in known[0].totals)
    for one in known:
        said = [row.authority if one.question == area else str(row.answers.get(one.question)) for row in rows]
        counted = _areas_together(one, Counter(said)) if one.question == area else one.totals
        groups = {key: " ".join(keys) for keys, _ in counted for key in keys}
        own = sum(total for _, total in counted)
        people[one.question] = [groups.get(each) for each in said]
        totals[one.question] = {" ".join(keys): total * everybody / own for keys, total in counted}
    whole = (() if None in one else ("told",) if area in people else one for one in zip(*people.values(), strict=True))
    found = Weights(tuple(known), Raked(0, len(rows)), by_area=area in people, groups=tuple(whole))
    if few := _few(people, totals):
        return replace(found, reason=few)
    raked = rake(people, totals, most=MOST)  # type: ignore[arg-type]
    if raked.reason or not raked.effective_n:
        return replace(found, raked=raked, reason=raked.reason)
    if raked.effective_n < FEWEST_EFFECTIVE:
        reason = f"they would leave what fewer than {FEWEST_EFFECTIVE} equal answers are worth"
        return replace(found, raked=raked, reason=reason)
    return replace(found, raked=raked, loads=np.nan_to_num(raked.weights / np.nanmean(raked.weights)))


def _areas_together(known: KnownTotals, said: Mapping[str, int]) -> list[tuple[list[str], int]]:
    """The totals of areas, those with few answers together: never so that fewer than ``FEWEST`` stand for any."""
    by_answers = sorted(known.totals, key=lambda one: (said.get(one[0][0], 0), one[0]))
    few: list[tuple[list[str], int]] = []
    enough = False
    while by_answers and not enough:
        few.append(by_answers.pop(0))
        answers = sum(said.get(keys[0], 0) for keys, _ in few)
        enough = answers >= FEWEST and bool(by_answers) and said.get(by_answers[0][0][0], 0) >= FEWEST
    joined = ([key for keys, _ in few for key in keys], sum(total for _, total in few))
    return [joined, *by_answers]


def _few(people: Mapping[str, list[str | None]], totals: Mapping[str, Mapping[str, float]]) -> str:
    """Which group has too few answers to stand for all of it, if any."""
    short = [name for name, own in people.items() if any(own.count(group) < FEWEST for group in totals[name])]
    return (
        f"fewer than {FEWEST} gave some answer to a question that is weighted by, too few to stand for all of them. "
        "Count that answer together with another"
        if short
        else ""
    )

"""Thousands of draws of what becomes of children with and without support, in one process or many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from alongside.calc.economics.distributions import Distribution
from alongside.calc.economics.drawing import BLOCK, blocks, draw_block
from alongside.calc.economics.rates import a_year
from alongside.calc.economics.scenario import Library
from alongside.calc.economics.simulation import Pool
from alongside.calc.economics.staying import (
    CARE,
    GROWN_UP,
    KINSHIP,
    STATES,
    covered,
    of_children,
    of_cohort,
    supported,
)
from alongside.calc.economics.staying_file import KINDS, Group, Question
from alongside.calc.outcomes.values import Floats

LIVES = 200_000
"""Children who are followed one by one in all draws together; more would not change what is printed."""
FEWEST = 100
"""Draws from which an interval is told."""
MOST_FOLLOWED = 20_000
"""Of more children than this nobody is followed one by one: chance is nothing beside what is not known."""


class Arm(NamedTuple):
    """What becomes of all the children, one number a draw.

    ``lived`` (draws, 3) are child-years in each state, ``helped`` those with a kinship carer in which there is support.
    ``in_care`` are in care when they grow up, ``in_care_now`` the same, each discounted to today. ``cost`` is pounds of
    now, without that of support.
    """

    lived: Floats
    helped: Floats
    disrupted: Floats
    in_care: Floats
    in_care_now: Floats
    cost: Floats


class Stays(NamedTuple):
    """Both arms over all draws, and the inputs that were drawn: amounts in prices of the question's year."""

    without: Arm
    with_support: Arm
    drawn: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Model:
    """A question ready to be worked out: what each input may be, prices, and discount factors."""

    question: Question
    made: Mapping[str, Distribution]
    prices: Mapping[str, float]
    factors: Floats

    def draw(self, seed: int, block: int, size: int) -> dict[str, Floats]:
        """Return a block of draws of each input, and of each rate as a hazard a year."""
        drawn = draw_block(self.made, (), seed=seed, block=block, size=size)
        over = {rate.said.key: rate.over for rate in self.question.used()}
        return {
            name: np.broadcast_to(a_year(each, over[name]) if name in over else each * self.prices[name], size)
            for name, each in drawn.items()
        }

    def expected(self) -> dict[str, Floats]:
        """Return the one draw in which everything is as expected."""
        over = {rate.said.key: rate.over for rate in self.question.used()}
        means = {name: np.array([made.mean]) for name, made in self.made.items()}
        return {
            name: a_year(each, over[name]) if name in over else each * self.prices[name] for name, each in means.items()
        }

    def hazards(self, group: Group, drawn: Mapping[str, Floats]) -> Floats:
        """Return the hazards (years, draws, 3, 3) of a group of children until they grow up."""
        size = len(drawn["effect"])
        found = np.zeros((GROWN_UP - group.age, size, len(STATES), len(STATES)))
        for year, age in enumerate(range(group.age, GROWN_UP)):
            for rate in self.question.rates_at(group.order, age):
                start, end = rate.move.places
                found[year, :, start, end] = drawn[rate.said.key]
        return found

    def arm(self, drawn: Mapping[str, Floats], *, effect: Floats) -> Arm:
        """Return what becomes of all the children when support has such an effect; 1 is none."""
        size = len(effect)
        lived, rest = np.zeros((size, len(STATES))), np.zeros((5, size))
        for group in self.question.groups:
            course = of_cohort(supported(self.hazards(group, drawn), effect, self.question.lasts))
            years = len(course.lived)
            spent = np.tensordot(self.factors[:years], course.lived, 1)
            lived += group.number * course.lived.sum(axis=0)
            rest += group.number * np.array([
                covered(years, self.question.lasts) @ course.lived[:, :, KINSHIP],
                course.disrupted.sum(axis=0),
                course.grown[:, CARE],
                course.grown[:, CARE] * self.factors[years],
                sum(spent[:, at] * drawn[state] for at, state in enumerate(STATES)),
            ])  # fmt: skip
        return Arm(lived, *rest)


def model(question: Question, library: Library) -> Model:
    """Return the model of a question; raise ``Blank`` while something of it is not filled in."""
    question.check()
    needed = {key: question.inputs[key] for key in KINDS}
    said = needed | {rate.said.key: rate.said for rate in question.used()} | question.inputs  # what is optional, last
    made = {key: each.made for key, each in said.items() if isinstance(each.made, Distribution)}
    prices = {
        key: library.deflator.factor(each.price_year, to=question.price_year) if each.price_year else 1.0
        for key, each in said.items()
    }
    return Model(question, made, prices, library.schedules[question.discounting].factors(GROWN_UP + 1))


def simulate_stays(model: Model, *, draws: int, seed: int, pool: Pool | None = None) -> Stays:
    """Return so many draws; the same for a seed, whether one process works them out or many."""
    if draws < 1:
        raise ValueError("at least one draw is needed")
    done = list((pool.map if pool else map)(partial(_block, model, seed), blocks(draws)))
    drawn = {name: np.concatenate([each.drawn[name] for each in done]) for name in done[0].drawn}
    return Stays(_joined(each.without for each in done), _joined(each.with_support for each in done), drawn)


def _block(model: Model, seed: int, piece: tuple[int, int]) -> Stays:
    number, size = piece
    drawn = model.draw(seed, number, size)
    without = model.arm(drawn, effect=np.ones(size))
    return Stays(without, model.arm(drawn, effect=drawn["effect"]), drawn)


def _joined(arms: Iterable[Arm]) -> Arm:
    return Arm(*(np.concatenate(part) for part in zip(*arms, strict=True)))


class Ever(NamedTuple):
    """Of all the children, how many are ever in care, in each draw and by chance too."""

    without: Floats
    with_support: Floats


def follow(model: Model, *, draws: int, seed: int, pool: Pool | None = None) -> Ever | None:
    """Return what becomes of the children one by one, in the first of the draws; none where they are too many."""
    question = model.question
    if question.children > MOST_FOLLOWED:
        return None
    size = min(draws, BLOCK, max(FEWEST, LIVES // question.children))
    pieces = list(enumerate(question.groups))
    done = list((pool.map if pool else map)(partial(_lives, model, seed, size), pieces))
    return Ever(*(np.sum(part, axis=0) for part in zip(*done, strict=True)))


def _lives(model: Model, seed: int, size: int, piece: tuple[int, Group]) -> Ever:
    """One group of children, with the same luck in both arms; each has a stream of its own."""
    number, group = piece
    drawn = model.draw(seed, 0, size)
    hazards = model.hazards(group, drawn)
    key = np.random.SeedSequence(seed, spawn_key=(number, 2))
    both = (hazards, supported(hazards, drawn["effect"], model.question.lasts))
    found = (of_children(each, group.number, np.random.Generator(np.random.SFC64(key))).ever for each in both)
    return Ever(*(each.astype(float) for each in found))

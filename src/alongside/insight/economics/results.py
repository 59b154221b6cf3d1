"""What a scenario comes to: as expected, over thousands of draws, by agency and year, and what it hangs on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from alongside.calc.economics.acceptability import acceptability, prices
from alongside.calc.economics.agencies import Standing, standings
from alongside.calc.economics.beta import Beta
from alongside.calc.economics.information import partial, perfect, sampled
from alongside.calc.economics.model import Case, Flow, flows, needed, payback, people, worth
from alongside.calc.economics.scenario import Library, Scenario
from alongside.calc.economics.sensitivity import Grid, Swing, Switch, switching, tornado, two_way
from alongside.calc.economics.simulation import Pool, Settled, Simulation, Spread, breaking_even, simulate, spread
from alongside.calc.outcomes.values import Floats

ENOUGH_TO_KNOW = 20_000
"""Draws from which the value of knowing an input is worked out; more would not change what is printed."""
NOTHING = "With these inputs nobody is reached and nothing is spent, so there is nothing to work out: is one of them 0?"
STUDIES = (50, 100, 200, 400)
"""How many people a next study might ask."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The case with every input as expected, in pounds of now; ``payback`` is a year from 0, none if it never pays.

    ``people`` is for how many each outcome comes about because of the service, ``needed`` for how many it has to, for
    it alone to pay. ``each`` is what is spent on one of whatever the scenario names, such as a family or a contact.
    """

    cost: float
    fiscal: float
    economic: float
    social: float
    cashable: float
    net: float
    ratio: float
    fiscal_return: float
    budget_impact: float
    payback: int | None
    people: Mapping[str, float]
    needed: Mapping[str, float | None]
    each: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Unsure:
    """What the draws say. ``knowing`` is what it would be worth to know each input before deciding, in pounds;
    ``asking`` what a study of so many people would be that measures one share, before its cost.
    """

    draws: int
    seed: int
    ratio: Spread
    net: Spread
    fiscal: Spread
    budget_impact: Spread
    breaks_even: Settled
    settled: bool
    knowing_all: float
    knowing: Mapping[str, float]
    asking: tuple["Study", ...]


class Accepted(NamedTuple):
    """How likely the case is worth its cost at each price that somebody would put on one of whatever it names last."""

    unit: str
    prices: tuple[float, ...]
    chances: tuple[float, ...]


class Study(NamedTuple):
    """A study that measures one input in so many people, and what it would be worth in pounds."""

    name: str
    people: int
    worth: float


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a scenario comes to."""

    scenario: str
    title: str
    version: int
    price_year: int
    discounting: str
    expected: Expected
    unsure: Unsure
    agencies: tuple[Standing, ...]
    flows: tuple[Flow, ...]
    accepted: Accepted | None
    """None where the scenario names nothing of which one is told the cost, or of which there may be fewer than none."""
    tornado: tuple[Swing, ...]
    switching: tuple[Switch, ...]
    both: Grid | None
    """The net value over the two inputs on which it hangs most; none where fewer than two are uncertain."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What is seen at once while somebody moves an input: what is expected, for whom, how surely, and its hinge.

    ``hinge`` is the uncertain input on which the net value hangs most, with the values at which the case just pays.
    """

    expected: Expected
    ratio: Spread
    breaks_even: Settled
    agencies: tuple[Standing, ...]
    hinge: Switch | None


def glance(scenario: Scenario, library: Library, *, draws: int, seed: int) -> Glance:
    """Return what a scenario comes to at once; raise as :func:`work_out` does."""
    case = scenario.case(library)
    central = _anything(expected(case, scenario.each))
    found = simulate(case, scenario.ranks, draws=draws, seed=seed).worth
    swings = tornado(case)
    with np.errstate(invalid="ignore"):
        ratio = spread(found.ratio)
    hinge = switching(case, swings[0].name) if swings else None
    return Glance(central, ratio, breaking_even(found.net), tuple(standings(case, case.means())), hinge)


def glance_of(answer: Answer) -> Glance:
    """Return the same of what was worked out whole."""
    widest = answer.tornado[0].name if answer.tornado else None
    hinge = next((each for each in answer.switching if each.name == widest), None)
    return Glance(answer.expected, answer.unsure.ratio, answer.unsure.breaks_even, answer.agencies, hinge)


def _anything(central: Expected) -> Expected:
    if not any((central.cost, central.fiscal, central.economic, central.social)):
        raise ValueError(NOTHING)
    return central


def work_out(scenario: Scenario, library: Library, *, draws: int, seed: int, pool: Pool | None = None) -> Answer:
    """Return what a scenario comes to; raise ``Unknown`` while an input is blank, ValueError where nothing happens."""
    case = scenario.case(library)
    central = _anything(expected(case, scenario.each))
    unit = [None, *(name for name, of in scenario.each.items() if of in case.inputs)][-1]
    found = simulate(
        case, scenario.ranks, draws=draws, seed=seed, keep=[scenario.each[unit]] if unit else [], pool=pool
    )
    swings = tornado(case)
    return Answer(
        scenario=scenario.key,
        title=scenario.title,
        version=scenario.version,
        price_year=scenario.price_year,
        discounting=scenario.discounting,
        expected=central,
        unsure=_unsure(case, scenario, [swing.name for swing in swings], found, pool),
        agencies=tuple(standings(case, case.means())),
        accepted=_accepted(unit, found.worth.net, found.inputs[scenario.each[unit]]) if unit else None,
        flows=tuple(flows(case, case.means())),
        tornado=tuple(swings),
        switching=tuple(switching(case, name) for name in case.drawn if name in scenario.counted),
        both=two_way(case, swings[0].name, swings[1].name, steps=5) if len(swings) > 1 else None,
    )


def expected(case: Case, each: Mapping[str, str]) -> Expected:
    """Return what a case comes to with every input as expected; ``each`` names inputs by what one of them is called.

    What one of those costs is None where nobody has said how many there are.
    """
    means = case.means()
    found = worth(case, means)
    told = {
        name: float(getattr(found, name)) for name in (*found._fields, "net", "ratio", "fiscal_return", "budget_impact")
    }
    reached = {outcome.key: float(people(outcome, means)) for outcome in case.outcomes}
    spent = {
        name: told["cost"] / float(means[of]) if of in means and means[of] > 0 else None for name, of in each.items()
    }
    pays = {outcome.key: needed(case, outcome, means, cost=told["cost"]) for outcome in case.outcomes}
    return Expected(**told, payback=payback(case, means), people=reached, needed=pays, each=spent)


def _accepted(unit: str, net: Floats, units: Floats) -> Accepted | None:
    if (units < 0).any():
        return None
    asked = prices(net, units)
    return Accepted(unit, tuple(asked.tolist()), tuple(acceptability(net, units, asked).tolist()))


def _unsure(case: Case, scenario: Scenario, uncertain: list[str], found: Simulation, pool: Pool | None) -> Unsure:
    draws, seed = found.draws, found.seed
    few = simulate(case, scenario.ranks, draws=min(draws, ENOUGH_TO_KNOW), seed=seed, keep=uncertain)
    chance = breaking_even(found.worth.net)
    with np.errstate(invalid="ignore"):
        ratio = spread(found.worth.ratio)
    return Unsure(
        draws=draws,
        seed=seed,
        ratio=ratio,
        net=spread(found.worth.net),
        fiscal=spread(found.worth.fiscal),
        budget_impact=spread(found.worth.budget_impact),
        breaks_even=chance,
        settled=chance.enough,
        knowing_all=perfect(found.worth.net),
        knowing={name: round(partial(few.worth.net, [few.inputs[name]]), 2) for name in uncertain},
        asking=tuple(_studies(case, few, uncertain)),
    )


def _studies(case: Case, few: Simulation, uncertain: list[str]) -> Iterator[Study]:
    for name in uncertain:
        made = case.inputs[name]
        prior = made.observations if isinstance(made, Beta) else None
        if prior:
            worths = sampled(few.worth.net, few.inputs[name], prior=prior, sizes=STUDIES)
            yield from (Study(name, size, round(found, 2)) for size, found in zip(STUDIES, worths, strict=True))

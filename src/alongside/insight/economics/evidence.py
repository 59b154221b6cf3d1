"""How far the evidence of what changes carries, and so how a case may be spoken of."""

from typing import NamedTuple

from alongside.calc.economics.model import Product
from alongside.calc.economics.scenario import Input, Origin, Scenario


class Carrying(NamedTuple):
    """How a case of one level of evidence is spoken of: what is known, how a gain is brought in, and its verb."""

    known: str
    holds: str
    comes: str


JUDGED = Carrying(
    "No study stands behind how much the service changes: that is a judgement here.",
    "If the judgement of what it changes is right",
    "may come back",
)
CARRYING = {
    1: Carrying(
        "Nobody was compared with families who had no such help, so what changed may have changed without it.",
        "If the change was due to the service",
        "may come back",
    ),
    2: Carrying(
        "Families were compared with others, but nothing shows that the two were alike.",
        "If they were alike enough to compare",
        "may come back",
    ),
    3: Carrying(
        "Families were compared with others like them, who may still differ in what nobody measured.",
        "As far as they were alike",
        "is likely to come back",
    ),
    4: Carrying(
        "Families were compared with others by chance, or something as good, with some doubt left.",
        "As far as that comparison holds",
        "is likely to come back",
    ),
    5: Carrying(
        "Chance decided who had the service, so what changed was due to it, where and when that was tried.",
        "If it works here as it did there",
        "is likely to come back",
    ),
}


def carrying(scenario: Scenario) -> Carrying:
    """Return how the case may be spoken of."""
    level = level_of(scenario)
    return JUDGED if level is None else CARRYING[level]


def level_of(scenario: Scenario) -> int | None:
    """Return the lowest level of design behind what changes; None where one of them is a judgement."""
    levels = [_level(scenario, outcome.impact) for outcome in scenario.outcomes]
    found = [level for level in levels if level is not None]
    return min(found) if found and len(found) == len(levels) else None


def _level(scenario: Scenario, name: str) -> int | None:
    """The level of an input's own, or the lowest of what it is worked out from."""
    each = scenario.inputs.get(name)
    if each is None or each.level is not None or not isinstance(each.made, Product):
        return each.level if each else None
    parts = [_level(scenario, part) for part in each.made.of]
    known = [level for level in parts if level is not None]
    return min(known) if len(known) == len(parts) else None


def judged(scenario: Scenario) -> list[Input]:
    """Return the inputs that nobody measured, among those that are put in."""
    return [each for each in put_in(scenario) if each.origin is Origin.JUDGEMENT]


def put_in(scenario: Scenario) -> list[Input]:
    """Return the inputs on which the answer rests, but for those that are worked out from others."""
    counted = scenario.counted
    return [each for each in scenario.inputs.values() if each.key in counted and not isinstance(each.made, Product)]

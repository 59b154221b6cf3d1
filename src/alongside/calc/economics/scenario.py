"""A scenario: a case as somebody wrote it down, each input with where it came from and how good that is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import prod
from typing import NamedTuple

from alongside.calc.economics.discounting import Schedule
from alongside.calc.economics.distributions import Distribution
from alongside.calc.economics.drawing import Ranks
from alongside.calc.economics.model import Case, Cost, Outcome, Product
from alongside.calc.economics.optimism import Optimism
from alongside.calc.economics.prices import Deflator
from alongside.calc.economics.unit_costs import UnitCost

GRADED = ("population", "affected", "engaged", "retained", "impact", "deadweight")
"""The inputs of an outcome whose evidence draws it in: who they are and what changes, not what it is worth."""
TAKEN_IN = (*GRADED, "unit_value", "attribution", "displacement", "drop_off")
"""The fields of an outcome that name an input."""


class Origin(StrEnum):
    """Where an input came from."""

    RECORD = "record"
    """This service's own records."""
    LIBRARY = "library"
    """The library of unit costs."""
    PUBLISHED = "published"
    """Somebody's report, named as its source."""
    JUDGEMENT = "judgement"
    """Nobody measured it: somebody who knows the work said so."""


class Kind(StrEnum):
    """What an input is counted in."""

    SHARE = "share"
    POUNDS = "pounds"
    NUMBER = "number"


class Taken(NamedTuple):
    """A unit cost that an input takes from the library: its code, and its standard deviation as a share of it."""

    code: str
    spread: float


@dataclass(frozen=True, slots=True)
class Input:
    """One input: ``made`` is what it may be, ``None`` where nobody has said yet; ``grade`` is that of its evidence.

    ``level`` is that of the design which found it, 1 to 5 on the Maryland scale, where it tells what changes.
    ``record`` names what a service's own records may fill it with; ``taken`` is what it takes from the library.
    """

    key: str
    title: str
    kind: Kind
    made: Distribution | Product | None
    origin: Origin
    source: str
    grade: int | None = None
    price_year: int | None = None
    level: int | None = None
    record: str | None = None
    taken: Taken | None = None


class Unknown(ValueError):
    """Inputs that nobody has filled in; names them, as none is ever taken as 0."""

    def __init__(self, blank: list[Input]) -> None:
        self.blank = tuple(blank)
        names = ", ".join(f"{each.title} ({each.key})" for each in blank)
        super().__init__(f"These inputs are not filled in, and none of them is taken as 0: {names}")


@dataclass(frozen=True, slots=True)
class Library:
    """What scenarios refer to: discount schedules by key, prices, optimism by grade, and unit costs by code."""

    schedules: Mapping[str, Schedule]
    deflator: Deflator
    optimism: Optimism
    costs: Mapping[str, UnitCost]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario; money is in prices of ``price_year``, and year 0 is ``first_year``."""

    key: str
    title: str
    question: str
    version: int
    first_year: int
    years: int
    price_year: int
    discounting: str
    rule: str
    inputs: Mapping[str, Input]
    outcomes: tuple[Outcome, ...]
    costs: tuple[Cost, ...]
    ranks: tuple[Ranks, ...]
    starts: tuple[float, ...]
    each: Mapping[str, str]
    """Inputs of which one is told the cost, by what one of them is called: family, contact, carer who is better off."""

    @property
    def counted(self) -> frozenset[str]:
        """The names of the inputs on which the answer rests; the others only tell for how many it is."""
        named = [getattr(outcome, field) for outcome in self.outcomes for field in TAKEN_IN]
        named += [name for cost in self.costs for name in (cost.amount, cost.per)]
        return frozenset(each.key for each in self.evidence(*named))

    @property
    def blank(self) -> list[Input]:
        """The inputs on which the answer rests, and which are still to be filled in."""
        counted = self.counted
        return [each for each in self.inputs.values() if each.made is None and each.key in counted]

    def case(self, library: Library) -> Case:
        """Return the case, its prices and its optimism worked in; raise :class:`Unknown` while an input is blank.

        What the answer does not rest on is left out of it while that is not known.
        """
        if blank := self.blank:
            raise Unknown(blank)
        made = {key: each.made for key, each in self.inputs.items() if each.made is not None}
        for key in list(made):
            if any(part.made is None for part in self.evidence(key)):
                del made[key]
        return Case(
            years=self.years,
            schedule=library.schedules[self.discounting],
            inputs=made,
            outcomes=tuple(self._priced(outcome, library) for outcome in self.outcomes),
            costs=tuple(self._costed(cost, library) for cost in self.costs),
            starts=self.starts,
        )

    def _priced(self, outcome: Outcome, library: Library) -> Outcome:
        grades = self._grades(*(getattr(outcome, name) for name in GRADED))
        bias = library.optimism.on_benefit(grades, self.rule)
        return replace(outcome, price=self._price(outcome.unit_value, library), optimism=bias)

    def _costed(self, cost: Cost, library: Library) -> Cost:
        bias = library.optimism.on_cost(self._grades(cost.amount), self.rule)
        return replace(cost, price=self._price(cost.amount, library), optimism=bias)

    def evidence(self, *names: str) -> list[Input]:
        """Return these inputs, and those that they are worked out from, each once."""
        found: dict[str, Input] = {}
        waiting = [name for name in names if name in self.inputs]
        while waiting:
            each = self.inputs[waiting.pop()]
            found[each.key] = each
            if isinstance(each.made, Product):
                waiting += each.made.of
        return list(found.values())

    def _grades(self, *names: str) -> list[int]:
        return [each.grade for each in self.evidence(*names) if each.grade is not None]

    def _price(self, name: str, library: Library) -> float:
        """What brings an amount to the price year of the case; of a product, what brings its parts there."""
        each = self.inputs[name]
        if isinstance(each.made, Product):
            return prod(self._price(part, library) for part in each.made.of)
        return 1.0 if each.price_year is None else library.deflator.factor(each.price_year, to=self.price_year)

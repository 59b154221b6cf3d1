"""Reading from its TOML file what is asked about children's stays; what is blank or wrong is told by line and key."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from alongside.calc.data_table import Table, WrongKey
from alongside.calc.economics.distributions import Distribution
from alongside.calc.economics.model import Product
from alongside.calc.economics.rates import Missing, Order, Rate, missing, rate_for, read_rates
from alongside.calc.economics.scenario import Input, Kind, Library
from alongside.calc.economics.scenario_input import price_year_of, read_input
from alongside.calc.economics.staying import GROWN_UP
from alongside.calc.economics.toml_text import reading

MOST_GROUPS = 200
MOST_CHILDREN = 1_000_000
KINDS = {
    "effect": Kind.NUMBER,
    "support": Kind.POUNDS,
    "kinship": Kind.POUNDS,
    "care": Kind.POUNDS,
    "parents": Kind.POUNDS,
}
"""The inputs that are needed: what support does to the rate of disruption, its cost, and a year in each home."""
LIFETIME = "lifetime"


class Blank(ValueError):
    """What nobody has filled in: inputs and rates, none of which is ever taken as 0."""

    def __init__(self, inputs: Sequence[Input], rates: Sequence[Missing]) -> None:
        names = [f"{each.title} ({each.key})" for each in inputs] + [f"rate of {each}" for each in rates]
        super().__init__(f"These are not filled in, and none of them is taken as 0: {', '.join(names)}")
        self.inputs, self.rates = tuple(inputs), tuple(rates)


class Group(NamedTuple):
    """So many children of an age who live with a kinship carer on one footing."""

    order: Order
    age: int
    number: int


@dataclass(frozen=True, slots=True)
class Question:
    """Children who would be supported, and all that is known of where they would live.

    ``lasts`` is the years for which support changes the rate of disruption. ``rates`` are one's own before those of the
    program. Money is in prices of ``price_year``.
    """

    key: str
    title: str
    question: str
    price_year: int
    discounting: str
    lasts: float
    groups: tuple[Group, ...]
    inputs: dict[str, Input] = field(hash=False)
    rates: tuple[Rate, ...]

    @property
    def children(self) -> int:
        """How many children there are."""
        return sum(group.number for group in self.groups)

    def check(self) -> None:
        """Raise :class:`Blank` unless everything is filled in."""
        inputs = [each for each in self.inputs.values() if each.made is None]
        rates = list(missing(self.rates, ((group.order, group.age) for group in self.groups)))
        if inputs or rates:
            raise Blank(inputs, rates)

    def used(self) -> list[Rate]:
        """Return the rates that tell of these children, each once."""
        found: dict[str, Rate] = {}
        for group in self.groups:
            for age in range(group.age, GROWN_UP):
                for rate in self.rates_at(group.order, age):
                    found[rate.said.key] = rate
        return [found[key] for key in sorted(found)]

    def rates_at(self, order: Order, age: int) -> list[Rate]:
        """Return the rate of each move of a child of that order and age."""
        moves = {rate.move for rate in self.rates}
        told = [rate_for(self.rates, move, order, age) for move in sorted(moves)]
        return [rate for rate in told if rate is not None]


def read_staying(text: str, library: Library, known: tuple[Rate, ...]) -> Question:
    """Return what a TOML text asks, with the program's rates where it gives none; raise ``WrongScenario`` by line."""
    with reading(text) as top:
        return _read(top, library, known)


def _read(top: Table, library: Library, known: tuple[Rate, ...]) -> Question:
    schedule = top.text("discounting")
    if schedule not in library.schedules:
        raise WrongKey("discounting", f"must be one of {', '.join(library.schedules)}, not {schedule!r}")
    lasts = top.number("lasts")
    if not 0 < lasts <= GROWN_UP:
        raise WrongKey("lasts", f"must be years, more than 0 and at most {GROWN_UP}, not {lasts:g}")
    found = Question(
        key=top.key("key"),
        title=top.text("title"),
        question=top.text("question"),
        price_year=price_year_of(top, library),
        discounting=schedule,
        lasts=lasts,
        groups=_groups(top),
        inputs=_inputs(top.table("inputs"), library),
        rates=read_rates(top.tables_if_any("rates"), library, prefix="own-") + known,
    )
    top.refuse_the_rest()
    return found


def _groups(top: Table) -> tuple[Group, ...]:
    tables = top.tables("children")
    if len(tables) > MOST_GROUPS:
        raise WrongKey("children", f"must be at most {MOST_GROUPS} groups")
    groups = tuple(_group(table) for table in tables)
    if sum(group.number for group in groups) > MOST_CHILDREN:
        raise WrongKey("children", f"must be at most {MOST_CHILDREN:,} in all")
    return groups


def _group(table: Table) -> Group:
    order, age, number = table.one_of("order", Order), table.take("age", int), table.take("number", int)
    table.refuse_the_rest()
    if not 0 <= age < GROWN_UP:
        raise WrongKey(table.at("age"), f"must be from 0 to {GROWN_UP - 1}, not {age}")
    if number < 1:
        raise WrongKey(table.at("number"), f"must be a child at least, not {number}")
    return Group(order, age, number)


def _inputs(table: Table, library: Library) -> dict[str, Input]:
    found = {}
    kinds = KINDS | ({LIFETIME: Kind.POUNDS} if table.has(LIFETIME) else {})
    for key, kind in kinds.items():
        each = read_input(key, table.table(key), library)
        where = f"inputs.{key}"
        if each.kind is not kind:
            raise WrongKey(f"{where}.kind", f"must be {kind}")
        if isinstance(each.made, Product):
            raise WrongKey(f"{where}.product", "is not for this question: say one number or a distribution")
        if key == "effect" and isinstance(each.made, Distribution) and each.made.ends()[0] < 0:
            raise WrongKey(where, "must not go below 0: it is a rate over a rate, 1 where support changes nothing")
        if key in ("effect", LIFETIME) and each.made is not None and each.level is None:
            raise WrongKey(f"{where}.level", "is missing: how good the design is that found it, from 1 to 5")
        found[key] = each
    table.refuse_the_rest()
    return found

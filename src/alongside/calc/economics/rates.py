"""How often children move between homes, as somebody counted it, and what that means for a year."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from alongside.calc.data_table import Table, WrongKey
from alongside.calc.economics.scenario import Input, Kind, Library
from alongside.calc.economics.scenario_input import read_input
from alongside.calc.economics.staying import GROWN_UP, STATES
from alongside.calc.outcomes.values import Floats

LONGEST = 18
SURE = 1 - 1e-9
"""A share of 1 leaves no rate that could be worked with."""


class Move(StrEnum):
    """From where to where a child moves."""

    DISRUPTION = "kinship-care"
    HOME = "kinship-parents"
    CARE_HOME = "care-parents"
    CARE_KINSHIP = "care-kinship"
    BACK = "parents-care"
    PARENTS_KINSHIP = "parents-kinship"

    @property
    def places(self) -> tuple[int, int]:
        """Row and column of the move among the states."""
        start, end = self.split("-")
        return STATES.index(start), STATES.index(end)


class Order(StrEnum):
    """On what footing a child lives with a kinship carer."""

    INFORMAL = "informal"
    PRIVATE_FOSTERING = "private_fostering"
    CONNECTED_FOSTER = "connected_foster"
    CHILD_ARRANGEMENTS = "child_arrangements"
    SPECIAL_GUARDIANSHIP = "special_guardianship"


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of children who make a move in so many years: of one order or all, at ages from ``ages[0]`` to below [1].

    Who says so, and how good that is, stands with the input; ``checked`` is the day on which it was last looked at.
    """

    move: Move
    order: Order | None
    ages: tuple[int, int]
    over: float
    said: Input
    published: str = ""
    checked: date | None = None
    licence: str = ""
    note: str = ""

    def covers(self, move: Move, order: Order, age: int) -> bool:
        """Whether it tells of a child of that order and age."""
        return move is self.move and self.order in (None, order) and self.ages[0] <= age < self.ages[1]


@dataclass(frozen=True, slots=True)
class Missing:
    """A move for which no rate is known, for children of an order and some ages."""

    move: Move
    order: Order
    ages: tuple[int, int]

    def __str__(self) -> str:
        who = self.order.replace("_", " ")
        return f"{self.move} for {who} at the ages {self.ages[0]} to {self.ages[1] - 1}"


def a_year(shares: Floats, over: float) -> Floats:
    """Return the hazard a year of a move that a share of children makes in so many: h = -ln(1 - p)/T.

    >>> round(float(a_year(np.array(0.057), 5)), 5)
    0.01174
    """
    found: Floats = -np.log1p(-np.minimum(shares, SURE)) / over
    return found


def rate_for(rates: Sequence[Rate], move: Move, order: Order, age: int) -> Rate | None:
    """Return the first rate that tells of such a child."""
    return next((each for each in rates if each.covers(move, order, age)), None)


def missing(rates: Sequence[Rate], children: Iterable[tuple[Order, int]]) -> Iterator[Missing]:
    """Yield the moves that children of these orders and ages may make and for which no rate is known."""
    youngest: dict[Order, int] = {}
    for order, age in children:
        youngest[order] = min(age, youngest.get(order, age))
    for order, least in youngest.items():
        for move in Move:
            blank = [age for age in range(least, GROWN_UP) if not _known(rate_for(rates, move, order, age))]
            if blank:
                yield Missing(move, order, (blank[0], blank[-1] + 1))


def _known(rate: Rate | None) -> bool:
    return rate is not None and rate.said.made is not None


def read_rates(tables: Iterable[Table], library: Library, *, prefix: str) -> tuple[Rate, ...]:
    """Return the rates of a data file or of somebody's own, those of one order first; raise ``WrongKey``."""
    found = [_read(table, library, f"{prefix}{number}") for number, table in enumerate(tables, 1)]
    return tuple(sorted(found, key=lambda rate: rate.order is None))


def _read(table: Table, library: Library, name: str) -> Rate:
    move = table.one_of("move", Move)
    order = table.one_of("order", Order) if table.has("order") else None
    if order is not None and not move.startswith("kinship-"):
        raise WrongKey(table.at("order"), "says on what footing a child lives with a kinship carer, not elsewhere")
    ages, over = _ages(table), table.number("over")
    if not 0 < over <= LONGEST:
        raise WrongKey(table.at("over"), f"must be years, more than 0 and at most {LONGEST}")
    published = table.text("published") if table.has("published") else ""
    checked = table.take("checked", date) if table.has("checked") else None
    licence = table.text("licence") if table.has("licence") else ""
    note = table.text("note") if table.has("note") else ""
    rest = {key: value for key, value in table.data.items() if key not in table.read}
    said = read_input(name, Table(rest, table.where), library)
    if said.kind is not Kind.SHARE:
        raise WrongKey(table.at("kind"), "must be share: of the children there are, those who make the move")
    return Rate(move, order, ages, over, said, published, checked, licence, note)


def _ages(table: Table) -> tuple[int, int]:
    """The age from which a rate holds and the one below which it does; all ages where none are said."""
    if not table.has("ages"):
        return 0, GROWN_UP
    said = table.take("ages", list)
    if len(said) != 2 or not all(isinstance(age, int) for age in said) or not 0 <= said[0] <= said[1] < GROWN_UP:
        raise WrongKey(table.at("ages"), "must be the first and the last age, such as [5, 9], from 0 to 17")
    return said[0], said[1] + 1

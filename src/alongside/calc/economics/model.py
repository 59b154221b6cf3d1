"""The case itself: who is reached, what changes for them, what that is worth and what it takes, year by year.

After HM Treasury, "Supporting public service transformation" (2014, ISBN 978-1-909790-72-8), as Greater Manchester's
cost-benefit model works it out. The formulae stand in ``docs/methods/economics.md``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

import numpy as np

from alongside.calc.economics.discounting import Schedule, lasting
from alongside.calc.economics.distributions import Distribution
from alongside.calc.outcomes.values import Floats

Drawn = Mapping[str, Floats]
"""The value of each input, by its name: one number each, or one a draw."""


class Value(StrEnum):
    """To whom a benefit is worth something; never added up without saying so."""

    FISCAL = "fiscal"
    """Money that a public body does not have to spend, or gets."""
    ECONOMIC = "economic"
    """Earnings and output of people and firms."""
    SOCIAL = "social"
    """Well-being and health, valued in money."""


class Circular(ValueError):
    """Inputs that are worked out from one another in a circle; names them in order."""

    def __init__(self, names: list[str]) -> None:
        self.names = tuple(names)
        super().__init__("these inputs are worked out from one another in a circle: " + " → ".join(names))


@dataclass(frozen=True, slots=True)
class Product:
    """An input that is others multiplied, such as families times children in a family."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that happens less, or more, often. The fields ``engaged`` to ``drop_off`` name inputs.

    ``population`` · ``affected`` · ``engaged`` · ``retained`` · ``impact`` is how many change; (1 - ``deadweight``) of
    them would not have anyway, (1 - ``attribution``) do not owe it to others and (1 - ``displacement``) do not push it
    on somebody else. ``unit_value`` is pounds a year for one of them, times ``price``, which brings it to the case's
    price year, and 1 + ``optimism``. It starts ``lag`` years after they do, loses ``drop_off`` of itself each year, and
    lasts ``duration`` years. ``agencies`` say who gains which share; ``cashable`` is what share can leave a budget.
    """

    key: str
    title: str
    value: Value
    agencies: Mapping[str, float]
    population: str
    affected: str
    engaged: str
    retained: str
    impact: str
    deadweight: str
    unit_value: str
    attribution: str = "none"
    displacement: str = "none"
    drop_off: str = "none"
    lag: int = 0
    duration: float = 1
    cashable: float = 0
    price: float = 1
    optimism: float = 0


@dataclass(frozen=True, slots=True)
class Cost:
    """What it takes: ``amount`` pounds a year for each of ``per``, both names of inputs, in some years."""

    key: str
    title: str
    agency: str
    amount: str
    per: str = "one"
    first_year: int = 0
    years: int = 1
    price: float = 1
    optimism: float = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A whole case: its inputs and what is made of them.

    ``starts`` is the share of the population that begins in each year; it adds up to 1. ``inputs`` named ``one`` and
    ``none`` are always there, 1 and 0.
    """

    years: int
    schedule: Schedule
    inputs: Mapping[str, Distribution | Product]
    outcomes: tuple[Outcome, ...]
    costs: tuple[Cost, ...]
    starts: tuple[float, ...] = (1.0,)
    factors: Floats = field(init=False, repr=False, compare=False)
    products: Mapping[str, Product] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "factors", self.schedule.factors(self.years))
        object.__setattr__(self, "products", in_order(self.inputs))

    @property
    def drawn(self) -> dict[str, Distribution]:
        """The inputs that are drawn, not worked out."""
        return {name: made for name, made in self.inputs.items() if not isinstance(made, Product)}

    def complete(self, drawn: Mapping[str, Floats]) -> dict[str, Floats]:
        """Return the drawn inputs with those that are worked out from them."""
        whole = {"one": number(1), "none": number(0), **drawn}
        for name, product in self.products.items():
            whole[name] = reduce(np.multiply, [whole[each] for each in product.of])
        return whole

    def means(self) -> dict[str, Floats]:
        """Return each input at its expected value."""
        return self.complete({name: number(made.mean) for name, made in self.drawn.items()})


def number(value: float) -> Floats:
    """Return one number where draws may stand."""
    return np.asarray(value, dtype=np.float64)


def in_order(inputs: Mapping[str, Distribution | Product]) -> dict[str, Product]:
    """Return the inputs that are worked out, each after those that it needs; raise :class:`Circular`."""
    made = {name: each for name, each in inputs.items() if isinstance(each, Product)}
    try:
        order = TopologicalSorter({name: each.of for name, each in made.items()}).static_order()
        return {name: made[name] for name in order if name in made}
    except CycleError as error:
        raise Circular(error.args[1]) from error


class Worth(NamedTuple):
    """What a case comes to in money of now, pounds; one number each, or one a draw."""

    cost: Floats
    fiscal: Floats
    economic: Floats
    social: Floats
    cashable: Floats

    @property
    def public_value(self) -> Floats:
        """All benefits together."""
        return self.fiscal + self.economic + self.social

    @property
    def ratio(self) -> Floats:
        """Public-value benefit-cost ratio; NaN where nothing is spent."""
        return _over(self.public_value, self.cost)

    @property
    def fiscal_return(self) -> Floats:
        """Fiscal benefit for each pound spent; NaN where nothing is spent."""
        return _over(self.fiscal, self.cost)

    @property
    def budget_impact(self) -> Floats:
        """Net present budget impact: what public bodies are out of pocket; below 0 they gain."""
        return self.cost - self.fiscal

    @property
    def net(self) -> Floats:
        """Net present public value."""
        return self.public_value - self.cost


def worth(case: Case, drawn: Drawn) -> Worth:
    """Return what the case comes to with these inputs, already complete.

    For outcome o: N = P·a·e·r·i, net N·(1 - d)(1 - attribution)(1 - displacement), and
    PV = net · U · price · (1 + optimism) · Σ starts[s] Σ D[s + L + k](1 - δ)^k. A cost is
    Σ D[t] · amount · per · price · (1 + optimism).
    """
    sums = {value: number(0) for value in Value}
    cashable = number(0)
    for outcome in case.outcomes:
        present = people(outcome, drawn) * worth_of_one(case, outcome, drawn)
        sums[outcome.value] = sums[outcome.value] + present
        if outcome.value is Value.FISCAL and outcome.cashable:
            cashable = cashable + outcome.cashable * present
    cost = sum((paid_now(case, cost, drawn) for cost in case.costs), number(0))
    return Worth(cost, sums[Value.FISCAL], sums[Value.ECONOMIC], sums[Value.SOCIAL], cashable)


def people(outcome: Outcome, drawn: Drawn) -> Floats:
    """Return for how many something changes that would not have changed anyway."""
    gross = drawn[outcome.population] * drawn[outcome.affected] * drawn[outcome.engaged] * drawn[outcome.retained]
    lost = (drawn[name] for name in (outcome.deadweight, outcome.attribution, outcome.displacement))
    net = gross * drawn[outcome.impact]
    for share in lost:
        if np.ndim(share) or share:
            net = net * (1 - share)
    return net


def worth_of_one(case: Case, outcome: Outcome, drawn: Drawn) -> Floats:
    """Return what it is worth now that something changes for one more person, for as long as it lasts."""
    return _a_year(outcome, drawn) * _staying(case, outcome, drawn[outcome.drop_off])


def paid_now(case: Case, cost: Cost, drawn: Drawn) -> Floats:
    """Return what a cost comes to in money of now."""
    return _paid(cost, drawn) * float(case.factors[_years(case, cost)].sum())


def needed(case: Case, outcome: Outcome, drawn: Drawn, *, cost: float) -> float | None:
    """Return for how many people the outcome has to come about for it alone to pay a cost in money of now.

    Cost over the worth of one. With £40,000 for one care-year this is the seeds' break-even, ratio · cost of a family /
    40,000 a family. None where one is worth nothing.
    """
    one = float(worth_of_one(case, outcome, drawn))
    return cost / one if one > 0 else None


def _a_year(outcome: Outcome, drawn: Drawn) -> Floats:
    """What the outcome is worth for one in a year in which it is whole, in pounds of that year."""
    return drawn[outcome.unit_value] * (outcome.price * (1 + outcome.optimism))


def _staying(case: Case, outcome: Outcome, drop_off: Floats) -> Floats:
    """What £1 a year of this outcome is worth now, for those who start in each year."""
    weighted = np.zeros(case.years)
    for year, share in enumerate(case.starts):
        weighted[: case.years - year] += share * case.factors[year:]
    return lasting(drop_off, lag=outcome.lag, duration=outcome.duration, factors=weighted)


class Flow(NamedTuple):
    """Pounds of one year, not discounted: what an agency pays in costs, and gains by each kind of value."""

    year: int
    agency: str
    cost: float
    fiscal: float
    economic: float
    social: float


def flows(case: Case, drawn: Drawn) -> Iterator[Flow]:
    """Give each agency's costs and gains by year, with one number an input; what is nothing is left out."""
    table: dict[tuple[int, str], dict[str, float]] = {}
    for cost in case.costs:
        for year in range(case.years)[_years(case, cost)]:
            _add(table, year, cost.agency, "cost", float(_paid(cost, drawn)))
    for outcome in case.outcomes:
        whole, kept = float(people(outcome, drawn) * _a_year(outcome, drawn)), 1 - float(drawn[outcome.drop_off])
        for first, share in enumerate(case.starts):
            for k in range(case.years - first - outcome.lag):
                worth_then = whole * share * kept**k * min(max(outcome.duration - k, 0), 1)
                for agency, part in outcome.agencies.items():
                    _add(table, first + outcome.lag + k, agency, outcome.value.value, worth_then * part)
    for (year, agency), row in sorted(table.items()):
        yield Flow(year, agency, *(row.get(kind, 0.0) for kind in ("cost", *Value)))


def _add(table: dict[tuple[int, str], dict[str, float]], year: int, agency: str, kind: str, pounds: float) -> None:
    if pounds:
        row = table.setdefault((year, agency), {})
        row[kind] = row.get(kind, 0.0) + pounds


def payback(case: Case, drawn: Drawn) -> int | None:
    """Return the first year by whose end the fiscal benefit so far covers the cost so far, now; None if none does."""
    balance = np.zeros(case.years)
    for flow in flows(case, drawn):
        balance[flow.year] += flow.fiscal - flow.cost
    covered = np.flatnonzero(np.cumsum(balance * case.factors) >= 0)
    return int(covered[0]) if covered.size else None


def _paid(cost: Cost, drawn: Drawn) -> Floats:
    return drawn[cost.amount] * drawn[cost.per] * (cost.price * (1 + cost.optimism))


def _years(case: Case, cost: Cost) -> slice:
    return slice(cost.first_year, min(case.years, cost.first_year + cost.years))


def _over(gain: Floats, cost: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.where(np.asarray(cost) > 0, np.divide(gain, cost), np.nan)

"""The sheets of what changes and what it takes: outcomes step by step, costs, and how long an outcome lasts."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from alongside.calc.economics.model import Case, Cost, Outcome
from alongside.insight.economics.spreadsheet.cells import Cell, Look, Page, span
from alongside.insight.economics.spreadsheet.given import Inputs

REACHED = ("population", "affected", "engaged", "retained", "impact")
LOST = {
    "deadweight": "Deadweight: would have come anyway",
    "attribution": "Attribution: owed to others",
    "displacement": "Displacement: pushed on somebody else",
}


class Changed(NamedTuple):
    """Where an outcome's steps stand."""

    outcome: Outcome
    kind: Cell
    people: Cell
    of_one: Cell
    of_all: Cell
    lag: Cell
    duration: Cell
    drop_off: Cell
    cashable: Cell


class Taken(NamedTuple):
    """Where a cost's steps stand."""

    cost: Cost
    agency: Cell
    a_year: Cell
    first_year: Cell
    years: Cell


def write_outcomes(page: Page, case: Case, inputs: Inputs, added: Mapping[str, Cell]) -> list[Changed]:
    """Write each outcome's steps below one another, a column an outcome."""
    page.heads("Step", "How it is worked out", *(each.title for each in case.outcomes), freeze=True)
    top = page.row
    return [
        _write_outcome(page, top, column, each, inputs, added[f"outcome {each.key}"])
        for column, each in enumerate(case.outcomes, 2)
    ]


def _write_outcome(page: Page, top: int, column: int, outcome: Outcome, inputs: Inputs, added: Cell) -> Changed:
    steps = _Steps(page, top, column)
    kind = steps.given("Kind of value", "fiscal, economic or social (change this)", outcome.value.value)
    reached = [
        steps.read(name.capitalize(), inputs.values[at], inputs.looks[at])
        for name, at in ((name, getattr(outcome, name)) for name in REACHED)
    ]
    gross = steps.step("People for whom it changes", "population · affected · engaged · retained · impact",
                       "*".join(each.at for each in reached), _product(reached), Look.PEOPLE)  # fmt: skip
    lost = [steps.read(title, inputs.values[getattr(outcome, name)], Look.SHARE) for name, title in LOST.items()]
    net = gross.number
    for each in lost:
        net *= 1 - each.number
    formula = "*".join([gross.at, *(f"(1-{each.at})" for each in lost)])
    people = steps.step("Because of the service", "people · (1 − deadweight)(1 − attribution)(1 − displacement)",
                        formula, net, Look.PEOPLE)  # fmt: skip
    unit = steps.read("Worth of one, a year, as stated", inputs.values[outcome.unit_value], Look.POUNDS)
    price = steps.read("£1 of then, in prices of the case", _price_of(outcome.unit_value, inputs), Look.FACTOR)
    bias = steps.read("Optimism: added for the evidence", added, Look.SHARE)
    worth, formula = unit.number * price.number * (1 + bias.number), f"{unit.at}*{price.at}*(1+{bias.at})"
    of_one = steps.step(
        "Worth of one in a whole year", "as stated · price · (1 + optimism)", formula, worth, Look.POUNDS
    )
    of_all = steps.step("Worth of all in a whole year", "because of the service · worth of one",
                        f"{people.at}*{of_one.at}", people.number * of_one.number, Look.POUNDS)  # fmt: skip
    lag = steps.given("Lag", "years before it starts (change this)", outcome.lag)
    duration = steps.given("Duration", "years that it lasts (change this)", outcome.duration)
    drop_off = steps.read("Drop-off, each year", inputs.values[outcome.drop_off], Look.SHARE)
    cashable = steps.given("Cashable share", "of a fiscal benefit (change this)", outcome.cashable, Look.SHARE)
    return Changed(outcome, kind, people, of_one, of_all, lag, duration, drop_off, cashable)


class _Steps:
    """One column of steps; the first column of all names them."""

    def __init__(self, page: Page, top: int, column: int) -> None:
        self.page, self.column = page, column
        page.row = top - 1

    def given(self, title: str, how: str, value: float | str, look: Look = Look.PLAIN) -> Cell:
        self._name(title, how)
        return self.page.given(self.column, value, look)

    def read(self, title: str, cell: Cell, look: Look) -> Cell:
        return self.step(title, "an input" if "!" not in cell.at else "from its own sheet", cell.at, cell.value, look)

    def step(self, title: str, how: str, formula: str, value: float | str, look: Look) -> Cell:
        self._name(title, how)
        return self.page.formula(self.column, formula, value, look)

    def _name(self, title: str, how: str) -> None:
        self.page.row += 1
        if self.column == 2:
            self.page.words(0, title)
            self.page.words(1, how)


def _product(cells: Sequence[Cell]) -> float:
    found = 1.0
    for each in cells:
        found *= each.number
    return found


def _price_of(name: str, inputs: Inputs) -> Cell:
    return inputs.prices.get(name, Cell("1", 1.0))


def write_costs(page: Page, case: Case, inputs: Inputs, added: Mapping[str, Cell]) -> list[Taken]:
    """Write what each cost comes to in a year."""
    page.heads(
        "Cost", "Who pays (change this)", "Amount, as stated", "For each of", "£1 of then, in prices of the case",
        "Optimism: added for the evidence", "A year", "First year, from 0 (change this)", "Years (change this)",
        freeze=True,
    )  # fmt: skip
    found = []
    for each in case.costs:
        page.words(0, each.title)
        agency = page.given(1, each.agency)
        parts = (
            inputs.values[each.amount],
            inputs.values[each.per],
            _price_of(each.amount, inputs),
            added[f"cost {each.key}"],
        )
        looks = Look.POUNDS, Look.NUMBER, Look.FACTOR, Look.SHARE
        cells = [
            page.formula(column, part.at, part.value, look)
            for column, (part, look) in enumerate(zip(parts, looks, strict=True), 2)
        ]
        amount, per, price, bias = cells
        a_year = amount.number * per.number * price.number * (1 + bias.number)
        paid = page.formula(6, f"{amount.at}*{per.at}*{price.at}*(1+{bias.at})", a_year, Look.POUNDS)
        found.append(Taken(each, agency, paid, page.given(7, each.first_year), page.given(8, each.years)))
        page.row += 1
    return found


def write_lasting(page: Page, case: Case, changed: Sequence[Changed]) -> list[list[Cell]]:
    """Write how much of each outcome there is in each year; give that, a row an outcome."""
    heads = [f"Year {year}" for year in range(case.years)]
    page.heads("How many begin", *heads[: len(case.starts)])
    page.words(0, "Share of families who begin in the year (change this)")
    starts = [page.given(column, share, Look.SHARE) for column, share in enumerate(case.starts, 1)]
    page.row += 1
    page.section("How much there is of an outcome, by years since a family began")
    page.heads("Outcome", *heads)
    since = [_write_since(page, case, each) for each in changed]
    page.section("How much there is of it by year of the case, whoever began when")
    page.heads("Outcome", *heads)
    found = []
    for each, row in zip(changed, since, strict=True):
        page.words(0, each.outcome.title)
        by_year = []
        for year in range(case.years):
            terms = [(share, row[year - first]) for first, share in enumerate(starts) if first <= year]
            formula = "+".join(f"{share.at}*{there.at}" for share, there in terms)
            there = sum(share.number * there.number for share, there in terms)
            by_year.append(page.formula(1 + year, formula, there, Look.FACTOR))
        found.append(by_year)
        page.row += 1
    return found


def _write_since(page: Page, case: Case, each: Changed) -> list[Cell]:
    """One outcome: nothing before its lag; then what is left of it, and of a year in its last."""
    page.words(0, each.outcome.title)
    found, kept = [], 1 - each.drop_off.number
    for year in range(case.years):
        k = year - each.outcome.lag
        there = min(max(each.outcome.duration - k, 0), 1) * kept**k if k >= 0 else 0.0
        since = f"({year}-{each.lag.at})"
        # Nothing to the power of nothing is no number to a spreadsheet, so the first year stands apart.
        left = f"IF({since}=0,1,(1-{each.drop_off.at})^{since})"
        formula = f"IF({since}<0,0,MIN(MAX({each.duration.at}-{since},0),1)*{left})"
        found.append(page.formula(1 + year, formula, there, Look.FACTOR))
    page.row += 1
    return found


def over(cells: Sequence[Cell], others: Sequence[Cell]) -> tuple[str, float]:
    """Give the formula of two ranges multiplied cell by cell and added up, and what it comes to."""
    total = sum(one.number * other.number for one, other in zip(cells, others, strict=True))
    return f"SUMPRODUCT({span(cells)},{span(others)})", total

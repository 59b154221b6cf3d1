"""The sheet of results: each worked out from the sheets before it, beside what the program says."""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import NamedTuple

from alongside.calc.economics.model import Case, Value
from alongside.calc.economics.scenario import Scenario
from alongside.insight.economics.results import Expected
from alongside.insight.economics.spreadsheet.by_year import PENNY, SAME, Years, same
from alongside.insight.economics.spreadsheet.cells import Cell, Look, Page, span
from alongside.insight.economics.spreadsheet.given import Inputs
from alongside.insight.economics.spreadsheet.worked import Changed

NO_COST, NEVER, NOBODY, WORTHLESS = "nothing is spent", "never", "there are none", "no number does"
CLOSE = 0.0000005


class Told(NamedTuple):
    """Where the headline figures stand."""

    cost: Cell
    public_value: Cell
    net: Cell
    ratio: Cell


class Results:
    """The rows of results, each with its check."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.heads("Figure", "This workbook", "The program", "The same?", "How it is worked out", freeze=True)

    def row(self, title: str, formula: str, says: float | str, how: str, look: Look = Look.POUNDS) -> Cell:
        """Write a figure, what the program says, and whether they are the same."""
        self.page.words(0, title)
        here = self.page.formula(1, formula, says, look)
        beside = self.page.words(2, says) if isinstance(says, str) else self.page.fixed(2, says, look)
        money = look is Look.POUNDS
        words = SAME if money else "the same"
        self.page.formula(3, same(here, beside, PENNY if money else CLOSE, words), words)
        self.page.words(4, how)
        self.page.row += 1
        return here


def write_results(
    page: Page, scenario: Scenario, case: Case, says: Expected, years: Years, changed: Sequence[Changed], inputs: Inputs
) -> Told:
    """Write what the case comes to."""
    rows = Results(page)
    told = _write_whole(rows, says, years, changed)
    _write_payback(rows, case, says, years)
    known = {name: of for name, of in scenario.each.items() if of in inputs.values}
    for name, of in known.items():
        count = inputs.values[of].at
        spent = says.each[name]
        rows.row(f"Cost of one {name}", f'IF({count}>0,{told.cost.at}/{count},"{NOBODY}")',
                 NOBODY if spent is None else spent, "cost over how many there are")  # fmt: skip
    page.section("Outcome by outcome")
    page.heads("Figure", "This workbook", "The program", "The same?", "How it is worked out")
    for each, staying in zip(changed, years.staying, strict=True):
        reached, needed = says.people[each.outcome.key], says.needed[each.outcome.key]
        title = each.outcome.title
        rows.row(f"{title}: because of the service", each.people.at, reached, "from Outcomes", Look.PEOPLE)
        one = f"({each.of_one.at}*{staying.at})"
        rows.row(f"{title}: needed for it alone to pay", f'IF({one}>0,{told.cost.at}/{one},"{WORTHLESS}")',
                 WORTHLESS if needed is None else needed,
                 "break-even: cost over what one is worth for as long as it lasts", Look.PEOPLE)  # fmt: skip
    return told


def _write_whole(rows: Results, says: Expected, years: Years, changed: Sequence[Changed]) -> Told:
    now: Mapping[str, Cell] = {name: line.now for name, line in years.totals.items()}
    cost = rows.row("Cost", now["cost"].at, says.cost, "costs by year, as they are worth in year 0")
    kinds = [
        rows.row(f"{value.value.capitalize()} benefits", now[value.value].at, getattr(says, value.value),
                 "benefits by year, as they are worth in year 0")
        for value in Value
    ]  # fmt: skip
    fiscal, public = kinds[0], sum(each.number for each in kinds)
    value = rows.row("Public value", "+".join(each.at for each in kinds), public, "fiscal + economic + social")
    net = rows.row("Net public value", f"{value.at}-{cost.at}", says.net, "public value less cost")
    ratio = _write_return(rows, "Public value", value, cost, says.ratio)
    _write_return(rows, "Fiscal return", fiscal, cost, says.fiscal_return)
    rows.row("Net budget impact", f"{cost.at}-{fiscal.at}", says.budget_impact,
             "cost less fiscal benefits: below 0, public bodies gain")  # fmt: skip
    cashed = "+".join(
        f'IF({kind.at}="fiscal",{line.now.at}*{each.cashable.at},0)'
        for kind, line, each in zip(years.kinds, years.benefits, changed, strict=True)
    )
    rows.row("Cashable", cashed, says.cashable, "the part of fiscal benefits that can leave a budget")
    return Told(cost, value, net, ratio)


def _write_payback(rows: Results, case: Case, says: Expected, years: Years) -> None:
    covered = span(years.covered)
    formula = f'IF(SUM({covered})=0,"{NEVER}",MATCH(1,{covered},0)-1)'
    rows.row("Pays back in year", formula, NEVER if says.payback is None else says.payback,
             f"the first year, from 0 to {case.years - 1}, by whose end fiscal benefits so far cover costs so far",
             Look.YEAR)  # fmt: skip


def _write_return(rows: Results, title: str, gain: Cell, cost: Cell, says: float) -> Cell:
    formula = f'IF({cost.at}>0,{gain.at}/{cost.at},"{NO_COST}")'
    told = NO_COST if isnan(says) else says
    return rows.row(f"{title} for each £1 spent", formula, told, "what is gained over cost", Look.FACTOR)

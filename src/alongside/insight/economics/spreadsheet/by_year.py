"""The sheets of when and to whom: benefits and costs by year, and each agency's part in them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from alongside.calc.economics.model import Case, Flow, Value
from alongside.insight.economics.spreadsheet.cells import Cell, Look, Page, span
from alongside.insight.economics.spreadsheet.worked import Changed, Taken, over

FIRST = 4
"""The column of year 0; before it stand the title, what kind or whose, a whole year, and what it is worth now."""
SAME = "same to the penny"
PENNY = 0.005


class Line(NamedTuple):
    """A row by year, and what it comes to now."""

    now: Cell
    years: Sequence[Cell]


class Years(NamedTuple):
    """Where the rows by year stand."""

    factors: Sequence[Cell]
    staying: Sequence[Cell]
    kinds: Sequence[Cell]
    benefits: Sequence[Line]
    agencies: Sequence[Cell]
    costs: Sequence[Line]
    totals: Mapping[str, Line]
    covered: Sequence[Cell]


def write_years(
    page: Page, case: Case, changed: Sequence[Changed], taken: Sequence[Taken],
    lasting: Sequence[Sequence[Cell]], discount: Sequence[Cell],
) -> Years:  # fmt: skip
    """Write benefits and costs by year, what they come to together, and when they pay back."""
    heads = [f"Year {year}" for year in range(case.years)]
    page.heads("Discounting", "", "", "", *heads)
    page.words(0, "What £1 of the year is worth in year 0")
    factors = [page.formula(FIRST + year, each.at, each.value, Look.FACTOR) for year, each in enumerate(discount)]
    page.row += 1
    page.section("Benefits by year: worth of all in a whole year · how much there is of it")
    page.heads("Outcome", "Kind of value", "In a whole year", "Worth now", *heads)
    kinds, benefits, staying = [], [], []
    for each, there in zip(changed, lasting, strict=True):
        page.words(0, each.outcome.title)
        kinds.append(page.formula(1, each.kind.at, each.kind.value))
        whole = page.formula(2, each.of_all.at, each.of_all.value, Look.POUNDS)
        amounts = [(f"{whole.at}*{cell.at}", whole.number * cell.number) for cell in there]
        benefits.append(_line(page, amounts, factors))
        page.row += 1
    page.section("What £1 a year of an outcome is worth now, for as long as it lasts")
    page.heads("Outcome", "", "", "Worth now")
    for each, there in zip(changed, lasting, strict=True):
        page.words(0, each.outcome.title)
        staying.append(page.formula(3, *over(there, factors), Look.FACTOR))
        page.row += 1
    agencies, costs = _write_costs(page, heads, case, taken, factors)
    totals = _write_totals(page, heads, kinds, benefits, costs, factors)
    covered = _write_cover(page, heads, totals, factors)
    return Years(factors, staying, kinds, benefits, agencies, costs, totals, covered)


def _line(page: Page, amounts: Sequence[tuple[str, float]], factors: Sequence[Cell], *, total: bool = False) -> Line:
    """Amounts by year, and before them what they are worth now."""
    cells = [
        page.formula(FIRST + year, formula, value, Look.POUNDS, total=total)
        for year, (formula, value) in enumerate(amounts)
    ]
    return Line(page.formula(FIRST - 1, *over(cells, factors), Look.POUNDS, total=total), cells)


def _write_costs(
    page: Page, heads: Sequence[str], case: Case, taken: Sequence[Taken], factors: Sequence[Cell]
) -> tuple[list[Cell], list[Line]]:
    page.section("Costs by year")
    page.heads("Cost", "Who pays", "In a year", "Worth now", *heads)
    agencies, costs = [], []
    for each in taken:
        page.words(0, each.cost.title)
        agencies.append(page.formula(1, each.agency.at, each.agency.value))
        paid = page.formula(2, each.a_year.at, each.a_year.value, Look.POUNDS)
        last = f"{each.first_year.at}+{each.years.at}"
        amounts = []
        for year in range(case.years):
            due = each.cost.first_year <= year < each.cost.first_year + each.cost.years
            formula = f"IF(AND({year}>={each.first_year.at},{year}<{last}),{paid.at},0)"
            amounts.append((formula, paid.number if due else 0.0))
        costs.append(_line(page, amounts, factors))
        page.row += 1
    return agencies, costs


def _write_totals(
    page: Page, heads: Sequence[str], kinds: Sequence[Cell], benefits: Sequence[Line], costs: Sequence[Line],
    factors: Sequence[Cell],
) -> dict[str, Line]:  # fmt: skip
    page.section("Together")
    page.heads("What", "", "", "Worth now", *heads)
    found = {}
    for value in Value:
        page.words(0, f"{value.value.capitalize()} benefits", page.looks.strong)
        amounts = []
        for year in range(len(factors)):
            cells = [line.years[year] for line in benefits]
            told = sum(cell.number for cell, kind in zip(cells, kinds, strict=True) if kind.value == value.value)
            amounts.append((f'SUMPRODUCT(({span(kinds)}="{value.value}")*{span(cells)})', told))
        found[value.value] = _line(page, amounts, factors, total=True)
        page.row += 1
    page.words(0, "Costs", page.looks.strong)
    by_year = [[line.years[year] for line in costs] for year in range(len(factors))]
    paid = [(f"SUM({span(cells)})", sum(cell.number for cell in cells)) for cells in by_year]
    found["cost"] = _line(page, paid, factors, total=True)
    page.row += 1
    return found


def _write_cover(page: Page, heads: Sequence[str], totals: Mapping[str, Line], factors: Sequence[Cell]) -> list[Cell]:
    """When fiscal benefits cover the costs, both as they are worth now."""
    page.section("When it pays back: fiscal benefits less costs, as they are worth in year 0")
    page.heads("What", "", "", "", *heads)
    titles = ("In the year", "So far", "Are the costs so far covered? (1 is yes)")
    top, before = page.row, 0.0
    for below, title in enumerate(titles):
        page.sheet.write_string(top + below, 0, title, page.looks.text)
    covered, so_far = [], "0"
    columns = zip(totals["fiscal"].years, totals["cost"].years, factors, strict=True)
    for year, (gained, paid, factor) in enumerate(columns):
        page.row = top
        net = (gained.number - paid.number) * factor.number
        here = page.formula(FIRST + year, f"({gained.at}-{paid.at})*{factor.at}", net, Look.POUNDS)
        page.row, before = top + 1, before + net
        so_far = page.formula(FIRST + year, f"{so_far}+{here.at}", before, Look.POUNDS).at
        page.row = top + 2
        covered.append(page.formula(FIRST + year, f"IF({so_far}>=0,1,0)", int(before >= 0)))
    page.row = top + len(titles)
    return covered


def write_agencies(page: Page, case: Case, years: Years, changed: Sequence[Changed], told: Sequence[Flow]) -> None:
    """Write who gains which share, then each agency's costs and gains by year beside what the program says."""
    agencies = list(dict.fromkeys([
        *(cost.agency for cost in case.costs), *(name for outcome in case.outcomes for name in outcome.agencies)
    ]))  # fmt: skip
    shares = _write_shares(page, agencies, changed)
    page.section("Each agency by year, in pounds of the year, not discounted")
    heads = [f"Year {year}" for year in range(case.years)]
    page.heads("Agency", "What", "The program: worth now", "Worth now", *heads, "The same?")
    for agency in agencies:
        own = {flow.year: flow for flow in told if flow.agency == agency}
        _write_agency(page, case, years, agency, shares[agency], own)


def _write_shares(page: Page, agencies: Sequence[str], changed: Sequence[Changed]) -> dict[str, list[Cell]]:
    page.heads("Who gains which share of an outcome", *(f"{each} (change this)" for each in agencies), "Together")
    shares: dict[str, list[Cell]] = {each: [] for each in agencies}
    for each in changed:
        page.words(0, each.outcome.title)
        row = [
            page.given(column, each.outcome.agencies.get(name, 0.0), Look.SHARE)
            for column, name in enumerate(agencies, 1)
        ]
        for name, cell in zip(agencies, row, strict=True):
            shares[name].append(cell)
        page.formula(1 + len(row), f"SUM({span(row)})", sum(cell.number for cell in row), Look.SHARE)
        page.row += 1
    return shares


def _write_agency(
    page: Page, case: Case, years: Years, agency: str, shares: Sequence[Cell], own: Mapping[int, Flow]
) -> None:
    lines: dict[str, Sequence[Cell]] = {}
    for kind in ("cost", *(value.value for value in Value)):
        name = page.words(0, agency)
        page.words(1, "Costs" if kind == "cost" else f"{kind.capitalize()} benefits")
        amounts = []
        for year in range(case.years):
            if kind == "cost":
                cells = [line.years[year] for line in years.costs]
                formula = f"SUMPRODUCT(EXACT({span(years.agencies)},{name.at})*{span(cells)})"
            else:
                cells = [line.years[year] for line in years.benefits]
                formula = f'SUMPRODUCT(({span(years.kinds)}="{kind}")*{span(shares)}*{span(cells)})'
            amounts.append((formula, float(getattr(own[year], kind)) if year in own else 0.0))
        lines[kind] = _checked(page, amounts, years.factors)
    page.words(0, agency, page.looks.strong)
    page.words(1, "Budget impact: costs less fiscal benefits", page.looks.strong)
    pairs = zip(lines["cost"], lines["fiscal"], strict=True)
    impact = [(f"{paid.at}-{gained.at}", paid.number - gained.number) for paid, gained in pairs]
    _checked(page, impact, years.factors, total=True)


def _checked(
    page: Page, amounts: Sequence[tuple[str, float]], factors: Sequence[Cell], *, total: bool = False
) -> Sequence[Cell]:
    """A row by year, beside what the program says that it comes to now."""
    line = _line(page, amounts, factors, total=total)
    says = page.fixed(FIRST - 2, line.now.number, Look.POUNDS)
    page.formula(FIRST + len(amounts), same(line.now, says), SAME)
    page.row += 1
    return line.years


def same(here: Cell, says: Cell, within: float = PENNY, words: str = SAME) -> str:
    """The formula that tells whether the workbook and the program say the same."""
    numbers = (
        f'IF(ISNUMBER({here.at}),IF(ABS({here.at}-{says.at})<{within:.9f},"{words}","not the same"),"not the same")'
    )
    return f'IF(ISNUMBER({says.at}),{numbers},IF({here.at}={says.at},"{words}","not the same"))'

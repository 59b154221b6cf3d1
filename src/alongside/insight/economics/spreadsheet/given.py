"""The sheets of what is given: the inputs, the prices, the discount rates and the optimism of the case."""

import re
from collections.abc import Mapping
from math import prod
from typing import NamedTuple

import numpy as np
import xlsxwriter

from alongside.calc.economics.discounting import Schedule
from alongside.calc.economics.distributions import Distribution, Fixed
from alongside.calc.economics.model import Case, Product
from alongside.calc.economics.prices import Deflator
from alongside.calc.economics.scenario import Input, Kind, Origin, Scenario
from alongside.insight.economics.spreadsheet.cells import Cell, Look, Page, span

LOOKS = {Kind.SHARE: Look.SHARE, Kind.POUNDS: Look.POUNDS, Kind.NUMBER: Look.NUMBER}
ORIGINS = {
    Origin.RECORD: "The service's own records",
    Origin.LIBRARY: "The library of unit costs",
    Origin.PUBLISHED: "A published report",
    Origin.JUDGEMENT: "A judgement",
}
ALWAYS = {"one": Cell("1", 1.0), "none": Cell("0", 0.0)}
TENTH = np.array([0.1, 0.9])


class Inputs(NamedTuple):
    """Where each input stands: its value, what brings its pounds to the price year, its grade and its look."""

    values: dict[str, Cell]
    prices: dict[str, Cell]
    grades: dict[str, Cell]
    looks: dict[str, Look]


class Prices(NamedTuple):
    """The price years, and what £1 of each is in prices of the case: two columns, and what they hold."""

    years: str
    factors: str
    factor: Mapping[int, float]


def write_prices(page: Page, deflator: Deflator, price_year: Cell) -> Prices:
    """Write the deflator, and what £1 of each year is in prices of the case's year."""
    page.sentence(f"{deflator.title}. {deflator.source}")
    page.heads("Year", "Index (change this)", "£1 of that year, in prices of the case", freeze=True)
    top, ranges = page.row, []
    for row, (year, level) in enumerate(sorted(deflator.index.items()), top):
        page.row = row
        ranges.append((page.fixed(0, year, Look.YEAR), page.given(1, level)))
    years, index = span([year for year, _ in ranges]), span([level for _, level in ranges])
    factors = {}
    for row, (at, there) in enumerate(ranges, top):
        page.row, known = row, int(at.number)
        formula = f"INDEX({index},MATCH({price_year.at},{years},0))/{there.at}"
        factor = deflator.factor(known, to=int(price_year.number))
        factors[known] = page.formula(2, formula, factor, Look.FACTOR)
    return Prices(years, span(list(factors.values())), {year: each.number for year, each in factors.items()})


def write_discounting(page: Page, schedule: Schedule, years: int, first_year: Cell) -> list[Cell]:
    """Write the rates and what £1 of each year is worth in year 0."""
    page.sentence(f"{schedule.title}. {schedule.source}")
    page.heads("From year", "Rate (change this)")
    starts, rates = [], []
    for step in schedule.steps:
        starts.append(page.fixed(0, step.first_year, Look.YEAR))
        rates.append(page.given(1, step.rate, Look.SHARE))
        page.row += 1
    page.section("What £1 of each year is worth in year 0")
    page.heads("Year", "Calendar year", "Rate of the year", "Worth in year 0")
    found: list[Cell] = []
    for year, factor in enumerate(schedule.factors(years).tolist()):
        at = page.fixed(0, year, Look.YEAR)
        page.formula(1, f"{first_year.at}+{at.at}", first_year.number + year, Look.YEAR)
        held = max((step for step in schedule.steps if step.first_year <= year), key=lambda step: step.first_year)
        rate = page.formula(2, f"LOOKUP({at.at},{span(starts)},{span(rates)})", held.rate, Look.SHARE)
        formula = f"{found[-1].at}/(1+{rate.at})" if found else "1"
        found.append(page.formula(3, formula, factor, Look.FACTOR))
        page.row += 1
    return found


def write_inputs(page: Page, book: xlsxwriter.Workbook, scenario: Scenario, case: Case, prices: Prices) -> Inputs:
    """Write every input with where it came from; those worked out from others are formulas of them."""
    page.heads(
        "Input", "Value, as expected (change this)", "Counted in", "Price year (change this)",
        "£1 of then, in prices of the case", "Grade of evidence (change this)",
        "One in ten is below", "One in ten is above", "Where it came from", "Source", "Name in formulas",
        freeze=True,
    )  # fmt: skip
    found, made, names = (
        Inputs(dict(ALWAYS), {}, {}, {"one": Look.NUMBER, "none": Look.SHARE}),
        case.means(),
        _names(scenario.inputs),
    )
    given = [name for name in case.inputs if name not in case.products]
    for key in (*given, *case.products):
        each = scenario.inputs[key]
        page.words(0, each.title)
        found.looks[key] = LOOKS[each.kind]
        value = _value(page, each, float(made[key]), found)
        book.define_name(names[key], f"={value.at}")
        found.values[key] = Cell(names[key], value.value)
        page.words(2, "pounds a year" if each.kind is Kind.POUNDS else each.kind.value)
        found.prices[key] = _price(page, each, prices, found)
        found.grades[key] = page.given(5, each.grade if each.grade is not None else "")
        if isinstance(each.made, Distribution) and not isinstance(each.made, Fixed):
            for column, end in enumerate(each.made.at(TENTH).tolist(), 6):
                page.fixed(column, end, LOOKS[each.kind])
        page.words(8, ORIGINS[each.origin])
        page.words(9, each.source)
        page.words(10, names[key])
        page.row += 1
    return found


def _value(page: Page, each: Input, expected: float, found: Inputs) -> Cell:
    look = LOOKS[each.kind]
    if isinstance(each.made, Product):
        return page.formula(1, "*".join(found.values[name].at for name in each.made.of), expected, look)
    return page.given(1, expected, look)


def _price(page: Page, each: Input, prices: Prices, found: Inputs) -> Cell:
    if isinstance(each.made, Product):
        parts = [found.prices[name] for name in each.made.of if name in found.prices]
        page.words(3, "")
        return page.formula(
            4, "*".join(["1", *(part.at for part in parts)]), prod(p.number for p in parts), Look.FACTOR
        )
    asked = page.given(3, each.price_year if each.price_year is not None else "", Look.YEAR)
    formula = f"IF(ISNUMBER({asked.at}),INDEX({prices.factors},MATCH({asked.at},{prices.years},0)),1)"
    return page.formula(4, formula, 1.0 if each.price_year is None else prices.factor[each.price_year], Look.FACTOR)


def _names(inputs: Mapping[str, Input]) -> dict[str, str]:
    """A name for each input that a workbook takes: without hyphens, and another than all in small letters too."""
    found: dict[str, str] = {}
    for key in inputs:
        name = "in_" + re.sub(r"[^A-Za-z0-9_]", "_", key)[:60]
        taken = {each.lower() for each in found.values()}
        found[key] = name if name.lower() not in taken else f"{name}_{len(found)}"
    return found

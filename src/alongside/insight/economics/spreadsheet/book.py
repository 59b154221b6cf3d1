"""The workbook: its sheets in the order in which a case is worked out."""

from io import BytesIO

import xlsxwriter

from alongside import __version__
from alongside.calc.economics.model import flows
from alongside.calc.economics.optimism import RULES
from alongside.calc.economics.scenario import Library, Scenario
from alongside.insight.economics.results import expected
from alongside.insight.economics.spreadsheet.by_year import write_agencies, write_years
from alongside.insight.economics.spreadsheet.cells import Cell, Look, Looks, Page
from alongside.insight.economics.spreadsheet.given import write_discounting, write_inputs, write_prices
from alongside.insight.economics.spreadsheet.optimism import write_optimism
from alongside.insight.economics.spreadsheet.results import Told, write_results
from alongside.insight.economics.spreadsheet.worked import write_costs, write_lasting, write_outcomes

SHEETS = {
    "Case": "What is asked, the choices that hold for all of it, and where everything is.",
    "Inputs": "Every input as expected, with where it came from. Change what is shaded, and every sheet follows.",
    "Prices": "What brings pounds of one year to those of another.",
    "Discounting": "What money of a later year is worth in year 0.",
    "Optimism": "How far benefits are drawn in, and costs put up, for the evidence behind them.",
    "Outcomes": "For how many something changes because of the service, and what that is worth in a whole year.",
    "Costs": "What it takes, in a year in which it is paid.",
    "Lasting": "When an outcome starts, how long it lasts, and how much of it is left.",
    "Years": "Benefits and costs by year, and when they pay back.",
    "Agencies": "Who pays, who gains, and when.",
    "Results": "What the case comes to. Once you change something, the program's figures are those of before.",
}


def spreadsheet_of(scenario: Scenario, library: Library) -> bytes:
    """Write a case to a workbook of live formulas; raise ``Unknown`` while an input is blank.

    Each formula is written with what it comes to, so that what does not reckon shows the same. Text stays text: a title
    that looks like a formula is not one.
    """
    case = scenario.case(library)
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties(
            {"title": scenario.title, "subject": scenario.question, "comments": f"Alongside {__version__}"}
        )
        book.set_calc_mode("auto")
        pages = _pages(book, Looks(book), len(case.outcomes), case.years)
        first_year, price_year, rule = _write_case(pages["Case"], scenario, library)
        prices = write_prices(pages["Prices"], library.deflator, price_year)
        discount = write_discounting(pages["Discounting"], case.schedule, case.years, first_year)
        inputs = write_inputs(pages["Inputs"], book, scenario, case, prices)
        added = write_optimism(pages["Optimism"], scenario, case, library.optimism, rule, inputs)
        changed = write_outcomes(pages["Outcomes"], case, inputs, added)
        taken = write_costs(pages["Costs"], case, inputs, added)
        lasting = write_lasting(pages["Lasting"], case, changed)
        years = write_years(pages["Years"], case, changed, taken, lasting, discount)
        write_agencies(pages["Agencies"], case, years, changed, list(flows(case, case.means())))
        says = expected(case, scenario.each)
        told = write_results(pages["Results"], scenario, case, says, years, changed, inputs)
        _write_headlines(pages["Case"], told)
    return file.getvalue()


def _pages(book: xlsxwriter.Workbook, looks: Looks, outcomes: int, years: int) -> dict[str, Page]:
    widths = {
        "Case": [34, 60, 24],
        "Inputs": [36, 16, 10, 12, 12, 12, 12, 12, 16, 40, 18],
        "Prices": [12, 16, 20],
        "Discounting": [12, 16, 12, 16],
        "Optimism": [52, 40, 14, 14, 12],
        "Outcomes": [38, 44, *([20] * outcomes)],
        "Costs": [30, 18, 16, 12, 14, 14, 16, 12, 12],
        "Lasting": [44, *([12] * years)],
        "Years": [36, 16, 16, 16, *([14] * years)],
        "Agencies": [36, 30, 18, 18, *([14] * years), 18],
        "Results": [48, 18, 18, 18, 50],
    }
    return {name: Page(book, looks, name, sentence, widths[name]) for name, sentence in SHEETS.items()}


def _write_case(page: Page, scenario: Scenario, library: Library) -> tuple[Cell, Cell, Cell]:
    """The choices that hold for the whole case; give the first year, the price year and the rule."""
    page.heads("About", "")
    schedule = library.schedules[scenario.discounting]
    about = {
        "Title": scenario.title,
        "Question": scenario.question,
        "Edition": str(scenario.version),
        "Discount rates": schedule.title,
        "Written by": f"Alongside {__version__}",
        "Shaded cells": "These may be changed, and their column says so; everything else follows by formula.",
        "Not in here": "How sure the answer is comes from thousands of draws, which the program makes.",
    }
    for title, words in about.items():
        page.words(0, title, page.looks.strong)
        page.words(1, words)
        page.row += 1
    page.section("Choices for the whole case")
    page.heads("Choice", "Chosen (change this)")
    found = []
    choices: dict[str, tuple[float | str, Look]] = {
        "Year 0 is": (scenario.first_year, Look.YEAR),
        "In prices of": (scenario.price_year, Look.YEAR),
        "How grades of evidence combine": (scenario.rule, Look.PLAIN),
    }
    for title, (value, look) in choices.items():
        page.words(0, title, page.looks.strong)
        found.append(page.given(1, value, look))
        page.row += 1
    page.sheet.data_validation(page.row - 1, 1, page.row - 1, 1, {"validate": "list", "source": list(RULES)})
    _write_contents(page)
    first_year, price_year, rule = found
    return first_year, price_year, rule


def _write_contents(page: Page) -> None:
    page.section("Sheets")
    page.heads("Sheet", "What it shows")
    for name, sentence in list(SHEETS.items())[1:]:
        page.sheet.write_url(page.row, 0, f"internal:'{name}'!A1", page.looks.link, name)
        page.words(1, sentence)
        page.row += 1


def _write_headlines(page: Page, told: Told) -> None:
    page.section("What it comes to, with every input as expected")
    page.heads("Figure", "Comes to")
    for title, cell, look in (
        ("Cost", told.cost, Look.POUNDS),
        ("Public value", told.public_value, Look.POUNDS),
        ("Net public value", told.net, Look.POUNDS),
        ("Public value for each £1 spent", told.ratio, Look.FACTOR),
    ):
        page.words(0, title, page.looks.strong)
        page.formula(1, cell.at, cell.value, look)
        page.row += 1

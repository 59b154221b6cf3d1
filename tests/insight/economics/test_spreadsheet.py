"""A case in a workbook comes to what it does in the program, worked out by another program and with other inputs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl import Workbook

from alongside.calc.economics.distributions import Fixed
from alongside.calc.economics.model import Case, Flow, flows
from alongside.calc.economics.scenario import Input, Library, Scenario
from alongside.insight.economics.library import library
from alongside.insight.economics.results import expected
from alongside.insight.economics.spreadsheet.book import spreadsheet_of
from tests.insight.economics.recalculating import recalculated, saved
from tests.insight.economics.workbook_cases import everything, filled

PENNY = 0.005


def opened(content: bytes, *, figures: bool = True) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content), data_only=figures)


def results(book: Workbook) -> dict[str, object]:
    return {row[0]: row[1] for row in book["Results"].iter_rows(min_row=5, values_only=True) if row[0]}


def given(scenario: Scenario, **changed: Mapping[str, object]) -> Scenario:
    """The scenario with something else in some of its inputs."""
    inputs: dict[str, Input] = dict(scenario.inputs)
    for field, values in changed.items():
        inputs |= {name: replace(inputs[name], **{field: value}) for name, value in values.items()}
    return replace(scenario, inputs=inputs)


def moved(content: bytes, cells: Mapping[str, Mapping[str, object]]) -> bytes:
    """The workbook with other values in some cells: by sheet, the title of the row and the letter of its column."""
    book = opened(content, figures=False)
    for sheet, values in cells.items():
        rows: dict[str, int] = {}
        for row in book[sheet].iter_rows():
            rows.setdefault(str(row[0].value), row[0].row)
        for place, value in values.items():
            title, column = place.rsplit(" ", 1)
            book[sheet][f"{column}{rows[title]}"] = value
    return saved(book)


def wrong() -> bytes:
    """A workbook that says that one and one are three."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_formula(0, 0, "=1+1", None, 3)
    return file.getvalue()


MOVED = {
    "Case": {"In prices of B": 2022, "How grades of evidence combine B": "product"},
    "Inputs": {"Share who stay B": 0.41, "-Families B": 212, "A session D": 2016, "Deadweight F": 3,
               "Children F": None},
    "Outcomes": {"Lag C": 2, "Duration C": 2.25, "Cashable share C": 0.7, "Kind of value D": "fiscal"},
    "Costs": {"Sessions H": 1, "+Delivery I": 2},
    "Lasting": {"Share of families who begin in the year (change this) B": 0.2,
                "Share of families who begin in the year (change this) C": 0.6},
    "Agencies": {"@Children not in care B": 0.3, "@Children not in care C": 0.7},
    "Discounting": {"0 B": 0.05},
}  # fmt: skip


def moved_alike(scenario: Scenario) -> Scenario:
    """The scenario with the changes of ``MOVED``."""
    inputs = given(
        scenario,
        made={"impact": Fixed(0.41), "families": Fixed(212)},
        price_year={"session": 2016},
        grade={"lost": 3, "children": None},
    )
    care, therapy, late = scenario.outcomes
    return replace(
        inputs,
        price_year=2022,
        rule="product",
        starts=(0.2, 0.6, 0.2),
        outcomes=(
            replace(care, lag=2, duration=2.25, cashable=0.7, agencies={"Local authority": 0.3, "=NHS": 0.7}),
            replace(therapy, value=type(therapy.value).FISCAL),
            late,
        ),
        costs=(replace(scenario.costs[0], years=2), replace(scenario.costs[1], first_year=1)),
    )


def worked_out_anew(folder: Path) -> dict[str, tuple[bytes, Workbook]]:
    """Each workbook as it was written, and as LibreOffice works it out."""
    written = {name: spreadsheet_of(scenario, library()) for name, scenario in filled().items()}
    written["everything"] = spreadsheet_of(everything(), library())
    written["moved"] = moved(written["everything"], MOVED)
    written["wrong"] = wrong()
    done = recalculated(written, folder)
    assert done["wrong"].active["A1"].value == 2, "LibreOffice took over what the workbook said"
    return {name: (content, done[name]) for name, content in written.items()}


def every_cell_comes_to_what_was_written_with_it(books: dict[str, tuple[bytes, Workbook]]) -> None:
    counted = 0
    for name in (*filled(), "everything"):
        written, again = opened(books[name][0]), books[name][1]
        for sheet in written:
            for row in sheet.iter_rows():
                for cell in row:
                    there = again[sheet.title][cell.coordinate].value
                    place = (name, sheet.title, cell.coordinate)
                    if isinstance(cell.value, int | float):
                        assert there == pytest.approx(cell.value, rel=1e-12, abs=1e-9), place
                        counted += 1
                    else:
                        assert (there or "") == (cell.value or ""), place
    assert counted > 2000


def each_figure_is_the_programs_to_the_penny(books: dict[str, tuple[bytes, Workbook]]) -> None:
    for name, scenario in {**filled(), "everything": everything()}.items():
        says_same(books[name][1], scenario)
        told = [row[3] for row in books[name][1]["Results"].iter_rows(min_row=5, values_only=True) if row[0]]
        assert {each for each in told if each} == {"same to the penny", "the same", "The same?"}


def with_other_inputs_it_comes_to_what_the_program_does(books: dict[str, tuple[bytes, Workbook]]) -> None:
    book = books["moved"][1]
    rates = library().schedules["green-book-2026"]
    first, *rest = rates.steps
    dearer = {rates.key: replace(rates, steps=(replace(first, rate=0.05), *rest))}
    other = replace(library(), schedules=dearer)
    says_same(book, moved_alike(everything()), other)
    checks = [row[3] for row in book["Results"].iter_rows(min_row=5, values_only=True)]
    assert "not the same" in checks


@pytest.mark.anywhere
def test_another_program_comes_to_the_same_to_the_penny(tmp_path: Path) -> None:
    # One test, so that LibreOffice is asked once however many run side by side.
    books = worked_out_anew(tmp_path)
    every_cell_comes_to_what_was_written_with_it(books)
    each_figure_is_the_programs_to_the_penny(books)
    with_other_inputs_it_comes_to_what_the_program_does(books)


def says_same(book: Workbook, scenario: Scenario, shelf: Library | None = None) -> None:
    """The workbook's results and its agencies by year are what the program says of the scenario."""
    case = scenario.case(shelf or library())
    says, told = expected(case, scenario.each), results(book)
    for title, value in {
        "Cost": says.cost, "Fiscal benefits": says.fiscal, "Economic benefits": says.economic,
        "Social benefits": says.social, "Net public value": says.net, "Net budget impact": says.budget_impact,
        "Cashable": says.cashable, **{f"Cost of one {name}": spent for name, spent in says.each.items()},
    }.items():  # fmt: skip
        assert told[title] == pytest.approx(value, abs=PENNY), title
    assert told["Public value for each £1 spent"] == pytest.approx(says.ratio, abs=1e-9)
    assert told["Fiscal return for each £1 spent"] == pytest.approx(says.fiscal_return, abs=1e-9)
    assert told["Pays back in year"] == ("never" if says.payback is None else says.payback)
    for outcome in scenario.outcomes:
        needed = says.needed[outcome.key]
        assert told[f"{outcome.title}: because of the service"] == pytest.approx(says.people[outcome.key])
        assert told[f"{outcome.title}: needed for it alone to pay"] == (
            "no number does" if needed is None else pytest.approx(needed)
        )
    agencies_by_year(book, case)


def agencies_by_year(book: Workbook, case: Case) -> None:
    """Each agency's row in each year is what the program says."""
    told = {(flow.agency, flow.year): flow for flow in flows(case, case.means())}
    kinds: dict[str, Callable[[Flow], float]] = {
        "Costs": lambda flow: flow.cost,
        "Fiscal benefits": lambda flow: flow.fiscal,
        "Economic benefits": lambda flow: flow.economic,
        "Social benefits": lambda flow: flow.social,
        "Budget impact: costs less fiscal benefits": lambda flow: flow.cost - flow.fiscal,
    }
    seen = set()
    for agency, kind, _, _, *amounts in book["Agencies"].iter_rows(values_only=True):
        for year in range(case.years) if kind in kinds else ():
            flow = told.get((agency, year))
            assert amounts[year] == pytest.approx(kinds[kind](flow) if flow else 0, abs=PENNY), (agency, kind, year)
            seen.add((agency, year))
    assert seen >= set(told)


def test_titles_that_look_like_formulas_stay_words() -> None:
    book = opened(spreadsheet_of(everything(), library()), figures=False)
    words = {"=1+1 is a title, not a sum", "@SUM(A1:A9) pays?", "-Families", "=cmd|' /C calc'!A0", "+Delivery", "=NHS"}
    seen = {
        cell.value: cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value in words
    }
    assert seen == dict.fromkeys(words, "s")


def test_nothing_is_hidden_merged_or_locked() -> None:
    book = opened(spreadsheet_of(everything(), library()), figures=False)
    assert [sheet.title for sheet in book][:2] == ["Case", "Inputs"]
    assert book.properties.title == everything().title
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not sheet.merged_cells.ranges
        assert not sheet.protection.sheet
        assert not any(each.hidden for each in sheet.column_dimensions.values())
        assert sheet["A1"].value == sheet.title

"""The business case says no more than its evidence carries, and can be worked out again by whoever reads it."""

import io
import zipfile
from datetime import date
from hashlib import sha256

import pytest

from alongside.calc.economics.scenario_file import read_scenario
from alongside.insight.economics.document import Edition, write
from alongside.insight.economics.library import library
from alongside.insight.economics.results import work_out
from alongside.insight.evaluation.report.document import Document
from alongside.insight.evaluation.report.pdf import pdf_of
from alongside.insight.evaluation.report.word import word_of
from tests.insight.economics.scenarios import reach

pytestmark = pytest.mark.anywhere
SECOND = Edition("A year of Reach", "Side by Side", date(2026, 11, 22), "Edition 2, kept on 22 November 2026.")


def written(text: str) -> Document:
    scenario = read_scenario(text, library())
    return write(SECOND, text, scenario, work_out(scenario, library(), draws=500, seed=1), library())


def test_it_names_its_limits_every_input_and_how_to_do_it_again() -> None:
    text = reach(level=1, per_family="value = 2400\nprice_year = 2024")
    document = written(text)
    said = "\n".join(
        [
            *(words for each in document.sections for words in each.words),
            *(" | ".join(row) for each in document.sections for table in each.tables for row in table.rows),
        ]
    )
    for sentence in (
        "So this does not show that the service makes the difference that is put in.",
        "How much would have come anyway is a judgement.",
        "“Share of the change that would have come anyway” has only somebody's judgement to rest on.",
        "“Families offered it in a year” and “Cost of delivery for one family offered it” have no doubt put in",
        "has not been checked against its source",
        f"SHA-256 {sha256(text.encode()).hexdigest()}",
        "alongside economics run scenario.toml --draws 500 --seed 1",
        "48 of 60, which is 80%",
        "£13,000, give or take 12%",
        "Cost of one contact | not known",
    ):
        assert sentence in said
    tables = [table for each in document.sections for table in each.tables]
    budgets = next(table for table in tables if table.caption.startswith("Budgets"))
    now = sum(float(row[5].replace("£", "").replace(",", "").replace("−", "-")) for row in budgets.rows)
    impact = next(row[1] for row in tables[0].rows if "out of pocket" in row[0])
    assert abs(now + float(impact.replace("£", "").replace(",", "").replace("−", "-"))) <= len(budgets.rows)
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
    assert (document.level, document.carries) == (1, "Level 1 of 5")
    assert written(reach()).carries == "Not judged"
    better = written(reach(level=3)).sections[-2].words
    assert not any("does not show" in words for words in better)


def test_it_goes_on_paper_and_into_word_and_comes_back_from_what_was_kept() -> None:
    document = written(reach(level=1))
    assert Document.from_json(document.to_json()) == document
    before = document.to_json()
    del before["as_of"], before["standing"]
    assert Document.from_json({**before, "frozen_on": "2026-11-22"}).standing == "Rows frozen on 22 November 2026."
    assert pdf_of(document).startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(word_of(document))) as packed:
        assert "Edition 2, kept on 22 November 2026." in packed.read("word/document.xml").decode()

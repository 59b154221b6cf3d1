"""The pages and files of a report: who sees them, and that they all say the same digits."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.audit.models import Entry
from alongside.insight.reports.models import FrozenReport
from alongside.insight.reports.periods import Period
from alongside.records.programmes.models import Contract, Enrolment
from tests.cast import Cast
from tests.insight.reports.families import family
from tests.insight.reports.pdf_text import words_of

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("clock")


def address(cast: Cast, rest: str = "", quarter: str = "2026-q3") -> str:
    return f"/reports/{cast.contract.pk}/{quarter}/{rest}"


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_carol_opens_the_quarter_that_her_council_pays_for(twelve: Cast, summer: Period, sign_in: SignIn) -> None:
    carol = sign_in(twelve.carol)
    assert "July to September 2026" in carol.get("/reports/").content.decode()
    words = plain(carol.get(address(twelve)).content.decode())
    assert "12 carers supported" in words
    assert "7 of 60 places used" in words
    assert "There is no comparison group" in words
    assert "Carer 1" not in words


def test_a_figure_opens_into_how_it_was_counted(twelve: Cast, sign_in: SignIn) -> None:
    words = plain(sign_in(twelve.carol).get(address(twelve, "figure/contact.within/")).content.decode())
    assert "50%" in words
    assert "Counted 6" in words
    assert "Out of 12" in words
    assert "Spoken with later than that 6" in words
    assert sign_in(twelve.carol).get(address(twelve, "figure/no.such/")).status_code == 404


def test_a_manager_goes_on_from_the_quarter_to_the_practice_under_its_contract(cast: Cast, sign_in: SignIn) -> None:
    practice = f"/contracts/{cast.contract.pk}/practice/"
    manager = sign_in(cast.morgan)
    assert practice in manager.get(address(cast)).content.decode()
    assert manager.get(practice).status_code == 200
    assert practice not in sign_in(cast.carol).get(address(cast)).content.decode(), "a commissioner sees no family"


PAGES = ["", "figure/children/", "moved/", "report.pdf", "report.xlsx"]


@pytest.mark.parametrize("rest", PAGES)
def test_no_one_else_opens_it(twelve: Cast, sign_in: SignIn, rest: str) -> None:
    assert sign_in(twelve.asha).get(address(twelve, rest)).status_code == 403
    assert sign_in(twelve.ben).get(address(twelve, rest)).status_code == 403
    assert sign_in(twelve.ruth).get(address(twelve, rest)).status_code == 403
    elsewhere = User.objects.create(agency=twelve.calderdale, name="Cy", role=Role.COMMISSIONER, email="cy@example.org")
    stranger = User.objects.create(agency=twelve.other_provider, name="Mo", role=Role.MANAGER, email="mo@example.org")
    for somebody in (elsewhere, stranger):
        browser = sign_in(somebody)
        assert browser.get(address(twelve, rest)).status_code == 404
        assert twelve.contract.name not in browser.get("/reports/").content.decode()


def test_a_quarter_that_has_not_begun_is_not_there(twelve: Cast, sign_in: SignIn) -> None:
    for quarter in ("2026-q1", "2027-q1", "nonsense"):
        assert sign_in(twelve.carol).get(address(twelve, quarter=quarter)).status_code == 404


def test_only_the_manager_freezes_and_only_once(twelve: Cast, sign_in: SignIn) -> None:
    assert sign_in(twelve.carol).post(address(twelve, "freeze/")).status_code == 403
    morgan = sign_in(twelve.morgan)
    assert "Freeze July to September 2026?" in morgan.get(address(twelve, "freeze/")).content.decode()
    for _ in range(2):
        assert morgan.post(address(twelve, "freeze/")).url == address(twelve)
    with system():
        assert FrozenReport.objects.count() == 1
    assert "Frozen on 20 November 2026." in morgan.get(address(twelve)).content.decode()


def test_a_running_quarter_cannot_be_frozen(twelve: Cast, sign_in: SignIn) -> None:
    morgan = sign_in(twelve.morgan)
    there = address(twelve, "freeze/", quarter="2026-q4")
    assert "This quarter has not ended yet" in morgan.post(there, follow=True).content.decode()
    with system():
        assert not FrozenReport.objects.exists()


def test_a_frozen_quarter_stays_and_says_what_moved(twelve: Cast, sign_in: SignIn) -> None:
    sign_in(twelve.morgan).post(address(twelve, "freeze/"))
    carol = sign_in(twelve.carol)
    before = plain(carol.get(address(twelve)).content.decode())
    assert "No record has changed since." in before
    with system():
        late = family(twelve, 50, children=1, kind="informal")
    after = plain(carol.get(address(twelve)).content.decode())
    assert "12 carers supported" in after
    assert "Since then 6 records have changed" in after
    moved = plain(carol.get(address(twelve, "moved/")).content.decode())
    assert "Families supported 12 different" in moved
    assert "13" not in moved
    with system():
        Enrolment.objects.filter(case=late).delete()
    # Its referral and the decision on it are still there.
    assert "Since then 1 record has changed" in plain(carol.get(address(twelve)).content.decode())


def test_what_moved_says_the_new_figure_once_many_records_have_changed(twelve: Cast, sign_in: SignIn) -> None:
    sign_in(twelve.morgan).post(address(twelve, "freeze/"))
    with system():
        for number in range(60, 66):
            family(twelve, number)
    moved = plain(sign_in(twelve.carol).get(address(twelve, "moved/")).content.decode())
    assert "Families supported 12 18" in moved


def test_only_the_manager_sees_all_contracts_side_by_side(twelve: Cast, sign_in: SignIn) -> None:
    morgan = sign_in(twelve.morgan)
    assert "/reports/all/2026-q3/" in morgan.get("/reports/").content.decode()
    words = plain(morgan.get("/reports/all/2026-q3/").content.decode())
    assert "Kinship Reach, Kirklees 6 12 18 12 7 of 60" in words
    assert morgan.get("/reports/all/2030-q1/").status_code == 404
    assert "/reports/all/" not in sign_in(twelve.carol).get("/reports/").content.decode()
    assert sign_in(twelve.carol).get("/reports/all/2026-q3/").status_code == 403
    assert sign_in(twelve.asha).get("/reports/all/2026-q3/").status_code == 403


def test_taking_a_report_away_is_in_the_log(twelve: Cast, sign_in: SignIn) -> None:
    carol = sign_in(twelve.carol)
    carol.get(address(twelve, "report.pdf"))
    carol.get(address(twelve, "report.xlsx"))
    exports = Entry.objects.filter(kind=Entry.Kind.EXPORT, actor=twelve.carol.pk, row=str(twelve.contract.pk))
    assert exports.count() == 2


def test_the_pdf_is_tagged_for_screen_readers(twelve: Cast, sign_in: SignIn) -> None:
    answer = sign_in(twelve.carol).get(address(twelve, "report.pdf"))
    assert answer["Content-Disposition"] == 'attachment; filename="kinship-reach-kirklees-2026-q3.pdf"'
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        kinds = set(structure(pdf.Root.StructTreeRoot))
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure"} <= kinds


def structure(node: Any) -> list[str]:
    """Every kind of element in a PDF's structure."""
    found = [str(node.S)] if "/S" in node else []
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found += structure(kid)
    return found


def test_the_spreadsheet_hides_nothing_and_names_nobody(twelve: Cast, sign_in: SignIn) -> None:
    book = openpyxl.load_workbook(BytesIO(sign_in(twelve.carol).get(address(twelve, "report.xlsx")).content))
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("Report", "visible"),
        ("How we count this", "visible"),
    ]
    assert not book.defined_names
    assert (book.properties.creator or "", book.properties.lastModifiedBy) == ("", None)


def test_page_pdf_and_spreadsheet_say_the_same_to_the_last_digit(twelve: Cast, sign_in: SignIn) -> None:
    sign_in(twelve.morgan).post(address(twelve, "freeze/"))
    with system():
        report = FrozenReport.objects.get().report
    carol = sign_in(twelve.carol)
    on_page = plain(
        re.sub(r"<span class=.govuk-visually-hidden.*?</span>", "", carol.get(address(twelve)).content.decode())
    )
    in_pdf = words_of(carol.get(address(twelve, "report.pdf")).content)
    sheet = openpyxl.load_workbook(BytesIO(carol.get(address(twelve, "report.xlsx")).content))["Report"]
    in_cells = [
        " ".join(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row if cell is not None)
        for row in sheet.values
    ]
    rows = [
        " ".join([title, *(report.figures[key].text for key in cells)])
        for section in report.sections
        for table in section.tables
        for title, cells in table.rows
    ]
    assert len(rows) > 40
    for row in rows:
        assert row in on_page
        assert row in in_pdf
        assert row in in_cells
    for section in report.sections:
        for mark in (mark for table in section.tables if table.chart for mark in table.chart.marks):
            assert f"{mark.title} {mark.words}" in on_page
            assert f"{mark.title} {mark.words}" in in_pdf
            assert f"{mark.title} {mark.words}" in in_cells


def test_a_contract_whose_name_looks_like_a_formula_stays_words(twelve: Cast, sign_in: SignIn) -> None:
    with system():
        Contract.objects.filter(pk=twelve.contract.pk).update(name='=cmd|"/c calc"!A1 <script>#["')
    carol = sign_in(twelve.carol)
    assert b"<script>#" not in carol.get(address(twelve)).content
    assert carol.get(address(twelve, "report.pdf")).content.startswith(b"%PDF")
    book = openpyxl.load_workbook(BytesIO(carol.get(address(twelve, "report.xlsx")).content))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_page_asks_as_much_of_the_database_for_twenty_families_as_for_two(twelve: Cast, sign_in: SignIn) -> None:
    carol = sign_in(twelve.carol)
    carol.get(address(twelve))
    with CaptureQueriesContext(connection) as few:
        carol.get(address(twelve))
    with system():
        for number in range(70, 90):
            family(twelve, number)
    with CaptureQueriesContext(connection) as many:
        carol.get(address(twelve))
    assert len(few) == len(many)

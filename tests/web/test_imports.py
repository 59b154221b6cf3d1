"""A referrer hands in a spreadsheet: what she is shown, what is refused, and who sees none of it."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.base.ids import new_id
from alongside.records.referrals.models import Referral
from alongside.stewardship.exchange.models import Import, ImportRow
from tests.cast import Cast
from tests.stewardship.exchange.files import hand_in, many, spreadsheet

SignIn = Callable[..., Client]
FAMILIES = spreadsheet(
    ("A1", "Joan Hartley", "HD1 2AB", "Kai Hartley", "05/11/2016", "Yes"),
    ("B2", "<script>alert(1)</script>", "", "", "", ""),
    ("C3", "Pat Doyle", "@SUM(A1)", "<b>Lee</b>", "31/02/2016", ""),
)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return out.getvalue()


def upload(browser: Client, content: bytes, name: str = "families.csv", **more: object) -> object:
    given = SimpleUploadedFile(name, content)
    return browser.post("/referrals/upload/", {"submission": str(new_id()), "given": given, **more}, follow=True)


def words(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_ruth_hands_in_looks_and_sends(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    shown = upload(ruth, FAMILIES)
    assert "Nothing is sent yet" in words(shown)
    assert "2 new families" in words(shown)
    assert "Joan Hartley" in words(shown)
    assert not Referral.objects.filter(carer_name="Joan Hartley").exists()
    where = shown.request["PATH_INFO"]  # type: ignore[attr-defined]
    for _ in range(2):
        done = ruth.post(where, {"do": "confirm"}, follow=True)
    assert "2 families are referred" in words(done)
    assert Referral.objects.filter(carer_name="Joan Hartley").count() == 1
    again = upload(ruth, FAMILIES)
    assert "this very file before" in words(again)
    assert "nothing new to send" in words(again)


def test_problems_say_row_column_found_and_expected(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    imported = hand_in(FAMILIES, cast.ruth)
    shown = words(ruth.get(f"/referrals/upload/{imported.pk}/?show=problem"))
    for said in ("Row&nbsp;4", "Carer postcode", "@SUM(A1)", "a whole postcode such as HD1 2AB", "31/02/2016"):
        assert said in shown
    taken = ruth.get(f"/referrals/upload/{imported.pk}/problems.csv").content.decode("utf-8-sig")
    assert '"4"' in taken
    assert '"=' not in taken, "no cell may be worked out when the file is opened"
    assert "'@SUM(A1)" in taken


def test_what_stands_in_a_cell_is_shown_and_never_run(cast: Cast, sign_in: SignIn) -> None:
    shown = words(upload(sign_in(cast.ruth), FAMILIES, name="<img src=x onerror=alert(1)>.csv"))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "<img src=x" not in shown


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("families.csv", b"", "empty"),
        ("families.xlsx", b"MZ\x90\x00" * 100, "program"),
        ("families.xlsx", bomb(), "unpacks to far more"),
        ("families.csv", "Carer name\nZoë\n".encode("utf-32"), "UTF-32"),
        ("families.csv", b"Carer name\nZo\xc3\xab\n\xe9t\xe9\n", "mixes two encodings"),
        ("families.csv", b"Child,Age\nKai,9\n", "no column"),
        ("families.csv", b"Carer name,Carer name\nJo,Jo\n", "twice"),
        ("families.csv", b"=1+1,Carer name\n1,Jo\n", "formula"),
        ("families.pdf", b"%PDF-1.7 ...", "PDF"),
    ],
)
def test_a_file_that_is_no_use_is_refused_on_the_page(
    cast: Cast, sign_in: SignIn, name: str, content: bytes, said: str
) -> None:
    shown = upload(sign_in(cast.ruth), content, name)
    assert shown.status_code == 200  # type: ignore[attr-defined]
    assert "There is a problem" in words(shown)
    assert said in words(shown)
    assert not Import.objects.exists()


def test_no_file_is_asked_for(cast: Cast, sign_in: SignIn) -> None:
    shown = sign_in(cast.ruth).post("/referrals/upload/", {"submission": str(new_id())})
    assert "Choose a file" in shown.content.decode()


@pytest.mark.anywhere
def test_a_fault_far_down_is_told_once_it_is_found(cast: Cast, sign_in: SignIn) -> None:
    shown = words(upload(sign_in(cast.ruth), b"Carer name\n" + b"Jo\n" * 100_001))
    assert "We could not read your file" in shown
    assert "more than 100,000 rows" in shown


def test_the_same_waiting_file_is_found_again(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    upload(ruth, FAMILIES)
    assert "Here it is" in words(upload(ruth, FAMILIES))
    assert Import.objects.count() == 1


def test_those_that_look_alike_are_asked_about(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    first = upload(ruth, FAMILIES)
    ruth.post(first.request["PATH_INFO"], {"do": "confirm"})  # type: ignore[attr-defined]
    slip = upload(ruth, spreadsheet(("Z", "Joan Hartly", "HD1 2AB", "Kai Hartley", "05/11/2016", "Yes")))
    where = slip.request["PATH_INFO"]  # type: ignore[attr-defined]
    assert "The earlier referral" in words(slip)
    assert "Choose whether to send" in ruth.post(where, {"do": "confirm"}).content.decode()
    done = ruth.post(where, {"do": "confirm", "alike": "leave"}, follow=True)
    assert "0 families are referred" in words(done)


def test_a_file_that_is_not_used_leaves_nothing(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    shown = upload(ruth, FAMILIES)
    dropped = ruth.post(shown.request["PATH_INFO"], {"do": "drop"}, follow=True)  # type: ignore[attr-defined]
    assert "This file was not used" in words(dropped)
    assert not ImportRow.objects.exists()
    late = ruth.post(shown.request["PATH_INFO"], {"do": "confirm"}, follow=True)  # type: ignore[attr-defined]
    assert "not ready to be used" in words(late)


def test_the_page_that_waits_looks_again_and_offers_another_try(cast: Cast, sign_in: SignIn) -> None:
    ruth, imported = sign_in(cast.ruth), hand_in(FAMILIES, cast.ruth)
    where = f"/referrals/upload/{imported.pk}/"
    Import.objects.filter(pk=imported.pk).update(status="adding")
    assert "Look again" in ruth.get(where).content.decode()
    poll = {"HTTP_HX_REQUEST": "true"}
    assert "<html" not in ruth.get(where, **poll).content.decode()
    Import.objects.filter(pk=imported.pk).update(status_at="2026-01-01T00:00Z")
    assert "Start again" in ruth.get(where).content.decode()
    done = ruth.post(where, {"do": "again"}, follow=True)
    assert "2 families are referred" in words(done)
    assert ruth.get(where, **poll).headers["HX-Refresh"] == "true"


def test_nobody_else_sees_it(cast: Cast, sign_in: SignIn) -> None:
    imported = hand_in(FAMILIES, cast.ruth)
    pages = (f"/referrals/upload/{imported.pk}/", f"/referrals/upload/{imported.pk}/problems.csv")
    for where in pages:
        assert sign_in(cast.nia).get(where).status_code == 404
        assert sign_in(cast.nia).get(where, HTTP_HX_REQUEST="true").status_code == 404
        for other in (cast.morgan, cast.asha, cast.carol, cast.ben):
            assert sign_in(other).get(where).status_code == 403
            assert sign_in(other).get("/referrals/upload/").status_code == 403
    assert sign_in(cast.nia).post(pages[0], {"do": "confirm"}).status_code == 404
    assert "gave us lately" not in sign_in(cast.nia).get("/referrals/upload/").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_can_be_handed_straight_back(cast: Cast, sign_in: SignIn, kind: str) -> None:
    ruth = sign_in(cast.ruth)
    given = ruth.get(f"/referrals/upload/families.{kind}")
    assert f"families.{kind}" in given.headers["Content-Disposition"]
    assert "no family in it" in words(upload(ruth, given.content, f"families.{kind}"))
    assert ruth.get("/referrals/upload/families.exe").status_code == 404


def test_a_longer_file_costs_no_more_queries(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    asked = []
    for number in (2, 20, 60):
        where = f"/referrals/upload/{hand_in(many(number), cast.ruth).pk}/?page=9"
        with CaptureQueriesContext(connection) as queries:
            assert ruth.get(where).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2] <= 12

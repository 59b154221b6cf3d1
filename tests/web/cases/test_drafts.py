"""Words that are typed and not saved yet: kept as they come, for their writer alone, until they are a contact."""

from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Contact, Correction, Draft
from tests.cast import Cast

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def kept(browser: Client, cast: Cast, about: UUID, note: str, basis: int = 0, **more: Any) -> Any:
    boxes = {"submission": str(about), "channel": "video", "day_day": "19", "day_month": "11", "day_year": "2026"}
    sent = boxes | {"note": note, "people": [str(cast.grace.pk)], "about": str(about), "basis": basis} | more
    return browser.post(f"/families/{cast.case.pk}/draft/", sent)


def final(cast: Cast, about: UUID, note: str) -> dict[str, Any]:
    return {
        "submission": str(about),
        "channel": "phone",
        "outcome": "spoke",
        "day_day": "20",
        "day_month": "11",
        "day_year": "2026",
        "time": "10:00",
        "note": note,
    }


def log_page(browser: Client, cast: Cast, more: str = "") -> str:
    return unescape(browser.get(f"/families/{cast.case.pk}/contacts/new/{more}").content.decode())


def test_a_draft_grows_as_it_is_typed_and_fills_the_form_again(cast: Cast, sign_in: SignIn) -> None:
    browser, about = sign_in(cast.asha), new_id()
    assert kept(browser, cast, about, "She").json() == {"version": 1}
    assert kept(browser, cast, about, "She laughed", basis=1).json() == {"version": 2}
    page = log_page(browser, cast)
    assert "She laughed" in page
    assert "You began this Friday 20 November, 10:40" in page
    assert 'data-basis="2"' in page
    assert f'value="{about}"' in page, "it becomes the contact that it would have been"
    assert 'value="19"' in page, "the day is as it was typed, not today"
    assert "You began a note today at 10:40" in unescape(browser.get("/today/").content.decode())


def test_saving_for_good_ends_the_draft_and_what_comes_late_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    browser, about = sign_in(cast.asha), new_id()
    kept(browser, cast, about, "She laughed")
    browser.post(f"/families/{cast.case.pk}/contacts/new/", final(cast, about, "She laughed a lot"))
    assert not Draft.objects.exists()
    assert kept(browser, cast, about, "She laughed", basis=1).status_code == 410
    assert not Draft.objects.exists()
    assert Contact.objects.get().note == "She laughed a lot"


def test_two_tabs_lose_nothing(cast: Cast, sign_in: SignIn) -> None:
    browser, about = sign_in(cast.asha), new_id()
    kept(browser, cast, about, "Both")
    assert kept(browser, cast, about, "Both, and the first tab", basis=1).status_code == 200
    other = kept(browser, cast, about, "Both, and the second tab", basis=1)
    assert other.status_code == 409
    kept(browser, cast, UUID(other.json()["about"]), "Both, and the second tab")
    words = [draft.values["note"] for draft in Draft.objects.order_by("pk")]
    assert words == [["Both, and the first tab"], ["Both, and the second tab"]]
    page = log_page(browser, cast)
    assert "There is another note about this family" in page
    assert "Both, and the first tab" in log_page(browser, cast, f"?draft={about}")


def test_nobody_else_sees_a_draft(cast: Cast, sign_in: SignIn) -> None:
    kept(sign_in(cast.asha), cast, new_id(), "Not ready to be read")
    assert "Not ready" not in log_page(sign_in(cast.morgan), cast)
    assert "You began" not in unescape(sign_in(cast.morgan).get("/today/").content.decode())
    for user, status in ((cast.ben, 404), (cast.carol, 403)):
        assert kept(sign_in(user), cast, new_id(), "x").status_code == status
    assert Draft.objects.count() == 1


def test_one_cannot_write_over_anothers_draft(cast: Cast, sign_in: SignIn) -> None:
    about = new_id()
    kept(sign_in(cast.asha), cast, about, "Mine")
    assert kept(sign_in(cast.morgan), cast, about, "Theirs", basis=1).status_code == 409
    sign_in(cast.morgan).post(f"/families/{cast.case.pk}/draft/drop/", {"about": str(about)})
    assert Draft.objects.get().values["note"] == ["Mine"]


def test_a_draft_can_be_thrown_away_and_one_without_end_is_not_kept(cast: Cast, sign_in: SignIn) -> None:
    browser, about = sign_in(cast.asha), new_id()
    kept(browser, cast, about, "Never mind")
    browser.post(f"/families/{cast.case.pk}/draft/drop/", {"about": str(about)})
    assert not Draft.objects.exists()
    assert "Never mind" not in log_page(browser, cast)
    assert kept(browser, cast, about, "x" * 50_000).status_code == 413
    assert kept(browser, cast, about, "x", basis="no").status_code == 400


def test_what_a_contact_said_before_stands_beside_it(cast: Cast, sign_in: SignIn) -> None:
    browser, about = sign_in(cast.asha), new_id()
    browser.post(f"/families/{cast.case.pk}/contacts/new/", final(cast, about, "Tyler slept through."))
    address = f"/families/contacts/{about}/"
    changed = final(cast, about, "Amara slept through.") | {"version": "1", "people": [str(cast.grace.pk)]}
    assert kept(browser, cast, about, "Amara", correcting="on", version="1").json() == {"version": 1}
    assert "You began to change this" in browser.get(address).content.decode()
    assert browser.post(address, changed).status_code == 302
    assert not Draft.objects.exists()
    assert Correction.objects.get().said == {"note": "Tyler slept through.", "people": []}
    page = unescape(sign_in(cast.morgan).get(address).content.decode())
    assert "What it said before" in page
    assert "Tyler slept through." in page
    assert "Until Friday 20 November, 10:40, when Asha Rahman changed it" in page
    assert "Corrected: what it said before" in browser.get(f"/families/{cast.case.pk}/").content.decode()
    assert kept(browser, cast, about, "late", correcting="on", version="1").status_code == 410


def test_nothing_is_kept_beside_a_contact_that_was_not_changed(cast: Cast, sign_in: SignIn) -> None:
    browser, about = sign_in(cast.asha), new_id()
    browser.post(f"/families/{cast.case.pk}/contacts/new/", final(cast, about, "Tyler slept through."))
    browser.post(f"/families/contacts/{about}/", final(cast, about, "Tyler slept through.") | {"version": "1"})
    assert not Correction.objects.exists()

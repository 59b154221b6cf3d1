"""Keys on the settings pages: made and shown once, listed with their last use, ended; each by its owner alone."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from alongside.core.agencies.models import ApiKey, User
from alongside.core.audit import ledger
from alongside.core.base.ids import new_id
from tests.cast import Cast
from tests.conftest import Browser

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("clock")


def make(browser: Client, **more: str) -> str:
    given = {"submission": str(new_id()), "name": "Case <b>system</b>", "days": "90", **more}
    return html.unescape(browser.post("/settings/keys/new/", given).content.decode())


def test_a_key_is_shown_once_works_at_once_and_can_be_ended(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.ruth)
    shown = make(browser)
    found = re.search(r"<code[^>]*>(alongside_[\w-]{43})</code>", shown)
    assert found
    token = found[1]
    machine = Browser(headers={"Authorization": f"Bearer {token}"})
    assert machine.get("/api/v1/me").status_code == 200
    listed = browser.get("/settings/keys/").content.decode()
    assert token not in listed
    assert "Last used on 20 November 2026" in listed
    assert "&lt;b&gt;" in listed
    browser.post(f"/settings/keys/{ApiKey.objects.get().pk}/end/")
    assert machine.get("/api/v1/me").status_code == 401
    assert "Ended" in browser.get("/settings/keys/").content.decode()


def test_a_second_click_makes_no_second_key_and_says_so(cast: Cast, sign_in: SignIn) -> None:
    browser, same = sign_in(cast.ruth), str(new_id())
    make(browser, submission=same)
    assert "This key was made already" in make(browser, submission=same)
    assert ApiKey.objects.count() == 1


@pytest.mark.parametrize(("more", "sentence"), [({"name": ""}, "Say what the key is for"), ({"days": "9999"}, "9999")])
def test_what_is_missing_is_said_by_the_field(cast: Cast, sign_in: SignIn, more: dict[str, str], sentence: str) -> None:
    assert sentence in make(sign_in(cast.ruth), **more)
    assert not ApiKey.objects.exists()


def test_nobody_else_sees_or_ends_it(cast: Cast, sign_in: SignIn) -> None:
    make(sign_in(cast.ruth))
    key = ApiKey.objects.get()
    for user in (cast.carol, cast.ben, cast.morgan, cast.priya):
        assert "Case" not in sign_in(user).get("/settings/keys/").content.decode()
        assert sign_in(user).post(f"/settings/keys/{key.pk}/end/").status_code == 404
    key.refresh_from_db()
    assert key.ended_at is None


def test_a_key_used_twice_at_the_same_moment_opens_both_times(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = re.search(r"<code[^>]*>(alongside_[\w-]{43})</code>", make(sign_in(cast.ruth)))
    assert found
    note = ledger.note

    def while_another_marks_it(**told: Any) -> None:
        note(**told)
        ApiKey.objects.update(version=F("version") + 1)

    monkeypatch.setattr(ledger, "note", while_another_marks_it)
    assert Browser(headers={"Authorization": f"Bearer {found[1]}"}).get("/api/v1/me").status_code == 200

"""The door for machines: who gets in, by what, and what is said to whom does not."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from alongside.core.agencies.models import ApiKey, User
from alongside.core.agencies.services.keys import end_key, make_key
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from tests.cast import NOW, Cast
from tests.conftest import Browser

SignIn = Callable[[User], Client]
ME = "/api/v1/me"


def token_of(user: User, days: int = 90) -> str:
    return make_key(name="Case system", days=days, by=user, submission=new_id())[1]


def by_key(user: User, *, token: str = "") -> Client:
    return Browser(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {token or token_of(user)}"})


def test_a_key_acts_for_its_maker_and_each_use_is_logged(cast: Cast) -> None:
    answer = by_key(cast.ruth).get(ME)
    assert answer.status_code == 200
    assert answer.json()["agency"] == {"id": str(cast.kirklees.pk), "name": "Kirklees"}
    assert answer.json()["role"] == "referrer"
    assert Entry.objects.filter(actor=cast.ruth.pk, what="key used", model="agencies.ApiKey").count() == 1
    assert not answer.cookies


def test_only_a_hash_is_kept_and_the_log_holds_no_token(cast: Cast) -> None:
    token = token_of(cast.ruth)
    kept = json.dumps([list(ApiKey.objects.values()), list(Entry.objects.values())], default=str)
    assert token not in kept
    assert len(token.removeprefix("alongside_")) == 43, "256 bits in base 64"


@pytest.mark.usefixtures("clock")
def test_a_key_opens_nothing_once_ended_late_mistyped_or_its_maker_gone(cast: Cast) -> None:
    key, token = make_key(name="Case system", days=30, by=cast.ruth, submission=new_id())
    assert by_key(cast.ruth, token=token).get(ME).status_code == 200
    assert by_key(cast.ruth, token=token[:-1]).get(ME).status_code == 401
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        assert by_key(cast.ruth, token=token).get(ME).status_code == 200
    with time_machine.travel(NOW + timedelta(days=31), tick=False):
        assert by_key(cast.ruth, token=token).get(ME).status_code == 401
    User.objects.filter(pk=cast.ruth.pk).update(is_active=False)
    assert by_key(cast.ruth, token=token).get(ME).status_code == 401
    User.objects.filter(pk=cast.ruth.pk).update(is_active=True)
    key.refresh_from_db()
    end_key(key=key, by=cast.ruth)
    refused = by_key(cast.ruth, token=token).get(ME)
    assert refused.status_code == 401
    assert refused.json() == {"error": "This key opens nothing: it may be mistyped, ended or past its last day."}


def test_a_key_gains_and_loses_what_its_maker_does(cast: Cast) -> None:
    browser = by_key(cast.ruth)
    assert browser.get("/api/v1/referrals").status_code == 200
    User.objects.filter(pk=cast.ruth.pk).update(role="commissioner")
    assert browser.get("/api/v1/referrals").status_code == 403


def test_a_key_that_fails_is_not_helped_by_a_session(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.ruth).get(ME).status_code == 200
    assert sign_in(cast.ruth).get(ME, headers={"Authorization": "Bearer nonsense"}).status_code == 401
    assert sign_in(cast.ruth).get(ME, headers={"Authorization": "Basic cnV0aDp4"}).status_code == 401


def test_a_key_opens_no_page_for_people(cast: Cast) -> None:
    answer = by_key(cast.ruth).get("/referrals/")
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_one_submission_makes_one_key_and_its_token_is_shown_once(cast: Cast) -> None:
    same = new_id()
    make_key(name="Case system", days=90, by=cast.ruth, submission=same)
    with pytest.raises(Refused):
        make_key(name="Case system", days=90, by=cast.ruth, submission=same)
    assert ApiKey.objects.count() == 1
    for days in (0, 367):
        with pytest.raises(Refused):
            make_key(name="Case system", days=days, by=cast.ruth, submission=new_id())


def test_a_session_needs_the_csrf_token_for_what_writes(cast: Cast) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(cast.ruth)
    answer = browser.post("/api/v1/referrals", {}, content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["error"].startswith("Your role does not open this.")
    by_machine = by_key(cast.ruth).post("/api/v1/referrals", {}, content_type="application/json")
    assert by_machine.status_code == 422


def test_staff_without_their_second_step_are_told_so_and_their_keys_work(cast: Cast, settings: object) -> None:
    settings.STAFF_NEED_SECOND_STEP = True  # type: ignore[attr-defined]
    token = token_of(cast.morgan)
    browser = Browser()
    browser.force_login(cast.morgan)
    answer = browser.get(ME)
    assert (answer.status_code, answer.json()["error"][:21]) == (403, "Take your second step")
    assert by_key(cast.morgan, token=token).get(ME).status_code == 200


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", ME, 401),
        ("get", "/api/v1/nowhere", 404),
        ("get", "/api/nowhere", 404),
        ("post", ME, 401),
    ],
)
def test_a_stranger_is_answered_in_json(client: Client, db: None, method: str, address: str, status: int) -> None:
    answer = getattr(client, method)(address)
    assert answer.status_code == status
    assert set(answer.json()) == {"error"}


def test_a_method_that_an_address_lacks_is_said_to_be_lacking(cast: Cast) -> None:
    answer = by_key(cast.ruth).delete("/api/v1/referrals")
    assert (answer.status_code, set(answer.json())) == (405, {"error"})


def test_a_fault_shows_a_sentence_and_nothing_of_the_program(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("alongside.api.myself.access.person", fail)
    browser = by_key(cast.ruth)
    browser.raise_request_exception = False
    answer = browser.get(ME)
    assert answer.status_code == 500
    assert answer.json() == {"error": "Something went wrong here, and was noted. Nothing was saved."}


def test_the_description_names_every_operation(client: Client, db: None) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/me" in described["paths"]
    assert {"get", "post"} <= set(described["paths"]["/api/v1/referrals"])
    assert "http://" not in json.dumps(described)

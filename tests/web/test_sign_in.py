"""Signing in: with a password and a second step, and what is refused."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.audit.models import Entry
from tests.cast import PASSWORD, Cast
from tests.conftest import Browser

SIGN_IN = "/account/login/"


def try_to(client: Client, email: str, password: str = PASSWORD, **more: str) -> str:
    """Post the sign-in form, and give where it leads or the page."""
    answer = client.post(SIGN_IN, {"login": email, "password": password, **more})
    return str(answer["Location"]) if answer.status_code == 302 else answer.content.decode()


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[..., Any]:
    """Do what waits for the end of a transaction, which no test has."""
    return django_capture_on_commit_callbacks


@pytest.fixture(autouse=True)
def _no_second_step(settings: Any) -> None:
    settings.STAFF_NEED_SECOND_STEP = False


def test_the_right_password_opens_the_page_that_was_wanted(cast: Cast, client: Client) -> None:
    assert try_to(client, "Asha@Example.org", next="/settings/sign-in/") == "/settings/sign-in/"
    assert client.get("/settings/sign-in/").status_code == 200


def test_nobody_is_led_to_another_site(cast: Cast, client: Client) -> None:
    assert try_to(client, cast.asha.email, next="https://elsewhere.example/") == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(cast: Cast) -> None:
    def answer(email: str, password: str) -> tuple[str, bool]:
        words = try_to(Browser(), email, password)
        return re.sub(r'value="[^"]*"', "", words), email in words

    wrong = answer(cast.asha.email, "not the password")
    assert "is not right" in wrong[0]
    assert answer("nobody@example.org", "not the password") == wrong


def test_a_password_never_goes_back_into_the_page(cast: Cast, client: Client) -> None:
    assert "some secret words" not in try_to(client, cast.asha.email, "some secret words")


def test_a_known_and_an_unknown_address_cost_one_hash_each(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = []
    monkeypatch.setattr(User, "check_password", lambda self, raw: hashes.append("check") or False)
    monkeypatch.setattr(User, "set_password", lambda self, raw: hashes.append("set"))
    try_to(client, cast.asha.email, "wrong")
    try_to(client, "nobody@example.org", "wrong")
    assert hashes == ["check", "set"]


def test_tries_are_limited_before_the_password_is_looked_at(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        try_to(client, cast.asha.email, "wrong")
    monkeypatch.setattr(User, "check_password", lambda self, raw: pytest.fail("the password was looked at"))
    assert "too many tries" in try_to(client, cast.asha.email)


def test_signing_in_and_failing_to_are_in_the_log_without_password_or_unknown_address(
    cast: Cast, client: Client
) -> None:
    try_to(client, cast.asha.email, "wrong words")
    try_to(client, "nobody@example.org", "wrong words")
    try_to(client, cast.asha.email)
    client.post("/account/logout/")
    entries = Entry.objects.filter(kind=Entry.Kind.SIGN_IN).order_by("id")
    assert [entry.what for entry in entries] == ["sign-in failed", "sign-in failed", "signed in", "signed out"]
    assert entries[0].row == str(cast.asha.pk)
    kept = " ".join(f"{entry.what} {entry.row} {entry.changes}" for entry in entries)
    assert "wrong words" not in kept
    assert "nobody" not in kept


def test_the_session_gets_a_new_key_when_somebody_signs_in(cast: Cast, client: Client) -> None:
    client.get(SIGN_IN)
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    try_to(client, cast.asha.email)
    assert client.session.session_key != planted.session_key


def test_signing_out_needs_a_form_and_ends_the_session(cast: Cast, client: Client) -> None:
    try_to(client, cast.asha.email)
    client.get("/account/logout/")
    assert client.get("/settings/sign-in/").status_code == 200
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/account/logout/")
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/settings/sign-in/").status_code == 302


def test_somebody_who_was_ended_is_turned_away_at_the_next_request(
    cast: Cast, client: Client, sign_in: Callable[[User], Client]
) -> None:
    try_to(client, cast.asha.email)
    sign_in(cast.priya).post(f"/settings/people/{cast.asha.pk}/end/")
    assert client.get("/settings/sign-in/")["Location"].startswith(SIGN_IN)
    assert "/account/ended/" in try_to(client, cast.asha.email)


def test_nobody_signs_up(cast: Cast, client: Client) -> None:
    for address in ("/account/signup/", "/account/register/", "/account/email/", "/account/3rdparty/"):
        assert client.get(address).status_code == 404


def test_forms_from_elsewhere_are_refused(cast: Cast) -> None:
    browser = Browser(enforce_csrf_checks=True)
    for address in (SIGN_IN, "/account/logout/", "/account/password/forgotten/", "/settings/people/invite/"):
        assert browser.post(address, {}).status_code == 403


def test_a_new_password_ends_every_other_session(cast: Cast, commits: Callable[..., Any]) -> None:
    here, there = Browser(), Browser()
    try_to(here, cast.asha.email)
    try_to(there, cast.asha.email)
    new = "a short ride over the moor"
    with commits(execute=True):
        answer = here.post("/account/password/", {"oldpassword": PASSWORD, "password1": new})
    assert answer.status_code == 302
    assert here.get("/settings/sign-in/").status_code == 200
    assert there.get("/settings/sign-in/").status_code == 302
    assert "password was changed" in mail.outbox[0].body
    assert try_to(Browser(), cast.asha.email, new) == "/"


def test_a_short_or_common_password_is_refused(cast: Cast, client: Client) -> None:
    try_to(client, cast.asha.email)
    words = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": "short"}).content.decode()
    assert "at least 12 characters" in words
    assert try_to(Browser(), cast.asha.email) == "/"


@pytest.fixture
def reset_link(commits: Callable[..., Any]) -> Callable[[str], str]:
    """Ask for a new password, and give the path of the link in the mail."""

    def ask(email: str) -> str:
        mail.outbox.clear()
        with commits(execute=True):
            Browser().post("/account/password/forgotten/", {"email": email})
        found = re.search(r"https?://[^/]+(/account/password/new/\S+)", mail.outbox[0].body)
        assert found
        return found[1]

    return ask


def test_a_forgotten_password_is_set_again_from_a_link_that_works_once(
    cast: Cast, client: Client, reset_link: Callable[[str], str]
) -> None:
    signed_in = Browser()
    try_to(signed_in, cast.asha.email)
    link = reset_link(cast.asha.email)
    there = client.get(link)["Location"]
    assert link not in there, "the key stays out of the address of the form"
    new = "a short ride over the moor"
    assert client.post(there, {"password1": new}).status_code == 302
    assert signed_in.get("/settings/sign-in/").status_code == 302
    assert try_to(Browser(), cast.asha.email, new) == "/"
    assert "does not work any more" in Browser().get(link).content.decode()


def test_a_made_up_link_for_a_new_password_opens_nothing(
    cast: Cast, client: Client, reset_link: Callable[[str], str]
) -> None:
    link = reset_link(cast.asha.email)
    for address in (link[:-4] + "abc/", "/account/password/new/1-abc/"):
        assert "does not work any more" in client.get(address).content.decode()


def test_asking_for_a_new_password_answers_the_same_for_an_unknown_address(
    cast: Cast, commits: Callable[..., Any]
) -> None:
    def ask(email: str) -> tuple[int, str, int]:
        mail.outbox.clear()
        with commits(execute=True):
            answer = Browser().post("/account/password/forgotten/", {"email": email})
        return answer.status_code, answer["Location"], len(mail.outbox)

    assert ask(cast.asha.email) == ask("nobody@example.org")
    assert "Nobody signs in with this e-mail address" in mail.outbox[0].body

"""The second step: who must have one, how it is set up, taken, and lost."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.audit.models import Entry
from tests.cast import PASSWORD, Cast
from tests.conftest import Browser

HOME = "/settings/sign-in/"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _second_step_is_required(settings: Any) -> None:
    settings.STAFF_NEED_SECOND_STEP = True


def code_for(secret: str = SECRET) -> str:
    """Give the code that an app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def password_alone(user: User) -> tuple[Client, str]:
    """Sign in with a password, and give where that leads."""
    browser = Browser()
    answer = browser.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return browser, answer["Location"]


@pytest.fixture
def asha_has_an_app(cast: Cast) -> Any:
    """Give Asha a second step from before."""
    return TOTP.activate(cast.asha, SECRET)


@pytest.mark.django_db(transaction=True)
def test_staff_are_led_to_set_one_up_and_then_back_to_where_they_were(cast: Cast) -> None:
    browser, _ = password_alone(cast.asha)
    assert browser.get(f"{HOME}?a=b")["Location"] == "/account/second-step/"
    assert "Set up a second step" in browser.get("/account/second-step/").content.decode()
    page = browser.get("/account/second-step/app/").content.decode()
    secret = browser.session["mfa.totp.secret"]
    assert "data:image/svg+xml" in page
    assert secret[:4] in page
    wrong = browser.post("/account/second-step/app/", {"code": "000000"})
    assert "The code is not right" in wrong.content.decode()
    answer = browser.post("/account/second-step/app/", {"code": code_for(secret)})
    assert answer["Location"] == "/account/second-step/recovery-codes/"
    assert browser.get(answer["Location"]).status_code == 200
    assert browser.get("/account/second-step/")["Location"] == f"{HOME}?a=b"
    assert browser.get(HOME).status_code == 200
    assert "set up as your second step" in Entry.objects.filter(kind="sign_in", actor=cast.asha.pk).latest("id").what


def test_people_of_an_authority_need_none(cast: Cast) -> None:
    browser, _ = password_alone(cast.ruth)
    assert browser.get(HOME).status_code == 200


def test_whoever_has_one_is_not_signed_in_before_it_is_taken(cast: Cast, asha_has_an_app: Any) -> None:
    browser, there = password_alone(cast.asha)
    assert there.startswith("/account/second-step/code/")
    assert browser.get(HOME)["Location"].startswith("/account/login/")
    assert "The code is not right" in browser.post(there, {"code": "000000"}).content.decode()
    assert browser.get(HOME).status_code == 302
    browser.post(there, {"code": code_for()})
    assert browser.get(HOME).status_code == 200


def test_a_code_works_once(cast: Cast, asha_has_an_app: Any) -> None:
    code = code_for()
    for expected in (200, 302):
        browser, there = password_alone(cast.asha)
        browser.post(there, {"code": code})
        assert browser.get(HOME).status_code == expected


def test_a_recovery_code_stands_in_once(cast: Cast) -> None:
    browser, _ = password_alone(cast.asha)
    browser.get("/account/second-step/app/")
    browser.post("/account/second-step/app/", {"code": code_for(browser.session["mfa.totp.secret"])})
    text = browser.get("/account/second-step/recovery-codes/file/").content.decode()
    code = text.split()[-1]
    for expected in (200, 302):
        again, there = password_alone(cast.asha)
        again.post(there, {"code": code})
        assert again.get(HOME).status_code == expected


def test_a_session_opened_by_password_alone_stays_outside_when_the_step_is_set_up_elsewhere(
    cast: Cast,
) -> None:
    thief, _ = password_alone(cast.asha)
    TOTP.activate(cast.asha, SECRET)
    assert thief.get(HOME)["Location"] == "/account/second-step/"
    assert "Use it now to go on" in thief.get("/account/second-step/").content.decode()
    thief.post("/account/second-step/again/?next=/account/second-step/", {"code": code_for()})
    assert thief.get("/account/second-step/").status_code == 302
    assert thief.get(HOME).status_code == 200


def test_secrets_are_not_readable_in_the_database(cast: Cast, asha_has_an_app: Any) -> None:
    kept = str(Authenticator.objects.get(user=cast.asha).data)
    assert SECRET not in kept


def test_taking_the_last_step_away_asks_for_another_at_once(cast: Cast, asha_has_an_app: Any) -> None:
    browser, there = password_alone(cast.asha)
    browser.post(there, {"code": code_for()})
    step = Authenticator.objects.get(user=cast.asha)
    assert "Remove" in browser.get(f"/settings/sign-in/second-step/{step.pk}/").content.decode()
    assert Authenticator.objects.filter(user=cast.asha).exists()
    browser.post(f"/settings/sign-in/second-step/{step.pk}/")
    assert not Authenticator.objects.filter(user=cast.asha).exists()
    assert browser.get(HOME)["Location"] == "/account/second-step/"


def test_nobody_removes_the_step_of_somebody_else(
    cast: Cast, sign_in: Callable[[User], Client], asha_has_an_app: Any
) -> None:
    browser, _ = password_alone(cast.ruth)
    step = Authenticator.objects.get(user=cast.asha)
    assert browser.post(f"/settings/sign-in/second-step/{step.pk}/").status_code == 404
    assert Authenticator.objects.filter(user=cast.asha).exists()


def test_an_administrator_takes_away_a_lost_step_and_its_sessions(
    cast: Cast, sign_in: Callable[[User], Client], asha_has_an_app: Any
) -> None:
    browser, there = password_alone(cast.asha)
    browser.post(there, {"code": code_for()})
    sign_in(cast.priya).post(f"/settings/people/{cast.asha.pk}/second-step/")
    assert browser.get(HOME).status_code == 302
    browser, there = password_alone(cast.asha)
    assert there == "/"
    assert browser.get(HOME)["Location"] == "/account/second-step/"


def test_guesses_of_the_code_are_limited(cast: Cast, asha_has_an_app: Any) -> None:
    browser, there = password_alone(cast.asha)
    for _ in range(6):
        words = browser.post(there, {"code": "000000"}).content.decode()
    assert "too many tries" in words
    browser.post(there, {"code": code_for()})
    assert browser.get(HOME).status_code == 302

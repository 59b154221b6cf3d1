"""Signing in and settings in a real browser: every page accessible, on a phone and a desk, with scripts and without."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail

from alongside.core.agencies.models import User
from tests.cast import PASSWORD, Cast
from tests.e2e.conftest import Visitor

Comes = Callable[..., Visitor]


def code_for(secret: str) -> str:
    """Give the code that an app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


@pytest.fixture(autouse=True)
def _second_step_is_required(settings: Any) -> None:
    settings.STAFF_NEED_SECOND_STEP = True


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_somebody_invited_makes_a_sign_in_with_an_app_and_signs_in_again(
    cast: Cast, visitor: Comes, scripts: bool, settings: Any
) -> None:
    settings.STAFF_NEED_SECOND_STEP = False
    priya = visitor("Priya", scripts=scripts).signs_in(cast.priya)
    page = priya.goes_to("/settings/people/")
    priya.presses("Invite somebody")
    priya.presses("Send the invitation")  # nothing is filled in: the page says so
    page.get_by_label("Name").fill("Sam Lowe")
    page.get_by_label("E-mail address").fill("sam@example.org")
    page.get_by_label("Family worker").check()
    priya.presses("Send the invitation")
    assert page.get_by_text("We sent sam@example.org an invitation").is_visible()
    settings.STAFF_NEED_SECOND_STEP = True
    link = re.search(r"(/account/invitation/\S+)", mail.outbox[-1].body)
    assert link
    sam = visitor("Sam", phone=True, scripts=scripts)
    page = sam.goes_to(link[1])
    page.get_by_label("Choose a password", exact=True).fill("short")
    sam.presses("Make my sign-in")
    page.get_by_label("Choose a password", exact=True).fill("a short ride over the moor")
    sam.presses("Make my sign-in")
    sam.goes_to("/settings/sign-in/")
    assert page.get_by_role("heading", name="Set up a second step").is_visible()
    sam.presses("Set up an app")
    page.get_by_text("I cannot point my phone at it").click()
    secret = page.locator(".secret-key").inner_text().replace(" ", "")
    page.get_by_label("Code from the app").fill(code_for(secret))
    sam.presses("Set up this app")
    recovery = page.locator(".recovery-codes li").first.inner_text()
    sam.presses("I have kept them, go on")
    assert page.url.endswith("/settings/sign-in/")
    again = visitor("Sam again", phone=True, scripts=scripts)
    page = again.goes_to("/account/login/")
    page.get_by_label("E-mail address").fill("sam@example.org")
    page.get_by_label("Password", exact=True).fill("a short ride over the moor")
    again.presses("Sign in")
    page.get_by_label("Code").fill(recovery)
    again.presses("Sign in")
    again.goes_to("/settings/sign-in/")
    assert page.get_by_text("Sign out everywhere else").is_visible()


def test_a_passkey_is_set_up_and_taken(cast: Cast, visitor: Comes) -> None:
    asha = visitor("Asha").signs_in(cast.asha)
    page = asha.page
    devtools = asha.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    asha.goes_to("/settings/sign-in/")
    asha.presses("Set up a passkey")
    page.get_by_label("A name for it").fill("My laptop")
    page.get_by_role("button", name="Set up this passkey").click()
    page.wait_for_url("**/recovery-codes/")
    asha.looks()
    asha.presses("I have kept them, go on")
    assert page.get_by_text("My laptop").first.is_visible()
    asha.goes_to("/account/logout/")
    asha.presses("Yes, sign out")
    asha.signs_in(cast.asha)
    page.wait_for_url("**/second-step/code/**")
    asha.looks()
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/today/")
    asha.goes_to("/settings/sign-in/")
    assert page.get_by_text("My laptop").first.is_visible()
    asha.follows("Remove My laptop")
    asha.presses("Yes, remove it")
    assert page.get_by_role("heading", name="Set up a second step").is_visible()


def test_every_page_of_signing_in_and_settings_can_be_used_by_everybody(
    cast: Cast, visitor: Comes, settings: Any
) -> None:
    settings.STAFF_NEED_SECOND_STEP = False
    User.objects.bulk_create(
        User(agency=cast.kirklees, name=f"Somebody {n}", role="referrer", email=f"n{n}@example.org") for n in range(60)
    )
    stranger = visitor("Stranger", phone=True)
    for address in ("login/", "password/forgotten/", "password/sent/", "password/new/1-abc/", "password/done/",
                    "ended/", "invitation/made-up/", "through-stopped/", "through-failed/"):  # fmt: skip
        stranger.goes_to(f"/account/{address}")
    stranger.goes_to("/account/login/")
    stranger.page.get_by_label("E-mail address").fill("asha@example.org")
    stranger.presses("Sign in")
    priya = visitor("Priya", phone=True).signs_in(cast.priya)
    asha = f"people/{cast.asha.pk}/"
    for address in ("people/", "people/invite/", asha, f"people/{cast.priya.pk}/", f"{asha}end/", "teams/", "sign-in/"):
        priya.goes_to(f"/settings/{address}")
    for address in ("teams/new/", f"teams/{cast.team.pk}/"):
        priya.goes_to(f"/settings/{address}")
    for address in ("password/", "logout/", "second-step/", "second-step/app/", "second-step/passkey/"):
        priya.goes_to(f"/account/{address}")
    priya.goes_to("/settings/keys/")
    priya.presses("Make a key")
    priya.presses("Make the key")
    priya.page.get_by_label("What is it for?").fill("Our case system")
    priya.presses("Make the key")
    assert "alongside_" in priya.page.inner_text("main")
    priya.goes_to("/settings/keys/")
    priya.follows("End")
    priya.presses("Yes, end it")
    omar = visitor("Omar", phone=True).signs_in(cast.omar)
    omar.goes_to("/settings/log/")
    omar.goes_to("/settings/log/?kind=export")


def test_signing_in_leads_on_to_the_page_that_was_wanted(cast: Cast, visitor: Comes) -> None:
    ruth = visitor("Ruth", phone=True)
    page = ruth.goes_to("/settings/sign-in/")
    page.get_by_label("E-mail address").fill(cast.ruth.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    ruth.presses("Sign in")
    assert page.url.endswith("/settings/sign-in/")

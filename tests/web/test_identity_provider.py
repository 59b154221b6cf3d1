"""Signing in through an authority's own identity provider, played out against a real one on this machine."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client

from alongside.config import identity_providers
from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from tests.cast import PASSWORD, Cast
from tests.conftest import Browser

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:.*deprecated"),
    pytest.mark.usefixtures("kirklees_has_its_own"),
]
PASSED_ON = "/settings/sign-in/"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Run a provider that lets whoever asks in as whoever they say they are."""
    import warnings  # noqa: PLC0415  (the provider warns while it is imported)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import oidc_provider_mock  # noqa: PLC0415

        with oidc_provider_mock.run_server_in_thread() as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def kirklees_has_its_own(settings: Any, issuer: str, cast: Cast) -> None:
    """Let Kirklees sign in through that provider, and Calderdale through another door of it."""
    settings.STAFF_NEED_SECOND_STEP = False
    shared = {"server_url": issuer, "client_id": "alongside", "client_secret": "hush"}
    settings.IDENTITY_PROVIDERS = [
        {"id": "kirklees", "name": "Kirklees Council", "agency": cast.kirklees.code, **shared},
        {"id": "calderdale", "name": "Calderdale Council", "agency": cast.calderdale.code, **shared},
    ]
    settings.SOCIALACCOUNT_PROVIDERS = identity_providers.for_library(settings.IDENTITY_PROVIDERS)


def through(browser: Client, issuer: str, subject: str, email: str, provider: str = "kirklees", query: str = "") -> Any:
    """Go to the provider, sign in there as this subject with this address, and come back."""
    requests.put(f"{issuer}/users/{subject}", json={"email": email, "name": "Ruth Barker"}, timeout=5)
    there = browser.post(f"/account/through/{provider}/{query}")
    assert there["Location"].startswith(issuer), there["Location"]
    assert "code_challenge=" in there["Location"]
    back = requests.post(there["Location"], data={"sub": subject}, allow_redirects=False, timeout=5)
    address = urlsplit(back.headers["Location"])
    return browser.get(f"{address.path}?{address.query}")


@pytest.fixture
def invite(
    cast: Cast, sign_in: Callable[[User], Client], django_capture_on_commit_callbacks: Callable[..., Any]
) -> Callable[[str], str]:
    """Invite somebody to Kirklees, and give the path of the link."""

    def send(email: str) -> str:
        mail.outbox.clear()
        form = {
            "submission": new_id(),
            "name": "Sam Lowe",
            "email": email,
            "agency": cast.kirklees.pk,
            "role": "referrer",
        }
        with django_capture_on_commit_callbacks(execute=True):
            sign_in(cast.priya).post("/settings/people/invite/", form)
        return re.search(r"(/account/invitation/\S+)", mail.outbox[0].body)[1]  # type: ignore[index]

    return send


def follow(link: str) -> Client:
    """Follow an invitation as far as the provider's door."""
    browser = Browser()
    words = browser.get(link).content.decode()
    assert "sign in through Kirklees Council" in words
    assert 'type="password"' not in words
    answer = browser.post(f"{link}through/")
    assert answer["Location"] == "/account/through/kirklees/"
    return browser


def test_the_first_time_takes_an_invitation_and_later_times_do_not(issuer: str, invite: Any) -> None:
    browser = follow(invite("sam@example.org"))
    assert through(browser, issuer, "sam-1", "Sam@Example.org").status_code == 302
    assert browser.get(PASSED_ON).status_code == 200
    sam = User.objects.get(email="sam@example.org")
    assert (sam.role, sam.agency.name, sam.has_usable_password()) == ("referrer", "Kirklees", False)
    later = Browser()
    through(later, issuer, "sam-1", "new.name@example.org")
    assert later.get(PASSED_ON).status_code == 200
    assert SocialAccount.objects.get().user == sam


def test_nobody_comes_in_without_an_invitation_even_with_a_known_address(cast: Cast, issuer: str) -> None:
    for email in ("stranger@example.org", cast.ruth.email, cast.asha.email):
        browser = Browser()
        answer = through(browser, issuer, "stranger", email)
        assert "We could not sign you in" in answer.content.decode()
        assert browser.get(PASSED_ON).status_code == 302
    assert not SocialAccount.objects.exists()


def test_an_invitation_is_no_good_to_another_address_or_through_another_agency(issuer: str, invite: Any) -> None:
    link = invite("sam@example.org")
    for browser, email, provider in (
        (follow(link), "somebody.else@example.org", "kirklees"),
        (follow(link), "sam@example.org", "calderdale"),
    ):
        through(browser, issuer, "sam-2", email, provider)
        assert browser.get(PASSED_ON).status_code == 302
    assert not User.objects.filter(email="sam@example.org").exists()


def test_the_same_subject_at_another_agencys_door_is_not_that_person(issuer: str, invite: Any) -> None:
    through(follow(invite("sam@example.org")), issuer, "sam-3", "sam@example.org")
    browser = Browser()
    through(browser, issuer, "sam-3", "sam@example.org", "calderdale")
    assert browser.get(PASSED_ON).status_code == 302


def test_somebody_whose_sign_in_was_ended_stays_out(issuer: str, invite: Any) -> None:
    through(follow(invite("sam@example.org")), issuer, "sam-4", "sam@example.org")
    User.objects.filter(email="sam@example.org").update(is_active=False)
    browser = Browser()
    assert through(browser, issuer, "sam-4", "sam@example.org")["Location"] == "/account/ended/"
    assert browser.get(PASSED_ON).status_code == 302


def test_a_signed_in_person_is_tied_to_their_own_agencys_provider_only(cast: Cast, issuer: str) -> None:
    browser = Browser()
    browser.post("/account/login/", {"login": cast.ruth.email, "password": PASSWORD})
    through(browser, issuer, "ruth", cast.ruth.email, "calderdale", "?process=connect")
    assert not SocialAccount.objects.exists()
    through(browser, issuer, "ruth", cast.ruth.email, "kirklees", "?process=connect")
    assert SocialAccount.objects.get().user == cast.ruth
    again = Browser()
    through(again, issuer, "ruth", "anything@example.org")
    assert again.get(PASSED_ON).status_code == 200


def test_an_answer_that_was_not_asked_for_is_refused(issuer: str) -> None:
    browser = Browser()
    answer = browser.get("/account/through/kirklees/back/?code=stolen&state=made-up")
    assert answer.status_code == 401
    assert "We could not sign you in" in answer.content.decode()


def test_who_has_no_password_is_told_where_to_sign_in(
    issuer: str, invite: Any, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    through(follow(invite("sam@example.org")), issuer, "sam-5", "sam@example.org")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        Browser().post("/account/password/forgotten/", {"email": "sam@example.org"})
    assert "you sign in through your" in mail.outbox[0].body
    assert "/password/new/" not in mail.outbox[0].body


def test_the_sign_in_page_names_each_organisation_and_lets_forms_lead_there(client: Client) -> None:
    words = client.get("/account/login/").content.decode()
    assert "Kirklees Council" in words
    assert identity_providers.origins([{"server_url": "https://sign-in.example/tenant/v2.0"}]) == [
        "https://sign-in.example"
    ]


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": "x"}]',
        '[{"id": "A b", "name": "n", "agency": "a", "server_url": "s", "client_id": "c", "client_secret": "s"}]',
    ],
)
def test_a_half_written_setting_stops_the_program_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"lacks|may hold"):
        identity_providers.read(text)

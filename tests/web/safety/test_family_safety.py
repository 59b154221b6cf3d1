"""What must be known of a family stands wherever somebody might contact it, for whose eyes it is, and no longer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.people.models import Flag, Restriction, SafetyNote
from tests.cast import TODAY, Cast

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def flag(cast: Cast, **changes: object) -> Flag:
    facts: dict[str, object] = {
        "kind": "visits",
        "words": "Do not visit alone",
        "reason": "The dog bit a colleague.",
        "seen_by": "all",
        "review_on": TODAY + timedelta(days=30),
        "expires_on": TODAY + timedelta(days=60),
        "set_by": cast.morgan,
    }
    with system():
        return Flag.objects.create(agency=cast.provider, household=cast.household, **(facts | changes))


@pytest.fixture
def sol(cast: Cast) -> User:
    """Another worker of Asha's team."""
    return User.objects.create(
        agency=cast.provider, team=cast.team, role="family_worker", name="Sol", email="sol@example.org"
    )


def acting_pages(cast: Cast) -> list[str]:
    case = cast.case.pk
    return [
        f"/families/{case}/",
        f"/families/{case}/contacts/new/",
        f"/families/{case}/measures/",
        f"/safety/families/{case}/",
        f"/people/households/{cast.household.pk}/",
        f"/people/{cast.grace.pk}/",
    ]


def test_it_stands_on_every_page_from_which_somebody_might_call(cast: Cast, sign_in: SignIn) -> None:
    flag(cast)
    with system():
        SafetyNote.objects.create(
            agency=cast.provider,
            household=cast.household,
            not_told="Dean",
            safe_times="School days, 10 to 2",
            safe_words="Say the library",
            checked_on=TODAY,
        )
    asha = sign_in(cast.asha)
    for address in acting_pages(cast):
        shown = asha.get(address).content.decode()
        for words in ("Must not be told:", "Dean", "School days, 10 to 2", "Say the library", "Do not visit alone"):
            assert words in shown, (address, words)


@pytest.mark.parametrize(
    ("seen_by", "sees"),
    [("all", {"asha", "sol", "morgan"}), ("worker", {"asha", "morgan"}), ("managers", {"morgan"})],
)
def test_a_flag_is_for_the_eyes_that_it_names(
    cast: Cast, sign_in: SignIn, sol: User, seen_by: str, sees: set[str]
) -> None:
    made = flag(cast, seen_by=seen_by)
    for who, user in (("asha", cast.asha), ("sol", sol), ("morgan", cast.morgan)):
        browser = sign_in(user)
        for address in acting_pages(cast):
            assert ("Do not visit alone" in browser.get(address).content.decode()) == (who in sees), (who, address)
        assert browser.get(f"/safety/flags/{made.pk}/").status_code == (200 if who in sees else 404)


def test_a_flag_ends_by_itself_and_says_when_to_look_again(
    cast: Cast, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    flag(cast)
    case = f"/families/{cast.case.pk}/"
    assert "Look at this again" not in sign_in(cast.asha).get(case).content.decode()
    clock.shift(timedelta(days=30))
    assert "Look at this again" in sign_in(cast.asha).get(case).content.decode()
    clock.shift(timedelta(days=31))
    assert "Do not visit alone" not in sign_in(cast.asha).get(case).content.decode()
    assert "Ended" in sign_in(cast.asha).get(f"/safety/families/{cast.case.pk}/").content.decode()


def days(name: str, offset: int) -> dict[str, str]:
    day = TODAY + timedelta(days=offset)
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def test_a_flag_is_set_changed_and_taken_down(cast: Cast, sign_in: SignIn) -> None:
    asha, address = sign_in(cast.asha), f"/safety/families/{cast.case.pk}/flags/new/"
    told = {"kind": "visits", "words": "Call first", "reason": "Shift work.", "seen_by": "all"}
    sent = {**told, "submission": str(new_id()), **days("review_on", 30)}
    for wrong in (days("expires_on", 29), days("expires_on", 400), {}):
        assert asha.post(address, {**sent, **wrong}).status_code == 200
    assert asha.post(address, {**sent, **days("expires_on", 60)}).status_code == 302
    made = Flag.objects.get()
    change = {**told, "version": "1", **days("review_on", 40), **days("expires_on", 60)}
    assert asha.post(f"/safety/flags/{made.pk}/", change).status_code == 302
    assert asha.post(f"/safety/flags/{made.pk}/", {**change, "words": "Ring first"}).status_code == 200, "stale"
    assert asha.post(f"/safety/flags/{made.pk}/", {**change, "version": "2", "end": "on"}).status_code == 302
    made.refresh_from_db()
    assert made.ended_on == TODAY


def test_a_note_needs_one_of_its_parts(cast: Cast, sign_in: SignIn) -> None:
    asha, address = sign_in(cast.asha), f"/people/households/{cast.household.pk}/safety/"
    sent = {"submission": str(new_id()), **days("checked_on", 0)}
    assert "Write down what must be known" in asha.post(address, sent).content.decode()
    assert asha.post(address, {**sent, "not_told": "Dean"}).status_code == 302
    assert SafetyNote.objects.get().not_told == "Dean"


def test_a_manager_restricts_a_family_and_it_is_gone_for_the_others(cast: Cast, sign_in: SignIn, sol: User) -> None:
    address = f"/safety/families/{cast.case.pk}/restriction/"
    morgan, others = sign_in(cast.morgan), sign_in(sol)
    assert sign_in(cast.asha).get(address).status_code == 403
    sent = {"submission": str(new_id()), "reason": "Kin of a colleague.", **days("review_on", 60)}
    assert morgan.post(address, sent).status_code == 200
    assert morgan.post(address, {**sent, "knowing": [str(cast.asha.pk)]}).status_code == 302
    for page in acting_pages(cast):
        assert others.get(page).status_code == 404
        assert sign_in(cast.asha).get(page).status_code == 200
    for page in ("/families/?whose=team", "/people/?q=Grace", "/api/v1/families", "/safety/", "/today/?whose=team"):
        assert "Okafor" not in others.get(page, follow=True).content.decode()
    assert "Few may know of this family" in sign_in(cast.asha).get(f"/families/{cast.case.pk}/").content.decode()
    change = {"version": "1", "reason": "Over.", "knowing": [str(cast.asha.pk)], **days("review_on", 60), "end": "on"}
    assert morgan.post(address, change).status_code == 302
    assert Restriction.objects.get().ended_on == TODAY
    assert others.get(f"/families/{cast.case.pk}/").status_code == 200


def test_the_page_costs_the_same_for_many_flags(cast: Cast, sign_in: SignIn) -> None:
    counts = []
    for number in (2, 18):
        for _ in range(number):
            flag(cast)
        browser = sign_in(cast.asha)
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(f"/safety/families/{cast.case.pk}/").status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 12

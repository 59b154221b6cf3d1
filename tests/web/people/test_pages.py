"""Every page about people: who may open it, who is found, and that what was typed is kept."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from alongside.core.access import system
from alongside.core.agencies.models import Team, User
from alongside.core.base.ids import new_id
from alongside.records.people.models import (
    Arrangement,
    Household,
    Membership,
    Person,
    PlanStatus,
    Relationship,
    SafetyNote,
)
from alongside.records.people.services.filing import file_person
from tests.cast import TODAY, Cast

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def addresses(cast: Cast) -> list[str]:
    with system():
        membership = Membership.objects.filter(person=cast.tyler).first()
        arrangement = Arrangement.objects.get(child=cast.tyler)
        plan = PlanStatus.objects.create(
            agency=cast.provider, child=cast.tyler, kind="child_in_need", started_on=TODAY, said_by="Kirklees"
        )
        note = SafetyNote.objects.create(
            agency=cast.provider, household=cast.household, words="Ring at 10", checked_on=TODAY
        )
    home, person = f"/people/households/{cast.household.pk}/", f"/people/{cast.tyler.pk}/"
    return [
        home,
        *(f"{home}{page}/" for page in ("change", "add", "relate")),
        person,
        *(f"{person}{page}/" for page in ("change", "arrangements/new", "plans/new")),
        f"/people/memberships/{membership.pk}/",
        f"/people/arrangements/{arrangement.pk}/",
        f"/people/plans/{plan.pk}/",
        f"/people/safety/{note.pk}/",
    ]


def test_each_page_opens_for_the_worker_and_the_manager_and_for_nobody_else(cast: Cast, sign_in: SignIn) -> None:
    with system():
        south = Team.objects.create(agency=cast.provider, name="South")
        sol = User.objects.create(
            agency=cast.provider, team=south, role="family_worker", name="Sol", email="sol@example.org"
        )
    browsers = {
        sign_in(cast.asha): 200,
        sign_in(cast.morgan): 200,
        sign_in(cast.ben): 404,
        sign_in(sol): 404,
        sign_in(cast.carol): 403,
        sign_in(cast.priya): 403,
    }
    for address in addresses(cast):
        for browser, status in browsers.items():
            assert browser.get(address).status_code == status, address
    assert sign_in(cast.carol).post("/people/", {"q": "grace"}).status_code == 403


def test_search_finds_one_s_own_families_only_with_and_without_scripts(cast: Cast, sign_in: SignIn) -> None:
    with system():
        file_person(cast.grace)
    asha = sign_in(cast.asha)
    for headers in ({}, {"HX-Request": "true"}):
        answer = asha.post("/people/", {"q": "okafro grcae"}, headers=headers, follow=True)
        assert all("okafro" not in address for address, _ in answer.redirect_chain)
        shown = answer.content.decode()
        assert f"/families/{cast.case.pk}/" in shown
        assert ("<html" in shown) == (not headers)
    assert "Nobody you work with was found" in searched(sign_in(cast.ben), "grace okafor")
    assert "two letters" in searched(asha, "g")


def searched(browser: Any, typed: str) -> str:
    answer = browser.post("/people/", {"q": typed}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("typed", ["\0", "''", "\U0001f642", "x" * 5000, "*?%_", "שרה"])
def test_anything_may_be_searched_for(cast: Cast, sign_in: SignIn, typed: str) -> None:
    assert "Find somebody" in searched(sign_in(cast.asha), typed)


def newcomer(**changes: object) -> dict[str, object]:
    return {"submission": str(new_id()), "name": "Sam Hill", "part": "child", "birth_year": "2018"} | changes


def test_somebody_is_added_with_what_is_known_of_their_birth(cast: Cast, sign_in: SignIn) -> None:
    browser, sent = sign_in(cast.asha), newcomer(birth_about="on")
    for _ in range(2):
        assert browser.post(f"/people/households/{cast.household.pk}/add/", sent).status_code == 302
    with system():
        sam = Person.objects.get(name="Sam Hill")
        assert (sam.birth_precision, sam.birth_date.year) == ("about", 2018)  # type: ignore[union-attr]
    assert "about 8" in browser.get(f"/families/{cast.case.pk}/").content.decode()


def test_a_number_that_nobody_could_ring_is_said_by_the_field_and_kept(cast: Cast, sign_in: SignIn) -> None:
    sent = newcomer(phone="0770 five", email="sam.example")
    page = sign_in(cast.asha).post(f"/people/households/{cast.household.pk}/add/", sent).content.decode()
    assert "Enter a whole phone number" in page
    assert "with its @ and its ending" in page
    assert 'value="0770 five"' in page


def test_a_child_already_known_is_offered_and_moves_in_as_a_second_home(cast: Cast, sign_in: SignIn) -> None:
    with system():
        file_person(cast.tyler)
        grandad = Household.objects.create(agency=cast.provider, name="Grandad", team=cast.team)
    browser, address = sign_in(cast.asha), f"/people/households/{grandad.pk}/add/"
    sent = newcomer(name="Tyler Okafor", birth_day="4", birth_month="5", birth_year="2019")
    shown = unescape(browser.post(address, sent).content.decode())
    assert "Somebody like this is already known" in shown
    assert "in Grace Okafor's family" in shown
    assert browser.post(address, sent | {"same_as": str(cast.tyler.pk)}).status_code == 302
    with system():
        assert Membership.objects.filter(person=cast.tyler).count() == 2
    assert "Also lives" in browser.get(f"/people/households/{cast.household.pk}/").content.decode()


def test_a_twin_of_the_same_name_is_somebody_else(cast: Cast, sign_in: SignIn) -> None:
    with system():
        file_person(cast.tyler)
    sent = newcomer(name="Tyler Okafor", birth_day="4", birth_month="5", birth_year="2019", same_as="new")
    assert sign_in(cast.asha).post(f"/people/households/{cast.household.pk}/add/", sent).status_code == 302
    with system():
        assert Person.objects.filter(name="Tyler Okafor").count() == 2


def test_somebody_of_another_agency_cannot_be_moved_in(cast: Cast, sign_in: SignIn) -> None:
    with system():
        stranger = Person.objects.create(agency=cast.other_provider, name="Sam Hill")
        file_person(stranger)
        file_person(cast.tyler)
    address = f"/people/households/{cast.household.pk}/add/"
    browser = sign_in(cast.asha)
    browser.post(address, newcomer(same_as=str(stranger.pk)))
    browser.post(address, newcomer(name="Tyler Okafor", same_as=str(stranger.pk)))
    with system():
        assert not Membership.objects.filter(person=stranger).exists()


def test_a_person_is_changed_and_a_stale_change_shows_both(cast: Cast, sign_in: SignIn) -> None:
    address = f"/people/{cast.grace.pk}/change/"
    assert sign_in(cast.morgan).post(address, {"version": 1, "name": "Grace Ada Okafor"}).status_code == 302
    shown = sign_in(cast.asha).post(address, {"version": 1, "name": "Grace Okafor-Bell"}).content.decode()
    assert "Grace Ada Okafor" in shown
    assert "Grace Okafor-Bell" in shown


def test_an_order_follows_an_informal_arrangement(cast: Cast, sign_in: SignIn) -> None:
    with system():
        before = Arrangement.objects.get(child=cast.amara)
    browser = sign_in(cast.asha)
    sent = {
        "submission": str(new_id()),
        "kind": "special_guardianship",
        "stage": "final",
        "proceedings": "private",
        "looked_after_before": "no",
        "looked_after_evidence": "The order",
        "carer": str(cast.grace.pk),
        "authority": str(cast.kirklees.pk),
        "started_year": "2026",
        "started_month": "9",
        "replaces": str(before.pk),
    }
    address = f"/people/{cast.amara.pk}/arrangements/new/"
    assert (
        "before the child was born"
        in browser.post(address, sent | {"started_year": "2020", "started_day": "1"}).content.decode()
    )
    assert browser.post(address, sent).status_code == 302
    shown = unescape(browser.get(f"/people/{cast.amara.pk}/").content.decode())
    for words in ("Special guardianship order, September 2026", "Ended 1 September 2026", "How we know: The order."):
        assert words in shown


def test_a_plan_says_who_said_so(cast: Cast, sign_in: SignIn) -> None:
    browser, address = sign_in(cast.asha), f"/people/{cast.amara.pk}/plans/new/"
    sent = {"submission": str(new_id()), "kind": "child_in_need"}
    from_ = {"started_on_day": "2", "started_on_month": "6", "started_on_year": "2026"}
    assert "Enter who said so" in browser.post(address, sent | from_).content.decode()
    assert browser.post(address, sent | from_ | {"said_by": "Social worker"}).status_code == 302
    assert "Child in need plan since June 2026." in browser.get(f"/families/{cast.case.pk}/").content.decode()


def test_a_household_with_no_fixed_address_keeps_its_authority(cast: Cast, sign_in: SignIn) -> None:
    browser, address = sign_in(cast.asha), f"/people/households/{cast.household.pk}/change/"
    sent = {"version": 1, "name": "Grace Okafor"}
    assert "postcode" in browser.post(address, sent | {"postcode": "nowhere"}).content.decode()
    assert browser.post(address, sent | {"no_fixed_address": "on"}).status_code == 302
    assert "No fixed address." in browser.get(f"/people/households/{cast.household.pk}/").content.decode()
    with system():
        assert Household.objects.get(pk=cast.household.pk).authority == cast.kirklees


def test_what_to_know_before_calling_is_written_checked_and_taken_down(cast: Cast, sign_in: SignIn) -> None:
    browser, address = sign_in(cast.asha), f"/people/households/{cast.household.pk}/safety/"
    checked = {"checked_on_day": "12", "checked_on_month": "8", "checked_on_year": "2026"}
    sent = {"submission": str(new_id()), "words": "Ring between 10 and 2 only.", **checked}
    assert browser.post(address, sent).status_code == 302
    for page in (f"/families/{cast.case.pk}/", f"/families/{cast.case.pk}/contacts/new/", f"/people/{cast.grace.pk}/"):
        shown = browser.get(page).content.decode()
        assert "Ring between 10 and 2 only." in shown
        assert "Check this again" in shown
    shown = browser.post(address, sent | {"submission": str(new_id()), "words": "Text first."}).content.decode()
    assert "Ring between 10 and 2 only." in shown
    assert "Text first." in shown
    with system():
        note = SafetyNote.objects.get()
    browser.post(f"/people/safety/{note.pk}/", {"version": 1, "words": note.words, "end": "on", **checked})
    assert "Ring between" not in browser.get(f"/families/{cast.case.pk}/").content.decode()


def test_somebody_leaves_a_home(cast: Cast, sign_in: SignIn) -> None:
    with system():
        membership = Membership.objects.get(person=cast.tyler)
    left = {"until_day": "1", "until_month": "11", "until_year": "2026"}
    browser = sign_in(cast.asha)
    assert (
        browser.post(f"/people/memberships/{membership.pk}/", {"version": 1, "part": "child", **left}).status_code
        == 302
    )
    assert "Left 1 November 2026" in browser.get(f"/people/households/{cast.household.pk}/").content.decode()
    assert "1 child" in browser.get("/families/").content.decode()


def test_kin_are_said_in_words(cast: Cast, sign_in: SignIn) -> None:
    browser, home = sign_in(cast.asha), f"/people/households/{cast.household.pk}/"
    sent = {"submission": str(new_id()), "kind": "sibling"}
    same = sent | {"person": str(cast.tyler.pk), "relative": str(cast.tyler.pk)}
    assert "two different people" in browser.post(f"{home}relate/", same).content.decode()
    both = sent | {"person": str(cast.tyler.pk), "relative": str(cast.amara.pk)}
    assert browser.post(f"{home}relate/", both).status_code == 302
    assert "brother or sister" in browser.get(home).content.decode()
    with system():
        assert Relationship.objects.filter(kind="sibling").count() == 1

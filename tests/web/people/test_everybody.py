"""Ethnic group and disability: asked kindly, kept as they say it, and out of sight of whoever decides on a referral."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.people.models import WIDE_OF, Ethnicity, Person
from alongside.records.people.services.registering import register_family
from alongside.records.referrals.models import Referral
from alongside.records.referrals.queries import family_told
from tests.cast import Cast

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def change(cast: Cast, sign_in: SignIn, **typed: str) -> str:
    client = sign_in(cast.asha)
    facts = {"name": "Grace Okafor", "version": str(cast.grace.version), **typed}
    return str(client.post(f"/people/{cast.grace.pk}/change/", facts, follow=True).content.decode())


def test_what_a_carer_says_of_herself_stands_on_her_page(cast: Cast, sign_in: SignIn) -> None:
    assert "Ethnic group" not in sign_in(cast.asha).get(f"/people/{cast.grace.pk}/").content.decode()
    html = change(cast, sign_in, ethnicity="black_african", disability="yes")
    assert "Ethnic group: <bdi>Black: African</bdi>" in html
    assert "Disability: <bdi>Yes</bdi>" in html


def test_words_of_her_own_are_an_answer(cast: Cast, sign_in: SignIn) -> None:
    assert "Ethnic group: <bdi>Igbo</bdi>" in change(cast, sign_in, ethnicity_words="Igbo")
    cast.grace.refresh_from_db()
    assert cast.grace.ethnicity == Ethnicity.OWN_WORDS


def test_nobody_is_pressed_and_a_group_that_is_none_is_refused(cast: Cast, sign_in: SignIn) -> None:
    html = change(cast, sign_in, ethnicity="martian")
    assert "There is a problem" in html
    assert "whether we help everybody alike" in html
    cast.grace.refresh_from_db()
    assert (cast.grace.ethnicity, cast.grace.disability) == ("", "")


def test_a_referrer_may_say_it_whoever_decides_does_not_see_it_and_the_carer_need_not_say_it_again(
    cast: Cast, sign_in: SignIn
) -> None:
    told = {
        "submission": str(new_id()),
        "carer_name": "Nasreen Akhtar",
        "relationship": "aunt_uncle",
        "postcode": "HD1 2AB",
        "carer_phone": "07700 900456",
        "carer_ethnicity": "pakistani",
        "carer_disability": "rather_not",
        "consent": "given",
        "children": "1",
        "child1-name": "Sami",
    }
    assert sign_in(cast.ruth).post("/referrals/new/", told).status_code == 302
    with system():
        referral = Referral.objects.get(carer_name="Nasreen Akhtar")
    triage = sign_in(cast.morgan).get(f"/referrals/queue/{referral.pk}/").content.decode()
    assert "Nasreen Akhtar" in triage
    assert "Pakistani" not in triage
    with system():
        register_family(told=family_told(referral), agency=cast.provider, known_as=None, by=cast.morgan)
        carer = Person.objects.get(name="Nasreen Akhtar")
    assert (carer.ethnicity, carer.disability) == ("pakistani", "rather_not")


def test_what_she_said_herself_stands_before_what_a_referrer_says(cast: Cast) -> None:
    with system():
        Person.objects.filter(pk=cast.grace.pk).update(ethnicity="black_african")
        cast.referral.carer_ethnicity, cast.referral.carer_disability = "any_black", "no"
        register_family(told=family_told(cast.referral), agency=cast.provider, known_as=cast.household, by=cast.morgan)
        cast.grace.refresh_from_db()
    assert (cast.grace.ethnicity, cast.grace.disability) == ("black_african", "no")


def test_every_group_but_not_saying_has_a_wide_group() -> None:
    assert set(Ethnicity) - set(WIDE_OF) == {Ethnicity.RATHER_NOT}

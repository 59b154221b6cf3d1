"""What is told of a family of which few may know goes to those few, whenever it was told and through whichever door."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.core.base.rows import rows_of
from alongside.records.cases.services.guarding import change_restriction
from alongside.records.people.models import Household, Membership
from alongside.records.people.services.filing import file_person
from alongside.records.people.services.registering import ToldChild
from alongside.records.referrals.bulk import Sending, receive_in_bulk
from alongside.records.referrals.models import Referral
from alongside.records.referrals.services import correct_referral, receive_referral
from tests.cast import NOW, TODAY, Cast
from tests.records.people.test_restriction import REVIEW, restrict

Told = dict[str, Any]
BORN = {"carer_birth_date": date(1968, 3, 12), "carer_birth_precision": "exact"}
HERS: tuple[Told, ...] = (
    {"carer_name": "Grace Okafor", **BORN},
    {"carer_name": "Okafor Grace", **BORN, "postcode": "LS1 4AP"},
    {"carer_name": "grace okafor", "postcode": "HD1 2AB"},
    {"carer_name": "", "children": [ToldChild("Tyler Okafor", date(2019, 5, 4), "exact")]},
)
OTHERS: tuple[Told, ...] = (
    {"carer_name": "Grace Okafor"},
    {"carer_name": "Grace Okafor", "postcode": "LS1 4AP"},
    {"carer_name": "Grace Okafor", "carer_birth_date": date(1971, 8, 2), "carer_birth_precision": "exact"},
    {"carer_name": "Joy Adeyemi", "postcode": "HD1 2AB"},
    {"carer_name": "", "postcode": "HD1 2AB"},
    {"carer_name": "", **BORN, "postcode": "HD1 2AB"},
)


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


@pytest.fixture
def max_(cast: Cast) -> User:
    """Another manager, whom nobody names."""
    return User.objects.create(agency=cast.provider, role="manager", name="Max Orme", email="max@example.org")


def refer(cast: Cast, told: Told) -> Referral:
    """Refer a family as Ruth does, who sees no family's rows here."""
    facts = {"children": [], "consent": "given", **told}
    with rows_of(cast.kirklees.pk):
        return receive_referral(
            submission=new_id(), agency=cast.provider, by=cast.ruth, source_agency=cast.kirklees, **facts
        )


def refer_from_file(cast: Cast, told: Told) -> Referral:
    """Refer a family in a file of one row."""
    facts: Told = dict.fromkeys(
        ("carer_name", "carer_phone", "carer_email", "postcode", "relationship", "words", "safety_words",
         "consent_words", "their_reference"), ""
    )  # fmt: skip
    facts |= {"carer_birth_date": None, "carer_birth_precision": "unknown", "no_fixed_address": False, "children": []}
    facts |= {"consent": "given", "import_key": "a row", **told}
    born = facts["carer_birth_date"]
    facts["carer_birth_date"] = born.isoformat() if born else None
    facts["children"] = [
        {"name": one.name, "birth_date": one.birth_date.isoformat(), "birth_precision": one.birth_precision}
        for one in facts["children"]
    ]
    with rows_of(cast.kirklees.pk):
        receive_in_bulk([facts], Sending(cast.provider.pk, cast.ruth, NOW))
    return Referral.objects.get(import_key="a row")


def seen_by(user: User) -> set[Any]:
    return set(Referral.objects.visible_to(user).values_list("pk", flat=True))


@pytest.mark.parametrize("told", HERS)
@pytest.mark.parametrize("status", ["new", "declined"])
def test_what_was_told_before_goes_with_the_family_and_its_referrer_keeps_it(
    cast: Cast, max_: User, told: Told, status: str
) -> None:
    before = refer(cast, told)
    Referral.objects.filter(pk=before.pk).update(status=status)
    assert before.pk in seen_by(max_)
    restrict(cast)
    assert before.pk not in seen_by(max_)
    assert before.pk in seen_by(cast.morgan)
    assert before.pk in seen_by(cast.ruth)


@pytest.mark.parametrize("send", [refer, refer_from_file])
@pytest.mark.parametrize("told", HERS)
def test_what_is_told_later_comes_to_those_alone_who_may_know(
    cast: Cast, max_: User, send: Callable[[Cast, Told], Referral], told: Told
) -> None:
    restrict(cast)
    later = send(cast, told)
    assert later.pk not in seen_by(max_)
    assert later.pk in seen_by(cast.morgan)
    assert later.pk in seen_by(cast.ruth)
    assert later.version == 1  # nothing of it can be told from outside


@pytest.mark.parametrize("told", OTHERS)
def test_a_family_that_is_only_alike_is_lost_to_nobody(cast: Cast, max_: User, told: Told) -> None:
    before = refer(cast, told)
    restrict(cast)
    assert {before.pk, refer(cast, told).pk} <= seen_by(max_)


def test_a_restriction_that_was_lifted_takes_nothing_with_it(cast: Cast, max_: User) -> None:
    restriction = restrict(cast)
    restriction.ended_on = TODAY
    restriction.save()
    assert refer(cast, HERS[0]).pk in seen_by(max_)


def test_a_child_who_also_lives_where_others_may_know_leads_nobody_to_the_hidden_home(cast: Cast, max_: User) -> None:
    other = Household.objects.create(agency=cast.provider, name="Dean Cole", postcode="LS1 4AP")
    Membership.objects.create(agency=cast.provider, household=other, person=cast.tyler, part="child")
    restrict(cast)
    assert refer(cast, HERS[-1]).pk in seen_by(max_)


def test_what_was_told_goes_with_the_family_once_its_name_is_known_rightly(cast: Cast, max_: User) -> None:
    before = refer(cast, {"carer_name": "Blessing Eze", **BORN})
    restriction = restrict(cast)
    assert before.pk in seen_by(max_)
    cast.grace.name = "Blessing Eze"
    cast.grace.save()
    file_person(cast.grace)
    change_restriction(
        restriction=restriction, version=1, reason="As before", knowing=[cast.asha], review_on=REVIEW, by=cast.morgan
    )
    assert before.pk not in seen_by(max_)


def test_nobody_finds_a_hidden_family_by_trying_names_in_a_referral(cast: Cast, max_: User) -> None:
    restrict(cast)
    tried = refer(cast, {"carer_name": "Ines Moura"})
    correct_referral(
        referral=tried, version=1, children=[], by=max_, carer_name="Grace Okafor", postcode="HD1 2AB", **BORN
    )
    assert tried.pk in seen_by(max_)

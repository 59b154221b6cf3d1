"""Writing who somebody is, where they live and how they belong together."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import Agency, User
from alongside.core.agencies.places import authority_of_postcode
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.people.models import Household, Membership, Person, Relationship
from alongside.records.people.rules import span_problem
from alongside.records.people.services.filing import file_household, file_person

FUTURE_BIRTH = "The date of birth must be today or in the past"


def add_person(
    *, household: Household, part: str, since: date | None, by: User, submission: UUID, **facts: Any
) -> Person:
    """Record somebody new as living in a household."""
    _check_birth(facts.get("birth_date"))
    with ledger.together():
        person = ledger.create(
            Person, by=by, what="person recorded", id=submission, agency_id=household.agency_id, **facts
        )
        if not Membership.objects.filter(household=household, person=person).exists():
            move_in(household=household, person=person, part=part, since=since, by=by)
    return person


def move_in(*, household: Household, person: Person, part: str, since: date | None, by: User) -> Membership:
    """Record that somebody already known lives in a household, be it their first or their second."""
    _check_span(since, None)
    with ledger.together():
        living = Membership.objects.filter(household=household, person=person, until=None).first()
        if living:
            raise Refused(f"{person.name} is already recorded as living here", field="same_as")
        membership = ledger.create(
            Membership,
            by=by,
            what="moved in",
            agency_id=household.agency_id,
            household=household,
            person=person,
            part=part,
            since=since,
        )
        file_person(person)
    return membership


def edit_person(*, person: Person, version: int, by: User, **facts: Any) -> Person:
    """Put right or complete what is known of somebody."""
    _check_birth(facts.get("birth_date"))
    with ledger.together():
        ledger.update(person, by=by, what="person changed", version=version, **facts)
        file_person(person)
    return person


def edit_membership(
    *, membership: Membership, version: int, part: str, since: date | None, until: date | None, by: User
) -> Membership:
    """Put right as what and since when somebody lives in a household, or say that they left."""
    _check_span(since, until)
    with ledger.together():
        ledger.update(
            membership, by=by, what="place in the home changed", version=version, part=part, since=since, until=until
        )
        file_person(membership.person)
    return membership


def edit_household(*, household: Household, version: int, by: User, **facts: Any) -> Household:
    """Put right what a household is called and where it lives; its authority follows its postcode."""
    if facts.get("postcode") and facts["postcode"] != household.postcode:
        code = authority_of_postcode(facts["postcode"])
        facts["authority"] = Agency.objects.filter(code=code).first() if code else household.authority
    with ledger.together():
        ledger.update(household, by=by, what="household changed", version=version, **facts)
        file_household(household)
    return household


def relate(*, person: Person, relative: Person, kind: str, by: User, submission: UUID) -> Relationship:
    """Record what somebody is to somebody else."""
    if person == relative:
        raise Refused("Choose two different people", field="relative")
    with ledger.together():
        known: Relationship | None = (
            Relationship.objects.filter(person=person, relative=relative).exclude(pk=submission).first()
        )
        if known:
            return ledger.update(known, by=by, what="relationship changed", kind=kind)
        return ledger.create(
            Relationship,
            by=by,
            what="relationship recorded",
            id=submission,
            agency_id=person.agency_id,
            person=person,
            relative=relative,
            kind=kind,
        )


def _check_birth(birth_date: date | None) -> None:
    if birth_date and birth_date > timezone.localdate():
        raise Refused(FUTURE_BIRTH, field="birth")


def _check_span(since: date | None, until: date | None) -> None:
    problem = span_problem(since, until, today=timezone.localdate())
    if problem:
        field, sentence = problem
        raise Refused(sentence, field={"started_on": "since", "ended_on": "until"}[field])

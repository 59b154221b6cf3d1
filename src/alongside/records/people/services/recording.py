"""Writing who somebody is, where they live and how they belong together."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import Agency, User
from alongside.core.agencies.places import authority_of_postcode
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.people.models import Household, Kin, Membership, Person
from alongside.records.people.rules import span_problem
from alongside.records.people.services.filing import file_household, file_person

FUTURE_BIRTH = "The date of birth must be today or in the past"


def add_person(
    *, household: Household, part: str, since: date | None, by: User, submission: UUID, **facts: Any
) -> Person:
    """Record somebody new as living in a household."""
    check_life(facts.get("birth_date"), None)
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


def add_kin(*, household: Household, lives: str, by: User, submission: UUID, **facts: Any) -> Person:
    """Record somebody who belongs to the family and lives elsewhere; of an unknown one, only that there is one."""
    check_life(facts.get("birth_date"), facts.get("died_on"))
    with ledger.together():
        person = ledger.create(
            Person, by=by, what="person recorded", id=submission, agency_id=household.agency_id, **facts
        )
        if not Kin.objects.filter(household=household, person=person).exists():
            ledger.create(
                Kin,
                by=by,
                what="kin recorded",
                agency_id=household.agency_id,
                household=household,
                person=person,
                lives=lives,
            )
            if not person.unknown:
                file_person(person)
    return person


def edit_kin(*, kin: Kin, version: int, by: User, lives: str) -> Kin:
    """Put right where somebody of the family lives."""
    return ledger.update(kin, by=by, what="kin changed", version=version, lives=lives)


def edit_person(*, person: Person, version: int, by: User, **facts: Any) -> Person:
    """Put right or complete what is known of somebody."""
    check_life(
        facts.get("birth_date", person.birth_date),
        facts.get("died_on", person.died_on),
    )
    if person.unknown and facts.get("name", person.name) != person.name:
        facts["unknown"] = False
    with ledger.together():
        ledger.update(person, by=by, what="person changed", version=version, **facts)
        if not person.unknown:
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


def check_life(birth_date: date | None, died_on: date | None) -> None:
    """Refuse days of birth and death that cannot be right."""
    today = timezone.localdate()
    if birth_date and birth_date > today:
        raise Refused(FUTURE_BIRTH, field="birth")
    if died_on and died_on > today:
        raise Refused("The day that they died must be today or in the past", field="died")
    if birth_date and died_on and died_on.year < birth_date.year:
        raise Refused("They cannot have died before they were born", field="died")


def _check_span(since: date | None, until: date | None) -> None:
    problem = span_problem(since, until, today=timezone.localdate())
    if problem:
        field, sentence = problem
        raise Refused(sentence, field={"started_on": "since", "ended_on": "until"}[field])

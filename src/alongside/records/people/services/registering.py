"""Making a family's record from what was told of it, or completing the record that is already there."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from alongside.calc.names import POSSIBLE, Identity, likeness
from alongside.core.agencies.models import Agency
from alongside.core.audit import ledger
from alongside.records.people.models import (
    Arrangement,
    Household,
    Membership,
    Person,
    PlanStatus,
    Precision,
    Relationship,
    SafetyNote,
    ThreeWay,
)
from alongside.records.people.services.filing import file_person

NO_NAME = "Name not given"
LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """What was said of who somebody is; anything may be blank."""

    name: str = ""
    birth_date: date | None = None
    birth_precision: str = Precision.UNKNOWN
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class ToldChild(ToldPerson):
    """What was said of a child and of the footing on which the child lives with the carer."""

    arrangement: str = Arrangement.Kind.UNKNOWN
    arrangement_since: date | None = None
    arrangement_precision: str = Precision.UNKNOWN
    looked_after_before: str = ThreeWay.UNKNOWN
    plan: str = ""


@dataclass(frozen=True, slots=True)
class ToldFamily:
    """What was said of a family, by whom and when."""

    carer: ToldPerson
    children: tuple[ToldChild, ...]
    told_on: date
    told_by: str
    relationship: str = Relationship.Kind.UNKNOWN
    postcode: str = ""
    no_fixed_address: bool = False
    authority_id: UUID | None = None
    safety_words: str = ""
    carer_ethnicity: str = ""
    carer_disability: str = ""


def register_family(*, told: ToldFamily, agency: Agency, known_as: Household | None, by: ledger.Actor) -> Household:
    """Write a family, or where it is a household already known, add to that what is new and change nothing.

    A child who matches nobody in the household is added to it, so that a twin is never taken for the other.
    """
    with ledger.together():
        household = known_as or _new_household(told, agency, by)
        if known_as:
            _complete(household, by, postcode=told.postcode, authority_id=told.authority_id)
        members = list(Membership.objects.filter(household=household, until=None).select_related("person"))
        carers = [member.person for member in members if member.part == Membership.Part.CARER]
        children = [member.person for member in members if member.part == Membership.Part.CHILD]
        carer = _person(told.carer, carers, household, Membership.Part.CARER, by)
        _complete(carer, by, ethnicity=told.carer_ethnicity, disability=told.carer_disability)
        for child in told.children:
            person = _person(child, children, household, Membership.Part.CHILD, by)
            _relate(carer, person, told.relationship, by)
            _arrange(person, carer, child, told, by)
            _plan(person, child, told, by)
        _warn(household, told, by)
        for member in Membership.objects.filter(household=household, until=None).select_related("person"):
            file_person(member.person)
    return household


def _new_household(told: ToldFamily, agency: Agency, by: ledger.Actor) -> Household:
    return ledger.create(
        Household,
        by=by,
        what="family recorded",
        agency=agency,
        name=told.carer.name or NO_NAME,
        postcode=told.postcode,
        no_fixed_address=told.no_fixed_address,
        authority_id=told.authority_id,
    )


def _person(told: ToldPerson, known: list[Person], household: Household, part: str, by: ledger.Actor) -> Person:
    """Find who is meant among those known, each of whom can be meant once, or write somebody new."""
    found = _same(told, known)
    if found:
        known.remove(found)
        _complete(found, by, phone=told.phone, email=told.email)
        if found.birth_date is None and told.birth_date:
            born: dict[str, Any] = {"birth_date": told.birth_date, "birth_precision": told.birth_precision}
            ledger.update(found, by=by, what="birth date completed from a referral", **born)
        return found
    person = ledger.create(
        Person,
        by=by,
        what="person recorded",
        agency_id=household.agency_id,
        name=told.name or NO_NAME,
        birth_date=told.birth_date,
        birth_precision=told.birth_precision if told.birth_date else Precision.UNKNOWN,
        phone=told.phone,
        email=told.email,
    )
    ledger.create(
        Membership, by=by, what="moved in", agency_id=household.agency_id, household=household, person=person, part=part
    )
    return person


def _same(told: ToldPerson, known: list[Person]) -> Person | None:
    if not told.name:
        return known[0] if len(known) == 1 else None
    identity = Identity(told.name, told.birth_date, "", told.birth_precision)
    scores = {
        person: likeness(identity, Identity(person.name, person.birth_date, "", person.birth_precision)).score
        for person in known
    }
    best = max(scores, key=lambda person: scores[person], default=None)
    return best if best and scores[best] >= POSSIBLE else None


def _complete(row: Person | Household, by: ledger.Actor, **facts: Any) -> None:
    """Fill in what was blank; what stands is never written over by what a referral says."""
    new = {name: value for name, value in facts.items() if value and not getattr(row, name)}
    ledger.update(row, by=by, what="completed from a referral", **new)


def _relate(carer: Person, child: Person, kind: str, by: ledger.Actor) -> None:
    if Relationship.objects.filter(person=carer, relative=child).exists():
        return
    ledger.create(
        Relationship,
        by=by,
        what="relationship recorded",
        agency_id=carer.agency_id,
        person=carer,
        relative=child,
        kind=kind or Relationship.Kind.UNKNOWN,
    )


def _arrange(person: Person, carer: Person, child: ToldChild, told: ToldFamily, by: ledger.Actor) -> None:
    """Add the arrangement told, unless it is already in the child's history, or nothing is known of it."""
    history = Arrangement.objects.filter(child=person)
    told_nothing = child.arrangement == Arrangement.Kind.UNKNOWN
    if history.exists() if told_nothing else history.filter(kind=child.arrangement, ended_on=None).exists():
        return
    ledger.create(
        Arrangement,
        by=by,
        what="arrangement recorded",
        agency_id=person.agency_id,
        child=person,
        carer=carer,
        kind=child.arrangement,
        looked_after_before=child.looked_after_before,
        looked_after_evidence=told.told_by if child.looked_after_before != ThreeWay.UNKNOWN else "",
        authority_id=told.authority_id,
        started_on=child.arrangement_since,
        started_precision=child.arrangement_precision if child.arrangement_since else Precision.UNKNOWN,
    )


def _plan(person: Person, child: ToldChild, told: ToldFamily, by: ledger.Actor) -> None:
    if not child.plan or PlanStatus.objects.filter(child=person, kind=child.plan, ended_on=None).exists():
        return
    ledger.create(
        PlanStatus,
        by=by,
        what="plan recorded",
        agency_id=person.agency_id,
        child=person,
        kind=child.plan,
        started_on=told.told_on,
        said_by=told.told_by,
    )


def _warn(household: Household, told: ToldFamily, by: ledger.Actor) -> None:
    """Keep what was said about safety: beside the words that stand, or by themselves where both are too long."""
    standing = SafetyNote.objects.filter(household=household, ended_on=None).first()
    if not told.safety_words or (standing and told.safety_words in standing.words):
        return
    joined = f"{told.safety_words} Known before: {standing.words}" if standing else ""
    if standing is None or len(joined) > LONGEST_NOTE:
        ledger.create(
            SafetyNote,
            by=by,
            what="safety note written",
            agency_id=household.agency_id,
            household=household,
            words=told.safety_words,
            checked_on=told.told_on,
        )
    else:
        ledger.update(standing, by=by, what="safety note completed from a referral", words=joined)

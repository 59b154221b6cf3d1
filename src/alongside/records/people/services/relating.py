"""Writing how people belong together: who is what to whom, who is or was a couple, who else is around a carer."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import ProtectedError, Q
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.people.models import (
    Household,
    Kin,
    Membership,
    Partnership,
    Person,
    Relationship,
    Supporter,
)
from alongside.records.people.rules import surely_before

K = Relationship.Kind
TWO_PEOPLE = "Choose two different people"


def relate(*, person: Person, relative: Person, kind: str, by: User, submission: UUID) -> Relationship:
    """Record what somebody is to somebody else."""
    _check_kin(person, relative, kind)
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


def edit_relationship(*, relationship: Relationship, version: int, kind: str, by: User) -> Relationship:
    """Put right what somebody is to somebody else."""
    _check_kin(relationship.person, relationship.relative, kind)
    return ledger.update(relationship, by=by, what="relationship changed", version=version, kind=kind)


def remove_relationship(*, relationship: Relationship, version: int, by: User) -> None:
    """Take away a relationship that is not so."""
    ledger.remove(relationship, by=by, what="relationship removed", version=version)


def record_partnership(*, person: Person, partner: Person, by: User, submission: UUID, **facts: Any) -> Partnership:
    """Record that two people are or were a couple."""
    if person == partner:
        raise Refused(TWO_PEOPLE, field="partner")
    _check_dates(**facts)
    both = [person.pk, partner.pk]
    if Partnership.objects.filter(person__in=both, partner__in=both).exclude(pk=submission).exists():
        raise Refused("This couple is already recorded. Change how it stands instead", field="partner")
    return ledger.create(
        Partnership,
        by=by,
        what="partnership recorded",
        id=submission,
        agency_id=person.agency_id,
        person=person,
        partner=partner,
        **facts,
    )


def edit_partnership(*, partnership: Partnership, version: int, by: User, **facts: Any) -> Partnership:
    """Put right how things stand between two people."""
    _check_dates(**facts)
    return ledger.update(partnership, by=by, what="partnership changed", version=version, **facts)


def remove_partnership(*, partnership: Partnership, version: int, by: User) -> None:
    """Take away a partnership that never was."""
    ledger.remove(partnership, by=by, what="partnership removed", version=version)


def add_supporter(*, household: Household, by: User, submission: UUID, **facts: Any) -> Supporter:
    """Record who or what is around a carer."""
    return ledger.create(
        Supporter,
        by=by,
        what="supporter recorded",
        id=submission,
        agency_id=household.agency_id,
        household=household,
        **facts,
    )


def edit_supporter(*, supporter: Supporter, version: int, by: User, **facts: Any) -> Supporter:
    """Put right who is around a carer, or how strong the tie is now."""
    return ledger.update(supporter, by=by, what="supporter changed", version=version, **facts)


def remove_supporter(*, supporter: Supporter, version: int, by: User) -> None:
    """Take away somebody who is no longer around a carer."""
    ledger.remove(supporter, by=by, what="supporter removed", version=version)


def remove_kin(*, kin: Kin, version: int, by: User) -> None:
    """Take somebody who is not of a family out of it, with what tied them to it; and the person, unless of another."""
    person = kin.person
    with ledger.together():
        ledger.remove(kin, by=by, what="kin removed", version=version)
        for tie in _ties_to(person, kin.household_id):
            ledger.remove(tie, by=by, what="tie of removed kin removed", version=tie.version)
        if any(place.objects.filter(person=person).exists() for place in (Membership, Kin)):
            return
        try:
            ledger.remove(person, by=by, what="person removed", version=person.version)
        except ProtectedError:
            raise Refused(
                f"{person.name} is named in other records, such as an arrangement, and stays in the picture. "
                "Put right there who is meant, then try again"
            ) from None


def _ties_to(person: Person, household: UUID) -> list[Any]:
    near = Membership.objects.filter(household=household).values("person")
    near = near.union(Kin.objects.filter(household=household).values("person"))
    family = [row["person"] for row in near]
    ties = Relationship.objects.filter(Q(person=person, relative__in=family) | Q(relative=person, person__in=family))
    couples = Partnership.objects.filter(Q(person=person, partner__in=family) | Q(partner=person, person__in=family))
    return [*ties, *couples]


def _check_kin(person: Person, relative: Person, kind: str) -> None:
    if person == relative:
        raise Refused(TWO_PEOPLE, field="relative")
    if kind != K.PARENT:
        return
    if Relationship.objects.filter(Q(person=relative, relative=person, kind=K.PARENT)).exists():
        raise Refused(f"{relative.name} is recorded as the parent of {person.name}", field="kind")
    if person.birth_date and relative.birth_date and person.birth_date.year > relative.birth_date.year:
        raise Refused("A parent cannot be younger than the child", field="kind")


def _check_dates(
    started_on: date | None, ended_on: date | None, started_precision: str, ended_precision: str, **_: Any
) -> None:
    today = timezone.localdate()
    if started_on and started_on > today:
        raise Refused("The start must be today or in the past", field="started")
    if ended_on and ended_on > today:
        raise Refused("The end must be today or in the past", field="ended")
    if started_on and ended_on and surely_before(ended_on, ended_precision, started_on, started_precision):
        raise Refused("The end cannot be before the start", field="ended")

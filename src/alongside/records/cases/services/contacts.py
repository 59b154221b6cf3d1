"""Writing down that the service and a family were, or tried to be, in touch."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused, Stale
from alongside.records.cases.models import Case, Contact, Correction
from alongside.records.cases.rules import due_next, followed_up
from alongside.records.cases.services.drafts import drop_draft
from alongside.records.cases.services.keeping import keep
from alongside.records.people.models import Membership, Person


def log_contact(
    *, case: Case, people: Collection[Person], next_contact_due: date | None, by: User, submission: UUID, **facts: Any
) -> Contact:
    """Write down one contact.

    A second click writes nothing more. Where it comes back with other words, it is Stale: both are shown, none lost.
    """
    _check(case, facts["at"], people)
    if next_contact_due and next_contact_due < timezone.localdate():
        raise Refused("The next contact must be today or later", field="next_contact_due")
    with ledger.together():
        contact = ledger.create(
            Contact,
            by=by,
            what="contact logged",
            id=submission,
            agency_id=case.agency_id,
            case=case,
            by_id=by.pk,
            **facts,
        )
        if contact.case_id != case.pk:
            raise Refused("This form belongs to another family. Open it again from the family's page")
        if any(getattr(contact, name) != value for name, value in facts.items()):
            raise Stale(contact)
        contact.people.set(people)
        drop_draft(about=contact.pk, by=by)
        move_clocks(case, by, agreed=next_contact_due)
    return contact


def log_attempt(
    *, case: Case, channel: str, message: bool, next_contact_due: date | None, by: User, submission: UUID
) -> Contact:
    """Write down that a family was tried just now and not reached. A second click writes nothing more."""
    with ledger.together():
        attempt = ledger.create(
            Contact,
            by=by,
            what="attempt logged",
            id=submission,
            agency_id=case.agency_id,
            case=case,
            by_id=by.pk,
            at=timezone.now(),
            channel=channel,
            outcome=Contact.Outcome.LEFT_MESSAGE if message else Contact.Outcome.NO_ANSWER,
        )
        if attempt.case_id != case.pk:
            raise Refused("This form belongs to another family. Open it again from the family's page")
        move_clocks(case, by, agreed=next_contact_due)
    return attempt


def edit_contact(*, contact: Contact, version: int, people: Collection[Person], by: User, **facts: Any) -> Contact:
    """Put a contact right; what it said before stays beside it."""
    _check(contact.case, facts["at"], people)
    said = {name: before for name, value in facts.items() if (before := getattr(contact, name)) != value}
    with ledger.together():
        ledger.update(contact, by=by, what="contact changed", version=version, **facts)
        with_whom = set(contact.people.all())
        if with_whom != set(people):
            contact.people.set(people)
            ledger.note(by=by, what="people of a contact changed", about=contact, kind=Entry.Kind.WRITE)
            said["people"] = sorted(person.known_as or person.name for person in with_whom)
        if said:
            _keep_what_it_said(contact, by, said)
        drop_draft(about=contact.pk, by=by)
        move_clocks(contact.case, by, as_due="outcome" in said)
    return contact


def _keep_what_it_said(contact: Contact, by: User, said: dict[str, Any]) -> None:
    if "at" in said:
        said["at"] = said["at"].isoformat()
    ledger.create(
        Correction,
        by=by,
        what="what a contact said before kept",
        agency_id=contact.agency_id,
        contact=contact,
        by_id=by.pk,
        said=said,
    )


def move_clocks(case: Case, by: User, *, agreed: date | None = None, as_due: bool = True) -> None:
    """Keep the case's own dates true. An attempt is not a contact: only being in touch counts as the last one.

    ``as_due`` says whether being in touch like this is what was due, unless another day is agreed.
    """
    held: Case = Case.objects.select_for_update().get(pk=case.pk)
    latest: datetime | None = held.contacts.filter(outcome=Contact.Outcome.SPOKE).aggregate(Max("at"))["at__max"]
    last = max(filter(None, (latest and timezone.localdate(latest), held.last_met_on)), default=None)
    due = agreed or held.next_contact_due
    if as_due and not agreed and not held.closed_on:
        due = due_next(due, held.last_contact_on, last, timezone.localdate())
    ledger.update(held, by=by, what="last contact moved", last_contact_on=last, next_contact_due=due)
    if followed_up(held.follow_up_on, last):
        keep(held.pk, follow_up_on=None)


def _check(case: Case, at: datetime, people: Collection[Person]) -> None:
    if at > timezone.now():
        raise Refused("The day and time must be now or in the past", field="day")
    known = Membership.objects.filter(household=case.household_id, person__in=people)
    if known.values("person").distinct().count() != len(set(people)):
        raise Refused("Choose people of this family", field="people")

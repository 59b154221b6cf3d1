"""Families: those that one works with, who lives there, and when we were in touch."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Schema, Status

from alongside.api.operations import operation
from alongside.api.shapes import Named, PageOf, Told, Words, listed
from alongside.core import access
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.core.base.paging import page_of
from alongside.records.cases.models import Case, Contact
from alongside.records.cases.queries import Order, Whose, caseload
from alongside.records.cases.services.contacts import log_contact
from alongside.records.people.knowing import know
from alongside.records.people.models import Person
from alongside.records.people.queries import family as members_of
from alongside.records.people.queries import members_past_and_present


class FamilyLine(Schema):
    """A family as a list shows it."""

    id: UUID
    name: str
    worker: str | None
    opened_on: date
    closed_on: date | None
    last_contact_on: date | None
    next_contact_due: date | None
    review_due: date | None


class Footing(Schema):
    """An arrangement that stands today."""

    kind: str
    stage: str
    looked_after_before: str
    started_on: date | None
    started_precision: str


class Member(Schema):
    """Somebody who lives there now."""

    id: UUID
    name: str
    known_as: str
    part: str
    birth_date: date | None
    birth_precision: str
    phone: str
    language: str
    needs_interpreter: bool
    arrangements: list[Footing]


class Family(Schema):
    """A family with who lives there, and what to know before calling."""

    id: UUID
    name: str
    worker: str | None
    opened_on: date
    closed_on: date | None
    safety_notes: list[str]
    people: list[Member]


class ContactLine(Schema):
    """One time that we and a family were, or tried to be, in touch."""

    id: UUID
    at: datetime
    channel: str
    outcome: str
    minutes: int | None
    note: str
    came_of_it: str
    by: Named
    people: list[Named]


class NewContact(Told):
    """A contact to write down. ``id`` is made by the sender: sent again, it makes nothing more."""

    id: UUID
    at: datetime
    channel: Contact.Channel
    outcome: Contact.Outcome
    people: list[UUID] = Field(default=[], max_length=50)
    minutes: int | None = Field(None, ge=0, le=1440)
    note: Words = Field("", max_length=20000)
    came_of_it: Words = Field("", max_length=300)
    next_contact_due: date | None = None


@operation("GET", "/families", Permission.CASE_SEE, response=PageOf[FamilyLine])
def families(request: HttpRequest, closed: bool = False, at: str = "") -> dict[str, Any]:
    """List the families that one works with, the latest first: those whose case is open, or those whose is closed."""
    user = access.person(request)
    ledger.note(by=user, what="caseload opened by machine")
    whose = Whose.CLOSED if closed else Whose.ALL
    page = caseload(user, whose=whose, order=Order.NEWEST, key=at)
    kept = {"closed": "true"} if closed else {}
    return listed(request, page, _family_line, **kept)


@operation("GET", "/families/{uuid:pk}", Permission.CASE_SEE, response=Family)
def family(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Give one family: who lives there, on what footing, and what to know before calling."""
    found = _opened(request, pk, "family opened by machine")
    return {
        "id": found.pk,
        "name": found.household.name,
        "worker": found.worker.name if found.worker else None,
        "opened_on": found.opened_on,
        "closed_on": found.closed_on,
        "safety_notes": know(found.household_id, access.person(request)).words,
        "people": members_of(found.household_id, access.person(request)),
    }


@operation("GET", "/families/{uuid:pk}/contacts", Permission.CASE_SEE, response=PageOf[ContactLine])
def contacts(request: HttpRequest, pk: UUID, at: str = "") -> dict[str, Any]:
    """List when we were in touch with a family, the latest first."""
    found = _opened(request, pk, "contacts opened by machine")
    rows = access.visible(request, Contact).filter(case=found).select_related("by").prefetch_related("people")
    return listed(request, page_of(rows, order="-at", key=at), _line)


@operation("POST", "/families/{uuid:pk}/contacts", Permission.CASE_EDIT, response={201: ContactLine})
def contact(request: HttpRequest, pk: UUID, told: NewContact) -> Status[Any]:
    """Write down that we were, or tried to be, in touch."""
    found = _opened(request, pk, "family opened by machine")
    said = told.model_dump(exclude={"id", "people"})
    if timezone.is_naive(told.at):
        raise Refused("Say the moment with its offset from UTC, such as 2026-11-20T10:40:00+00:00.", "at")
    people = _people(found, told.people)
    made = log_contact(case=found, people=people, by=access.person(request), submission=told.id, **said)
    return Status(201, _line(made))


def _opened(request: HttpRequest, pk: UUID, what: str) -> Case:
    return access.get(request, Case, pk, what=what, related=("household", "worker"))


def _people(case: Case, wanted: list[UUID]) -> list[Person]:
    known = {member.person_id: member.person for member in members_past_and_present(case.household)}
    if not known.keys() >= set(wanted):
        raise Refused("Choose people of this family.", "people")
    return [known[pk] for pk in dict.fromkeys(wanted)]


def _family_line(row: Any) -> dict[str, Any]:
    return {**row._asdict(), "id": row.pk, "name": row.household__name, "worker": row.worker__name}


def _line(row: Contact) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in ContactLine.model_fields}
    return {**told, "people": list(row.people.all())}

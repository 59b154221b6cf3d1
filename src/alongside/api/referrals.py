"""Referrals: those that one's agency sent or was sent, and sending one."""

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
from alongside.core.agencies.places import tidy_postcode
from alongside.core.agencies.queries import authority_at, the_provider
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused, Stale
from alongside.core.base.paging import page_of
from alongside.records.people.models import Arrangement, PlanStatus, Precision, Relationship, ThreeWay
from alongside.records.people.services.registering import ToldChild
from alongside.records.programmes.queries import first_contact_by
from alongside.records.referrals.models import Referral
from alongside.records.referrals.queries import children_told
from alongside.records.referrals.rules import MOST_CHILDREN, gaps
from alongside.records.referrals.services import receive_referral, stored


class Child(Told):
    """What is told of a child; anything may be left out."""

    name: Words = Field("", max_length=200)
    birth_date: date | None = None
    birth_precision: Precision | None = None
    arrangement: Arrangement.Kind = Arrangement.Kind.UNKNOWN
    arrangement_since: date | None = None
    arrangement_precision: Precision | None = None
    looked_after_before: ThreeWay = ThreeWay.UNKNOWN
    plan: PlanStatus.Kind | None = None


class NewReferral(Told):
    """A family that one's agency refers. ``id`` is made by the sender: sent again, it makes nothing more."""

    id: UUID
    carer_name: Words = Field(min_length=1, max_length=200)
    carer_birth_date: date | None = None
    carer_birth_precision: Precision | None = None
    carer_phone: Words = Field("", max_length=30)
    carer_email: Words = Field("", max_length=254)
    postcode: Words = Field("", max_length=10)
    no_fixed_address: bool = False
    relationship: Relationship.Kind = Relationship.Kind.UNKNOWN
    children: list[Child] = Field(min_length=1, max_length=MOST_CHILDREN)
    words: Words = Field("", max_length=4000)
    safety_words: Words = Field("", max_length=1000)
    safe_to_write: bool = False
    consent: Referral.Consent
    consent_words: Words = Field("", max_length=300)
    their_reference: Words = Field("", max_length=60)


class ReferralLine(Schema):
    """A referral as a list shows it."""

    id: UUID
    received_at: datetime
    carer_name: str
    their_reference: str
    authority: Named | None
    status: str
    status_at: datetime
    answer: str


class OneReferral(ReferralLine):
    """A referral with everything that was told."""

    carer_birth_date: date | None
    carer_birth_precision: str
    carer_phone: str
    carer_email: str
    postcode: str
    no_fixed_address: bool
    relationship: str
    children: list[dict[str, str]]
    words: str
    safety_words: str
    consent: str
    consent_words: str


@operation("GET", "/referrals", Permission.REFERRAL_SEE, response=PageOf[ReferralLine])
def referrals(request: HttpRequest, at: str = "") -> dict[str, Any]:
    """List the referrals that one's agency sent or was sent, the latest first."""
    ledger.note(by=access.person(request), what="list of referrals opened by machine")
    rows = access.visible(request, Referral).select_related("authority")
    return listed(request, page_of(rows, order="-received_at", key=at))


@operation("GET", "/referrals/{uuid:pk}", Permission.REFERRAL_SEE, response=OneReferral)
def referral(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Give one referral and what became of it."""
    return _shown(access.get(request, Referral, pk, related=("authority",)))


@operation("POST", "/referrals", Permission.REFERRAL_MAKE, response={201: OneReferral})
def refer(request: HttpRequest, told: NewReferral) -> Status[Any]:
    """Refer a family, as the form does."""
    by, provider, today = access.person(request), the_provider(), timezone.localdate()
    said = told.model_dump(exclude={"id", "children", "safe_to_write"})
    said["postcode"] = _tidy(told.postcode)
    for field, sentence in gaps(
        postcode=said["postcode"],
        no_fixed_address=told.no_fixed_address,
        phone=told.carer_phone,
        email=told.carer_email,
    ).items():
        raise Refused(f"{sentence}.", field)
    said["carer_birth_precision"] = _precision(told.carer_birth_date, told.carer_birth_precision)
    authority = authority_at(said["postcode"])
    with access.on_behalf_of(provider):
        due = first_contact_by(provider, authority.pk if authority else None, today)
    write = told.safe_to_write and told.consent == Referral.Consent.GIVEN
    children = [_child(child) for child in told.children]
    facts = {**said, "source_agency": by.agency, "write_by": due if write else None}
    made = receive_referral(submission=told.id, agency=provider, children=children, by=by, **facts)
    same = made.made_by_id == by.pk and made.children == [stored(child) for child in children]
    if not same or any(getattr(made, name) != value for name, value in said.items()):
        raise Stale(made)
    return Status(201, _shown(made))


def _shown(row: Referral) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in OneReferral.model_fields if name != "children"}
    return {**told, "children": [stored(child) for child in children_told(row)]}


def _child(child: Child) -> ToldChild:
    return ToldChild(
        name=child.name,
        birth_date=child.birth_date,
        birth_precision=_precision(child.birth_date, child.birth_precision),
        arrangement=child.arrangement,
        arrangement_since=child.arrangement_since,
        arrangement_precision=_precision(child.arrangement_since, child.arrangement_precision),
        looked_after_before=child.looked_after_before,
        plan=child.plan or "",
    )


def _precision(day: date | None, told: Precision | None) -> str:
    """Give how well a day is known: exactly, unless said otherwise; a day to come is no day of the past."""
    if day is None:
        return Precision.UNKNOWN
    if day > timezone.localdate():
        raise Refused("Every date must be today or in the past.")
    return told or Precision.EXACT


def _tidy(postcode: str) -> str:
    try:
        return tidy_postcode(postcode) if postcode else ""
    except ValueError as error:
        raise Refused(str(error), "postcode") from None

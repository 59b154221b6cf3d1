"""Reading referrals: the queue of them, and what each tells of a family."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from alongside.calc.names import Identity, keys
from alongside.core.agencies.models import User
from alongside.core.base.paging import Page, page_from, place_of, rows_from
from alongside.core.base.prepared_rows import PreparedRows
from alongside.records.people.models import Precision
from alongside.records.people.services.registering import ToldChild, ToldFamily, ToldPerson
from alongside.records.referrals.models import Referral
from alongside.records.referrals.rules import OPEN


def _queue_rows(
    user: User,
    status: Referral.Status,
    codes: Sequence[str],
    at: datetime | None,
    pk: UUID | None,
    backwards: bool,
) -> QuerySet[Referral]:
    rows = Referral.objects.visible_to(user).filter(status=status)
    if codes:
        rows = rows.filter(authority__code__in=codes)
    return rows_from(rows, _order(status), (at, pk) if at and pk else None, backwards)


_queue = PreparedRows(Referral, _queue_rows, "authority", "source_agency")


def _order(status: Referral.Status) -> str:
    return "received_at" if status in OPEN else "-received_at"


def queue(user: User, status: Referral.Status, codes: Sequence[str], key: str) -> Page[Referral]:
    """Give one page of the referrals of a status, of these authorities where any are named.

    The longest wait comes first where somebody waits, else the latest answer.
    """
    place, backwards = place_of(Referral, _order(status), key)
    at, pk = place or (None, None)
    return page_from(_queue(user, status, list(codes), at, pk, backwards), _order(status), place is not None, backwards)


def children_told(referral: Referral) -> tuple[ToldChild, ...]:
    """Read what was told of each child; what is missing or spoilt is unknown."""
    return tuple(_child(stored) for stored in referral.children)


def family_told(referral: Referral) -> ToldFamily:
    """Read what was told of a family."""
    return ToldFamily(
        carer=ToldPerson(
            name=referral.carer_name,
            birth_date=referral.carer_birth_date,
            birth_precision=referral.carer_birth_precision,
            phone=referral.carer_phone,
            email=referral.carer_email,
        ),
        children=children_told(referral),
        told_on=timezone.localdate(referral.received_at),
        told_by=(referral.source_agency.name if referral.source_agency else "The carer")[:120],
        relationship=referral.relationship,
        postcode=referral.postcode,
        no_fixed_address=referral.no_fixed_address,
        authority_id=referral.authority_id,
        safety_words=referral.safety_words,
        carer_ethnicity=referral.carer_ethnicity,
        carer_disability=referral.carer_disability,
    )


def filing_keys(referral: Referral) -> frozenset[str]:
    """Give the keys that a referral is filed under: the carer's and each child's."""
    return frozenset().union(
        *(
            keys(told.name, told.birth_date, told.postcode, precision=told.birth_precision)
            for _, told in identities(referral)
        )
    )


def identities(referral: Referral) -> list[tuple[str, Identity]]:
    """Give everybody told of in a referral, each with the words we call them here."""
    born, precision = referral.carer_birth_date, referral.carer_birth_precision
    carer = ("The carer", Identity(referral.carer_name, born, referral.postcode, precision))
    children = [
        (child.name, Identity(child.name, child.birth_date, referral.postcode, child.birth_precision))
        for child in children_told(referral)
    ]
    return [carer, *children]


def _child(stored: dict[str, Any]) -> ToldChild:
    def text(name: str, otherwise: str) -> str:
        return str(stored.get(name) or otherwise)

    born, since = _date(stored.get("birth_date")), _date(stored.get("arrangement_since"))
    return ToldChild(
        name=text("name", ""),
        birth_date=born,
        birth_precision=text("birth_precision", Precision.EXACT) if born else Precision.UNKNOWN,
        arrangement=text("arrangement", "unknown"),
        arrangement_since=since,
        arrangement_precision=text("arrangement_precision", Precision.EXACT) if since else Precision.UNKNOWN,
        looked_after_before=text("looked_after_before", "unknown"),
        plan=text("plan", ""),
    )


def _date(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None

"""Picking children of a return to be offered support, and referring them once their carer is known."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused
from alongside.records.referrals.models import Referral
from alongside.records.referrals.services import receive_referral
from alongside.stewardship.exchange.models import Import, ImportRow, PickedChild
from alongside.stewardship.exchange.queries import picked_among

KEPT = timedelta(days=365)
CHILDREN = (ImportRow.Verdict.NEW, ImportRow.Verdict.GROWN)


def pick_children(
    *, imported: Import, places: Collection[int] | None, by: User, verdict: str = ImportRow.Verdict.NEW
) -> int:
    """Keep these children of a return, or all of one verdict, and give how many were not picked before."""
    if verdict not in CHILDREN:
        raise Refused("These are not children who can be picked.")
    rows = ImportRow.objects.filter(imported=imported, verdict=verdict).order_by("place")
    if places is not None:
        rows = rows.filter(place__in=places)
    found = {row.data["child"]: row.data for row in rows}
    before = picked_among(by, found)
    new = [_picked(data, by) for child, data in found.items() if child not in before]
    try:
        ledger.create_many(PickedChild, new, by=by, what="child of a return picked")
    except IntegrityError:
        raise Refused("A colleague was picking at the same moment. Look at the list again.") from None
    return len(new)


def forget_old_picks() -> None:
    """Take children off the list who were picked a year ago and never referred, whichever council's they are."""
    old = PickedChild.objects.filter(referral=None, created_at__lt=timezone.now() - KEPT)
    with ledger.together():
        for child in old:
            ledger.note(by=None, what="picked child kept long enough", about=child, kind=Entry.Kind.WRITE)
        old.delete()


def unpick_children(*, children: Sequence[PickedChild], by: User) -> None:
    """Take children off the list who are not to be referred after all."""
    with ledger.together():
        for child in children:
            gone, _ = PickedChild.objects.filter(pk=child.pk, referral=None).delete()
            if gone:
                ledger.note(by=by, what="picked child taken off the list", about=child, kind=Entry.Kind.WRITE)


def refer_picked(*, submission: UUID, picked: Sequence[UUID], by: User, **facts: Any) -> Referral:
    """Refer picked children as one family; a second click gives the referral that the first made."""
    with ledger.together():
        rows = list(PickedChild.objects.visible_to(by).select_for_update().filter(pk__in=picked))
        if len(rows) != len(set(picked)):
            raise Refused("A colleague has taken one of these children off the list. Go back and tick again.")
        if any(child.referral_id and child.referral_id != submission for child in rows):
            raise Refused("One of these children is already referred. Go back and tick again.")
        referral = receive_referral(submission=submission, by=by, **facts)
        for child in rows:
            ledger.update(child, by=by, what="picked child referred", referral=referral)
    return referral


def _picked(data: dict[str, Any], by: User) -> PickedChild:
    return PickedChild(
        agency=by.agency,
        child=data["child"],
        birth_date=date.fromisoformat(data["birth_date"]) if data["birth_date"] else None,
        arrangement=data["arrangement"],
        arrangement_since=date.fromisoformat(data["on"]),
        looked_after_before=data["looked_after_before"],
        why=data["why"],
        picked_by=by,
    )

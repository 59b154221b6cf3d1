"""Keeping a worker's form of answers while it is filled in, so that no closed laptop or ended session loses it.

It is nobody's record: the log tells of the answers that it becomes, and not of each pause on the way.
"""

from django.db.models import F
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.measures.models import HalfFilled

MOST_LETTERS = 20_000


def keep_half_filled(*, case: Case, values: dict[str, list[str]], by: User) -> HalfFilled:
    """Keep what the form holds now, in place of what it held before. Raises Refused where there is too much."""
    if sum(len(name) + sum(map(len, box)) for name, box in values.items()) > MOST_LETTERS:
        raise Refused("This is too long to keep")
    kept, new = HalfFilled.objects.get_or_create(
        by_id=by.pk,
        case=case,
        defaults={"agency_id": case.agency_id, "values": values, "saved_at": timezone.now()},
    )
    if not new:
        changed = {"values": values, "saved_at": timezone.now()}
        HalfFilled.objects.filter(pk=kept.pk).update(version=F("version") + 1, **changed)
    return kept


def drop_half_filled(*, case: Case, by: User) -> None:
    """Take a form away: its answers are recorded, or its worker does not want them."""
    HalfFilled.objects.filter(by=by.pk, case=case.pk).delete()

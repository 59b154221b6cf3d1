"""Keeping what somebody types of a contact while they type it, so that no broken line or ended session loses it.

A draft is nobody's record: the log tells of the contact that it becomes, and not of each pause in the typing.
"""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.base.errors import Refused, Stale
from alongside.records.cases.models import Case, Contact, Draft

MOST_LETTERS = 40_000  # twice what a note may hold


def save_draft(
    *, case: Case, about: UUID, correcting: bool, values: dict[str, list[str]], version: int, by: User
) -> int | None:
    """Keep what the form holds now, and give the draft's new version; ``version`` is the one it was based on.

    Gives None where the contact was saved for good in the meantime. Raises Stale where another tab has kept something
    else, and Refused where there is too much.
    """
    if sum(len(value) for box in values.values() for value in box) > MOST_LETTERS:
        raise Refused("This is too long to keep. Shorten it, or write two notes")
    if _is_saved(about, values, correcting):
        return None
    kept = {"values": values, "saved_at": timezone.now()}
    mine = Draft.objects.filter(by=by.pk, about=about)
    if version:
        if not mine.filter(version=version).update(version=F("version") + 1, **kept):
            raise Stale(mine.first())
        return version + 1
    try:
        with transaction.atomic():
            Draft.objects.create(
                agency_id=case.agency_id, case=case, by_id=by.pk, about=about, correcting=correcting, **kept
            )
    except IntegrityError:
        raise Stale(mine.first()) from None
    return 1


def _is_saved(about: UUID, values: dict[str, list[str]], correcting: bool) -> bool:
    """Say whether what comes here was overtaken: the new contact is there, or the one put right has moved on."""
    basis = "".join(values.get("version", ())) if correcting else "0"
    return Contact.objects.filter(pk=about, version__gt=int(basis) if basis.isdecimal() else 0).exists()


def drop_draft(*, about: UUID, by: User) -> None:
    """Take a draft away: its words are saved for good, or its writer does not want them."""
    Draft.objects.filter(by=by.pk, about=about).delete()

"""Writing what to know before calling a household."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import not_yet_to_come
from alongside.core.base.errors import Refused, Stale
from alongside.records.people.models import Household, SafetyNote


def write_safety_note(
    *, household: Household, checked_on: date, by: User, submission: UUID, **words: str
) -> SafetyNote:
    """Write the first note of a household; a second double click or a colleague's note is never written over."""
    _check(checked_on, words)
    with ledger.together():
        Household.objects.select_for_update().get(pk=household.pk)
        standing = SafetyNote.objects.filter(household=household, ended_on=None).exclude(pk=submission).first()
        if standing:
            raise Stale(standing)
        return ledger.create(
            SafetyNote,
            by=by,
            what="safety note written",
            id=submission,
            agency_id=household.agency_id,
            household=household,
            checked_on=checked_on,
            **words,
        )


def change_safety_note(
    *, note: SafetyNote, version: int, checked_on: date, by: User, end: bool = False, **words: str
) -> SafetyNote:
    """Change the words, or only the day on which they were checked, or take the note down; the log keeps its words."""
    _check(checked_on, words)
    return ledger.update(
        note,
        by=by,
        what="safety note taken down" if end else "safety note changed",
        version=version,
        checked_on=checked_on,
        **words,
        ended_on=timezone.localdate() if end else None,
    )


def _check(checked_on: date, words: dict[str, str]) -> None:
    if not any(said.strip() for said in words.values()):
        raise Refused("Write down what must be known", field="words")
    not_yet_to_come(checked_on, "checked_on")

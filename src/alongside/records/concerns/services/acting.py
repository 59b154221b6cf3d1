"""What is done about a concern: reading it, telling the authority, its answer, notes, the outcome."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.concerns.models import Concern, ConcernStep
from alongside.records.concerns.services.raising import add_step, settle

Kind = ConcernStep.Kind


def read_concern(*, concern: Concern, words: str, by: User, submission: UUID) -> Concern:
    """Say that a manager read it, and what they said is to be done."""
    return _act(concern, Kind.SEEN, by, submission, words, seen_at=timezone.now())


def tell_authority(*, concern: Concern, at: datetime, whom: str, words: str, by: User, submission: UUID) -> Concern:
    """Write down whom at the authority was told, when and what. Anybody may, and nobody need wait for a manager."""
    if at > timezone.now():
        raise Refused("The day and time must be now or in the past", field="time")
    return _act(concern, Kind.TOLD, by, submission, words, at=at, whom=whom, decided_at=at, told=True, answered_at=None)


def need_no_authority(*, concern: Concern, words: str, by: User, submission: UUID) -> Concern:
    """Write down why the authority does not need to be told: a manager's decision, with its reason."""
    return _act(concern, Kind.NOT_TOLD, by, submission, words, decided_at=timezone.now())


def hear_authority(*, concern: Concern, words: str, by: User, submission: UUID) -> Concern:
    """Write down what the authority said it will do."""
    return _act(concern, Kind.ANSWERED, by, submission, words, answered_at=timezone.now())


def add_note(*, concern: Concern, words: str, by: User, submission: UUID) -> Concern:
    """Add something; what was said before stays as it was said."""
    return _act(concern, Kind.NOTE, by, submission, words)


def close_concern(*, concern: Concern, outcome: str, words: str, by: User, submission: UUID) -> Concern:
    """Close a concern with what came of it."""
    now = timezone.now()
    return _act(concern, Kind.CLOSED, by, submission, words, closed_at=now, outcome=outcome)


def reopen_concern(*, concern: Concern, words: str, by: User, submission: UUID) -> Concern:
    """Open a closed concern again."""
    return _act(concern, Kind.REOPENED, by, submission, words, closed_at=None, outcome="")


def place_concern(*, concern: Concern, case: Case, by: User) -> Concern:
    """Say which family a concern is about, where that was not known when it was recorded; it cannot be moved on."""
    with ledger.together():
        held = _held(concern)
        if held.case_id:
            raise Refused("The family is known already. Add a note if that is wrong")
        add_step(held, Kind.PLACED, by=by)
        return settle(held, by=by, what="family of a concern found", case=case)


def _act(
    concern: Concern,
    kind: str,
    by: User,
    submission: UUID,
    words: str,
    *,
    at: datetime | None = None,
    whom: str = "",
    **changes: Any,
) -> Concern:
    """Write one step and where the concern stands now; the same click twice writes nothing more."""
    with ledger.together():
        held = _held(concern)
        if ConcernStep.objects.filter(pk=submission, concern=held).exists():
            return held
        _check(held, kind)
        add_step(held, kind, by=by, words=words, whom=whom, at=at, submission=submission)
        return settle(held, by=by, what=f"concern: {Kind(kind).label.lower()}", **changes)


def _held(concern: Concern) -> Concern:
    held: Concern = Concern.objects.select_for_update().get(pk=concern.pk)
    return held


def _check(concern: Concern, kind: str) -> None:
    """Refuse what makes no sense now."""
    if kind == Kind.REOPENED:
        if concern.closed_at is None:
            raise Refused("This concern is open")
        return
    if concern.closed_at and kind != Kind.NOTE:
        raise Refused("This concern is closed. Open it again first, or add a note")
    if kind == Kind.SEEN and concern.seen_at:
        raise Refused("Somebody has read it already. Add a note instead")
    if kind == Kind.NOT_TOLD and concern.told:
        raise Refused("The authority was told already. Add a note instead")
    if kind == Kind.ANSWERED and not concern.told:
        raise Refused("The authority has not been told yet")
    if kind == Kind.CLOSED and concern.seen_at is None:
        raise Refused("A manager must read it first")
    if kind == Kind.CLOSED and concern.decided_at is None:
        raise Refused("Say first whether the authority was told, or why it does not need to be")

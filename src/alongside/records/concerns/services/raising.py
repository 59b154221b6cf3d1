"""Recording a concern, and telling the managers at once; every word waits in the record, none in the letter."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.audit import ledger
from alongside.core.audit.ledger import Actor
from alongside.core.base.days import not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.core.base.mail import send_on_commit
from alongside.records.cases.models import Case
from alongside.records.cases.services.keeping import keep
from alongside.records.concerns.models import Concern, ConcernStep
from alongside.records.concerns.queries import due_of, managers_to_tell, office, open_since
from alongside.records.concerns.rules import Facts, nobody_at_work, still_due
from alongside.records.concerns.times import times
from alongside.records.people.knowing import without_manager

LETTERS = Path(__file__).resolve().parent.parent / "letters"
MOVING = {field.name for field in fields(Facts)}


def raise_concern(
    *,
    words: str,
    danger: bool,
    noticed_on: date,
    by: User,
    case: Case | None = None,
    about: str = "",
    submission: UUID | None = None,
) -> Concern:
    """Record what worries somebody who works here. A manager who records one has read it."""
    not_yet_to_come(noticed_on, "noticed_on")
    if case is None and not about.strip():
        raise Refused("Say whom it is about, as well as you can", field="about")
    with ledger.together():
        concern = _record(
            by=by,
            id=submission or new_id(),
            agency_id=by.agency_id,
            case=case,
            about=about,
            words=words,
            danger=danger,
            noticed_on=noticed_on,
            source=Concern.Source.WORKER,
            raised_by=by,
            seen_at=timezone.now() if by.role == Role.MANAGER else None,
        )
    return concern


def hear_concern(*, case: Case, words: str, source: str, origin: UUID, by: Actor) -> Concern:
    """Record that a carer asked to talk now, or that an answer alarms; the same origin opens no second one."""
    with ledger.together():
        known: Concern | None = Concern.objects.filter(agency=case.agency_id, origin=origin, source=source).first()
        if known is None:
            return _record(
                by=by,
                agency_id=case.agency_id,
                case=case,
                words=words,
                danger=False,
                noticed_on=timezone.localdate(),
                source=source,
                origin=origin,
            )
        if words != known.words and not known.steps.filter(words=words).exists():
            add_step(known, ConcernStep.Kind.NOTE, by=by, words=words)
        return known


def _record(*, by: Actor, **facts: Any) -> Concern:
    """Write a concern, mark its family, and tell the managers, all of it or none."""
    concern = ledger.create(Concern, by=by, what="concern recorded", **facts)
    if concern.due_at:
        return concern  # the second click
    settle(concern, by=by, what="clocks of a concern set")
    if concern.seen_at:
        add_step(concern, ConcernStep.Kind.SEEN, by=by, words="Recorded by a manager.")
    else:
        _tell_managers(concern)
    return concern


def settle(concern: Concern, *, by: Actor | None, what: str, **changes: Any) -> Concern:
    """Change where a concern stands, say anew when its next thing is due, and keep its family's mark true."""
    due = still_due(
        replace(concern.facts, **{name: value for name, value in changes.items() if name in MOVING}), times(), office()
    )
    ledger.update(concern, by=by, what=what, due_at=due[0].by if due else None, **changes)
    if concern.case_id:
        keep(concern.case_id, concern_since=open_since(concern.case_id))
    return concern


def add_step(
    concern: Concern,
    kind: str,
    *,
    by: Actor | None,
    words: str = "",
    whom: str = "",
    at: datetime | None = None,
    submission: UUID | None = None,
) -> ConcernStep:
    """Write one thing that was done."""
    return ledger.create(
        ConcernStep,
        by=by,
        what=f"concern: {ConcernStep.Kind(kind).label.lower()}",
        id=submission or new_id(),
        agency_id=concern.agency_id,
        concern=concern,
        kind=kind,
        at=at or timezone.now(),
        words=words,
        whom=whom,
        by_id=by.id if isinstance(by, User) else None,
    )


def _tell_managers(concern: Concern) -> None:
    """Send each manager a letter, who is on call too when nobody is at work, and look again when the hour is over.

    Where no manager left may know of the family, the administrators are told that one must be named.
    """
    seen_by = due_of(concern)[0].by
    addresses = {user.email for user in managers_to_tell(concern.agency_id, concern.case)}
    if settings.ON_CALL_EMAIL and (not addresses or nobody_at_work(concern.created_at, seen_by, office())):
        addresses.add(settings.ON_CALL_EMAIL)
    _send("raised.txt", concern, seen_by, addresses)
    if concern.case and without_manager(concern.agency_id).filter(household=concern.case.household_id).exists():
        administrators = User.objects.filter(agency=concern.agency_id, role=Role.ADMINISTRATOR, is_active=True)
        _send("stranded.txt", concern, seen_by, administrators.values_list("email", flat=True))
    if remind.get_backend().supports_defer:
        later = remind.using(run_after=seen_by)
        transaction.on_commit(lambda: later.enqueue(str(concern.pk)))


def _send(letter: str, concern: Concern, seen_by: datetime, addresses: Iterable[str]) -> None:
    clocks = (timezone.localtime(concern.created_at), timezone.localtime(seen_by))
    at, by = (f"{clock:%H:%M} on {clock:%A}" for clock in clocks)
    link = f"{settings.BASE_URL}/safety/concerns/{concern.pk}/"
    for address in sorted(addresses):
        send_on_commit(LETTERS / letter, to=address, link=link, at=at, by=by)


@task()
def remind(concern: str) -> None:
    """Tell every manager again, and who is on call, where nobody read a concern within its hour."""
    with system():
        remind_of(UUID(concern))


def remind_of(pk: UUID) -> None:
    """Write that the hour passed and send the second letter, once."""
    with ledger.together():
        concern: Concern = Concern.objects.select_for_update().get(pk=pk)
        if concern.seen_at or concern.steps.filter(kind=ConcernStep.Kind.REMINDED).exists():
            return
        seen_by = next(due.by for due in due_of(concern) if due.step == "seen")
        add_step(concern, ConcernStep.Kind.REMINDED, by=None)
        addresses = {user.email for user in managers_to_tell(concern.agency_id, concern.case)}
        _send("unread.txt", concern, seen_by, addresses | ({settings.ON_CALL_EMAIL} - {""}))

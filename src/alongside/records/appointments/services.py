"""Booking appointments, moving them, saying how they went, reminding of them, and opening a private calendar."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Min, Q
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.clocks import add_working_days
from alongside.core.base.errors import Refused, Stale
from alongside.core.base.ids import new_id
from alongside.core.base.tokens import hash_of, new_token
from alongside.records.appointments.models import Appointment, Attendance, CalendarFeed
from alongside.records.appointments.rules import REMIND_BEFORE, is_time_to_remind, joins_at
from alongside.records.appointments.telling import tell
from alongside.records.cases.models import Case, Contact
from alongside.records.cases.services.contacts import log_contact, move_clocks
from alongside.records.cases.services.keeping import keep

Status = Appointment.Status
TRY_AGAIN_DAYS = 2  # working days after somebody could not make it
NEWS = frozenset({"at", "channel", "place", "link"})  # what the carer is told of when it changes


def book_appointment(*, case: Case, by: User, submission: UUID, **facts: Any) -> Appointment:
    """Book an appointment with a family, and tell the carer if asked to. A second click books nothing more."""
    if case.closed_on:
        raise Refused("This case is closed. Open it again first")
    check_booking(facts)
    with ledger.together():
        Case.objects.select_for_update().get(pk=case.pk)  # of two clicks at once, one tells the carer
        made = not Appointment.objects.filter(pk=submission).exists()
        whose = case.worker or by
        booked = ledger.create(
            Appointment,
            by=by,
            what="appointment booked",
            id=submission,
            agency_id=case.agency_id,
            case=case,
            worker_id=whose.pk,
            **facts,
        )
        if booked.case_id != case.pk:
            raise Refused("This form belongs to another family. Open it again from the family's page")
        if made:
            tell(booked, "invitation")
        _keep(case.pk)
    return booked


def change_appointment(*, appointment: Appointment, version: int, by: User, **facts: Any) -> Appointment:
    """Move an appointment or put it right; the carer is told of a new time, way or place."""
    if appointment.status != Status.BOOKED:
        raise Refused("It is said already what became of this appointment. Book another one")
    check_booking(facts)
    news = any(getattr(appointment, name) != facts[name] for name in NEWS & facts.keys())
    with ledger.together():
        again = {"reminded_at": None} if news else {}
        ledger.update(appointment, by=by, what="appointment changed", version=version, **facts, **again)
        if news:
            tell(appointment, "moved")
        _keep(appointment.case_id)
    return appointment


def settle_appointment(
    *,
    appointment: Appointment,
    version: int,
    status: str,
    kind_words: bool,
    by: User,
    came: Mapping[UUID, str] | None = None,
) -> Appointment:
    """Say what became of an appointment. One that took place is being in touch, as a contact is, though a group is not
    what was due. One that was missed is a contact tried, and somebody tries again soon.

    Of a group, ``came`` says of each person of the family who was asked whether they came.
    """
    if status in (Status.KEPT, Status.MISSED) and not appointment.is_over(timezone.now()):
        raise Refused("This is still to come. Call it off, or say how it went afterwards", field="status")
    if came is not None:
        _check_came(status, came)
    news = status != appointment.status
    with ledger.together():
        ledger.update(appointment, by=by, what="appointment settled", version=version, status=status)
        if came is not None:
            _write_who_came(appointment, came, by)
        _keep(appointment.case_id)
        if news:
            move_clocks(appointment.case, by, as_due=appointment.channel != Appointment.Channel.GROUP)
        if news and status == Status.MISSED:
            _follow_kindly(appointment, by)
        if news and kind_words and status in (Status.MISSED, Status.WE_CALLED_OFF):
            tell(appointment, "missed" if status == Status.MISSED else "called_off")
    return appointment


def _check_came(status: str, came: Mapping[UUID, str]) -> None:
    somebody = Attendance.Came.CAME in came.values()
    if status == Status.KEPT and not somebody:
        raise Refused("Say who of the family came, or that they could not make it", field="status")
    if status != Status.KEPT and somebody:
        raise Refused("Somebody came, so it took place for them", field="status")


def _write_who_came(appointment: Appointment, came: Mapping[UUID, str], by: User) -> None:
    """Make what is kept of who came what is said now; of whom nothing is said any more, nothing is kept."""
    what, kept = "attendance recorded", {one.person_id: one for one in appointment.attendances.all()}
    for person, said in came.items():
        if held := kept.pop(person, None):
            ledger.update(held, by=by, what=what, came=said)
        else:
            facts = {"agency_id": appointment.agency_id, "appointment": appointment, "person_id": person}
            ledger.create(Attendance, by=by, what=what, came=said, **facts)
    for held in kept.values():
        ledger.remove(held, by=by, what="attendance taken away", version=held.version)


def _follow_kindly(appointment: Appointment, by: User) -> None:
    log_contact(
        case=appointment.case,
        people=(),
        next_contact_due=add_working_days(timezone.localdate(), TRY_AGAIN_DAYS),
        by=by,
        submission=new_id(),
        at=appointment.at,
        channel=appointment.channel,
        outcome=Contact.Outcome.DID_NOT_ATTEND,
    )


def check_booking(facts: Mapping[str, Any]) -> None:
    """Refuse a time that has been, a link to where nobody may be led, and a message that could not arrive."""
    if facts["at"] <= timezone.now():
        raise Refused("The day and time must be to come. Log a contact for what has been", field="day")
    if facts["link"] and not joins_at(facts["link"], settings.VIDEO_HOSTS):
        hosts = ", ".join(settings.VIDEO_HOSTS) or "none is set yet"
        raise Refused(f"Only links to these places can be sent: {hosts}", field="link")
    person, way = facts["person"], facts["tell"]
    if way != Appointment.Tell.NOBODY and person is None:
        raise Refused("Choose whom to tell", field="person")
    if way == Appointment.Tell.EMAIL and not person.email:
        raise Refused(f"We have no e-mail address for {person.name}", field="tell")
    if way == Appointment.Tell.TEXT and not person.phone:
        raise Refused(f"We have no phone number for {person.name}", field="tell")


def _keep(case_id: UUID) -> None:
    """Keep on the case its earliest appointment of which nobody has said what became of it, and when they last met."""
    found = Appointment.objects.filter(case=case_id).aggregate(
        next=Min("at", filter=Q(status=Status.BOOKED)), met=Max("at", filter=Q(status=Status.KEPT))
    )
    met_on = timezone.localdate(found["met"]) if found["met"] else None
    keep(case_id, next_appointment_at=found["next"], last_met_on=met_on)


def send_reminders(now: datetime | None = None) -> int:
    """Remind of every appointment that comes within a day, each once; give how many were reminded of."""
    now, zone, sent = now or timezone.now(), timezone.get_current_timezone(), 0
    near = Appointment.objects.filter(
        status=Status.BOOKED, reminded_at=None, at__gt=now, at__lte=now + REMIND_BEFORE + timedelta(minutes=1)
    ).exclude(tell=Appointment.Tell.NOBODY)
    for appointment in near.select_related("person", "worker", "case"):
        if not is_time_to_remind(appointment.at, now, zone) or appointment.case.closed_on:
            continue
        try:
            with ledger.together():
                ledger.update(appointment, by=None, what="reminder sent", reminded_at=now)
                sent += tell(appointment, "reminder")
        except Stale:  # another process has just done it, or somebody moved it
            continue
    return sent


def open_calendar(*, by: User) -> str:
    """Make a private address for somebody's own calendar, and give its secret, which is known only now."""
    token = new_token()
    with ledger.together():
        end_calendar(by=by)
        ledger.create(
            CalendarFeed,
            by=by,
            what="calendar address made",
            agency_id=by.agency_id,
            user_id=by.pk,
            token_hash=hash_of(token),
        )
    return token


def end_calendar(*, by: User) -> None:
    """End the address that somebody's calendar reads from."""
    with ledger.together():
        for feed in CalendarFeed.objects.filter(user=by.pk, ended_at=None):
            ledger.update(feed, by=by, what="calendar address ended", ended_at=timezone.now())

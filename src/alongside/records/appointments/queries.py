"""Reading appointments: those of a family, those that a worker has, and what a calendar is told of them."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from alongside.calc.icalendar import Event, calendar
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.base.tokens import hash_of
from alongside.records.appointments.models import Appointment, CalendarFeed
from alongside.records.appointments.rules import Span, initials
from alongside.records.cases.models import Case

SHOWN = 60  # of one family, the latest
DAYS_BACK = 30


def appointments_of(case: Case) -> list[Appointment]:
    """Give a family's appointments, the latest first."""
    rows = Appointment.objects.filter(case=case).select_related("worker", "person").order_by("-at", "-pk")
    return list(rows[:SHOWN])


def taken_by(worker: UUID) -> dict[UUID, Span]:
    """Give when each of a worker's appointments to come takes them."""
    rows = Appointment.objects.filter(worker=worker, status="booked", at__gt=timezone.now() - timedelta(days=1))
    return {one.pk: one.takes for one in rows}


def has_calendar(user: User) -> bool:
    """Say whether somebody's calendar has an address."""
    return CalendarFeed.objects.filter(user=user.pk, ended_at=None).exists()


def calendar_at(token: str) -> str | None:
    """Give the calendar behind a private address: times and initials, and nothing else of anybody."""
    feed = CalendarFeed.objects.filter(token_hash=hash_of(token), ended_at=None).select_related("user").first()
    if feed is None or not feed.user.may(Permission.CASE_SEE):
        return None
    rows = Appointment.objects.filter(
        worker=feed.user, status="booked", at__gte=timezone.now() - timedelta(days=DAYS_BACK)
    ).select_related("case__household")
    events = [
        Event(
            uid=f"{one.pk}@alongside",
            at=one.at,
            minutes=one.minutes,
            summary=f"{one.get_channel_display()}, {initials(one.case.household.name)}",
            changed_at=one.created_at,
            sequence=one.version,
        )
        for one in rows.order_by("at")
    ]
    return calendar("Families", events)

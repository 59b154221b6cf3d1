"""Reading appointments: those of a family, those that a worker has, and what a calendar is told of them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Subquery
from django.db.models.functions import Least, TruncDate
from django.utils import timezone

from alongside.calc.icalendar import Event, calendar
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.base.tokens import hash_of
from alongside.records.appointments.models import Appointment, Attendance, CalendarFeed
from alongside.records.appointments.rules import Span, initials
from alongside.records.cases.models import Case

SHOWN = 60  # of one family, the latest
DAYS_BACK = 30


def appointments_of(case: Case) -> list[Appointment]:
    """Give a family's appointments with who came to each group, the latest first."""
    who = Prefetch("attendances", Attendance.objects.select_related("person").order_by("came", "pk"))
    rows = Appointment.objects.filter(case=case).select_related("worker", "person").prefetch_related(who)
    return list(rows.order_by("-at", "-pk")[:SHOWN])


def coming(now: datetime) -> Subquery:
    """Give of each case the first appointment that is still to come; an earlier one may still ask how it went."""
    booked = Appointment.objects.filter(case=OuterRef("pk"), status=Appointment.Status.BOOKED, at__gte=now)
    return Subquery(booked.order_by("at").values("at")[:1])


def coming_to(case: Case) -> datetime | None:
    """Give the first appointment of a family that is still to come."""
    found: datetime | None = Case.objects.filter(pk=case.pk).values_list(coming(timezone.now()), flat=True).get()
    return found


class GroupMeeting(NamedTuple):
    """A group's meeting that a family was asked to: when, what became of it, and who came, did not, or said sorry."""

    id: UUID
    at: datetime
    status: str
    asked_on: date
    who: list[tuple[str, str]]

    @property
    def was_offered(self) -> bool:
        """Whether it was there to come to."""
        return self.status != Appointment.Status.WE_CALLED_OFF

    @property
    def came(self) -> list[str]:
        """Those who came."""
        return [name for name, said in self.who if said == Attendance.Came.CAME]


ASKED_ON = TruncDate(Least("created_at", "at"))  # what is written down afterwards was asked by the day itself


def group_meetings(
    rows: Iterable[tuple[UUID, datetime, str, date, str | None, str | None]],
) -> list[GroupMeeting]:
    """Put rows of a meeting and one person each together, the latest meeting first."""
    found: dict[UUID, GroupMeeting] = {}
    for pk, at, status, asked_on, name, came in rows:
        meeting = found.setdefault(pk, GroupMeeting(pk, at, status, asked_on, []))
        if name and came:
            meeting.who.append((name, came))
    for meeting in found.values():
        meeting.who.sort()
    return sorted(found.values(), key=lambda meeting: (meeting.at, meeting.id), reverse=True)


def meetings_offered(cases: Any) -> Any:
    """Give the meetings of groups that families were asked to and that we did not call off, with the day of asking."""
    rows = Appointment.objects.filter(case__in=cases, channel=Appointment.Channel.GROUP)
    return rows.exclude(status=Appointment.Status.WE_CALLED_OFF).annotate(asked_on=ASKED_ON)


def taken_by(worker: UUID) -> dict[UUID, Span]:
    """Give when each of a worker's appointments to come takes them."""
    rows = Appointment.objects.filter(worker=worker, status="booked", at__gt=timezone.now() - timedelta(days=1))
    return {one.pk: one.takes for one in rows}


def has_calendar(user: User) -> bool:
    """Say whether somebody's calendar has an address."""
    return CalendarFeed.objects.filter(user=user.pk, ended_at=None).exists()


def calendar_at(token: str) -> str | None:
    """Give the calendar behind a private address: times and initials of families that its worker still sees."""
    feed = CalendarFeed.objects.filter(token_hash=hash_of(token), ended_at=None).select_related("user").first()
    if feed is None or not feed.user.may(Permission.CASE_SEE):
        return None
    since = timezone.now() - timedelta(days=DAYS_BACK)
    booked = Appointment.objects.visible_to(feed.user).filter(worker=feed.user, status="booked", at__gte=since)
    rows = booked.select_related("case__household")
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

"""What a family has beside the sessions: what was offered and done, the groups they joined or were asked to."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, DateTimeField, F, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from alongside.records.appointments.models import Appointment
from alongside.records.appointments.queries import ASKED_ON, GroupMeeting, group_meetings
from alongside.records.cases.models import Case
from alongside.records.programmes.models import GroupMember, Support


class Joined(NamedTuple):
    """That somebody of a family goes to a group or went there, as the family's page shows it."""

    id: UUID
    who: str
    group: str
    place: str
    times: str
    since: date
    until: date | None
    why: str


class Offered(NamedTuple):
    """What one family has beside the sessions: the latest first, but in groups who goes there still before who left."""

    supports: list[Support]
    meetings: list[GroupMeeting]
    joined: list[Joined]


COLUMNS = ("row_", "pk", "day", "until_", "at_", "code", "said", "reply_", "place_", "times_")
SUPPORT, MEETING, MEMBER = "support", "meeting", "member"


def offered_to(case: Case) -> Offered:
    """Give what a family has beside the sessions, in one query."""
    found: dict[str, list[Any]] = {SUPPORT: [], MEETING: [], MEMBER: []}
    for kind, *row in _supports(case).union(_meetings(case), _members(case), all=True):
        found[kind].append(row)
    supports = [
        Support(pk=pk, case=case, on=on, kind=kind, words=words, reply=reply)
        for pk, on, _, _, kind, words, reply, _, _ in found[SUPPORT]
    ]
    supports.sort(key=lambda one: (one.on, one.pk), reverse=True)
    meetings = group_meetings(
        (pk, at, status, on, who, came) for pk, on, _, at, status, who, came, *_ in found[MEETING]
    )
    joined = [
        Joined(pk, who, group, place, times, since, until, why)
        for pk, since, until, _, group, who, why, place, times in found[MEMBER]
    ]
    joined.sort(key=lambda one: (one.until or date.max, one.since, one.id), reverse=True)
    return Offered(supports, meetings, joined)


def _supports(case: Case) -> Any:
    return _shaped(
        Support.objects.filter(case=case),
        SUPPORT,
        day=F("on"),
        code=F("kind"),
        said=Cast("words", TextField()),
        reply_=F("reply"),
    )


def _meetings(case: Case) -> Any:
    return _shaped(
        Appointment.objects.filter(case=case, channel=Appointment.Channel.GROUP),
        MEETING,
        day=ASKED_ON,
        at_=F("at"),
        code=F("status"),
        said=_name("attendances__person"),
        reply_=Cast("attendances__came", CharField()),
    )


def _members(case: Case) -> Any:
    return _shaped(
        GroupMember.objects.filter(case=case),
        MEMBER,
        day=F("joined_on"),
        until_=F("left_on"),
        code=F("group__name"),
        said=_name("person"),
        reply_=F("why"),
        place_=F("group__place"),
        times_=F("group__times"),
    )


def _shaped(rows: Any, kind: str, **told: Any) -> Any:
    """Give rows the columns that all of them share; what is not told of a kind is blank."""
    blank = {
        "until_": Cast(Value(None), DateField()),
        "at_": Cast(Value(None), DateTimeField()),
        "place_": Value("", CharField()),
        "times_": Value("", CharField()),
    }
    return rows.order_by().annotate(row_=Value(kind, CharField()), **(blank | told)).values_list(*COLUMNS)


def _name(person: str) -> Any:
    return Cast(Coalesce(NullIf(f"{person}__known_as", Value("")), f"{person}__name"), TextField())

"""Today: one list of the families that want something now, why, and what to do about it from here."""

from datetime import date
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission, Role
from alongside.core.audit import ledger
from alongside.insight.today.queries import Wanting, Whose, wanting
from alongside.insight.today.rules import Kind, Reason, Urgency
from alongside.records.cases.models import Case
from alongside.records.cases.queries import drafts_waiting
from alongside.records.measures.services.answering import mark_replies_read
from alongside.records.oversight.queries import nobodys
from alongside.web.dates import ago, day, due, moment, weekday
from alongside.web.rendering import page

AT_ONCE = 20
WORDS = {Whose.MINE: "Mine", Whose.TEAM: "My team", Whose.ALL: "All teams"}
HEADINGS = {
    Urgency.SAFETY: "Safety first",
    Urgency.TODAY: "Today",
    Urgency.LATE: "Late",
    Urgency.SOON: "Coming up",
    Urgency.QUIET: "Not heard from lately",
}


class Told(NamedTuple):
    """A reason in words."""

    kind: str
    words: str
    late: bool
    contact: UUID | None


@needs(Permission.CASE_SEE)
def today(request: HttpRequest) -> HttpResponse:
    """List what wants doing."""
    user, now = access.person(request), timezone.localdate()
    whose = _whose(request, user)
    found = wanting(user, whose=whose, drafts=drafts_waiting(user))
    ledger.note(by=user, what="day opened")
    start = _start(request, len(found))
    shown = found[start : start + AT_ONCE]
    return page(
        request,
        "today/today.html",
        {
            "day": weekday(now),
            "groups": [
                (HEADINGS[urgency], urgency == Urgency.SAFETY, [(one.family, _told(one, now)) for one in group])
                for urgency, group in groupby(shown, key=lambda one: one.why[0].urgency)
            ],
            "number": len(found),
            "nobodys": nobodys(user),
            "whose": whose,
            "parts": [(WORDS[part], "?" + urlencode({"whose": part.value}), part == whose) for part in _parts(user)],
            "before": _address(whose, max(0, start - AT_ONCE)) if start else "",
            "after": _address(whose, start + AT_ONCE) if start + AT_ONCE < len(found) else "",
        },
    )


@needs(Permission.CASE_EDIT)
@require_POST
def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take answers that were read off the list."""
    mark_replies_read(case=access.get(request, Case, pk), by=access.person(request))
    messages.success(request, "The answers are read, and off the list")
    return redirect("today:today")


def _parts(user: User) -> list[Whose]:
    parts = [Whose.MINE] if user.role == Role.FAMILY_WORKER else []
    if user.team_id:
        parts.append(Whose.TEAM)
    return [*parts, Whose.ALL] if user.role == Role.MANAGER else parts


def _whose(request: HttpRequest, user: User) -> Whose:
    """Take the part asked for; a worker starts with their own families, a manager with the team's."""
    parts, asked = _parts(user), request.GET.get("whose", "")
    return Whose(asked) if asked in parts else parts[0]


def _start(request: HttpRequest, number: int) -> int:
    asked = request.GET.get("from", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 and int(asked) < number else 0


def _address(whose: Whose, start: int) -> str:
    return "?" + urlencode({"whose": whose.value, "from": start})


def _told(one: Wanting, now: date) -> list[Told]:
    return [
        Told(reason.kind, _why(one, reason, now), reason.urgency == Urgency.LATE, reason.contact) for reason in one.why
    ]


def _why(one: Wanting, reason: Reason, now: date) -> str:
    """Say why a family is here, as somebody at the next desk would."""
    match reason.kind:
        case Kind.CONCERN:
            return f"A concern is open since {moment(reason.at)}"
        case Kind.APPOINTMENT:
            return f"Appointment {_when(reason, now)}"
        case Kind.HOW_IT_WENT:
            return f"Appointment {_when(reason, now)}: how did it go?"
        case Kind.REPLY:
            return f"They answered a check-in {ago(reason.on, now)}; nobody has read it yet"
        case Kind.DRAFT:
            return f"You began a note {_when(reason, now)} and have not saved it"
        case Kind.CORRECTION:
            return f"You began to put a note right {_when(reason, now)} and have not saved it"
        case Kind.STEP:
            return f"Our next step is {due(reason.on, now)}"
        case Kind.PROMISE:
            return f"A promise to them is {due(reason.on, now)}"
        case Kind.CONTACT:
            return f"Contact {due(reason.on, now)}"
        case Kind.REVIEW:
            return f"Review {due(reason.on, now)}"
        case Kind.CLOCK:
            return f"{reason.what}: {due(reason.on, now)}"
        case Kind.FOLLOW_UP:
            return f"Follow-up agreed for {day(reason.on)}, after the work ended"
        case Kind.QUIET:
            last = one.family.last_contact_on
            return f"Last in touch {ago(last, now)}, and no next contact is planned" if last else _never(one, now)


def _never(one: Wanting, now: date) -> str:
    return f"Nobody has been in touch since the work began, {ago(one.family.opened_on, now)}"


def _when(reason: Reason, now: date) -> str:
    if reason.on == now and reason.at:
        return f"today at {timezone.localtime(reason.at):%H:%M}"
    return moment(reason.at)

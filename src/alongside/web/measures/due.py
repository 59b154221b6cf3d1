"""What is due to be asked: of whom, on which occasion, how late it is, and what was done about it."""

from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission, Role
from alongside.core.audit import ledger
from alongside.insight.asking.queries import AT_ONCE, Asked, Whose, due_list
from alongside.records.cases.models import Closure
from alongside.records.measures.models import CheckInLink, Occasion
from alongside.web.dates import ago, day
from alongside.web.rendering import page

WORDS = {Whose.MINE: "Mine", Whose.TEAM: "My team", Whose.ALL: "All teams"}
ON = {Occasion.START: "At the start", Occasion.REVIEW: "Review", Occasion.END: "At the end"}
WAYS = {CheckInLink.Way.NOBODY: "given", CheckInLink.Way.TEXT: "texted", CheckInLink.Way.EMAIL: "e-mailed"}

SENDS = {Closure.Later.TEXT.value: "text", Closure.Later.EMAIL.value: "e-mail"}


class Row(NamedTuple):
    """A line of the list."""

    asked: Asked
    what: str
    so_far: list[str]


@needs(Permission.CASE_SEE)
def due(request: HttpRequest) -> HttpResponse:
    """List what is due, what has waited longest first."""
    user = access.person(request)
    whose, start = _whose(request, user), _start(request)
    found = due_list(user, whose, start)
    ledger.note(by=user, what="what is due to be asked opened")
    return page(
        request,
        "measures/due.html",
        {
            "rows": [Row(one, _what(one), _so_far(one)) for one in found.rows],
            "number": found.number,
            "late": found.late,
            "whose": whose,
            "parts": [(WORDS[part], _address(part, 0), part == whose) for part in _parts(user)],
            "before": _address(whose, max(0, start - AT_ONCE)) if start else "",
            "after": _address(whose, start + AT_ONCE) if start + AT_ONCE < found.number else "",
            "today": timezone.localdate(),
        },
    )


def _parts(user: User) -> list[Whose]:
    parts = [Whose.MINE] if user.role == Role.FAMILY_WORKER else []
    if user.team_id:
        parts.append(Whose.TEAM)
    return [*parts, Whose.ALL] if user.role == Role.MANAGER else parts


def _whose(request: HttpRequest, user: User) -> Whose:
    """Take the part asked for; a worker starts with their own families, a manager with the team's."""
    parts, asked = _parts(user), request.GET.get("whose", "")
    return Whose(asked) if asked in parts else parts[0]


def _start(request: HttpRequest) -> int:
    asked = request.GET.get("from", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 0


def _address(whose: Whose, start: int) -> str:
    return "?" + urlencode({"whose": whose.value, "from": start})


def _what(one: Asked) -> str:
    if one.wanted.occasion == Occasion.FOLLOW_UP:
        months = one.wanted.months
        return f"{months} month{'' if months == 1 else 's'} after the end"
    return ON[Occasion(one.wanted.occasion)]


def _by_itself(one: Asked, today: date) -> list[str]:
    """Say whether a link will be sent by itself, where that was agreed at the closing."""
    family, wanted = one.family, one.wanted
    if not (wanted.by_itself and family.later in SENDS and family.later_name):
        return []
    if family.noted:
        return [
            f"{family.later_name} agreed to be sent a link. Read before calling, then send it: we do not by ourselves."
        ]
    if wanted.due < today:
        return []
    return [f"We {SENDS[family.later]} {family.later_name} a link on {day(wanted.due)}, as they agreed."]


def _so_far(one: Asked) -> list[str]:
    """Say what was done about it, in short sentences."""
    said, today, link = [], timezone.localdate(), one.link
    if link is not None:
        sent = timezone.localdate(link.created_at)
        whom = link.person.known_as or link.person.name
        said.append(f"{whom} was {WAYS[CheckInLink.Way(link.way)]} a link {ago(sent, today)}.")
        if link.chased:
            said.append(f"Asked again {'once' if link.chased == 1 else f'{link.chased} times'}.")
        if link.answers:
            said.append("They have begun to answer.")
        if link.expires_at <= timezone.now():
            said.append("It has ended unanswered.")
        elif link.chase_on and link.chase_on > today:
            said.append(f"We ask again on {day(link.chase_on)}.")
        elif link.chase_on:
            said.append("We do not ask again by ourselves now: read before calling, then ask.")
    else:
        said += _by_itself(one, today)
    if one.family.begun:
        said.append(f"You began the form {ago(one.family.begun, today)}.")
    return said

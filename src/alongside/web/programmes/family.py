"""A family's programmes: weeks and sessions used and left, how true the work is, what was offered, and each move."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.insight.practice.fidelity import Practised, practised_with
from alongside.records.appointments.models import Appointment, Attendance
from alongside.records.cases.models import Case, Contact
from alongside.records.measures.queries import latest_changes
from alongside.records.people.queries import followed
from alongside.records.programmes.models import Extension
from alongside.records.programmes.offered import offered_to
from alongside.web import kinship
from alongside.web.rendering import page

CHANNELS = {channel.value: str(channel.label) for channel in Contact.Channel}
BECAME = {**dict(Appointment.Status.choices), **dict(Attendance.Came.choices)}


# Where a page does what an ingredient asks for: the words of its link, the page, and what is chosen on it already.
DOING = {
    "strengths_recorded": ("Write one down", "plans:strength_new", ""),
    "goal_agreed": ("Set a goal", "cases:goal_new", ""),
    "review_on_time": ("Ask the questions", "measures:ask", ""),
    "peer_support_offered": ("Write it down", "programmes:support_new", "?kind=peer"),
    "group_offered": ("Write it down", "programmes:support_new", "?kind=group"),
    "advice_recorded": ("Write it down", "programmes:support_new", "?kind=advice"),
    "entitlements_checked": ("Write it down", "programmes:support_new", "?kind=entitlements"),
    "plans_followed": ("Write it down", "programmes:support_new", "?kind=plans"),
}


class Shown(NamedTuple):
    """A place as the page shows it: which time in this programme it is, and how long after the time before."""

    practised: Practised
    time: int
    weeks_between: int | None


@needs(Permission.CASE_SEE)
def family(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a family's programmes."""
    case = access.get(
        request, Case, pk, what="family's programmes opened", related=("household", "worker", "team__sits_with")
    )
    today = timezone.localdate()
    offered = offered_to(case)
    shown = numbered(practised_with(case, offered, today))
    now = [one for one in shown if one.practised.place.enrolment.ended_on is None]
    came_to = at_groups(shown)
    follows = any(one.practised.place.definition["plans_followed"] for one in now)
    return page(
        request,
        "programmes/family.html",
        {
            "case": case,
            "now": now,
            "before": [one for one in reversed(shown) if one not in now],
            "names": {one.practised.place.enrolment.pk: one.practised.place.contract.programme.name for one in shown},
            **offered._asdict(),
            "at_groups": came_to,
            "shows_groups": came_to
            or offered.meetings
            or offered.joined
            or any(one.practised.place.definition["groups"] for one in now),
            "became": BECAME,
            "doing": {} if case.closed_on else DOING,
            "lines": latest_changes(case),
            **(children_followed(case, access.person(request)) if follows else {}),
            "has_therapy": any(one.practised.place.has_therapy for one in shown),
            "sits_with": sits_with(request, case),
            "channels": CHANNELS,
            "answers": dict(Extension.Answer.choices),
            "may_agree": access.person(request).may(Permission.EXTENSION_AGREE),
            "today": today,
        },
    )


def numbered(practised: list[Practised]) -> list[Shown]:
    """Count the times in each programme, and the weeks between one and the next."""
    shown: list[Shown] = []
    for one in practised:
        slug = one.place.contract.programme_id
        before = [each.practised.place for each in shown if each.practised.place.contract.programme_id == slug]
        ended = before[-1].enrolment.ended_on if before else None
        gap = (one.place.enrolment.started_on - ended).days // 7 if ended else None
        shown.append(Shown(one, len(before) + 1, gap))
    return shown


def at_groups(shown: list[Shown]) -> list[date]:
    """Give the days on which somebody of the family came to a group, as a booking or a note tells."""
    touches = shown[0].practised.place.touches if shown else []
    return sorted(touch.on for touch in touches if touch.channel == Contact.Channel.GROUP)


def children_followed(case: Case, user: User) -> dict[str, Any]:
    """Give how each child's plans stand today, with what must be known before calling, as one question has both."""
    known, children = followed(case.household_id, user)
    return {"known": known, "children": [(child, [kinship.plan(plan) for plan in child.plans]) for child in children]}


def sits_with(request: HttpRequest, case: Case) -> str:
    """Name the authority whose record this worker keeps too, beside ours; nothing for anybody else."""
    user = access.person(request)
    sits = case.team and case.team.sits_with if case.team_id and case.team_id == user.team_id else None
    return sits.name if sits and user.role == "family_worker" else ""

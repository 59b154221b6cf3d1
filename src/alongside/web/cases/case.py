"""A family's page: who they are, what to know before calling, what is happening and what comes next."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases import queries
from alongside.records.cases.models import Case, Closure, Contact, Step
from alongside.records.cases.queries import Happening
from alongside.records.measures.queries import latest_changes
from alongside.records.people.knowing import known_in
from alongside.records.people.queries import Member, family
from alongside.records.programmes.background import Background, background
from alongside.web import kinship
from alongside.web.dates import moment
from alongside.web.rendering import page

CHANNELS = {channel.value: str(channel.label) for channel in Contact.Channel}
OUTCOMES = {outcome.value: str(outcome.label).lower() for outcome in Contact.Outcome}
REASONS = {reason.value: str(reason.label) for reason in Closure.Reason}
OWNERS = {Step.Owner.WORKER: "We", Step.Owner.CARER: "The carer", Step.Owner.AUTHORITY: "The authority"}


@needs(Permission.CASE_SEE)
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one family."""
    found = access.get(request, Case, pk, what="family opened", related=("household", "worker", "team"))
    today = timezone.localdate()
    behind = background(found)
    shown, earlier = queries.happenings(found, request.GET.get("before", ""))
    return page(
        request,
        "cases/case.html",
        {
            "case": found,
            "tags": _tags(behind, today),
            "known": known_in(behind.known, access.person(request), found.worker_id),
            "goals": behind.goals,
            "owners": OWNERS,
            "happened": [(one, line(one)) for one in shown],
            "earlier": earlier,
            "newest": "before" not in request.GET,
            "family": [
                (member, kinship.who(member, today), _standing(member))
                for member in family(found.household_id, access.person(request))
            ],
            "lines": latest_changes(found),
            "closures": behind.endings,
            "reasons": REASONS,
            "today": today,
            "may_allocate": access.person(request).may(Permission.CASE_ALLOCATE),
        },
    )


def _tags(behind: Background, today: date) -> list[tuple[str, str]]:
    """Give each tag with its tone: the programmes, and the weeks and sessions of each."""
    return [
        (words, "green")
        for place, sessions in behind.places
        for words in (place.programme, place.week(today), sessions)
    ]


def _standing(member: Member) -> list[str]:
    """Say what stands for a child today: the footing and the plans."""
    return [kinship.footing(one) for one in member.arrangements] + [kinship.plan(one) for one in member.plans]


def line(one: Happening) -> str:
    """Say when, how, with whom and by whom: "Friday 20 November, 10:40. Video call, 35 minutes, with Grace. Asha"."""
    how = CHANNELS[one.channel]
    if one.outcome != Contact.Outcome.SPOKE:
        how += f", {OUTCOMES[one.outcome]}"
    if one.minutes:
        how += f", {one.minutes} minute{'' if one.minutes == 1 else 's'}"
    return f"{moment(one.at)}. {how}"

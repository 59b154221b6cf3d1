"""A family's clocks: what law and contract ask by when, how each day was counted, and what is not known yet."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.clocks.queries import clocks_of
from alongside.insight.clocks.rules import State
from alongside.records.cases.models import Case
from alongside.web import kinship
from alongside.web.clocks.dates import QUESTIONS, asked_of
from alongside.web.rendering import page

TONES = {State.LATE: "brown", State.TODAY: "brown", State.SOON: "brown", State.AHEAD: "green", State.PASSED: "green"}


@needs(Permission.CASE_SEE)
def family(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show every clock that runs for a family, and every one that would if more were known."""
    case = access.get(request, Case, pk, what="clocks of a family opened", related=("household",))
    clocks = clocks_of(case, access.person(request))
    return page(
        request,
        "clocks/family.html",
        {
            "case": case,
            "running": [(one, one.deadline, TONES[one.deadline.state]) for one in clocks.running],
            "wanting": clocks.wanting,
            "questions": QUESTIONS,
            "arrangements": [(one, kinship.KINDS[one.facts.kind]) for one in clocks.arrangements],
            "dated": {one.arrangement for one in clocks.arrangements if asked_of(one.facts.kind)},
            "today": timezone.localdate(),
        },
    )

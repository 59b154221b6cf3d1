"""What is known of everybody, to weight a round by: which questions have totals, and entering those of one."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.surveys.models import Round
from alongside.records.surveys.queries import area_question, known_totals, may_be_known
from alongside.records.surveys.services.totals import fix_totals
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import saved
from alongside.web.surveys.asked import areas
from alongside.web.surveys.counts import form_of


@needs(Permission.SURVEY_MAKE)
def totals(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show by which questions a round is weighted, and by which it may be."""
    found = access.get(request, Round, pk, related=("survey", "edition"), what="survey totals opened")
    asks = found.edition.asks
    known = known_totals(found)
    held = {one.question for one in known}
    by_area = area_question(asks)
    # A round is weighted either by council area or by answers.
    others = [] if by_area in held else [one for one in may_be_known(asks) if one.key not in held]
    if held:
        others = [one for one in others if one.key != by_area]
    context = {
        "round": found,
        "known": [(one, asks.find(one.question)[1]) for one in known],
        "others": others,
        "areas": dict(areas()),
    }
    return page(request, "surveys/totals.html", context)


@needs(Permission.SURVEY_MAKE)
def totals_of(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Fix the totals of one question, or replace them with a reason."""
    found = access.get(request, Round, pk, related=("survey", "edition"))
    question = next((one for one in may_be_known(found.edition.asks) if one.key == key), None)
    if question is None:
        raise Http404
    again = any(one.question == key for one in known_totals(found))
    form = form_of(question)(request.POST or None, question=question, again=again)
    write = partial(fix_totals, round=found, question=question, by=access.person(request))
    if saved(request, form, write, "The totals are fixed"):
        return redirect("surveys:totals", pk)
    back = (url("surveys:totals", pk), "Back to the known totals")
    context = {"form": form, "back_to": back, "caption": found.name, "question": question, "again": again}
    return page(request, "surveys/totals_of.html", context)

"""Building a case: its inputs with where each came from, moved and worked out at once, and kept as another edition."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.calc.economics.scenario_text import write_scenario
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused, Stale
from alongside.insight.economics.editions import scenario_of
from alongside.insight.economics.models import EconomicCase, EconomicEdition
from alongside.insight.economics.services import keep_edition
from alongside.web.economics.answering import answered
from alongside.web.economics.differing import Difference, differences
from alongside.web.economics.opening import open_edition
from alongside.web.economics.sheet import Sheet, choices
from alongside.web.jinja import url
from alongside.web.rendering import fragment, page

TEMPLATE = "economics/case.html"
LONGEST_WHY = 500
SAY_WHY = "Say in a few words what you changed, and why"
PUT_RIGHT = "Nothing is kept yet. Put right what is marked below"
STALE = "Somebody else kept an edition while you worked on this. Nothing of yours is lost: see below"


@needs(Permission.ECONOMICS_EDIT)
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a case; work out what was typed, or keep it."""
    in_part = "HX-Request" in request.headers
    found, newest = open_edition(request, pk)
    sheet = Sheet(scenario_of(newest.text, newest.agency_id), request.POST.dict())
    if in_part:
        return fragment(request, "economics/answer.html", "answer", {"answer": answered(sheet)})
    told: dict[str, Any] = {"why": request.POST.get("why", ""), "faults": {}, "differences": []}
    if request.POST.get("do") == "keep":
        try:
            kept = _keep(request, found, sheet, told)
        except Stale as stale:
            newest = stale.current
            told["faults"][""], told["differences"] = STALE, _beside(newest, sheet)
        else:
            if kept:
                messages.success(request, f"Kept as edition {kept.number}.")
                return redirect("economics:case", pk)
    return page(request, TEMPLATE, told | _context(found, newest, sheet))


def _keep(request: HttpRequest, found: EconomicCase, sheet: Sheet, told: dict[str, Any]) -> EconomicEdition | None:
    """Keep what was typed; none where something of it cannot be, which is told."""
    why, based_on = told["why"].strip(), request.POST.get("based_on", "")
    if sheet.wrong:
        told["faults"][""] = PUT_RIGHT
    if not why or len(why) > LONGEST_WHY:
        told["faults"]["why"] = SAY_WHY if not why else f"Use {LONGEST_WHY} letters or fewer"
    if told["faults"]:
        return None
    try:
        return keep_edition(
            case=found,
            text=write_scenario(sheet.scenario),
            why=why,
            based_on=found.latest if based_on == str(found.latest) else 0,
            by=access.person(request),
        )
    except Refused as refused:
        told["faults"][""] = refused.sentence
        return None


def _beside(newest: EconomicEdition, sheet: Sheet) -> list[Difference]:
    """What is kept now beside what was typed."""
    return differences([scenario_of(newest.text, newest.agency_id), sheet.scenario])


def _context(found: EconomicCase, newest: EconomicEdition, sheet: Sheet) -> dict[str, Any]:
    return {
        "case": found,
        "edition": newest,
        "scenario": sheet.scenario,
        "groups": sheet.groups(),
        "answer": answered(sheet),
        **choices(),
        "work_url": url("economics:case", found.pk),
        "pays": found.contract is not None and found.contract.purchaser_id != found.agency_id,
        "given": None,
    }

"""An edition as it was given to who pays: read, moved without changing anything, or kept as a case of one's own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.calc.economics.scenario_text import write_scenario
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.insight.economics.editions import scenario_of
from alongside.insight.economics.services import start_case
from alongside.web.economics.answering import answered
from alongside.web.economics.business_case import whole_of_release
from alongside.web.economics.files import scenario_file
from alongside.web.economics.opening import open_release
from alongside.web.economics.sheet import Sheet, choices
from alongside.web.jinja import url
from alongside.web.rendering import fragment, page
from alongside.web.saving import NewForm


@needs(Permission.ECONOMICS_EDIT)
def given(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show it; work out what was moved, or keep that as one's own."""
    found = open_release(request, pk)
    sheet = Sheet(scenario_of(found.text), request.POST.dict())
    if "HX-Request" in request.headers:
        return fragment(request, "economics/answer.html", "answer", {"answer": answered(sheet)})
    form = NewForm(request.POST or None)
    if request.POST.get("do") == "own" and not sheet.wrong and form.is_valid():
        facts = {"title": found.title, "text": write_scenario(sheet.scenario), **form.cleaned_data}
        case = start_case(**facts, by=access.person(request))
        messages.success(request, "Kept as a case of your own.")
        return redirect("economics:case", case.pk)
    context = {
        "given": found,
        "form": form,
        "scenario": sheet.scenario,
        "groups": sheet.groups(),
        "answer": answered(sheet),
        **choices(),
        "work_url": url("economics:given", found.pk),
    }
    return page(request, "economics/given.html", context)


@needs(Permission.ECONOMICS_SEE)
def given_drawn(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show its business case, as it was given."""
    found = open_release(request, pk)
    return page(request, "economics/given_drawn.html", {"given": found, **whole_of_release(found)})


@needs(Permission.ECONOMICS_SEE)
def given_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give it as its file."""
    found = open_release(request, pk)
    ledger.note(by=access.person(request), what="economic case taken as a file", about=found, kind=Entry.Kind.EXPORT)
    return scenario_file(found.text, "economic-case")

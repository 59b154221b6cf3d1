"""A case to take away as a workbook of live formulas: of an edition, and of one that was given."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.insight.economics.editions import scenario_of
from alongside.insight.economics.library import library
from alongside.insight.economics.spreadsheet.book import spreadsheet_of
from alongside.web.economics.opening import open_edition, open_release
from alongside.web.jinja import url

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BLANK = "A spreadsheet needs every input. Fill in what is still blank first"


@needs(Permission.ECONOMICS_SEE)
def spreadsheet(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Give an edition."""
    case, found = open_edition(request, pk, number)
    back = url("economics:edition", case.pk, number)
    return _workbook(request, found.text, found.agency_id, case, f"economic-case-edition-{number}", back)


@needs(Permission.ECONOMICS_SEE)
def given_spreadsheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give what was given."""
    found = open_release(request, pk)
    return _workbook(request, found.text, None, found, "economic-case", url("economics:given_drawn", found.pk))


def _workbook(request: HttpRequest, text: str, agency: UUID | None, about: Model, name: str, back: str) -> HttpResponse:
    scenario = scenario_of(text, agency)
    if scenario.blank:
        messages.warning(request, BLANK)
        return redirect(back)
    ledger.note(
        by=access.person(request), what="economic case taken as a spreadsheet", about=about, kind=Entry.Kind.EXPORT
    )
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(spreadsheet_of(scenario, library()), content_type=XLSX, headers=headers)

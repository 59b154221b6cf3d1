"""The report as a file to take away; that somebody took it is in the log."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.insight.reports.printing.pdf import pdf_of
from alongside.insight.reports.printing.spreadsheet import spreadsheet_of
from alongside.web.reports.opening import Opened, open_quarter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Permission.REPORT_SEE)
def pdf(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """Give the report as a tagged PDF."""
    opened = open_quarter(request, pk, slug, "report opened")
    return _taken(request, opened, pdf_of(opened.report), "application/pdf", "pdf")


@needs(Permission.REPORT_SEE)
def spreadsheet(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """Give the report as a spreadsheet."""
    opened = open_quarter(request, pk, slug, "report opened")
    return _taken(request, opened, spreadsheet_of(opened.report), XLSX, "xlsx")


def _taken(request: HttpRequest, opened: Opened, content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"{opened.filename}.{ending}"
    what = f"report taken away ({ending}), {opened.slug}"
    ledger.note(by=access.person(request), what=what, about=opened.contract, kind=Entry.Kind.EXPORT)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})

"""The problems of a file as a spreadsheet, to work through while mending it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.stewardship.exchange.cell_text import csv_line
from alongside.stewardship.exchange.models import Import
from alongside.stewardship.exchange.queries import problems_of

HEADINGS = ("File", "Row", "Column", "What we found", "What we expect")


@needs(Permission.REFERRAL_MAKE)
def problems(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the problems as CSV in which no cell is worked out as a formula."""
    imported = access.get(request, Import, pk, what="problems of a file taken away")
    ledger.note(by=access.person(request), what="problems of a file exported", about=imported, kind=Entry.Kind.EXPORT)
    lines = [csv_line(HEADINGS)]
    for data in problems_of(imported):
        where = data["file"] or imported.filename
        lines.append(csv_line((where, str(data["row"] or ""), data["column"], data["found"], data["expected"])))
    return HttpResponse(
        "".join(lines).encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="problems.csv"'},
    )

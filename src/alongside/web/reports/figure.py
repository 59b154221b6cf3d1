"""How one figure was counted: of whom, out of whom, who was left out, and by what method."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.web.rendering import page
from alongside.web.reports.opening import open_quarter


@needs(Permission.REPORT_SEE)
def figure(request: HttpRequest, pk: UUID, slug: str, key: str) -> HttpResponse:
    """Open a figure."""
    opened = open_quarter(request, pk, slug, "figure of a report opened")
    found = opened.report.figures.get(key)
    if found is None:
        raise Http404
    return page(request, "reports/figure.html", {"opened": opened, "report": opened.report, "opened_figure": found})

"""What has changed in the records since a quarter was frozen, and which figures that would move."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.reports.services import since_frozen
from alongside.web.rendering import page
from alongside.web.reports.opening import open_quarter


@needs(Permission.REPORT_SEE)
def moved(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """Set the frozen figures beside those of today."""
    opened = open_quarter(request, pk, slug, "changes since a report was frozen opened")
    if opened.frozen is None:
        raise Http404
    since = since_frozen(opened.frozen, opened.contract, opened.period)
    return page(request, "reports/moved.html", {"opened": opened, "since": since})

"""All contracts of one's own agency in a quarter, side by side, for the manager who may see their records."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.insight.reports.authorities import lines_of
from alongside.insight.reports.periods import Quarter
from alongside.web.rendering import page
from alongside.web.reports.opening import contracts as visible_contracts


@needs(Permission.REPORT_FREEZE)
def contracts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what each contract did in a quarter."""
    quarter, today = Quarter.named(slug), timezone.localdate()
    if quarter is None or quarter.starts_on > today:
        raise Http404
    ledger.note(by=access.person(request), what=f"all contracts opened, {slug}")
    lines = lines_of(visible_contracts(request), quarter, today)
    return page(request, "reports/contracts.html", {"quarter": quarter, "lines": lines})

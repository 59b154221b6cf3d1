"""One contract's quarter: its figures, what changed for carers, its tables."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.reports.periods import Period, periods_of
from alongside.insight.reports.services import records_changed
from alongside.web.rendering import page
from alongside.web.reports.opening import Opened, open_quarter


@needs(Permission.REPORT_SEE)
def quarter(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """Show a quarter as it was frozen, or as the records stand."""
    opened = open_quarter(request, pk, slug, "report opened")
    earlier, later = _beside(opened)
    user = access.person(request)
    may_freeze = user.may(Permission.REPORT_FREEZE) and opened.period.over and not opened.frozen
    changed = records_changed(opened.frozen, opened.contract, opened.period) if opened.frozen else 0
    context = {
        "opened": opened,
        "report": opened.report,
        "changed": changed,
        "may_freeze": may_freeze,
        "sees_families": user.may(Permission.CASE_SEE),
        "earlier": earlier,
        "later": later,
    }
    return page(request, "reports/quarter.html", context)


def _beside(opened: Opened) -> tuple[Period | None, Period | None]:
    """The quarters before and after this one."""
    contract = opened.contract
    periods = periods_of(contract.starts_on, contract.ends_on, timezone.localdate())
    here = periods.index(opened.period)
    return (periods[here + 1] if here + 1 < len(periods) else None, periods[here - 1] if here else None)

"""The list of contracts and the quarters that each has a report of."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.insight.reports.periods import periods_of
from alongside.insight.reports.services import frozen_quarters
from alongside.web.rendering import page
from alongside.web.reports.opening import contracts


@needs(Permission.REPORT_SEE)
def reports(request: HttpRequest) -> HttpResponse:
    """Show every contract that one serves or pays for, with its quarters."""
    today = timezone.localdate()
    found = sorted(contracts(request), key=lambda contract: contract.ends_on < today)  # those that run come first
    ledger.note(by=access.person(request), what="list of reports opened")
    frozen = frozen_quarters(found)
    may_freeze = access.person(request).may(Permission.REPORT_FREEZE)
    rows = [
        (
            contract,
            [
                (period, frozen.get((contract.pk, period.quarter.slug)))
                for period in periods_of(contract.starts_on, contract.ends_on, today)
            ],
        )
        for contract in found
    ]
    quarters = sorted({period.quarter.slug: period.quarter for _, periods in rows for period, _ in periods}.items())
    side_by_side = [quarter for _, quarter in quarters[:-5:-1]] if may_freeze else []
    context = {
        "rows": rows,
        "side_by_side": side_by_side,
        "today": today,
        "may_see_own": access.person(request).may(Permission.WATCH_OWN),
        "may_export": access.person(request).may(Permission.RECORDS_EXPORT),
    }
    return page(request, "reports/reports.html", context)

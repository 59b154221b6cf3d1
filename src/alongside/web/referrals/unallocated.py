"""Families whom nobody works with yet: the longest wait first."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.base.paging import page_of
from alongside.insight.workload.closeness import rooms
from alongside.records.cases.models import Case
from alongside.records.programmes.queries import unallocated as without_worker
from alongside.web.rendering import page


@needs(Permission.CASE_ALLOCATE)
def unallocated(request: HttpRequest) -> HttpResponse:
    """List open cases without a worker, beside how much room each worker has."""
    by = access.person(request)
    ledger.note(by=by, what="list of families without a worker opened")
    rows = without_worker(access.visible(request, Case)).select_related("household", "authority")
    listed = page_of(rows, order="opened_on", key=request.GET.get("at", ""))
    return page(request, "referrals/unallocated.html", {"listed": listed, "rooms": rooms(by, timezone.localdate())})

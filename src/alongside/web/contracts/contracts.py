"""The contracts that one's agency serves or buys."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.base.paging import page_of
from alongside.records.programmes.models import Contract
from alongside.web.contracts.places import places_of
from alongside.web.rendering import page


@needs(Permission.CONTRACT_SEE)
def contracts(request: HttpRequest) -> HttpResponse:
    """List contracts, the one that ends last first."""
    by = access.person(request)
    ledger.note(by=by, what="list of contracts opened")
    rows = access.visible(request, Contract).select_related("programme", "purchaser")
    listed = page_of(rows, order="-ends_on", key=request.GET.get("at", ""))
    context = {
        "listed": listed,
        "places": places_of(listed.rows, by),
        "today": timezone.localdate(),
        "may_edit": by.may(Permission.CONTRACT_EDIT),
    }
    return page(request, "contracts/contracts.html", context)

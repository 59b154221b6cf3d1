"""The concerns that one may know of: the open ones, what is due first at the top, and those that are closed."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.records.concerns import queries
from alongside.web.rendering import page
from alongside.web.safety.telling import told


@needs(Permission.CONCERN_RAISE)
def concerns(request: HttpRequest) -> HttpResponse:
    """List them."""
    user, closed = access.person(request), "closed" in request.GET
    ledger.note(by=user, what="list of concerns opened")
    listed = (queries.closed_concerns if closed else queries.open_concerns)(user, request.GET.get("at", ""))
    now = timezone.now()
    context = {"rows": [told(row, now) for row in listed.rows], "listed": listed, "closed": closed}
    return page(request, "safety/concerns.html", context)

"""What it is worth: the economic cases of one's own agency, and those that were given to it."""

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.insight.economics.queries import cases_for, given_to
from alongside.web.rendering import page


@needs(Permission.ECONOMICS_SEE)
def economics(request: HttpRequest) -> HttpResponse:
    """Show them."""
    by = access.person(request)
    ledger.note(by=by, what="list of economic cases opened")
    context = {"cases": cases_for(by), "given": given_to(by), "may_edit": by.may(Permission.ECONOMICS_EDIT)}
    return page(request, "economics/economics.html", context)

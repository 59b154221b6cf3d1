"""The families that wait in a trial, each with the day on which it is its turn."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.records.trials import queries
from alongside.web.rendering import page


@needs(Permission.CASE_SEE)
def turns(request: HttpRequest) -> HttpResponse:
    """List them, the next first."""
    user, today = access.person(request), timezone.localdate()
    ledger.note(by=user, what="families that wait in a trial opened")
    return page(request, "trials/turns.html", {"turns": queries.turns(user, today), "today": today})

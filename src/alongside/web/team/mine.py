"""A worker's own supervision: what was said and agreed, days away, and the families they look after for others."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.records.oversight.queries import absences_of, open_actions, supervisions_of, taken_by
from alongside.records.oversight.rules import standing_in
from alongside.web.before_calling import check_again
from alongside.web.rendering import page
from alongside.web.team.worker import STANDS


@needs(Permission.SUPERVISED)
def mine(request: HttpRequest) -> HttpResponse:
    """Show what concerns oneself."""
    user, today = access.person(request), timezone.localdate()
    ledger.note(by=user, what="own supervision opened")
    return page(
        request,
        "team/mine.html",
        {
            "supervisions": supervisions_of(user, user),
            "actions": open_actions(user, user),
            "taken": taken_by(user),
            "absences": [
                (one, *STANDS[standing_in(one.starts_on, one.begun_on, one.ends_on, one.over_on, today)])
                for one in absences_of(user, user)
            ],
            "check_again": check_again(),
            "today": today,
        },
    )

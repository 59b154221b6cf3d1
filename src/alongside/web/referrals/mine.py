"""A referrer's own agency's referrals, and what became of each."""

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.base.paging import page_of
from alongside.records.referrals.models import Referral
from alongside.web.rendering import page


@needs(Permission.REFERRAL_MAKE)
def mine(request: HttpRequest) -> HttpResponse:
    """List what one's agency sent, the latest first."""
    ledger.note(by=access.person(request), what="list of own referrals opened")
    listed = page_of(access.visible(request, Referral), order="-received_at", key=request.GET.get("at", ""))
    return page(request, "referrals/mine.html", {"listed": listed})

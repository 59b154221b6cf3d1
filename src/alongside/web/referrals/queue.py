"""The triage queue: who waits for a decision, how long, and how long is left."""

from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.queries import authorities_called
from alongside.core.audit import ledger
from alongside.core.base.clocks import Clock
from alongside.core.base.paging import Page
from alongside.records.oversight.queries import nobodys
from alongside.records.programmes.queries import clocks
from alongside.records.referrals import queries
from alongside.records.referrals.alike import perhaps_known
from alongside.records.referrals.models import Referral
from alongside.records.referrals.rules import OPEN, reference_words
from alongside.web.rendering import page

STATUSES = {str(value): str(label) for value, label in Referral.Status.choices}
CONSENT = {
    Referral.Consent.GIVEN: "Agreed",
    Referral.Consent.NOT_ASKED: "Not asked",
    Referral.Consent.REFUSED: "Said no",
}


class Row(NamedTuple):
    """A referral as the queue shows it."""

    pk: UUID
    name: str
    words: str
    children: int
    place: str
    source: str
    received: object
    days: int
    clock: Clock | None
    consent: str
    known: bool


@needs(Permission.REFERRAL_TRIAGE)
def queue(request: HttpRequest) -> HttpResponse:
    """List the referrals of one status: the longest wait first where somebody waits, else the latest answer first."""
    ledger.note(by=access.person(request), what="triage queue opened")
    asked = request.GET.get("status", "")
    status = Referral.Status(asked) if asked in STATUSES else Referral.Status.NEW
    place = request.GET.get("place", "").strip()
    codes = authorities_called(place) if place else []
    listed = queries.queue(access.person(request), status, codes, request.GET.get("at", ""))
    context = {
        "rows": rows_of(listed, access.person(request)),
        "status": status,
        "statuses": STATUSES,
        "place": place,
        "unknown_place": bool(place) and not codes,
        "earlier": _address(status, place, listed.before),
        "later": _address(status, place, listed.after),
        "nobodys": nobodys(access.person(request)),
    }
    return page(request, "referrals/queue.html", context)


def rows_of(listed: Page[Referral], user: User) -> list[Row]:
    """Shape a page of referrals for the list."""
    today = timezone.localdate()
    due = clocks(listed.rows, today)
    known = perhaps_known([referral for referral in listed.rows if referral.status in OPEN], user)
    return [
        Row(
            pk=referral.pk,
            name=str(referral),
            words=reference_words(referral.pk),
            children=len(referral.children),
            place=referral.authority.name if referral.authority else "Not known",
            source=referral.source_agency.name if referral.source_agency else "Asked for help",
            received=referral.received_at,
            days=(today - timezone.localdate(referral.received_at)).days,
            clock=due.get(referral.pk),
            consent=CONSENT[Referral.Consent(referral.consent)],
            known=referral.pk in known,
        )
        for referral in listed.rows
    ]


def _address(status: str, place: str, key: str) -> str:
    return "?" + urlencode({"status": status, "place": place, "at": key}) if key else ""

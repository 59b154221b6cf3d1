"""My families: everybody one works with, what is due and what is late, 25 a page."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission, Role
from alongside.core.audit import ledger
from alongside.records.cases import queries
from alongside.records.cases.queries import Order, Whose
from alongside.records.oversight.queries import nobodys
from alongside.records.programmes.queries import Place, places_of
from alongside.web.rendering import page

WORDS = {Whose.MINE: "Mine", Whose.TEAM: "My team", Whose.ALL: "All teams", Whose.CLOSED: "Closed"}
ORDER_WORDS = {Order.NEWEST: "Newest first", Order.OLDEST: "Oldest first", Order.DUE: "What is due"}
NOTHING = {
    Whose.MINE: "Families will be here once they are given to you. Your manager does that when a referral is accepted.",
    Whose.TEAM: "Families will be here once one is given to somebody in your team.",
    Whose.ALL: "Families will be here once a referral is accepted.",
    Whose.CLOSED: "Families whose work has ended will be here, so that their story is at hand if they come back.",
}
REVIEW_SOON_DAYS = 21


@needs(Permission.CASE_SEE)
def caseload(request: HttpRequest) -> HttpResponse:
    """List the families asked for."""
    user = access.person(request)
    whose, order = _choice(request, Whose, _at_first(user.role)), _choice(request, Order, Order.NEWEST)
    listed = queries.caseload(user, whose=whose, order=order, key=request.GET.get("page", ""))
    ledger.note(by=user, what="caseload opened")
    today = timezone.localdate()
    return page(
        request,
        "cases/caseload.html",
        {
            "rows": listed.rows,
            "places": {
                case: _places(places, today) for case, places in places_of([row.pk for row in listed.rows]).items()
            },
            "nobodys": nobodys(user),
            "whose": whose,
            "order": order,
            "parts": [(WORDS[part], _address(part, order), part == whose) for part in _parts(user.role)],
            "orders": [(ORDER_WORDS[one], _address(whose, one), one == order) for one in Order],
            "nothing": NOTHING[whose],
            "today": today,
            "review_soon": date.fromordinal(today.toordinal() + REVIEW_SOON_DAYS),
            "before": _address(whose, order, page=listed.before) if listed.before else "",
            "after": _address(whose, order, page=listed.after) if listed.after else "",
        },
    )


def _at_first(role: str) -> Whose:
    return Whose.MINE if role == Role.FAMILY_WORKER else Whose.ALL


def _parts(role: str) -> list[Whose]:
    return [part for part in Whose if part != Whose.ALL or role == Role.MANAGER]


def _choice(request: HttpRequest, kind: Any, otherwise: Any) -> Any:
    """Take a choice from the address if it is one of those there are."""
    asked = request.GET.get(kind.__name__.lower(), "")
    return kind(asked) if asked in set(kind) else otherwise


def _address(whose: Whose, order: Order, **more: str) -> str:
    return "?" + urlencode({"whose": whose.value, "order": order.value, **more})


def _places(places: list[Place], today: date) -> list[tuple[str, str]]:
    return [(place.programme, place.week(today)) for place in places]

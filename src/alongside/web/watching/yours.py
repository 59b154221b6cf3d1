"""A commissioner's own authority among the others, none of which is named."""

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.insight.watching import measures, queries
from alongside.insight.watching.between import between
from alongside.web.rendering import page
from alongside.web.watching.choosing import choices, chosen_half, chosen_measure, halves_to_choose


@needs(Permission.WATCH_OWN)
def yours(request: HttpRequest) -> HttpResponse:
    """Show where one's own authority stands."""
    user = access.person(request)
    among = [one for one in measures.in_shares() if "authority" in one.between]
    measure = chosen_measure(request, among)
    with queries.whose_figures(user) as agency:
        (halves,), _ = queries.published(agency, queries.Span.HALF, [measure])
    chosen = chosen_half(request, halves)
    ledger.note(by=user, what="own authority among the others opened")
    own = str(user.agency_id)
    found = between(measure, halves[chosen], "authority", {own: user.agency.name}, own) if halves else None
    return page(
        request,
        "watching/yours.html",
        {
            "measure": measure,
            "measures": choices(among, measure, shares=True),
            "halves": halves_to_choose(halves, chosen),
            "found": found,
            "own": next((row for row in found.rows if row.own), None) if found else None,
        },
    )

"""The service over time: one measure month by month, for everything or for one team, authority or programme."""

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.insight.watching import measures, queries
from alongside.insight.watching.over_time import over_time
from alongside.records.measures.usable import measuring
from alongside.web.rendering import page
from alongside.web.watching.choosing import choices, chosen_measure, chosen_place, places


@needs(Permission.WATCH_SEE)
def time(request: HttpRequest) -> HttpResponse:
    """Show a measure over time."""
    user = access.person(request)
    with queries.whose_figures(user) as agency:
        among = measures.over_time(measuring(agency.pk))
        measure = chosen_measure(request, among)
        (months,), names = queries.published(agency, queries.Span.MONTH, [measure])
    place = chosen_place(request, names)
    ledger.note(by=user, what="the service over time opened")
    return page(
        request,
        "watching/time.html",
        {
            "measure": measure,
            "measures": choices(among, measure),
            "places": places(names, place),
            "found": over_time(measure, months, place) if months else None,
        },
    )

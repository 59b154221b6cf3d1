"""For whom: who is offered support, is reached in time, completes and benefits, by group."""

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.insight.watching import queries
from alongside.insight.watching.for_whom import columns, for_whom
from alongside.web.rendering import page
from alongside.web.watching.choosing import chosen_half, halves_to_choose


@needs(Permission.WATCH_SEE)
def whom(request: HttpRequest) -> HttpResponse:
    """Show the table."""
    user, listed = access.person(request), columns()
    with queries.whose_figures(user) as agency:
        by_measure, _ = queries.published(agency, queries.Span.HALF, listed)
    chosen = chosen_half(request, by_measure[0])
    ledger.note(by=user, what="for whom the service works opened")
    there = bool(by_measure[0])
    every, parts = for_whom([halves[chosen] for halves in by_measure]) if there else (None, [])
    return page(
        request,
        "watching/whom.html",
        {
            "columns": listed,
            "head": [(one.heading, "number") for one in listed],
            "every": every,
            "parts_of": parts,
            "halves": halves_to_choose(by_measure[0], chosen),
        },
    )

"""Between teams and authorities: who differs from the rest by more than chance, given how many they see."""

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.insight.watching import measures, queries
from alongside.insight.watching.between import between as set_beside
from alongside.web.rendering import page
from alongside.web.watching.choosing import Choice, choices, chosen_half, chosen_measure, halves_to_choose

KINDS = {"authority": "Authorities", "team": "Teams"}


@needs(Permission.WATCH_SEE)
def between(request: HttpRequest) -> HttpResponse:
    """Show units beside one another."""
    user = access.person(request)
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else "authority"
    among = [one for one in measures.in_shares() if kind in one.between]
    measure = chosen_measure(request, among)
    with queries.whose_figures(user) as agency:
        (halves,), names = queries.published(agency, queries.Span.HALF, [measure])
    chosen = chosen_half(request, halves)
    ledger.note(by=user, what="figures between teams and authorities opened")
    return page(
        request,
        "watching/between.html",
        {
            "measure": measure,
            "measures": choices(among, measure, shares=True),
            "kind": kind,
            "kinds": [Choice(value, words, value == kind) for value, words in KINDS.items()],
            "halves": halves_to_choose(halves, chosen),
            "found": set_beside(measure, halves[chosen], kind, names.get(kind, {})) if halves else None,
        },
    )

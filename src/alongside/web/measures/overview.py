"""How things are for a carer: each scale from the start until now, in words and numbers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case
from alongside.records.measures import queries
from alongside.records.measures.under_way import under_way
from alongside.web.measures.added_words import added_words
from alongside.web.measures.asked import offered, place_of
from alongside.web.measures.change_words import change_words
from alongside.web.rendering import page


@needs(Permission.CASE_SEE)
def overview(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show every scale that was answered, and ways to ask again."""
    case = access.get(request, Case, case_id, what="measures opened", related=("household",))
    found = offered(case, place_of(case))
    lines = queries.lines(case, [*found.asked, *found.together, *found.apart])
    context = {
        "case": case,
        "lines": [(line, change_words(line)) for line in lines],
        "added": added_words(lines),
        **under_way(case, access.person(request))._asdict(),
        **found._asdict(),
    }
    return page(request, "measures/overview.html", context)

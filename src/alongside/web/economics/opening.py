"""Opening an economic case, one of its editions, or one that was given, through the gate."""

from uuid import UUID

from django.http import Http404, HttpRequest

from alongside.core import access
from alongside.insight.economics.models import EconomicCase, EconomicEdition, EconomicRelease
from alongside.insight.economics.queries import edition_of


def open_edition(
    request: HttpRequest, pk: UUID, number: int | None = None, what: str = "economic case opened"
) -> tuple[EconomicCase, EconomicEdition]:
    """Fetch a case of one's own agency with one of its editions, the newest where none is named, and log it."""
    rows = access.visible(request, EconomicCase).select_related("agency", "contract__purchaser")
    case = access.get(request, EconomicCase, pk, what=what, rows=rows)
    edition = edition_of(case, number)
    if edition is None:
        raise Http404
    return case, edition


def open_release(request: HttpRequest, pk: UUID) -> EconomicRelease:
    """Fetch an edition as it was given by or to one's own agency, and log it."""
    rows = access.visible(request, EconomicRelease).select_related("agency", "purchaser")
    return access.get(request, EconomicRelease, pk, what="economic case opened as it was given", rows=rows)

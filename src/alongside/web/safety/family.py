"""A family's safety: what to know before acting, and its concerns."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case
from alongside.records.concerns.queries import concerns_of
from alongside.web.rendering import page
from alongside.web.safety.telling import told


@needs(Permission.CASE_SEE)
def family(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show it."""
    rows = access.visible(request, Case).select_related("household")
    case = access.get(request, Case, pk, what="safety of a family opened", rows=rows)
    now = timezone.now()
    return page(
        request, "safety/family.html", {"case": case, "concerns": [told(one, now) for one in concerns_of(case)]}
    )

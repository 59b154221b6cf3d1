"""Opening a cohort through the gate, with its protocol and what was frozen of it but for the rows."""

from uuid import UUID

from django.http import HttpRequest

from alongside.core import access
from alongside.insight.evaluation.models import Cohort


def open_cohort(request: HttpRequest, pk: UUID, what: str = "cohort opened") -> Cohort:
    """Fetch a cohort of one's own agency and log that it was seen; another's is not there."""
    rows = (
        access.visible(request, Cohort)
        .select_related("protocol__fixed_by", "frozen__by", "agency")
        .defer("frozen__content")
    )
    return access.get(request, Cohort, pk, what=what, rows=rows)

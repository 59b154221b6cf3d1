"""A family's safety: its concerns and flags, what to know before calling, and who may know of it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case
from alongside.records.concerns.queries import concerns_of
from alongside.records.people.knowing import flags_of, know, knowers_of, stands
from alongside.web.rendering import page
from alongside.web.safety.telling import told


@needs(Permission.CASE_SEE)
def family(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show it."""
    case = access.get(request, Case, pk, what="safety of a family opened", related=("household",))
    user, now = access.person(request), timezone.now()
    known = know(case.household_id, user)
    context = {
        "case": case,
        "concerns": [told(one, now) for one in concerns_of(case)],
        "flags": [(flag, stands(flag)) for flag in flags_of(case.household, user)],
        "known": known,
        "knowers": knowers_of(case.household_id) if known.restriction else None,
        "may_restrict": user.may(Permission.CASE_RESTRICT),
        "today": timezone.localdate(),
    }
    return page(request, "safety/family.html", context)

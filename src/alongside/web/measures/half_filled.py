"""Keeping the form of answers while it is filled in, as the page sends it or when asked to, and throwing it away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.measures.services.half_filling import drop_half_filled, keep_half_filled
from alongside.web.rendering import fragment

OURS = frozenset({"csrfmiddlewaretoken"})


@needs(Permission.CASE_EDIT)
@require_POST
def keep(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep what the form holds now: quietly as it is filled in, or to finish it another time."""
    case = _case(request, case_id)
    values = {name: request.POST.getlist(name) for name in request.POST if name not in OURS}
    try:
        keep_half_filled(case=case, values=values, by=access.person(request))
        said = f"Kept at {timezone.localtime():%H:%M}, not saved yet."
    except Refused as refused:
        said = f"{refused.sentence}."
    if "HX-Request" in request.headers:
        return fragment(request, "measures/ask.html", "kept", {"said": said})
    messages.success(request, said)
    return redirect("measures:overview", case_id)


@needs(Permission.CASE_EDIT)
@require_POST
def drop(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Throw the form away."""
    drop_half_filled(case=_case(request, case_id), by=access.person(request))
    messages.success(request, "What you had begun is thrown away")
    return redirect("measures:ask", case_id)


def _case(request: HttpRequest, pk: UUID) -> Case:
    """Find the family without an entry in the log for each box that is ticked."""
    case: Case | None = access.visible(request, Case).filter(pk=pk).first()
    if case is None:
        raise Http404
    return case

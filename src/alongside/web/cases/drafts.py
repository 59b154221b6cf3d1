"""Keeping what is being typed into the form of a contact, as its script sends it, and throwing it away."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused, Stale
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case
from alongside.records.cases.services.drafts import drop_draft, save_draft

OURS = frozenset({"about", "basis", "correcting", "csrfmiddlewaretoken"})
SAVED_ALREADY, KEPT_ELSEWHERE, TOO_MUCH = 410, 409, 413


class DraftForm(forms.Form):
    """What is said of a draft beside what stands in the boxes."""

    about = forms.UUIDField()
    basis = forms.IntegerField(min_value=0)
    correcting = forms.BooleanField(required=False)


@needs(Permission.CASE_EDIT)
@require_POST
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep a draft. Where another tab has kept something else, offer another id, so that neither loses its words."""
    case, form = _case(request, pk), DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({}, status=400)
    told = form.cleaned_data
    values = {name: request.POST.getlist(name) for name in request.POST if name not in OURS}
    try:
        version = save_draft(
            case=case,
            about=told["about"],
            correcting=told["correcting"],
            values=values,
            version=told["basis"],
            by=access.person(request),
        )
    except Stale:
        return JsonResponse({"about": str(new_id())}, status=KEPT_ELSEWHERE)
    except Refused as refusal:
        return JsonResponse({"sentence": refusal.sentence}, status=TOO_MUCH)
    return JsonResponse({"version": version}, status=200 if version else SAVED_ALREADY)


@needs(Permission.CASE_EDIT)
@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away."""
    case = _case(request, pk)
    about = forms.UUIDField().clean(request.POST.get("about") or str(case.pk))
    drop_draft(about=about, by=access.person(request))
    messages.success(request, "What you had begun is thrown away")
    return redirect("cases:log", case.pk)


def _case(request: HttpRequest, pk: UUID) -> Case:
    """Find the family without an entry in the log for each pause in the typing."""
    case: Case | None = access.visible(request, Case).filter(pk=pk).first()
    if case is None:
        raise Http404
    return case

"""Giving a family a worker, or another one: who has room and is close to them, and why."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused, Stale
from alongside.insight.workload.closeness import suggestions
from alongside.records.cases.models import Case
from alongside.records.cases.services.opening import allocate_case
from alongside.web.jinja import url
from alongside.web.rendering import page


class WorkerForm(forms.Form):
    """Who is to work with a family."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    worker = forms.ChoiceField(
        label="Who will work with them?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose somebody"},
        help_text="The closest come first: place, language, experience and room. You decide.",
    )

    def __init__(self, data: Any, *, case: Case, choices: list[tuple[str, str]]) -> None:
        super().__init__(data, initial={"version": case.version, "worker": str(case.worker_id or "")})
        field = self.fields["worker"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices


@needs(Permission.CASE_ALLOCATE)
def allocate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose a worker for a family."""
    case = access.get(request, Case, pk, related=("household", "worker", "authority"))
    every = request.method == "POST" or "all" in request.GET
    found = suggestions(case, access.person(request), timezone.localdate(), every=every)
    held = {str(one.worker.pk): one for one in found}
    choices = [(key, one.worker.name) for key, one in held.items()]
    form = WorkerForm(request.POST or None, case=case, choices=choices)
    if form.is_valid():
        worker = held[form.cleaned_data["worker"]].worker
        try:
            allocate_case(case=case, worker=worker, version=form.cleaned_data["version"], by=access.person(request))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        except Stale as stale:
            now = stale.current.worker
            form = WorkerForm(None, case=stale.current, choices=choices)
            messages.warning(
                request, f"Somebody else changed this meanwhile: {now.name if now else 'nobody'} has the family now."
            )
        else:
            messages.success(request, f"{worker.name} works with this family now.")
            return redirect(url("referrals:unallocated"))
    hints = {key: one.words for key, one in held.items()}
    if found and found[0].close.able and found[0].worker.pk != case.worker_id:
        hints[str(found[0].worker.pk)] = f"Suggested. {found[0].words}"
    if (now := str(case.worker_id)) in hints:
        hints[now] = f"Works with them now. {hints[now]}"
    context = {"case": case, "form": form, "hints": hints, "every": every}
    return page(request, "referrals/allocate.html", context)

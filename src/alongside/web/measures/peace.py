"""Leaving a family in peace on one occasion, and saying why."""

from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case
from alongside.records.measures.models import NotAsked, Occasion
from alongside.records.measures.services.sparing import leave_in_peace
from alongside.web.measures.asked import likely_occasion, next_review
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved


class PeaceForm(NewForm):
    """What is not asked, and why."""

    occasion = forms.ChoiceField(
        label="When in your work together?", choices=Occasion.choices, widget=forms.RadioSelect
    )
    why = forms.ChoiceField(
        label="Why not?",
        choices=NotAsked.Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you do not ask them this time"},
    )
    words = forms.CharField(label="What did they say?", required=False, max_length=300)


@needs(Permission.CASE_EDIT)
def peace(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take what is due off the list."""
    case = access.get(request, Case, case_id, related=("household",))
    occasion = likely_occasion(case, True, request.GET.get("occasion", ""))
    form = PeaceForm(request.POST or None, initial={"occasion": occasion})
    write = partial(leave_in_peace, case=case, next_review=next_review(case), by=access.person(request))
    if saved(request, form, write, "They are left in peace this time"):
        return redirect("asking:due")
    back_to = (reverse("asking:due"), "What to ask")
    return page(request, "measures/peace.html", {"form": form, "caption": str(case.household), "back_to": back_to})

"""Talking over the parts of a family's life, one at a time, each question and each part of which may be skipped."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.plans import queries
from alongside.records.plans.library import domains, questions
from alongside.records.plans.models import Need
from alongside.records.plans.services import talking as services
from alongside.web.forms import DayField, ScaleField
from alongside.web.plans.family import case_of, shown
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, NewForm, saved

ASKED = questions()


class NeedForm(Form):
    """What was said about one part of life. Each of the four questions may be skipped."""

    going_well = forms.CharField(
        label=ASKED.well, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    hard = forms.CharField(label=ASKED.hard, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    place = ScaleField(
        label=ASKED.place,
        low="as bad as it could be",
        high="as good as it could be",
        required=False,
    )
    one_step = forms.CharField(
        label=ASKED.one_step, required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    on = DayField(label="When did you talk about it?", past_only=True, error_messages={"required": "Enter the day"})


class NewNeedForm(NeedForm, NewForm):
    """A talk written down."""


class EditNeedForm(NeedForm, EditForm):
    """A talk put right."""

    @staticmethod
    def stored(row: Need) -> dict[str, Any]:
        """What is written."""
        return {name: getattr(row, name) for name in ("going_well", "hard", "place", "one_step", "on")}


@needs(Permission.CASE_EDIT)
def talk(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer every part of life, with what was said last."""
    case = case_of(request, pk)
    last = {talked.domain.key: talked.said[0] for talked in queries.talked_over(case)}
    parts = [(domain, last.get(key)) for key, domain in domains().items()]
    return page(request, "plans/talk.html", {"case": case, "parts": parts, "today": timezone.localdate()})


@needs(Permission.CASE_EDIT)
def need_new(request: HttpRequest, pk: UUID, domain: str) -> HttpResponse:
    """Talk over one part of life."""
    part = domains().get(domain)
    if part is None:
        raise Http404
    case = case_of(request, pk)
    form = NewNeedForm(request.POST or None, initial={"on": timezone.localdate()})
    write = partial(services.note_need, case=case, domain=domain, by=access.person(request))
    if saved(request, form, write, "Saved. Talk about another part of life, or go back to the plan"):
        return redirect("plans:talk", case.pk)
    return shown(request, case, "need", form, ("plans:talk", "Back to what there is to talk about"), part=part)


@needs(Permission.CASE_EDIT)
def need(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right what was written of a talk."""
    found = access.get(request, Need, pk, related=("case__household",))
    form = EditNeedForm.of(found, request.POST or None)
    if saved(request, form, partial(services.edit_need, need=found, by=access.person(request))):
        return redirect(f"{reverse('plans:plan', args=[found.case_id])}#{found.domain}")
    part = domains()[found.domain]
    return shown(request, found.case, "need", form, ("plans:plan", "Back to the plan"), part=part)

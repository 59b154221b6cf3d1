"""Which plans a child is on, from when to when, and who said so."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.people.models import Person, PlanStatus
from alongside.records.people.services import arranging
from alongside.web.forms import DayField
from alongside.web.people.person import about
from alongside.web.saving import EditForm, NewForm, saved


class PlanForm(forms.Form):
    """What is known of a plan."""

    kind = forms.ChoiceField(
        label="Which plan?",
        choices=PlanStatus.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which plan"},
    )
    started_on = DayField(label="From", past_only=True, error_messages={"required": "Enter the day it began"})
    ended_on = DayField(label="Until", help_text="Leave this blank while it stands.", required=False, past_only=True)
    said_by = forms.CharField(
        label="Who said so?",
        help_text="For example: the social worker, the carer, a letter.",
        max_length=120,
        error_messages={"required": "Enter who said so"},
    )


class NewPlanForm(PlanForm, NewForm):
    """A new plan."""


class EditPlanForm(PlanForm, EditForm):
    """A plan put right or ended."""

    @staticmethod
    def stored(row: PlanStatus) -> dict[str, Any]:
        """What the plan says now."""
        return {name: getattr(row, name) for name in ("kind", "started_on", "ended_on", "said_by")}


@needs(Permission.CASE_EDIT)
def plan_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record a plan."""
    child = access.get(request, Person, pk)
    form = NewPlanForm(request.POST or None)
    write = partial(arranging.record_plan_status, child=child, by=access.person(request))
    if saved(request, form, write, "Plan added"):
        return redirect("people:person", child.pk)
    return about(request, child, "plan_new", form)


@needs(Permission.CASE_EDIT)
def plan_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a plan right, or end it."""
    plan = access.get(request, PlanStatus, pk, related=("child",))
    form = EditPlanForm.of(plan, request.POST or None)
    if saved(request, form, partial(arranging.edit_plan_status, plan=plan, by=access.person(request))):
        return redirect("people:person", plan.child_id)
    return about(request, plan.child, "plan_change", form)

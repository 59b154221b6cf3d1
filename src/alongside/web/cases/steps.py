"""Next steps towards a goal: who will do what by when, and what came of it."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Step
from alongside.records.cases.services import goals
from alongside.web.cases.goals import goal_of, shown
from alongside.web.forms import DayField
from alongside.web.next_steps import StepForm
from alongside.web.saving import EditForm, NewForm, saved


class NewStepForm(StepForm, NewForm):
    """A new step."""


class EditStepForm(StepForm, EditForm):
    """A step put right, or done."""

    done_on = DayField(label="Done on", required=False, past_only=True)
    came_of_it = forms.CharField(label="What came of it", required=False, max_length=300)

    @staticmethod
    def stored(row: Step) -> dict[str, Any]:
        """What the step says now."""
        return {name: getattr(row, name) for name in ("words", "owner", "due_on", "done_on", "came_of_it")}


@needs(Permission.CASE_EDIT)
def step_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree a next step."""
    goal = goal_of(request, pk)
    form = NewStepForm(request.POST or None)
    write = partial(goals.add_step, case=goal.case, goal=goal, by=access.person(request))
    if saved(request, form, write, "Step added"):
        return redirect("cases:goal", goal.pk)
    return shown(request, goal.case, "step_new", form, goal)


@needs(Permission.CASE_EDIT)
def step_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a step right, or say what came of it."""
    step = access.get(request, Step, pk, related=("case__household", "goal"))
    form = EditStepForm.of(step, request.POST or None)
    if saved(request, form, partial(goals.edit_step, step=step, by=access.person(request))):
        return redirect("cases:goal", step.goal_id) if step.goal_id else redirect("plans:plan", step.case_id)
    return shown(request, step.case, "step_change", form, step.goal)

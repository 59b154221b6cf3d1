"""A next step that stands beside the goals, or under one of them; it is changed where every step is."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Goal
from alongside.records.cases.services import goals as services
from alongside.web.next_steps import StepForm
from alongside.web.plans.family import PLAN, case_of, shown
from alongside.web.saving import NewForm, saved

NO_GOAL = "none"


class PlanStepForm(StepForm, NewForm):
    """A next step, and the goal that it is for."""

    goal = forms.ChoiceField(label="Is it a step towards a goal?", widget=forms.RadioSelect, initial=NO_GOAL)

    def __init__(self, *args: Any, goals: list[Goal], **options: Any) -> None:
        super().__init__(*args, **options)
        self.goals = {str(goal.pk): goal for goal in goals}
        choices = [(NO_GOAL, "No, it stands by itself")] + [(key, goal.words) for key, goal in self.goals.items()]
        self.fields["goal"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Give the goal itself."""
        return {**self.cleaned_data, "goal": self.goals.get(self.cleaned_data["goal"])}


@needs(Permission.CASE_EDIT)
def step_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree a next step."""
    case = case_of(request, pk)
    goals = list(access.visible(request, Goal).filter(case=case, met_on=None, left_on=None).order_by("set_on", "pk"))
    form = PlanStepForm(request.POST or None, goals=goals)
    if saved(request, form, partial(services.add_step, case=case, by=access.person(request)), "Step added"):
        return redirect("plans:plan", case.pk)
    return shown(request, case, "step_new", form, PLAN)

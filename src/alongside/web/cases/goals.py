"""A goal in the family's own words: setting it, where they are from 0 to 10, next steps, reaching or leaving it."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case, Goal
from alongside.records.cases.queries import goal_worked_on, readings_of, steps_of
from alongside.records.cases.services import goals
from alongside.records.programmes.queries import with_one_goal
from alongside.web.forms import DayField, ScaleField
from alongside.web.rendering import page
from alongside.web.saving import EditForm, NewForm, saved

LOW, HIGH = "as far from it as can be", "just as they want it"


def place(label: str) -> ScaleField:
    """Make the field for a place on a goal's line."""
    return ScaleField(
        label=label, low=LOW, high=HIGH, may_skip=False, error_messages={"required": "Choose a number from 0 to 10"}
    )


class GoalForm(forms.Form):
    """What they want to be different."""

    words = forms.CharField(
        label="What they want to be different",
        help_text="In their own words. For example: bedtimes without a battle, three nights a week.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write down what they want to be different"},
    )
    start = place("Where were they when you set it?")
    set_on = DayField(label="Set on", past_only=True, error_messages={"required": "Enter the day"})


class NewGoalForm(GoalForm, NewForm):
    """A new goal."""


class EditGoalForm(GoalForm, EditForm):
    """A goal put right."""

    @staticmethod
    def stored(row: Goal) -> dict[str, Any]:
        """What the goal says now."""
        return {"words": row.words, "start": row.start, "set_on": row.set_on}


class ReadingForm(NewForm):
    """Where they are now."""

    value = place("Where are they now?")
    on = DayField(label="Day", past_only=True, error_messages={"required": "Enter the day"})


class FinishForm(EditForm):
    """That they got there, or left it."""

    how = forms.ChoiceField(
        label="What happened to this goal?",
        choices=[("met", "They got there"), ("left", "They left it for now")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they got there or left it"},
    )
    on = DayField(label="When?", past_only=True, error_messages={"required": "Enter the day"})

    @staticmethod
    def stored(row: Goal) -> dict[str, Any]:
        """What the goal says now."""
        how = "met" if row.met_on else "left" if row.left_on else ""
        return {"how": how, "on": row.met_on or row.left_on or timezone.localdate()}

    def facts(self) -> dict[str, Any]:
        """Say whether it was met."""
        told = dict(self.cleaned_data)
        return {"met": told.pop("how") == "met", **told}


def goal_of(request: HttpRequest, pk: UUID) -> Goal:
    """Fetch a goal with its family."""
    return access.get(request, Goal, pk, related=("case__household",))


@needs(Permission.CASE_SEE)
def goal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a goal with its line, its readings and its steps."""
    found = goal_of(request, pk)
    today = timezone.localdate()
    readings = readings_of(found)
    return page(
        request,
        "cases/goal.html",
        {
            "goal": found,
            "readings": readings,
            "now": readings[-1].value if readings else None,
            "steps": steps_of(found),
            "today": today,
        },
    )


@needs(Permission.CASE_EDIT)
def goal_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set a goal."""
    case = access.get(request, Case, pk, related=("household",))
    form = NewGoalForm(request.POST or None, initial={"set_on": timezone.localdate()})
    if saved(request, form, partial(goals.set_goal, case=case, by=access.person(request)), "Goal set"):
        return redirect("cases:case", case.pk)
    standing = goal_worked_on(case)
    more = {"standing": standing, "programme": with_one_goal(case) if standing else ""}
    return shown(request, case, "goal_new", form, more=more)


@needs(Permission.CASE_EDIT)
def goal_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a goal's words or start right."""
    found = goal_of(request, pk)
    form = EditGoalForm.of(found, request.POST or None)
    if saved(request, form, partial(goals.edit_goal, goal=found, by=access.person(request))):
        return redirect("cases:goal", found.pk)
    return shown(request, found.case, "goal_change", form, found)


@needs(Permission.CASE_EDIT)
def reading_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say where they are now."""
    found = goal_of(request, pk)
    form = ReadingForm(request.POST or None, initial={"on": timezone.localdate()})
    if saved(request, form, partial(goals.read_goal, goal=found, by=access.person(request))):
        return redirect("cases:goal", found.pk)
    return shown(request, found.case, "reading_new", form, found)


@needs(Permission.CASE_EDIT)
def goal_finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a goal was reached or left."""
    found = goal_of(request, pk)
    form = FinishForm.of(found, request.POST or None)
    if saved(request, form, partial(goals.finish_goal, goal=found, by=access.person(request))):
        return redirect("cases:case", found.case_id)
    return shown(request, found.case, "goal_finish", form, found)


def shown(
    request: HttpRequest,
    case: Case,
    template: str,
    form: forms.Form,
    about: Goal | None = None,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form about a family, or about one of its goals."""
    back_to = (
        (reverse("cases:goal", args=[about.pk]), "Back to the goal")
        if about
        else (reverse("cases:case", args=[case.pk]), "Back to the family")
    )
    context = {"form": form, "caption": str(case.household), "back_to": back_to}
    return page(request, f"cases/{template}.html", context | (more or {}))

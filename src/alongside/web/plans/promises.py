"""Promises and money: what was promised and is overdue, what the family is paid, and how a child came to live there."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.plans import queries
from alongside.records.plans.models import Promise
from alongside.records.plans.services import promising as services
from alongside.web.forms import DayField
from alongside.web.plans.family import PROMISES, case_of, shown
from alongside.web.plans.money_words import coming_lines, paid_lines
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, NewForm, saved

BY = {
    Promise.MadeBy.WORKER: "Their worker",
    Promise.MadeBy.SERVICE: "Our service",
    Promise.MadeBy.AUTHORITY: "The local authority",
    Promise.MadeBy.OTHER: "Somebody else",
}
OUTCOMES = {
    Promise.Outcome.KEPT: "Kept",
    Promise.Outcome.NOT_KEPT: "Not kept",
    Promise.Outcome.RELEASED: "No longer needed",
}


class PromiseForm(Form):
    """What was promised."""

    words = forms.CharField(
        label="What was promised?",
        help_text="As it was said to them. For example: to ring them with the panel's answer.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write down what was promised"},
    )
    made_by = forms.ChoiceField(
        label="Who promised it?",
        choices=Promise.MadeBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who promised it"},
    )
    who = forms.CharField(
        label="Their name or job, if you know it", required=False, max_length=120, widget=forms.TextInput()
    )
    made_on = DayField(label="When was it promised?", past_only=True, error_messages={"required": "Enter the day"})
    due_on = DayField(label="By when?", help_text="Leave this blank if no day was said.", required=False)


class NewPromiseForm(PromiseForm, NewForm):
    """A new promise."""


class EditPromiseForm(PromiseForm, EditForm):
    """A promise put right."""

    @staticmethod
    def stored(row: Promise) -> dict[str, Any]:
        """What is written."""
        return {name: getattr(row, name) for name in ("words", "made_by", "who", "made_on", "due_on")}


class SettleForm(EditForm):
    """What became of a promise."""

    outcome = forms.ChoiceField(
        label="What became of it?",
        choices=Promise.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of it"},
    )
    settled_on = DayField(label="When?", required=False, past_only=True)
    why = forms.CharField(
        label="Why, or what happened",
        help_text="If it was not kept, say why as far as you know.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @staticmethod
    def stored(row: Promise) -> dict[str, Any]:
        """What is written; a promise that is still open is most likely being settled today."""
        settled = row.settled_on or timezone.localdate()
        outcome = "" if row.outcome == Promise.Outcome.OPEN else row.outcome
        return {"outcome": outcome, "settled_on": settled, "why": row.why}


@needs(Permission.CASE_SEE)
def promises(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was promised to a family, what it is paid, and how a child came to live there."""
    case = case_of(request, pk, "promises and money opened")
    today = timezone.localdate()
    overdue, ahead, settled = queries.due_first(queries.promises_of(case), today)
    return page(
        request,
        "plans/promises.html",
        {
            "case": case,
            "overdue": overdue,
            "ahead": ahead,
            "settled": settled,
            "by": BY,
            "outcomes": OUTCOMES,
            "paid": paid_lines(queries.paid_to(case)),
            "coming": coming_lines(queries.coming_of(case)),
            "today": today,
        },
    )


@needs(Permission.CASE_EDIT)
def promise_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a promise."""
    case = case_of(request, pk)
    form = NewPromiseForm(request.POST or None, initial={"made_on": timezone.localdate()})
    write = partial(services.make_promise, case=case, by=access.person(request))
    if saved(request, form, write, "Promise written down"):
        return redirect("plans:promises", case.pk)
    return shown(request, case, "promise_new", form, PROMISES)


@needs(Permission.CASE_EDIT)
def promise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what became of a promise."""
    found = _promise(request, pk)
    form = SettleForm.of(found, request.POST or None)
    if saved(request, form, partial(services.settle_promise, promise=found, by=access.person(request))):
        return redirect("plans:promises", found.case_id)
    return shown(request, found.case, "promise", form, PROMISES, promise=found, by=BY)


@needs(Permission.CASE_EDIT)
def promise_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a promise right."""
    found = _promise(request, pk)
    form = EditPromiseForm.of(found, request.POST or None)
    if saved(request, form, partial(services.edit_promise, promise=found, by=access.person(request))):
        return redirect("plans:promises", found.case_id)
    return shown(request, found.case, "promise_change", form, PROMISES)


def _promise(request: HttpRequest, pk: UUID) -> Promise:
    return access.get(request, Promise, pk, related=("case__household",))

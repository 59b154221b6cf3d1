"""Defining a cohort, and defining it otherwise while its protocol is not fixed."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.models import Cohort
from alongside.insight.evaluation.queries import contracts_to_count
from alongside.insight.evaluation.rules import LONGEST, Windows
from alongside.insight.evaluation.services import define_cohort
from alongside.web.evaluation.opening import open_cohort
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, NewForm, saved

USUAL = Windows()


class CohortForm(EditForm):
    """Whom the question is about, and when they are measured."""

    title = forms.CharField(label="What is it called?", max_length=120, help_text="Such as: Kirklees, first year")
    question = forms.CharField(
        label="What do you want to know?",
        help_text="One sentence, as you would ask a colleague.",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
    contracts = forms.MultipleChoiceField(label="Families under which contracts?", widget=forms.CheckboxSelectMultiple)
    comparison = forms.MultipleChoiceField(
        label="Set beside families under which other contracts?",
        help_text="Choose none where there is nobody to compare with. The results will say so.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    starts_from = DayField(label="Support began on or after", past_only=True)
    starts_until = DayField(label="Support began on or before", past_only=True)
    before_days = forms.IntegerField(
        label="The earlier answers count until which day of support?",
        initial=USUAL.before_days,
        min_value=0,
        max_value=7 * LONGEST,
    )
    after_from_weeks = forms.IntegerField(
        label="The later answers count from which week of support?",
        initial=USUAL.after_from_weeks,
        min_value=1,
        max_value=LONGEST,
    )
    after_until_weeks = forms.IntegerField(
        label="Until which week?", initial=USUAL.after_until_weeks, min_value=1, max_value=LONGEST
    )

    def __init__(self, *args: Any, contracts: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("contracts", "comparison"):
            self.fields[name].choices = contracts  # type: ignore[attr-defined]

    @staticmethod
    def stored(row: Cohort) -> dict[str, Any]:
        """What the cohort says now."""
        defined = row.defined
        windows = {name: getattr(defined.windows, name) for name in Windows.__slots__}
        return {
            "title": row.title,
            "question": row.question,
            "contracts": list(defined.contracts),
            "comparison": list(defined.comparison),
            "starts_from": defined.starts_from,
            "starts_until": defined.starts_until,
            **windows,
        }


class NewCohortForm(CohortForm, NewForm):
    """The same for the first time: there is no version yet."""

    version = None  # type: ignore[assignment]


@needs(Permission.EVALUATION_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Define a cohort."""
    by = access.person(request)
    form = NewCohortForm(request.POST or None, contracts=contracts_to_count(by.agency_id))
    if saved(request, form, partial(define_cohort, by=by), "The cohort is defined. Now say what you will look at."):
        return redirect(url("evaluation:cohort", form.cleaned_data["submission"]))
    context = {"form": form, "caption": "", "back_to": (url("evaluation:evaluation"), "What changed")}
    return page(request, "evaluation/define.html", context | {"cohort": None})


@needs(Permission.EVALUATION_EDIT)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Define it otherwise."""
    by = access.person(request)
    cohort = open_cohort(request, pk)
    form = CohortForm.of(cohort, request.POST or None, contracts=contracts_to_count(by.agency_id))
    if saved(request, form, partial(define_cohort, cohort=cohort, by=by), "The cohort is defined otherwise."):
        return redirect(url("evaluation:cohort", cohort.pk))
    back_to = (url("evaluation:cohort", cohort.pk), "Back to the cohort")
    context = {"form": form, "caption": cohort.title, "back_to": back_to, "cohort": cohort}
    return page(request, "evaluation/define.html", context)

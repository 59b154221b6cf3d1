"""Running a method on a frozen cohort: what was promised with one button, or anything else, which is exploratory."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.models import Cohort
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.rules import Stage
from alongside.insight.evaluation.runs import RUNS, runs_for
from alongside.insight.evaluation.services import FIX_FIRST, FREEZE_FIRST, run_method
from alongside.web.evaluation.opening import open_cohort
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved


class RunForm(NewForm):
    """Which method, on which outcomes."""

    method = forms.ChoiceField(label="Which method?", widget=forms.RadioSelect)
    outcomes = forms.MultipleChoiceField(
        label="On which outcomes?", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, cohort: Cohort, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["method"].choices = [  # type: ignore[attr-defined]
            (key, kind.title) for key, kind in runs_for(cohort.defined).items()
        ]
        self.fields["outcomes"].choices = [  # type: ignore[attr-defined]
            (key, outcome.title) for key, outcome in outcomes_of(cohort).items()
        ]


@needs(Permission.EVALUATION_EDIT)
def run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Run it."""
    cohort = open_cohort(request, pk)
    form = RunForm(request.POST or None, cohort=cohort)
    kept: list[Any] = []

    def write(**facts: Any) -> None:
        kept.append(run_method(cohort=cohort, by=access.person(request), **facts))

    if saved(request, form, write, "Run, and kept below."):
        return redirect(url("evaluation:result", kept[0].pk))
    refused = {Stage.DRAFT: FIX_FIRST, Stage.FIXED: FREEZE_FIRST, Stage.FROZEN: ""}[cohort.stage]
    context = {
        "form": form,
        "caption": cohort.title,
        "back_to": (url("evaluation:cohort", cohort.pk), "Back to the cohort"),
        "refused": refused,
        "hints": {key: kind.about for key, kind in RUNS.items()},
    }
    return page(request, "evaluation/run.html", context)

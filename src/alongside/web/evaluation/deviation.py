"""Recording that the work departed from the protocol, in what and why."""

from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.services import record_deviation
from alongside.web.evaluation.opening import open_cohort
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved


class DeviationForm(NewForm):
    """In what, and why."""

    words = forms.CharField(
        label="What was done otherwise than promised?",
        help_text="Write no name and nothing that tells of one family.",
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )
    reason = forms.CharField(label="Why?", max_length=1000, widget=forms.Textarea({"rows": 4}))


@needs(Permission.EVALUATION_EDIT)
def deviation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record it."""
    cohort = open_cohort(request, pk)
    form = DeviationForm(request.POST or None)
    write = partial(record_deviation, cohort=cohort, by=access.person(request))
    if saved(request, form, write, "The departure is recorded."):
        return redirect(url("evaluation:cohort", cohort.pk))
    back_to = (url("evaluation:cohort", cohort.pk), "Back to the cohort")
    context = {"form": form, "caption": cohort.title, "back_to": back_to}
    return page(request, "evaluation/deviation.html", context)

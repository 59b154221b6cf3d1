"""One frozen cohort by authority, put together like studies; nothing of it is kept."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.across import across_authorities
from alongside.insight.evaluation.methods import Options
from alongside.insight.evaluation.models import Cohort
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.pooled import Told, tell
from alongside.insight.evaluation.services import FREEZE_FIRST, rows_of
from alongside.web.evaluation.opening import open_cohort
from alongside.web.evaluation.together import TogetherForm
from alongside.web.rendering import page


class AuthoritiesForm(TogetherForm):
    """On which outcome, and how the authorities are to be put together."""

    of = "outcome"
    outcome = forms.ChoiceField(label="On which outcome?")
    field_order = ("outcome", "between", "hartung_knapp")

    def __init__(self, data: Any, *, cohort: Cohort) -> None:
        super().__init__(data)
        self.cohort, self.known = cohort, outcomes_of(cohort)
        choices = [(key, one.title) for key, one in self.known.items()]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]

    def put_together(self, given: dict[str, Any], options: Options) -> Told:
        """Put the authorities of the cohort together."""
        outcome = self.known[given["outcome"]]
        found, limits = across_authorities(rows_of(self.cohort.frozen), outcome, options)
        told = tell(found, f"{outcome.title}, mean change in points")
        return replace(told, limits=(*told.limits, *limits))


@needs(Permission.EVALUATION_SEE)
def authorities(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, and put them together."""
    cohort = open_cohort(request, pk, what="authorities of a cohort put together")
    if not cohort.frozen_at:
        messages.warning(request, FREEZE_FIRST)
        return redirect("evaluation:cohort", cohort.pk)
    form = AuthoritiesForm(request.POST or None, cohort=cohort)
    told = form.told if form.is_valid() else None
    return page(request, "evaluation/authorities.html", {"form": form, "cohort": cohort, "told": told})

"""One frozen cohort by authority, put together like studies; nothing of it is kept."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.calc.outcomes.meta.fitting import Between
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.across import across_authorities
from alongside.insight.evaluation.methods import Options
from alongside.insight.evaluation.models import Cohort
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.pooled import tell
from alongside.insight.evaluation.services import FREEZE_FIRST, rows_of
from alongside.insight.evaluation.sheets import Unusable
from alongside.web.evaluation.opening import open_cohort
from alongside.web.rendering import page


class AuthoritiesForm(forms.Form):
    """On which outcome, and how they are to be put together."""

    outcome = forms.ChoiceField(label="On which outcome?")
    between = forms.ChoiceField(
        label="How is the variance between authorities found?",
        choices=[(each.value, each.called[:1].upper() + each.called[1:]) for each in Between],
        initial=Between.REML.value,
        widget=forms.RadioSelect,
    )
    hartung_knapp = forms.BooleanField(
        label="Use the interval of Hartung and Knapp, which few authorities need", required=False, initial=True
    )

    told: dict[str, Any] | None = None

    def __init__(self, data: Any, *, cohort: Cohort) -> None:
        super().__init__(data)
        self.cohort, self.known = cohort, outcomes_of(cohort)
        choices = [(key, one.title) for key, one in self.known.items()]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Put them together, so that why they cannot be is told by the field."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        outcome = self.known[given["outcome"]]
        options = Options(between=Between(given["between"]), hartung_knapp=given["hartung_knapp"])
        try:
            found, limits = across_authorities(rows_of(self.cohort.frozen), outcome, options)
        except Unusable as error:
            self.add_error("outcome", str(error))
        except (ValueError, ArithmeticError) as error:
            self.add_error("outcome", f"{str(error)[:1].upper()}{str(error)[1:].rstrip('.')}.")
        else:
            told = tell(found, f"{outcome.title}, mean change in points")
            self.told = {"told": told, "more_limits": limits}
        return given


@needs(Permission.EVALUATION_SEE)
def authorities(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, and put them together."""
    cohort = open_cohort(request, pk, what="authorities of a cohort put together")
    if not cohort.frozen_at:
        messages.warning(request, FREEZE_FIRST)
        return redirect("evaluation:cohort", cohort.pk)
    form = AuthoritiesForm(request.POST or None, cohort=cohort)
    told = form.told if form.is_valid() and form.told else {"told": None, "more_limits": ()}
    return page(request, "evaluation/authorities.html", {"form": form, "cohort": cohort, **told})

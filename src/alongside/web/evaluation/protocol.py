"""Writing a protocol: what will be looked at, and by which method, before anybody has seen the data."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.models import Cohort, Protocol
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.runs import runs_for
from alongside.insight.evaluation.series import SERIES
from alongside.insight.evaluation.services import write_protocol
from alongside.web.evaluation.opening import open_cohort
from alongside.web.forms import DayField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm, saved


class ProtocolForm(EditForm):
    """What is promised."""

    primary = forms.MultipleChoiceField(
        label="Primary outcomes",
        help_text="The few by which you want to be judged. The more there are, the more each must show.",
        widget=forms.CheckboxSelectMultiple,
    )
    secondary = forms.MultipleChoiceField(
        label="Secondary outcomes", widget=forms.CheckboxSelectMultiple, required=False
    )
    method = forms.ChoiceField(label="How will they be judged?", widget=forms.RadioSelect, initial="paired")
    others = forms.MultipleChoiceField(
        label="What else will be run, whatever comes of it?", widget=forms.CheckboxSelectMultiple, required=False
    )
    series = forms.ChoiceField(
        label="Is there a figure of the service that should change from one month on?",
        help_text="It is followed month by month in the areas of these contracts, from three years before.",
        widget=forms.RadioSelect,
        required=False,
    )
    since = DayField(
        label="From which day on should it change?",
        help_text="Such as the day the service began. Its month counts as the first one after.",
        past_only=True,
        required=False,
    )
    words = forms.CharField(
        label="What do you expect, and what would change your mind?",
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, cohort: Cohort, **options: Any) -> None:
        super().__init__(*args, **options)
        outcomes = [(key, outcome.title) for key, outcome in outcomes_of(cohort).items()]
        offered = runs_for(cohort.defined)
        methods = {
            "method": [(key, kind.title) for key, kind in offered.items() if kind.confirms],
            "others": [(key, kind.title) for key, kind in offered.items()],
        }
        if cohort.defined.tried:
            del self.fields["series"], self.fields["since"]
        else:
            followed = [("", "None"), *((key, kind.title) for key, kind in SERIES.items())]
            self.fields["series"].choices = followed  # type: ignore[attr-defined]
        for name, choices in ({"primary": outcomes, "secondary": outcomes} | methods).items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def stored(row: Protocol) -> dict[str, Any]:
        """What it promises now."""
        return row.promised.to_json() | {"since": row.promised.since}


@needs(Permission.EVALUATION_EDIT)
def protocol(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write it."""
    cohort = open_cohort(request, pk)
    form = ProtocolForm.of(cohort.protocol, request.POST or None, cohort=cohort)
    write = partial(write_protocol, cohort=cohort, by=access.person(request))
    if saved(request, form, write, "The protocol is written. Read it once more, then fix it."):
        return redirect(url("evaluation:cohort", cohort.pk))
    back_to = (url("evaluation:cohort", cohort.pk), "Back to the cohort")
    context = {"form": form, "caption": cohort.title, "back_to": back_to}
    return page(request, "evaluation/protocol.html", context)

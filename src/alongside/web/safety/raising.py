"""Recording a concern: from the header about anybody, from a family's page about that family."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case
from alongside.records.concerns import queries
from alongside.records.concerns.models import Concern
from alongside.records.concerns.services import raising
from alongside.web.forms import DayField
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved

IN_DANGER = "yes"
DANGER = ((IN_DANGER, "Yes"), ("unsure", "I am not sure"), ("no", "No"))


class ConcernForm(NewForm):
    """What worries somebody. Only the words and whether there is danger now are needed."""

    words = forms.CharField(
        label="What worries you?",
        help_text="What you saw or heard, in the words that were used. You need no proof, and it need not be tidy.",
        max_length=8000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": "Write down what worries you. A few words are enough"},
    )
    danger = forms.ChoiceField(
        label="Is anybody in danger now?",
        choices=DANGER,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether anybody is in danger now. “I am not sure” is an answer"},
    )
    noticed_on = DayField(
        label="When did you see or hear it?", past_only=True, error_messages={"required": "Enter the day"}
    )

    def facts(self) -> dict[str, Any]:
        """Who is not sure treats it as danger."""
        return {**self.cleaned_data, "danger": self.cleaned_data["danger"] != "no"}


class AnybodyForm(ConcernForm):
    """The same, about somebody who has yet to be named."""

    about = forms.CharField(
        label="Whom is it about?",
        help_text="A name, or whatever you know. We look for the family once this is safely recorded.",
        max_length=200,
        error_messages={"required": "Say whom it is about, as well as you can"},
    )
    field_order = ("about",)


@needs(Permission.CONCERN_RAISE)
def raise_concern(request: HttpRequest) -> HttpResponse:
    """Record a concern about anybody."""
    form = AnybodyForm(request.POST or None, initial={"noticed_on": timezone.localdate()})
    return _recorded(request, form, None, ("/", "Back"))


@needs(Permission.CASE_EDIT)
def raise_for(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record a concern about one family."""
    case = access.get(request, Case, pk, related=("household",))
    form = ConcernForm(request.POST or None, initial={"noticed_on": timezone.localdate()})
    return _recorded(request, form, case, (reverse("cases:case", args=[pk]), "Back to the family"))


def _recorded(request: HttpRequest, form: ConcernForm, case: Case | None, back_to: tuple[str, str]) -> HttpResponse:
    by = access.person(request)
    made: list[Concern] = []

    def write(**facts: Any) -> None:
        made.append(raising.raise_concern(case=case, by=by, **facts))

    if saved(request, form, write, "Your concern is recorded. Nobody can delete it."):
        return redirect("safety:concern", made[0].pk)
    context = {
        "form": form,
        "caption": str(case.household) if case else "",
        "back_to": back_to,
        "draft": f"concern-{by.pk}-{case.pk if case else 'anybody'}",
        "out_of_hours": queries.out_of_hours(timezone.now()),
        "on_call": settings.ON_CALL,
    }
    return page(request, "safety/raise.html", context)

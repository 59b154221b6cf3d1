"""Writing down in three taps that a family could not be reached: press it, say how if it was not as usual, save."""

from datetime import date, timedelta
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
from alongside.core.base.clocks import add_working_days
from alongside.records.cases.models import Case, Contact
from alongside.records.cases.queries import usual_channel
from alongside.records.cases.services.contacts import log_attempt
from alongside.records.people.knowing import know
from alongside.web.dates import weekday
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved

Channel = Contact.Channel
CHANNELS = [(one.value, one.label) for one in (Channel.PHONE, Channel.VIDEO, Channel.TEXT, Channel.HOME)]
AGAIN = {"tomorrow": 1, "days": 3, "week": 5}  # working days
AS_IT_IS = "as_it_is"


class TriedForm(NewForm):
    """How they were tried, whether there is a message for them now, and when to try again."""

    channel = forms.ChoiceField(label="How did you try?", choices=CHANNELS, widget=forms.RadioSelect)
    message = forms.BooleanField(label="I left a message", required=False)
    again = forms.ChoiceField(label="When will you try again?", widget=forms.RadioSelect, choices=())

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        today, due = timezone.localdate(), case.next_contact_due
        self.days: dict[str, date | None] = {name: add_working_days(today, days) for name, days in AGAIN.items()}
        self.days[AS_IT_IS] = None
        words = [(name, weekday(day)) for name, day in self.days.items() if day]
        stays = f"Leave it at {weekday(due)}" if due and due > today + timedelta(days=1) else "No day yet"
        self.fields["again"].choices = [*words, (AS_IT_IS, stays)]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """The day to try again is told as a day."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "again"}
        return {**told, "next_contact_due": self.days[self.cleaned_data["again"]]}


@needs(Permission.CASE_EDIT)
def tried(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down an attempt."""
    case = access.get(request, Case, pk, related=("household",))
    usual = usual_channel(case)
    channel = usual if usual in dict(CHANNELS) else Channel.PHONE
    form = TriedForm(request.POST or None, case=case, initial={"channel": channel, "again": "tomorrow"})
    if saved(request, form, partial(log_attempt, case=case, by=access.person(request)), "Attempt saved"):
        return redirect("today:today")
    context = {
        "form": form,
        "caption": str(case.household),
        "back_to": (reverse("today:today"), "Back to today"),
        "known": know(case.household_id, access.person(request)),
    }
    return page(request, "cases/tried.html", context)

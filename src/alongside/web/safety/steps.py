"""Writing what is done about a concern: one small form for each kind of step."""

from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.rules import moments
from alongside.records.concerns.models import Concern
from alongside.records.concerns.services import acting
from alongside.web.forms import DayField
from alongside.web.rendering import page
from alongside.web.safety.telling import told
from alongside.web.saving import NewForm, saved


def words_field(label: str, hint: str = "", *, required: bool = True) -> forms.CharField:
    """Make the box for somebody's words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=8000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write this down. A few words are enough"},
    )


class ReadForm(NewForm):
    """That a manager read it."""

    words = words_field("What is to be done, and by whom?", "What you said to the worker.", required=False)


class ToldForm(NewForm):
    """Whom at the authority was told, when and what."""

    whom = forms.CharField(
        label="Who was told?",
        help_text="The team and the person who took the call, and any reference they gave.",
        max_length=200,
        error_messages={"required": "Enter who was told"},
    )
    day = DayField(label="Day", past_only=True, error_messages={"required": "Enter the day"})
    time = forms.TimeField(
        label="Time",
        input_formats=["%H:%M", "%H.%M", "%H%M", "%I:%M%p", "%I%p"],
        widget=forms.TextInput(attrs={"size": 5}),
        error_messages={"required": "Enter a time like 16:40", "invalid": "Enter a time like 16:40"},
    )
    words = words_field("What did you tell them, and what did they say?")

    def clean(self) -> dict[str, Any]:
        """Put day and time together; in the hour that autumn repeats, the first is meant."""
        on, at = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        if on and at:
            self.cleaned_data["at"] = _moment(datetime.combine(on, at))
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        """The day and the time make the moment."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("day", "time")}


class NotToldForm(NewForm):
    """Why the authority does not need to be told."""

    words = words_field("Why does the authority not need to be told?", "Your reason stays with this concern.")


class AnsweredForm(NewForm):
    """What the authority will do."""

    words = words_field("What did the authority say it will do?", "And by when, if they said so.")


class NoteForm(NewForm):
    """Something more."""

    words = words_field("What do you want to add?")


class CloseForm(NewForm):
    """What came of it."""

    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=Concern.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it"},
    )
    words = words_field("How do we know, and what happens next?")


class ReopenForm(NewForm):
    """Why it is opened again."""

    words = words_field("Why is it opened again?")


class Step(NamedTuple):
    """A kind of step: its title, its form, the service that writes it, and what is said once it did."""

    title: str
    form: type[NewForm]
    service: Callable[..., Concern]
    said: str


# What anybody who keeps the family's record may write, and what only a manager may decide.
WRITTEN = {
    "told": Step("The authority was told", ToldForm, acting.tell_authority, "Saved. Now wait for their answer."),
    "answered": Step("The authority answered", AnsweredForm, acting.hear_authority, "Saved."),
    "note": Step("Add to this concern", NoteForm, acting.add_note, "Added."),
}
DECIDED = {
    "seen": Step("I have read this concern", ReadForm, acting.read_concern, "Saved. You have read it."),
    "not-told": Step("The authority does not need to be told", NotToldForm, acting.need_no_authority, "Saved."),
    "closed": Step("Close this concern", CloseForm, acting.close_concern, "Closed. It stays in the record."),
    "reopened": Step("Open this concern again", ReopenForm, acting.reopen_concern, "It is open again."),
}


@needs(Permission.CASE_EDIT)
def write(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Write what was done."""
    return _take(request, pk, WRITTEN, kind)


@needs(Permission.CONCERN_LEAD)
def decide(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Decide, as a manager."""
    return _take(request, pk, DECIDED, kind)


def _take(request: HttpRequest, pk: UUID, steps: dict[str, Step], kind: str) -> HttpResponse:
    concern = access.get(request, Concern, pk, related=("case__household",))
    if kind not in steps:
        raise Http404
    step = steps[kind]
    now = timezone.localtime()
    form = step.form(request.POST or None, initial={"day": now.date(), "time": f"{now:%H:%M}"})
    if saved(request, form, partial(step.service, concern=concern, by=access.person(request)), step.said):
        return redirect("safety:concern", pk)
    context = {
        "form": form,
        "step": step,
        "caption": told(concern, now).about,
        "back_to": (reverse("safety:concern", args=[pk]), "Back to the concern"),
    }
    return page(request, "safety/step.html", context)


def _moment(wall: datetime) -> datetime:
    possible = moments(wall.date(), time(wall.hour, wall.minute), timezone.get_current_timezone())
    if not possible:
        raise ValidationError({"time": "The clocks went forward over that time. Enter another"})
    return possible[0]

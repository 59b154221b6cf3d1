"""What to know before calling a household: writing it, checking it again, taking it down."""

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
from alongside.records.people.models import Household, SafetyNote
from alongside.records.people.queries import safety_notes
from alongside.records.people.services import safety as services
from alongside.web.forms import DayField
from alongside.web.rendering import page
from alongside.web.saving import EditForm, NewForm, saved


class SafetyForm(EditForm):
    """The words, and the day on which they were checked with the family."""

    not_told = forms.CharField(
        label="Who must not be told?",
        help_text="And of what: that we call, the address.",
        max_length=300,
        required=False,
    )
    safe_times = forms.CharField(
        label="When is it safe to call?", help_text="For example: school days, 10 to 2.", max_length=300, required=False
    )
    safe_words = forms.CharField(
        label="What do we say when somebody else answers?",
        help_text="For example: say that you are from the library. Leave no message.",
        max_length=300,
        required=False,
    )
    words = forms.CharField(
        label="What else must be known before calling?",
        help_text="Keep it short: it is read with the phone in hand.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    checked_on = DayField(
        label="Checked with the family on", past_only=True, error_messages={"required": "Enter the day"}
    )

    @staticmethod
    def stored(row: SafetyNote) -> dict[str, Any]:
        """What the note says now."""
        return {name: getattr(row, name) for name in ("not_told", "safe_times", "safe_words", "words", "checked_on")}


class NewSafetyForm(SafetyForm, NewForm):
    """The first note; where a colleague wrote one meanwhile, it goes on as a change to that."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def facts(self) -> dict[str, Any]:
        """A new row has no version yet."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ChangeSafetyForm(SafetyForm):
    """A note changed, checked again or taken down."""

    end = forms.BooleanField(label="Nothing needs to be known any more: take this down", required=False)


@needs(Permission.CASE_EDIT)
def safety(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the first note of a household; where there is one, lead on to it."""
    household = access.get(request, Household, pk)
    standing = safety_notes(household.pk)
    if standing and request.method == "GET":
        return redirect("people:safety_change", standing[0].pk)
    form = NewSafetyForm(request.POST or None, initial={"checked_on": timezone.localdate()})
    if saved(request, form, partial(services.write_safety_note, household=household, by=access.person(request))):
        return redirect("people:household", pk)
    return _shown(request, household, form)


@needs(Permission.CASE_EDIT)
def safety_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a note, say that it was checked again, or take it down."""
    note = access.get(request, SafetyNote, pk, related=("household",))
    form = ChangeSafetyForm.of(note, request.POST or None)
    if saved(request, form, partial(services.change_safety_note, note=note, by=access.person(request))):
        return redirect("people:household", note.household_id)
    return _shown(request, note.household, form)


def _shown(request: HttpRequest, household: Household, form: EditForm) -> HttpResponse:
    return page(
        request,
        "people/safety.html",
        {
            "form": form,
            "caption": str(household),
            "back_to": (reverse("people:household", args=[household.pk]), "Back to the household"),
            "action": reverse("people:safety_change", args=[form.stale.pk]) if form.stale else "",
        },
    )

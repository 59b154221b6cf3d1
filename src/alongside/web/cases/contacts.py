"""Writing down a contact in under a minute, and putting one right."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case, Contact
from alongside.records.cases.queries import usual_channel
from alongside.records.cases.rules import moments
from alongside.records.cases.services.contacts import edit_contact, log_contact
from alongside.records.people.models import Membership, Person
from alongside.records.people.queries import members_past_and_present, safety_notes
from alongside.web.before_calling import check_again
from alongside.web.dates import day
from alongside.web.forms import DayField
from alongside.web.rendering import page
from alongside.web.saving import EditForm, Form, NewForm, saved

TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)
WHICH = (("first", "The first, before the clocks went back"), ("second", "The second, after the clocks went back"))
NOON = 12
Clock = time  # the form has a field of that name
NOT_TOLD = frozenset({"day", "time", "which"})  # together they make the moment


class ClockField(forms.CharField):
    """A time of day as people type it: 10:40, 10.40, 1040, 9am, 2:15 pm."""

    def to_python(self, value: Any) -> Any:
        """Read the time, or say how to write it."""
        words = str(value or "").strip()
        match = TIME.fullmatch(words)
        if not words:
            return None
        hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
        half = (match[3] or "").lower() if match else ""
        if half and 1 <= hour <= NOON:
            hour = hour % NOON + (NOON if half == "pm" else 0)
        elif half:
            hour = 99
        try:
            return time(hour, minute)
        except ValueError:
            raise ValidationError("Enter a time like 10:40 or 2:15pm") from None


class ContactForm(Form):
    """What a worker says of one contact."""

    channel = forms.ChoiceField(label="How", choices=Contact.Channel.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label="How it went", choices=Contact.Outcome.choices, widget=forms.RadioSelect, initial=Contact.Outcome.SPOKE
    )
    people = forms.MultipleChoiceField(
        label="With whom", widget=forms.CheckboxSelectMultiple, required=False, choices=()
    )
    day = DayField(label="Day", past_only=True, error_messages={"required": "Enter the day"})
    time = ClockField(
        label="Time", widget=forms.TextInput(attrs={"size": 5}), error_messages={"required": "Enter a time like 10:40"}
    )
    which = forms.ChoiceField(label="Which one was it?", choices=WHICH, widget=forms.RadioSelect, required=False)
    minutes = forms.IntegerField(
        label="Minutes",
        required=False,
        min_value=0,
        max_value=1440,
        widget=forms.NumberInput(attrs={"size": 4}),
        error_messages={"invalid": "Enter the minutes as a number, such as 35"},
    )
    note = forms.CharField(
        label="What happened", required=False, max_length=20000, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    came_of_it = forms.CharField(label="What came of it", required=False, max_length=300)

    def __init__(self, *args: Any, members: Sequence[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        self.persons: dict[str, Person] = {str(member.person_id): member.person for member in members}
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (key, person.known_as or person.name) for key, person in self.persons.items()
        ]
        self.asks_which = False

    def clean(self) -> dict[str, Any]:
        """Put day and time together; a time that the clocks skipped or repeated is asked about."""
        on, at = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        if on and at:
            self._settle(on, at)
        return self.cleaned_data

    def _settle(self, on: date, at: Clock) -> None:
        possible = moments(on, at, timezone.get_current_timezone())
        which = self.cleaned_data.get("which")
        if not possible:
            self.add_error("time", f"There was no {at:%H:%M} on {day(on)}: the clocks went forward. Enter another time")
        elif len(possible) == 1:
            self.cleaned_data["at"] = possible[0]
        else:
            self.asks_which = True
            if which:
                self.cleaned_data["at"] = possible[which == "second"]
            else:
                self.add_error("which", f"The clocks went back on {day(on)}, so {at:%H:%M} came twice. Say which one")

    def facts(self) -> dict[str, Any]:
        """What the services are told."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in NOT_TOLD}
        return {**told, "people": [self.persons[key] for key in self.cleaned_data["people"]]}


class EditContactForm(ContactForm, EditForm):
    """A contact put right."""

    @staticmethod
    def stored(row: Contact) -> dict[str, Any]:
        """What the contact says now."""
        local = timezone.localtime(row.at)
        return {
            "channel": row.channel,
            "outcome": row.outcome,
            "people": [str(person.pk) for person in row.people.all()],
            "day": local.date(),
            "time": local.time().replace(second=0, microsecond=0),
            "which": _which(local),
            "minutes": row.minutes,
            "note": row.note,
            "came_of_it": row.came_of_it,
        }


class NewContactForm(EditContactForm, NewForm):
    """A new contact; where it turns out to be saved already with other words, it goes on as a change to that."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    next_contact_due = DayField(label="When will you next be in touch?", required=False)

    def facts(self) -> dict[str, Any]:
        """A new row has no version yet."""
        return {name: value for name, value in super().facts().items() if name != "version"}


def _which(local: datetime) -> str:
    twice = len(moments(local.date(), local.time(), timezone.get_current_timezone())) > 1
    return ("second" if local.fold else "first") if twice else ""


@needs(Permission.CASE_EDIT)
def log(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a contact."""
    case = access.get(request, Case, pk, rows=access.visible(request, Case).select_related("household"))
    members = [member for member in members_past_and_present(case.household) if member.until is None]
    form = NewContactForm(request.POST or None, members=members, initial=_usual(case, members))
    if saved(request, form, partial(log_contact, case=case, by=access.person(request))):
        messages.success(request, "Contact saved")
        return redirect("cases:case", case.pk)
    return _shown(request, case, "log", form, draft=f"{access.person(request).pk}-{case.pk}")


@needs(Permission.CASE_EDIT)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a contact right."""
    rows = access.visible(request, Contact).select_related("case__household").prefetch_related("people")
    contact = access.get(request, Contact, pk, rows=rows)
    members = _once(members_past_and_present(contact.case.household))
    form = EditContactForm.of(contact, request.POST or None, members=members)
    if saved(request, form, partial(edit_contact, contact=contact, by=access.person(request))):
        messages.success(request, "Contact changed")
        return redirect("cases:case", contact.case_id)
    return _shown(request, contact.case, "contact", form)


def _usual(case: Case, members: Sequence[Membership]) -> dict[str, Any]:
    """Guess what is usual, so that most contacts need few words: now, as last time, with the carers."""
    now = timezone.localtime()
    carers = [str(member.person_id) for member in members if member.part == Membership.Part.CARER]
    return {
        "channel": usual_channel(case),
        "people": carers,
        "day": now.date(),
        "time": f"{now:%H:%M}",
        "which": _which(now.replace(second=0, microsecond=0)),
    }


def _once(members: Sequence[Membership]) -> list[Membership]:
    return list({member.person_id: member for member in members}.values())


def _shown(request: HttpRequest, case: Case, template: str, form: EditContactForm, *, draft: str = "") -> HttpResponse:
    return page(
        request,
        f"cases/{template}.html",
        {
            "form": form,
            "caption": str(case.household),
            "back_to": (reverse("cases:case", args=[case.pk]), "Back to the family"),
            "notes": safety_notes(case.household_id),
            "check_again": check_again(),
            "action": reverse("cases:contact", args=[form.stale.pk]) if form.stale else "",
            "draft": draft,
        },
    )

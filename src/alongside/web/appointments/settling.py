"""Saying what became of an appointment, and who came to a group, kindly where somebody could not make it."""

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.appointments.models import Appointment, Attendance
from alongside.records.appointments.services import settle_appointment
from alongside.records.people.knowing import know
from alongside.records.people.models import Person
from alongside.records.people.queries import members_past_and_present
from alongside.web.dates import moment
from alongside.web.rendering import page
from alongside.web.saving import EditForm, saved

Status = Appointment.Status
UNSAID = "unsaid"
CAME = [*Attendance.Came.choices, (UNSAID, "Not asked, or not known")]


class SettleForm(EditForm):
    """What became of it, and whether the carer is told kindly."""

    status = forms.ChoiceField(label="What became of it?", widget=forms.RadioSelect, choices=())
    kind_words = forms.BooleanField(
        label="Send kind words about it", required=False, help_text="By the way that they were invited."
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], asked: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["status"].choices = choices  # type: ignore[attr-defined]
        self.asked = {_name(person.pk): person.pk for person in asked}
        for person in asked:
            label = f"{person.known_as or person.name} at the group"
            self.fields[_name(person.pk)] = forms.ChoiceField(
                label=label, widget=forms.RadioSelect, choices=CAME, required=False, initial=UNSAID
            )

    @staticmethod
    def stored(row: Appointment) -> dict[str, Any]:
        """What is known of it now."""
        booked = row.status == Status.BOOKED
        came = {_name(one.person_id): one.came for one in row.attendances.all()}
        return {"status": "" if booked else row.status, "kind_words": row.tell != Appointment.Tell.NOBODY, **came}

    def facts(self) -> dict[str, Any]:
        """Put who came together; only a group that is over says so."""
        told = {name: value for name, value in super().facts().items() if name not in self.asked}
        said = {person: self.cleaned_data[name] for name, person in self.asked.items()}
        came = {person: answer for person, answer in said.items() if answer in Attendance.Came.values}
        return told | ({"came": came} if self.asked else {})


def _name(person: UUID) -> str:
    return f"came_{person.hex}"


@needs(Permission.CASE_EDIT)
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how it went, or call it off."""
    appointment = access.get(request, Appointment, pk, related=("case__household", "worker", "person"))
    was_booked = appointment.status == Status.BOOKED
    form = SettleForm.of(appointment, request.POST or None, choices=_choices(appointment), asked=_asked(appointment))
    if saved(request, form, partial(settle_appointment, appointment=appointment, by=access.person(request))):
        if form.cleaned_data["status"] == Status.KEPT and was_booked:
            return redirect(_log(appointment))
        return redirect("appointments:family", appointment.case_id)
    context = {
        "form": form,
        "caption": f"{appointment.get_channel_display()}, {moment(appointment.at)}",
        "back_to": (reverse("appointments:family", args=[appointment.case_id]), "Back to the appointments"),
        "over": appointment.is_over(timezone.now()),
        "told": appointment.tell != Appointment.Tell.NOBODY,
        "known": know(appointment.case.household_id, access.person(request)),
    }
    return page(request, "appointments/settle.html", context)


def _choices(appointment: Appointment) -> list[tuple[str, str]]:
    over = (Status.KEPT, Status.MISSED) if appointment.is_over(timezone.now()) else ()
    return [(one.value, str(one.label)) for one in (*over, Status.THEY_CALLED_OFF, Status.WE_CALLED_OFF)]


def _asked(appointment: Appointment) -> list[Person]:
    """Give those of a family who may have come to a group that is over, and of whom it is said already."""
    if appointment.channel != Appointment.Channel.GROUP or not appointment.is_over(timezone.now()):
        return []
    said = {one.person_id for one in appointment.attendances.all()}
    members = members_past_and_present(appointment.case.household)
    return [one.person for one in members if one.until is None or one.person_id in said]


def _log(appointment: Appointment) -> str:
    """Lead on to the note of what was said, with what is known of it already."""
    known = {"channel": appointment.channel, "at": appointment.at.isoformat(), "minutes": appointment.minutes}
    return reverse("cases:log", args=[appointment.case_id]) + "?" + urlencode(known)

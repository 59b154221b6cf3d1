"""A family's appointments, booking one, and moving it."""

from functools import partial
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
from alongside.core.base.errors import Refused
from alongside.records.appointments.models import Appointment
from alongside.records.appointments.queries import appointments_of, taken_by
from alongside.records.appointments.rules import Span, doubts
from alongside.records.appointments.services import book_appointment, change_appointment, check_booking
from alongside.records.cases.models import Case
from alongside.records.cases.queries import usual_channel
from alongside.records.people.knowing import Known, know
from alongside.records.people.models import Membership, Person
from alongside.records.people.queries import members_past_and_present
from alongside.records.trials.queries import around
from alongside.web.forms import DayField
from alongside.web.moments import MomentForm, clock_field, which_field, which_of
from alongside.web.rendering import page
from alongside.web.saving import EditForm, NewForm, saved

MINUTES = 45


class AppointmentForm(MomentForm, EditForm):
    """What is said of one appointment."""

    channel = forms.ChoiceField(label="How", choices=Appointment.Channel.choices, widget=forms.RadioSelect)
    day = DayField(label="Day", error_messages={"required": "Enter the day"})
    time = clock_field()
    which = which_field()
    minutes = forms.IntegerField(
        label="Minutes", min_value=5, max_value=600, initial=MINUTES, widget=forms.NumberInput(attrs={"size": 4})
    )
    travel_minutes = forms.IntegerField(
        label="Minutes on the way, each way",
        min_value=0,
        max_value=300,
        initial=0,
        widget=forms.NumberInput(attrs={"size": 4}),
    )
    place = forms.CharField(
        label="Where", required=False, max_length=200, help_text="For a visit, our place or a group. The carer sees it."
    )
    link = forms.CharField(
        label="Link to the video call",
        help_text=f"From {', '.join(settings.VIDEO_HOSTS)}. No other link can be sent." if settings.VIDEO_HOSTS else "",
        required=False,
        max_length=500,
    )
    person = forms.ChoiceField(label="With whom", widget=forms.RadioSelect, required=False, choices=())
    tell = forms.ChoiceField(
        label="Whom shall we tell, and remind the day before?",
        choices=Appointment.Tell.choices,
        widget=forms.RadioSelect,
        help_text="The message says who, when and how, and nothing else. Read what to know before calling first.",
    )
    words = forms.CharField(label="What it is for", required=False, max_length=300, help_text="Only we see this.")
    sure = forms.BooleanField(label="Book it all the same", required=False)

    def __init__(
        self, *args: Any, members: list[Membership], others: dict[UUID, Span], known: Known, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.others = others
        self.safe_times = [note.safe_times for note in known.notes if note.safe_times]
        self.doubts: list[str] = []
        self.persons: dict[str, Person] = {str(one.person_id): one.person for one in members}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (key, person.known_as or person.name) for key, person in self.persons.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Where all else is right and the time gives doubts, ask again, once."""
        told = super().clean()
        if self.errors:
            return told
        try:
            check_booking(self.facts())
        except Refused as refusal:
            self.add_error(refusal.field, refusal.sentence)
            return told
        others = [span for pk, span in self.others.items() if pk != told.get("submission")]
        zone = timezone.get_current_timezone()
        self.doubts = list(doubts(told["at"], told["minutes"], told["travel_minutes"], others, zone))
        self.doubts += [f"Safe times for this family: {words.rstrip('.')}" for words in self.safe_times]
        if self.doubts and not told["sure"]:
            self.add_error("sure", f"{'. '.join(self.doubts)}. Choose another time, or tick to book it anyway")
        return told

    def facts(self) -> dict[str, Any]:
        """Tell whom it is with; that one is sure is for this page alone."""
        told = {name: value for name, value in super().facts().items() if name != "sure"}
        return {**told, "person": self.persons.get(told["person"])}

    @staticmethod
    def stored(row: Appointment) -> dict[str, Any]:
        """What the appointment says now."""
        local = timezone.localtime(row.at)
        same = ("channel", "minutes", "travel_minutes", "place", "link", "tell", "words")
        return {
            **{name: getattr(row, name) for name in same},
            "day": local.date(),
            "time": local.time().replace(second=0, microsecond=0),
            "which": which_of(local),
            "person": str(row.person_id or ""),
        }


class NewAppointmentForm(AppointmentForm, NewForm):
    """A new appointment."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def facts(self) -> dict[str, Any]:
        """A new row has no version yet."""
        return {name: value for name, value in super().facts().items() if name != "version"}


@needs(Permission.CASE_SEE)
def family(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List a family's appointments, those to come first."""
    case = access.get(request, Case, pk, what="appointments opened", related=("household",))
    booked: list[Appointment] = []
    settled: list[Appointment] = []
    for one in appointments_of(case):
        (booked if one.status == Appointment.Status.BOOKED else settled).append(one)
    context = {"case": case, "booked": booked[::-1], "settled": settled, "now": timezone.now()}
    context |= {"known": know(case.household_id, access.person(request)), "trials": around(case)}
    return page(request, "appointments/family.html", context)


@needs(Permission.CASE_EDIT)
def book(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Book an appointment."""
    case = access.get(request, Case, pk, related=("household", "worker"))
    members, by = _members(case), access.person(request)
    known, others = know(case.household_id, by), taken_by(case.worker_id or by.pk)
    form = NewAppointmentForm(
        request.POST or None, members=members, others=others, known=known, initial=_usual(case, members)
    )
    if saved(request, form, partial(book_appointment, case=case, by=by), "Appointment booked"):
        return redirect("appointments:family", case.pk)
    return _shown(request, case, form, known, "book")


@needs(Permission.CASE_EDIT)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move an appointment, or put it right."""
    appointment = access.get(request, Appointment, pk, related=("case__household", "worker", "person"))
    others = {pk: span for pk, span in taken_by(appointment.worker_id).items() if pk != appointment.pk}
    members, by = _members(appointment.case), access.person(request)
    known = know(appointment.case.household_id, by)
    form = AppointmentForm.of(appointment, request.POST or None, members=members, others=others, known=known)
    if saved(request, form, partial(change_appointment, appointment=appointment, by=by), "Appointment changed"):
        return redirect("appointments:family", appointment.case_id)
    return _shown(request, appointment.case, form, known, "change")


def _members(case: Case) -> list[Membership]:
    """Give the carers and other grown people who live there now."""
    here = [one for one in members_past_and_present(case.household) if one.until is None]
    return [one for one in here if one.part != Membership.Part.CHILD]


def _usual(case: Case, members: list[Membership]) -> dict[str, Any]:
    """Guess how and with whom. Nobody is written to unless somebody says that it is safe."""
    usual = usual_channel(case)
    channel = usual if usual in Appointment.Channel.values else Appointment.Channel.PHONE
    person = str(members[0].person_id) if members else ""
    return {"channel": channel, "person": person, "tell": Appointment.Tell.NOBODY}


def _shown(request: HttpRequest, case: Case, form: AppointmentForm, known: Known, template: str) -> HttpResponse:
    action = reverse("appointments:change", args=[form.stale.pk]) if form.stale else ""
    back_to = (reverse("appointments:family", args=[case.pk]), "Back to the appointments")
    context = {"form": form, "caption": str(case.household), "back_to": back_to, "action": action, "known": known}
    return page(request, f"appointments/{template}.html", context)

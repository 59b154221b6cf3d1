"""Appointments with families, and the private addresses from which workers' calendars read them."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from alongside.core.agencies.models import Owned, OwnedQuerySet, User
from alongside.records.appointments.rules import Span, taken
from alongside.records.cases.models import Case, OfCaseQuerySet
from alongside.records.people.models import Person, held_by


class Appointment(Owned):
    """When, how and with whom a worker and a family will meet or speak, and what became of it."""

    class Channel(models.TextChoices):
        PHONE = "phone", "Phone call"
        VIDEO = "video", "Video call"
        HOME = "home", "Home visit"
        OFFICE = "office", "At our place"
        GROUP = "group", "At a group"

    class Tell(models.TextChoices):
        NOBODY = "nobody", "Nobody: they know already, or it is not safe to write"
        EMAIL = "email", "The carer, by e-mail"
        TEXT = "text", "The carer, by text message"

    class Status(models.TextChoices):
        BOOKED = "booked", "Booked"
        KEPT = "kept", "It took place"
        MISSED = "missed", "They could not make it"
        THEY_CALLED_OFF = "they_called_off", "They called it off"
        WE_CALLED_OFF = "we_called_off", "We called it off"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appointments")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(5), MaxValueValidator(600)])
    travel_minutes = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(300)])
    channel = models.CharField(max_length=6, choices=Channel)
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=500, blank=True)
    words = models.CharField(max_length=300, blank=True)
    tell = models.CharField(max_length=6, choices=Tell)
    status = models.CharField(max_length=15, choices=Status, default=Status.BOOKED)
    reminded_at = models.DateTimeField(null=True, blank=True)

    case_id: UUID
    worker_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "-at"], name="appointment_of_case"),
            models.Index(fields=["worker", "at"], condition=models.Q(status="booked"), name="appointment_booked"),
            models.Index(fields=["at"], condition=models.Q(status="booked"), name="appointment_to_come"),
        ]

    @property
    def takes(self) -> Span:
        """From when to when it takes its worker."""
        return taken(self.at, self.minutes, self.travel_minutes)

    def is_over(self, now: datetime) -> bool:
        """Say whether its time has come, so that it can be said how it went."""
        return self.at <= now


class OfAppointmentQuerySet(OwnedQuerySet):
    """Rows of an appointment, seen wherever its case is seen."""

    def visible_to(self, user: User) -> Self:
        """Give the rows of appointments in cases that this person may see."""
        return self.filter(held_by(user, "appointment__case__"))


class Attendance(Owned):
    """Whether somebody of a family came to a group that the family was asked to."""

    class Came(models.TextChoices):
        CAME = "came", "Came"
        DID_NOT = "did_not", "Did not come"
        SORRY = "sorry", "Said sorry"

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    came = models.CharField(max_length=7, choices=Came)

    appointment_id: UUID
    person_id: UUID
    objects = OfAppointmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "person"], name="attendance_of_each_once")]


class CalendarFeedQuerySet(OwnedQuerySet):
    """Addresses of calendars."""

    def visible_to(self, user: User) -> Self:
        """Give one's own."""
        return self.filter(user=user.pk, agency=user.agency_id)


class CalendarFeed(Owned):
    """A private address from which one worker's own calendar reads their appointments, until they end it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

"""What comes in and goes out: files that an authority handed in, and extracts that an evaluator asks for.

What was handed in, what was found in it and the children whom a referrer picked from a return belong to the referrer's
agency. The provider sees nothing of it until a referral is sent.
"""

from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.core.agencies.models import Agency, Owned, OwnedQuerySet, User
from alongside.core.agencies.permissions import Permission, Role
from alongside.insight.evaluation.models import Cohort
from alongside.records.people.models import Arrangement, ThreeWay
from alongside.records.referrals.models import Referral


class HandedInQuerySet(OwnedQuerySet):
    """What one agency's referrers handed in."""

    def visible_to(self, user: User) -> Self:
        """Referrers see what their own agency handed in; nobody else sees any of it."""
        return self.filter(agency=user.agency_id) if user.role == Role.REFERRER else self.none()


class Import(Owned):
    """A file, or the files of one return, on its way from being handed in to being used.

    ``found`` counts the rows of each verdict; ``answers`` keeps what was chosen when it was confirmed.
    """

    class Kind(models.TextChoices):
        FAMILIES = "families", "A spreadsheet of families"
        RETURN = "return", "An SSDA903 return"

    class Status(models.TextChoices):
        READING = "reading", "Being read"
        REFUSED = "refused", "Could not be read"
        READY = "ready", "Waiting for you"
        ADDING = "adding", "Being added"
        DONE = "done", "Added"
        DROPPED = "dropped", "Not used"

    kind = models.CharField(max_length=8, choices=Kind)
    filename = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=8, choices=Status, default=Status.READING)
    status_at = models.DateTimeField()
    refusal = models.TextField(blank=True)
    found = models.JSONField(default=dict, blank=True)
    with_alike = models.BooleanField(default=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = HandedInQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "kind", "-created_at", "-id"], name="import_of_agency"),
            models.Index(fields=["status", "status_at"], name="import_status"),
        ]

    def __str__(self) -> str:
        return self.filename


class ImportFile(models.Model):
    """The bytes of a file, kept only until they have been read."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    content = models.BinaryField()

    objects = HandedInQuerySet.as_manager()


class ImportRow(models.Model):
    """Something found in a file and not saved anywhere yet: a family, a child or a problem.

    ``place`` counts from nought within each verdict, so that a page of them is found without counting.
    """

    class Verdict(models.TextChoices):
        NEW = "new", "New"
        ALIKE = "alike", "Looks like one already referred"
        KNOWN = "known", "Already referred"
        GROWN = "grown", "Grown up since"
        PROBLEM = "problem", "A problem"

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+", db_index=False)
    verdict = models.CharField(max_length=7, choices=Verdict)
    place = models.PositiveIntegerField()
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()

    objects = HandedInQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["imported", "verdict", "place"], name="import_row_place")]


class PickedChild(Owned):
    """A child of a return whom a referrer picked to be offered support, until and after a referral is sent."""

    child = models.CharField(max_length=60)
    birth_date = models.DateField(null=True, blank=True)
    arrangement = models.CharField(max_length=21, choices=Arrangement.Kind)
    arrangement_since = models.DateField()
    looked_after_before = models.CharField(max_length=7, choices=ThreeWay, default=ThreeWay.UNKNOWN)
    why = models.TextField()
    picked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    referral_id: UUID | None
    objects = HandedInQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "child"], name="child_picked_once")]
        verbose_name = "picked child"

    def __str__(self) -> str:
        return self.child


class ExtractQuerySet(OwnedQuerySet):
    """Extracts of one agency's cohorts."""

    def visible_to(self, user: User) -> Self:
        """Give those of one's own agency to who may ask for them and to who approves them."""
        sees = user.may(Permission.EXTRACT_ASK) or user.may(Permission.EXTRACT_APPROVE)
        return self.filter(agency=user.agency_id) if sees else self.none()


class Extract(Owned):
    """Columns of a frozen cohort for one project: what for, who answered and how, and until when it may be taken.

    ``columns`` are names of ``exchange/extract_columns.py``. ``sealed_key`` makes this project's own pseudonyms, so
    that no two projects can be joined by them; it is there from the approval on.
    """

    class Answer(models.TextChoices):
        WAITING = "", "Waiting for an answer"
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Refused"

    project = models.CharField(max_length=120)
    purpose = models.TextField(max_length=1000)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="extracts")
    columns = models.JSONField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(max_length=1000, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    sealed_key = models.TextField(blank=True, editable=False)

    asked_by_id: UUID
    cohort_id: UUID
    objects = ExtractQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None)
                | (
                    Q(answer="approved", answered_by__isnull=False, expires_on__isnull=False)
                    & ~Q(sealed_key="")
                    & ~Q(answered_by=models.F("asked_by"))
                )
                | (Q(answer="refused", answered_by__isnull=False) & ~Q(reason="")),
                name="extract_answered_by_another",
            )
        ]

    def __str__(self) -> str:
        return self.project

    def may_be_taken(self, today: date) -> bool:
        """Say whether it is approved and its last day has not passed."""
        return self.answer == self.Answer.APPROVED and self.expires_on is not None and today <= self.expires_on

"""Files that an authority handed in, what was found in them, and the children whom a referrer picked from a return.

All of it belongs to the referrer's agency. The provider sees nothing of it until a referral is sent.
"""

from typing import Any, Self
from uuid import UUID

from django.db import models

from alongside.core.agencies.models import Agency, Owned, OwnedQuerySet, User
from alongside.core.agencies.permissions import Role
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

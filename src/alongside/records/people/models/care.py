"""On what footing a child lives with a carer, the plans that the child is on, and what to know before calling."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.core.agencies.models import Agency, Owned, User
from alongside.core.agencies.permissions import Role
from alongside.records.people.models.who import (
    Household,
    InHouseholdQuerySet,
    OfHouseholdQuerySet,
    Person,
    Precision,
    ThreeWay,
)


class Arrangement(Owned):
    """On what footing a child lives with a carer, from when to when. A child's arrangements make a history.

    The last ten dates set the clocks of law going or stop them; each is blank until somebody says it.
    """

    class Kind(models.TextChoices):
        INFORMAL = "informal", "Informal, no order"
        PRIVATE_FOSTERING = "private_fostering", "Private fostering"
        CONNECTED_FOSTER = "connected_foster", "Kinship foster care"
        CHILD_ARRANGEMENTS = "child_arrangements", "Child arrangements order"
        SPECIAL_GUARDIANSHIP = "special_guardianship", "Special guardianship order"
        ADOPTION = "adoption", "Adoption"
        TESTAMENTARY_GUARDIAN = "testamentary_guardian", "Testamentary guardian"
        UNKNOWN = "unknown", "Not known"

    class Stage(models.TextChoices):
        NONE = "none", "No order asked for"
        APPLIED = "applied", "Applied for"
        INTERIM = "interim", "Interim"
        FINAL = "final", "Final"

    class Proceedings(models.TextChoices):
        PUBLIC = "public", "Public law (the authority went to court)"
        PRIVATE = "private", "Private law (the family went to court)"
        NONE = "none", "None"
        UNKNOWN = "unknown", "Not known"

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="arrangements")
    carer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=21, choices=Kind)
    stage = models.CharField(max_length=7, choices=Stage, default=Stage.NONE)
    proceedings = models.CharField(max_length=7, choices=Proceedings, default=Proceedings.UNKNOWN)
    looked_after_before = models.CharField(max_length=7, choices=ThreeWay, default=ThreeWay.UNKNOWN)
    looked_after_evidence = models.CharField(max_length=200, blank=True)
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_on = models.DateField(null=True, blank=True)
    started_precision = models.CharField(max_length=7, choices=Precision, default=Precision.EXACT)
    ended_on = models.DateField(null=True, blank=True)
    planned_for = models.DateField("the day they are to move in", null=True, blank=True)
    authority_told_on = models.DateField("the council was told on", null=True, blank=True)
    temporarily_approved_on = models.DateField(null=True, blank=True)
    approval_extended_on = models.DateField(null=True, blank=True)
    approval_decided_on = models.DateField(null=True, blank=True)
    visited_on = models.DateField("the social worker last visited on", null=True, blank=True)
    reviewed_on = models.DateField("the first review was on", null=True, blank=True)
    fund_assessed_on = models.DateField(null=True, blank=True)
    fund_applied_on = models.DateField(null=True, blank=True)
    allowance_claimed_on = models.DateField("Guardian's Allowance was claimed on", null=True, blank=True)

    child_id: UUID
    carer_id: UUID | None
    objects = InHouseholdQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["child", "started_on"], name="arrangement_history")]


class PlanStatus(Owned):
    """That a child was on a plan or looked after, from when to when, and who said so."""

    class Kind(models.TextChoices):
        CHILD_IN_NEED = "child_in_need", "Child in need plan"
        CHILD_PROTECTION = "child_protection", "Child protection plan"
        LOOKED_AFTER = "looked_after", "Looked after"

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=16, choices=Kind)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    said_by = models.CharField(max_length=120)

    child_id: UUID
    objects = InHouseholdQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "plan statuses"


class SafetyNote(Owned):
    """What to know before calling: safe times, safe words, and who must not be told."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="safety_notes")
    words = models.TextField(max_length=1000, blank=True)
    not_told = models.CharField(max_length=300, blank=True)
    safe_times = models.CharField(max_length=300, blank=True)
    safe_words = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    household_id: UUID
    objects = OfHouseholdQuerySet.as_manager()


class FlagQuerySet(OfHouseholdQuerySet):
    """Flags, each seen by those whom it is for among those who see the household."""

    def visible_to(self, user: User) -> Self:
        """Managers see all; the family's own worker those for her; the others of the team those for everybody."""
        return super().visible_to(user).filter(seen_flags(user))


def seen_flags(user: User) -> Q:
    """Say which flags of a household that this person sees are for them."""
    if user.role == Role.MANAGER:
        return Q()
    return Q(seen_by=Flag.SeenBy.ALL) | Q(seen_by=Flag.SeenBy.WORKER, household__worker=user.pk)


class Flag(Owned):
    """A warning about a household: what to do, how we know, for whose eyes, when to look again and when it ends."""

    class Kind(models.TextChoices):
        VISITS = "visits", "Visits"
        PERSON = "person", "Somebody who may be a danger"
        COURT = "court", "Court order or bail condition"
        HEALTH = "health", "Health"
        OTHER = "other", "Something else"

    class SeenBy(models.TextChoices):
        ALL = "all", "Everybody who sees this family"
        WORKER = "worker", "Their worker, and managers"
        MANAGERS = "managers", "Managers only"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="flags")
    kind = models.CharField(max_length=6, choices=Kind)
    words = models.CharField(max_length=300)
    reason = models.TextField(max_length=1000)
    seen_by = models.CharField(max_length=8, choices=SeenBy)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()
    expires_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    household_id: UUID
    objects = FlagQuerySet.as_manager()

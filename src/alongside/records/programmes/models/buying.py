"""What may be had: programmes, the contracts under which they are bought, and what was decided on each referral."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.core.agencies.models import Agency, Owned, OwnedQuerySet, User
from alongside.core.agencies.permissions import Role
from alongside.core.base.models import Record
from alongside.records.people.models import hidden_homes
from alongside.records.referrals.models import Referral


class Programme(Record):
    """A way of working with families, loaded from its data file; ``definition`` is that file's content."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    edition = models.CharField(max_length=20)
    definition = models.JSONField()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class BoughtQuerySet(OwnedQuerySet):
    """What one agency buys of another, seen by the agency that serves and the one that pays."""

    def visible_to(self, user: User) -> Self:
        """Managers see what their agency serves; commissioners what their agency buys."""
        if user.role == Role.MANAGER:
            return self.filter(agency=user.agency_id)
        if user.role == Role.COMMISSIONER:
            return self.filter(purchaser=user.agency_id)
        return self.none()


class Contract(Owned):
    """What a purchaser bought: which programme, for which areas and arrangements, from when to when, how many places.

    ``arrangements`` lists the arrangement kinds it is for (none listed: any). ``price_pence`` is for the whole term.
    ``length_weeks`` and ``sessions`` are what each family may have; ``tier`` is the level that was bought, where the
    programme has levels.
    """

    class Payer(models.TextChoices):
        PURCHASER = "purchaser", "The purchaser's own money"
        FUND = "fund", "The adoption and special guardianship support fund"

    purchaser = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    places = models.PositiveIntegerField()
    price_pence = models.PositiveBigIntegerField(null=True, blank=True)
    payer = models.CharField(max_length=9, choices=Payer, default=Payer.PURCHASER)
    areas = models.ManyToManyField(Agency, related_name="+")
    arrangements = models.JSONField(default=list, blank=True)
    looked_after_before_required = models.BooleanField(default=False)
    first_contact_days = models.PositiveSmallIntegerField(
        default=5, help_text="Working days from referral to first contact."
    )
    review_weeks = models.PositiveSmallIntegerField(default=12)
    length_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    sessions = models.PositiveSmallIntegerField(null=True, blank=True)
    tier = models.SlugField(max_length=40, blank=True, db_index=False)

    purchaser_id: UUID
    programme_id: UUID
    objects = BoughtQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="contract_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.name


class DecisionQuerySet(OwnedQuerySet):
    """Decisions, for those who decide."""

    def visible_to(self, user: User) -> Self:
        """Managers see their agency's decisions, but not on families that they may not know of."""
        if user.role != Role.MANAGER:
            return self.none()
        return self.filter(agency=user.agency_id).exclude(referral__household__in=hidden_homes(user))


class Decision(Owned):
    """What was decided on a referral, under which contract, why, and how eligibility stood at that moment."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        WAITING = "waiting", "Put on the waiting list"
        SIGNPOSTED = "signposted", "Signposted elsewhere"
        DECLINED = "declined", "Not taken on"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="decisions")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    words = models.TextField(max_length=2000)
    eligibility = models.JSONField(default=dict, blank=True)
    decided_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    referral_id: UUID
    contract_id: UUID | None
    by_id: UUID
    objects = DecisionQuerySet.as_manager()

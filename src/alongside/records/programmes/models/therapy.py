"""Therapy beside the work: what a fund agreed to pay for a child, and each session against it."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.core.agencies.models import Owned, OwnedQuerySet, User
from alongside.records.cases.models import Case, OfCaseQuerySet
from alongside.records.people.models import Person, held_by


class FundAgreement(Owned):
    """What a fund agreed to pay for one child, with which therapist, from when to when.

    ``over_words`` says who pays what goes beyond the fund's limit for the year.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="fund_agreements")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    fund = models.SlugField(max_length=40, db_index=False)
    reference = models.CharField(max_length=60, blank=True)
    therapist = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    pence = models.PositiveIntegerField()
    over_words = models.CharField(max_length=300, blank=True)

    case_id: UUID
    child_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="fund_agreement_ends_after_it_starts")
        ]


class OfAgreementQuerySet(OwnedQuerySet):
    """Rows of an agreement, seen wherever its case is seen."""

    def visible_to(self, user: User) -> Self:
        """Give the rows of agreements in cases that this person may see."""
        return self.filter(held_by(user, "agreement__case__"))


class TherapySession(Owned):
    """One session with a therapist, and what it cost the agreement. What was said in it is the therapist's record."""

    class Outcome(models.TextChoices):
        ATTENDED = "attended", "They came"
        MISSED = "missed", "They could not make it"
        CALLED_OFF = "called_off", "Called off"

    agreement = models.ForeignKey(FundAgreement, on_delete=models.PROTECT, related_name="sessions")
    on = models.DateField()
    therapist = models.CharField(max_length=120)
    outcome = models.CharField(max_length=10, choices=Outcome)
    pence = models.PositiveIntegerField()

    agreement_id: UUID
    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-id")

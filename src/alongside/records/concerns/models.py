"""A concern, and each thing that was done about it. Nobody can take either away: the database refuses."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.core.agencies.models import Owned, OwnedQuerySet, User
from alongside.core.agencies.permissions import Role
from alongside.records.cases.models import Case
from alongside.records.concerns.rules import Facts
from alongside.records.people.models import held_by


def may_know(user: User, path: str = "") -> Q:
    """Say which concerns somebody sees: those of the families that they see, and of no family yet, their own.

    Managers see all that are of no family yet, as they are to find the family.
    """
    unplaced = Q(**{f"{path}case": None})
    if user.role != Role.MANAGER:
        unplaced &= Q(**{f"{path}raised_by": user.pk})
    return Q(**{f"{path}agency": user.agency_id}) & (held_by(user, f"{path}case__") | unplaced)


class ConcernQuerySet(OwnedQuerySet):
    """Concerns, narrowed to those one may know of."""

    def visible_to(self, user: User) -> Self:
        """Give the concerns that this person may know of."""
        return self.filter(may_know(user))


class OfConcernQuerySet(OwnedQuerySet):
    """Rows of a concern, seen by those who may know of it."""

    def visible_to(self, user: User) -> Self:
        """Give the rows of concerns that this person may know of."""
        return self.filter(may_know(user, "concern__"))


class Concern(Owned):
    """That somebody may be at risk: what was seen or heard, and where it stands.

    What was said at first never changes. ``origin`` is the link or the answers from which it came, so that nothing
    opens two. ``due_at`` is when the next thing is due, kept by the services, so that a list needs no sums.
    """

    class Source(models.TextChoices):
        WORKER = "worker", "Somebody who works here was worried"
        CARER = "carer", "The carer asked to talk to somebody now"
        ANSWERS = "answers", "An answer to a questionnaire"

    class Outcome(models.TextChoices):
        AUTHORITY_ACTS = "authority_acts", "The authority is acting"
        SUPPORT_CHANGED = "support_changed", "We changed how we support the family"
        SUPPORT_GOES_ON = "support_goes_on", "Our support goes on as it was"
        NOBODY_AT_RISK = "nobody_at_risk", "We looked into it, and nobody is at risk"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns")
    about = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=8000)
    danger = models.BooleanField()
    noticed_on = models.DateField()
    source = models.CharField(max_length=7, choices=Source, default=Source.WORKER)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    origin = models.UUIDField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    told = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=15, choices=Outcome, blank=True)

    case_id: UUID | None
    raised_by_id: UUID | None
    objects = ConcernQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "due_at", "id"], condition=Q(closed_at=None), name="concern_open"),
            models.Index(fields=["agency", "-closed_at", "-id"], name="concern_closed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "source"], condition=Q(origin__isnull=False), name="concern_once_an_origin"
            )
        ]

    @property
    def facts(self) -> Facts:
        """What the rules ask of it."""
        return Facts(
            recorded_at=self.created_at,
            danger=self.danger,
            seen_at=self.seen_at,
            decided_at=self.decided_at,
            told=self.told,
            answered_at=self.answered_at,
            closed_at=self.closed_at,
        )


class ConcernStep(Owned):
    """One thing that was done about a concern: by whom, when, and in their words. It is never changed."""

    class Kind(models.TextChoices):
        SEEN = "seen", "A manager read it"
        TOLD = "told", "The authority was told"
        NOT_TOLD = "not_told", "The authority does not need to be told"
        ANSWERED = "answered", "The authority said what it will do"
        NOTE = "note", "Added"
        PLACED = "placed", "The family was found"
        CLOSED = "closed", "Closed"
        REOPENED = "reopened", "Opened again"
        REMINDED = "reminded", "The hour passed, and managers were told again"

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField()
    whom = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=8000, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    concern_id: UUID
    objects = OfConcernQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["concern", "at", "id"], name="step_of_concern")]

"""A family's places in programmes: from when to when, pauses, more time, moves, and what was offered on the way."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.core.agencies.models import Owned, OwnedQuerySet, User
from alongside.records.cases.models import Case, Contact, OfCaseQuerySet
from alongside.records.people.models import held_by
from alongside.records.programmes.models.buying import Contract
from alongside.records.programmes.rules import moves, practice


class Enrolment(Owned):
    """That a case takes up a place in a contract, from when to when. A family may be in two programmes at once.

    What its pauses and its agreed extensions come to is kept here by their services, so that a list can say the week.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="enrolments")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="enrolments")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    days_stopped = models.PositiveIntegerField(default=0, editable=False)
    stopped_since = models.DateField(null=True, blank=True, editable=False)
    more_weeks = models.PositiveIntegerField(default=0, editable=False)
    more_sessions = models.PositiveIntegerField(default=0, editable=False)

    case_id: UUID
    contract_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["contract", "started_on"], name="enrolment_of_contract")]


class OfEnrolmentQuerySet(OwnedQuerySet):
    """Rows of an enrolment, seen wherever its case is seen."""

    def visible_to(self, user: User) -> Self:
        """Give the rows of enrolments in cases that this person may see."""
        return self.filter(held_by(user, "enrolment__case__"))


class Pause(Owned):
    """A time that was agreed with a family in which a programme's clock stands still; ``until`` is counted again."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="pauses")
    since = models.DateField()
    reason = models.CharField(max_length=300)
    expected_on = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    enrolment_id: UUID
    objects = OfEnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ("since", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="pause_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["enrolment"], condition=Q(until=None), name="pause_one_at_a_time"),
        ]


class Extension(Owned):
    """More weeks or sessions that a worker asks for, why, and what the manager said."""

    class Answer(models.TextChoices):
        ASKED = "asked", "Waits for the manager"
        AGREED = "agreed", "Agreed"
        DECLINED = "declined", "Not agreed"

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="extensions")
    weeks = models.PositiveSmallIntegerField(default=0)
    sessions = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=1000)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.ASKED)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    answer_words = models.CharField(max_length=1000, blank=True)

    enrolment_id: UUID
    asked_by_id: UUID
    answered_by_id: UUID | None
    objects = OfEnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ("asked_on", "id")
        constraints = [
            models.UniqueConstraint(fields=["enrolment"], condition=Q(answer="asked"), name="extension_asked_once")
        ]


class Move(Owned):
    """That a family went from one programme to another, or back to their authority, why, and what was handed over."""

    class Way(models.TextChoices):
        STEP_UP = moves.Way.STEP_UP, "Step up"
        STEP_DOWN = moves.Way.STEP_DOWN, "Step down"
        HAND_OVER = moves.Way.HAND_OVER, "Handed over"
        TO_AUTHORITY = moves.Way.TO_AUTHORITY, "Back to the authority"

    class Agreement(models.TextChoices):
        AGREED = moves.Agreement.AGREED, "They agreed"
        DID_NOT_AGREE = moves.Agreement.DID_NOT_AGREE, "They did not agree"
        NOT_ASKED = moves.Agreement.NOT_ASKED, "We could not ask them yet"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moves")
    left = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="move")
    joined = models.ForeignKey(Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField(max_length=12, choices=Way)
    moved_on = models.DateField()
    reason = models.CharField(max_length=1000)
    agreement = models.CharField(max_length=13, choices=Agreement)
    carer_words = models.CharField(max_length=1000)
    note = models.TextField(max_length=8000)
    worker_before = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    worker_after = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    case_id: UUID
    left_id: UUID
    joined_id: UUID | None
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("moved_on", "id")
        indexes = [models.Index(fields=["case", "moved_on"], name="move_of_case")]


class Support(Owned):
    """Something that was offered to a family or done for them beside the sessions, and what they said."""

    class Kind(models.TextChoices):
        PEER = practice.PEER, "Peer support, such as a carer to ring"
        GROUP = practice.GROUP, "A group"
        ADVICE = practice.ADVICE, "Advice for this family"
        ENTITLEMENTS = practice.ENTITLEMENTS, "A check of what they are entitled to"
        PLANS = practice.PLANS, "Asked how each child's plan stands"

    class Reply(models.TextChoices):
        YES = "yes", "They took it up"
        THINKING = "thinking", "They are thinking about it"
        NO = "no", "Not for them just now"
        DONE = "done", "Done"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supports")
    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField()
    words = models.CharField(max_length=2000, blank=True)
    reply = models.CharField(max_length=8, choices=Reply)

    case_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-id")
        indexes = [models.Index(fields=["case", "kind", "on"], name="support_of_case")]


class OfContactQuerySet(OwnedQuerySet):
    """Rows of a contact, seen wherever its case is seen."""

    def visible_to(self, user: User) -> Self:
        """Give the rows of contacts in cases that this person may see."""
        return self.filter(held_by(user, "contact__case__"))


class Counting(Owned):
    """That a contact counts as a session of this programme, or of none, where a worker says other than the rule."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="counting")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    contact_id: UUID
    enrolment_id: UUID | None
    objects = OfContactQuerySet.as_manager()

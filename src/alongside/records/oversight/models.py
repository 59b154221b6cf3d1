"""Supervision, audits, samples and what was agreed in them; absences with who stands in; and priority while waiting."""

from typing import Self
from uuid import UUID

from django.db import models

from alongside.core.agencies.models import Owned, OwnedQuerySet, Team, User
from alongside.core.agencies.permissions import Role
from alongside.records.cases.models import Case
from alongside.records.people.models import hidden_homes
from alongside.records.referrals.models import Referral


class ManagersQuerySet(OwnedQuerySet):
    """Rows for those who look after the work."""

    def visible_to(self, user: User) -> Self:
        """Managers see their agency's."""
        return self.filter(agency=user.agency_id) if user.role == Role.MANAGER else self.none()


class AuditQuerySet(ManagersQuerySet):
    """What was found in families' records."""

    def visible_to(self, user: User) -> Self:
        """Managers see it of those families that they may know of."""
        return super().visible_to(user).exclude(case__household__in=hidden_homes(user))


class PriorityQuerySet(ManagersQuerySet):
    """Whose turn comes before others'."""

    def visible_to(self, user: User) -> Self:
        """Managers see it of those families that they may know of."""
        return super().visible_to(user).exclude(referral__household__in=hidden_homes(user))


class BetweenQuerySet(OwnedQuerySet):
    """Rows between a manager and a worker."""

    path = "worker"

    def visible_to(self, user: User) -> Self:
        """Managers see their agency's; family workers those about themselves."""
        held = self.filter(agency=user.agency_id)
        if user.role == Role.MANAGER:
            return held
        return held.filter(**{self.path: user.pk}) if user.role == Role.FAMILY_WORKER else self.none()


class TalkQuerySet(BetweenQuerySet):
    """What was said of a case, seen with its supervision."""

    path = "supervision__worker"

    def visible_to(self, user: User) -> Self:
        """Both who were there see it of those families that they may know of."""
        return super().visible_to(user).exclude(case__household__in=hidden_homes(user))


class AgreedQuerySet(BetweenQuerySet):
    """What was agreed, seen by whoever is to do it."""

    path = "owner"

    def visible_to(self, user: User) -> Self:
        """What was agreed after an audit goes with its family."""
        return super().visible_to(user).exclude(audit__case__household__in=hidden_homes(user))


class CoverQuerySet(OwnedQuerySet):
    """Families that are looked after for somebody else."""

    def visible_to(self, user: User) -> Self:
        """Managers see their agency's; family workers what they hand over or take; nobody a family hidden from them."""
        held = self.filter(agency=user.agency_id).exclude(case__household__in=hidden_homes(user))
        if user.role == Role.MANAGER:
            return held
        if user.role != Role.FAMILY_WORKER:
            return self.none()
        return held.filter(models.Q(absence__worker=user.pk) | models.Q(worker=user.pk))


class Supervision(Owned):
    """One time that a manager and a worker sat down together: how the worker is, and when they meet next."""

    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    words = models.TextField(max_length=8000, blank=True)
    next_on = models.DateField(null=True, blank=True)

    worker_id: UUID
    objects = BetweenQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["worker", "-held_on", "-id"], name="supervision_of_worker")]


class CaseTalk(Owned):
    """What was said of one family in supervision."""

    supervision = models.ForeignKey(Supervision, on_delete=models.PROTECT, related_name="talks")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=4000)

    case_id: UUID
    objects = TalkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supervision", "case"], name="talk_once_a_case")]


class Sample(Owned):
    """Families drawn by chance, so that nobody chooses whose record is read.

    The ``seed`` decides the draw among the cases that were open on its day; with it anybody can draw again. ``pool`` is
    how many those were and ``fingerprint`` that of their ids, so that a later draw can say whether they are the same.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drawn_on = models.DateField()
    size = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=32)
    pool = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    picked = models.JSONField()

    team_id: UUID | None
    objects = ManagersQuerySet.as_manager()


class CaseAudit(Owned):
    """That somebody read a family's record against the questions of the data file, and what they found.

    ``answers`` holds for each question's key the answer and the words that go with it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, null=True, blank=True, related_name="audits")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    audited_on = models.DateField()
    edition = models.CharField(max_length=20)
    answers = models.JSONField()
    words = models.TextField(max_length=4000, blank=True)
    followed_up_on = models.DateField(null=True, blank=True)
    followed_up_words = models.TextField(max_length=2000, blank=True)

    case_id: UUID
    sample_id: UUID | None
    objects = AuditQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agency", "-audited_on", "-id"], name="audit_of_agency")]


class AgreedAction(Owned):
    """What somebody said they would do, in supervision or after an audit, and what came of it."""

    supervision = models.ForeignKey(
        Supervision, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    audit = models.ForeignKey(CaseAudit, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    came_of_it = models.CharField(max_length=300, blank=True)

    owner_id: UUID
    objects = AgreedQuerySet.as_manager()


class Absence(Owned):
    """Days on which a worker is away. Why is nobody's business here. Families are handed over and come back with it."""

    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    words = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField(null=True, blank=True, editable=False)
    over_on = models.DateField(null=True, blank=True, editable=False)

    worker_id: UUID
    objects = BetweenQuerySet.as_manager()


class Cover(Owned):
    """That one family is looked after by somebody else while its worker is away."""

    absence = models.ForeignKey(Absence, on_delete=models.PROTECT, related_name="covers")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    handed_on = models.DateField(null=True, blank=True, editable=False)
    back_on = models.DateField(null=True, blank=True, editable=False)

    absence_id: UUID
    case_id: UUID
    worker_id: UUID
    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["absence", "case"], name="cover_once_an_absence")]


class Priority(Owned):
    """That a family on the waiting list comes before others, and why; no level where it is back in its usual turn."""

    class Level(models.IntegerChoices):
        FIRST = 1, "First: cannot wait"
        SOON = 2, "Soon: before the usual turn"

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="priority")
    level = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)
    reason = models.CharField(max_length=300)
    set_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    referral_id: UUID
    objects = PriorityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "priorities"

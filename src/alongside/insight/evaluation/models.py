"""Cohorts, what was promised of each before its data were opened, the data as frozen, and what was run on them."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.core.agencies.models import Agency, Owned, OwnedQuerySet, User
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.rules import Definition, Promised, Stage, Standing


class EvaluationQuerySet(OwnedQuerySet):
    """Rows of the evaluation, for those who evaluate: they name nobody."""

    def visible_to(self, user: User) -> Self:
        """Give those of one's own agency."""
        return self.filter(agency=user.agency_id) if user.may(Permission.EVALUATION_SEE) else self.none()


class Cohort(Owned):
    """Families about whom one question is asked: who is counted, and when they are measured before and after.

    ``definition`` is a :class:`~alongside.insight.evaluation.rules.Definition`; it stays once the protocol is fixed.
    A large one is frozen by a worker process: ``freezing_since`` is when that was asked for, and ``not_frozen`` says
    why it did not come about.
    """

    title = models.CharField(max_length=120)
    question = models.CharField(max_length=500)
    definition = models.JSONField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    freezing_since = models.DateTimeField(null=True, blank=True, editable=False)
    not_frozen = models.CharField(max_length=500, blank=True, default="", db_default="", editable=False)

    made_by_id: UUID
    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title

    @property
    def defined(self) -> Definition:
        """Who is counted."""
        return Definition.from_json(self.definition)

    @property
    def stage(self) -> Stage:
        """How far it has come; it must have been read with its protocol."""
        if self.frozen_at:
            return Stage.FROZEN
        return Stage.FIXED if self.protocol.fixed_at else Stage.DRAFT


class Protocol(Owned):
    """What will be looked at and how, in which ``content`` is :class:`~alongside.insight.evaluation.rules.Promised`.

    From ``fixed_at`` on it cannot change; ``fingerprint`` is of the cohort's definition and of this.
    """

    cohort = models.OneToOneField(Cohort, on_delete=models.PROTECT, related_name="protocol")
    content = models.JSONField()
    fixed_at = models.DateTimeField(null=True, blank=True, editable=False)
    fixed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fingerprint = models.CharField(max_length=64, blank=True)

    cohort_id: UUID
    objects = EvaluationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fixed_at=None, fixed_by=None, fingerprint="")
                | (Q(fixed_at__isnull=False, fixed_by__isnull=False) & ~Q(fingerprint="")),
                name="protocol_fixed_by_somebody",
            )
        ]

    @property
    def promised(self) -> Promised:
        """What it promises."""
        return Promised.from_json(self.content)


class Deviation(Owned):
    """That the work departed from a protocol that was fixed: in what, why, and when that was said."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="deviations")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=1000)
    reason = models.TextField(max_length=1000)

    cohort_id: UUID
    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")


class FrozenCohort(Owned):
    """A cohort's rows as they stood on one day: pseudonymous, compressed (see ``evaluation/rows.py``), never changed.

    ``editions`` are those by which questionnaires under licence were counted, ``None`` where that was not kept yet.
    ``shown`` are its counts as text that is safe to show, by name; whatever shows a count of these families takes it
    from here, so that no two pages hide different numbers of one sum.
    """

    cohort = models.OneToOneField(Cohort, on_delete=models.PROTECT, related_name="frozen")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()
    fingerprint = models.CharField(max_length=64)
    shown = models.JSONField()
    editions = models.JSONField(null=True, blank=True)

    cohort_id: UUID
    objects = EvaluationQuerySet.as_manager()


class AnalysisRun(Owned):
    """That a method was run on a cohort: how, on which rows, by which version, and the result, safe to show.

    ``result`` is a :class:`~alongside.insight.evaluation.results.Result`.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="runs")
    method = models.CharField(max_length=40)
    outcomes = models.JSONField(default=list, blank=True)
    group = models.CharField(max_length=40, blank=True)
    standing = models.CharField(max_length=11, choices=[(each.value, each.value) for each in Standing])
    seed = models.PositiveIntegerField()
    program = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    result = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    cohort_id: UUID
    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "run"
        ordering = ("at", "id")


class ReleaseQuerySet(OwnedQuerySet):
    """Reports that were given to those who pay."""

    def visible_to(self, user: User) -> Self:
        """Give those of one's own agency to who evaluates, and those given to one's agency to who may see reports."""
        if user.may(Permission.EVALUATION_SEE):
            return self.filter(agency=user.agency_id)
        return self.filter(purchaser=user.agency_id) if user.may(Permission.REPORT_SEE) else self.none()


class Release(Owned):
    """A cohort's report as it was given to an agency that pays, word for word.

    ``content`` is a :class:`~alongside.insight.evaluation.report.document.Document`.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="releases")
    purchaser = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    question = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    cohort_id: UUID
    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "id")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "purchaser", "fingerprint"], name="report_released_once_as_it_is")
        ]

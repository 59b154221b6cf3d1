"""What was reported of a quarter, kept as it was said."""

from uuid import UUID

from django.db import models

from alongside.core.agencies.models import Agency, Owned, User
from alongside.insight.reports.telling.report import Report, from_json
from alongside.records.programmes.models import BoughtQuerySet, Contract


class FrozenReport(Owned):
    """A contract's quarter as reported. ``content`` holds every figure as text, already safe to show;
    ``basis`` the pseudonymous rows they were counted from, to say later what has changed.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="frozen_reports")
    purchaser = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7)
    starts_on = models.DateField()
    ends_on = models.DateField()
    frozen_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    basis = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    contract_id: UUID
    objects = BoughtQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "quarter"], name="quarter_frozen_once")]

    def __str__(self) -> str:
        return f"{self.contract}, {self.quarter}"

    @property
    def report(self) -> Report:
        """The report as it was frozen."""
        return from_json(self.content)

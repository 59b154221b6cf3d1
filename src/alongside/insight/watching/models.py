"""What has been published of a month or a half-year, kept as it was said."""

from uuid import UUID

from django.db import models

from alongside.core.agencies.models import Owned


class WatchedPeriod(Owned):
    """A month or half-year of a service, counted and published once.

    ``shown`` holds every number that any page may show of it, ``counted`` the true ones, from which later periods are
    protected, and ``names`` what its teams, authorities and programmes were called. What is entered later changes
    nothing here: two tellings of one period could be subtracted from one another.
    """

    class Span(models.TextChoices):
        MONTH = "month", "A month"
        HALF = "half", "A half-year"

    span = models.CharField(max_length=5, choices=Span)
    starts_on = models.DateField()
    published_on = models.DateField()
    counted = models.JSONField()
    shown = models.JSONField()
    names = models.JSONField()

    agency_id: UUID

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "span", "starts_on"], name="period_watched_once")]

    def __str__(self) -> str:
        return f"{self.get_span_display()} from {self.starts_on}"

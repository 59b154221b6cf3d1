"""Economic cases that an agency made, each edition as its scenario stood, and those that were given to who pays."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.core.agencies.models import Agency, Owned, OwnedQuerySet, User
from alongside.core.agencies.permissions import Permission
from alongside.records.programmes.models import Contract


class EconomicQuerySet(OwnedQuerySet):
    """Economic cases, for those who make or read them: they name nobody."""

    def visible_to(self, user: User) -> Self:
        """Give those of one's own agency."""
        return self.filter(agency=user.agency_id) if user.may(Permission.ECONOMICS_SEE) else self.none()


class EconomicCase(Owned):
    """A question about money that an agency asks, of one contract or of none; its editions hold the answers.

    ``latest`` is the number of its newest edition.
    """

    title = models.CharField(max_length=120)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    latest = models.PositiveIntegerField(default=1, editable=False)

    contract_id: UUID | None
    made_by_id: UUID
    objects = EconomicQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title


class EconomicEdition(Owned):
    """A case as it stood once: ``text`` is its scenario as TOML, ``why`` says what changed. It never changes.

    ``text`` is read by :func:`~alongside.calc.economics.scenario_file.read_scenario`.
    """

    case = models.ForeignKey(EconomicCase, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    why = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    case_id: UUID
    by_id: UUID
    objects = EconomicQuerySet.as_manager()

    class Meta:
        ordering = ("case", "number")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="economic_edition_once_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(text=""), name="economic_edition_is_something"),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number}"


class ReleaseQuerySet(OwnedQuerySet):
    """Editions that were given to those who pay."""

    def visible_to(self, user: User) -> Self:
        """Give those that one's own agency gave, and those that were given to it."""
        mine = Q(agency=user.agency_id) | Q(purchaser=user.agency_id)
        return self.filter(mine) if user.may(Permission.ECONOMICS_SEE) else self.none()


class EconomicRelease(Owned):
    """An edition as it was given to the agency that pays for its contract.

    ``text`` is its scenario, which needs no unit cost but the program's own.
    """

    edition = models.ForeignKey(EconomicEdition, on_delete=models.PROTECT, related_name="releases")
    purchaser = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    edition_id: UUID
    purchaser_id: UUID
    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "id")
        constraints = [models.UniqueConstraint(fields=["edition", "purchaser"], name="economic_edition_released_once")]

    def __str__(self) -> str:
        return self.title

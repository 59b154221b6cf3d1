"""Economic cases that an agency made, each edition as it stood, those given to who pays, and the agency's own costs."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.calc.economics.model import Value
from alongside.calc.economics.unit_costs import UNITS, UnitCost
from alongside.core.agencies.models import Agency, Owned, OwnedQuerySet, User
from alongside.core.agencies.permissions import Permission
from alongside.records.programmes.models import Contract

OWN = "OWN-"


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


class OwnUnitCost(Owned):
    """What one of something costs an agency, by its own figures. It never changes: a new figure is the next number of
    the same name, with a code of its own, so that an edition that was kept says what it said.

    ``bearer`` is who bears it, as cases name those who pay and gain.
    """

    name = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    pounds = models.DecimalField(max_digits=10, decimal_places=2)
    unit = models.CharField(max_length=7, choices=[(unit, unit) for unit in UNITS])
    price_year = models.PositiveSmallIntegerField()
    bearer = models.CharField(max_length=80)
    value = models.CharField(max_length=8, choices=[(value.value, value.value) for value in Value])
    source = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    by_id: UUID
    objects = EconomicQuerySet.as_manager()

    class Meta:
        ordering = ("name", "number")
        constraints = [
            models.UniqueConstraint(fields=["agency", "name", "number"], name="own_unit_cost_once_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="own_unit_cost_numbered"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        """How scenarios name it; no cost of the library begins so."""
        return f"{OWN}{self.name}" if self.number == 1 else f"{OWN}{self.name}.{self.number}"

    @property
    def cost(self) -> UnitCost:
        """It as the arithmetic takes it."""
        return UnitCost(
            self.code, self.title, float(self.pounds), self.unit, self.price_year, self.bearer, Value(self.value), (),
            self.source, self.note,
        )  # fmt: skip

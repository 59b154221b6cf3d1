"""People, the households that they live in, and who sees them.

Cases stand above people, so a household carries the team and worker that hold it: that is what decides who sees it.
"""

from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.core.agencies.models import Agency, Owned, OwnedQuerySet, Team, User
from alongside.core.agencies.permissions import Role
from alongside.records.people.models.everybody import Disability, Ethnicity
from alongside.records.people.models.guarding import hidden_homes, out_of_sight


class Precision(models.TextChoices):
    """How well a date is known."""

    EXACT = "exact", "Exact"
    MONTH = "month", "Month and year"
    YEAR = "year", "Year only"
    ABOUT = "about", "About"
    UNKNOWN = "unknown", "Not known"


class ThreeWay(models.TextChoices):
    """An answer that may not be known, which is not the same as no."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


def held_by(user: User, path: str = "", home: str = "") -> Q:
    """Say which households somebody may see: managers their agency's, workers their team's and their own.

    None of them one that they may not know of. ``path`` leads to what names the agency, team and worker: a household,
    or a case, whose household is at ``home``.
    """
    home = home or (path.removesuffix("__") if path.endswith("household__") else f"{path}household")
    held = Q(**{f"{path}agency": user.agency_id}) & ~out_of_sight(user, home)
    if user.role == Role.MANAGER:
        return held
    if user.role != Role.FAMILY_WORKER:
        return Q(pk__in=[])
    own = Q(**{f"{path}worker": user.pk})
    if user.team_id:
        own |= Q(**{f"{path}team": user.team_id})
    return held & own


class HouseholdQuerySet(OwnedQuerySet):
    """Households, narrowed to those that one works with."""

    def visible_to(self, user: User) -> Self:
        """Give the households that this person may see."""
        return self.filter(held_by(user, home="pk"))


class Household(Owned):
    """People who live together: the family that a case is about. ``name`` is what workers call it: the carer's name."""

    name = models.CharField(max_length=200)
    address = models.TextField(max_length=400, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    no_fixed_address = models.BooleanField(default=False)
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    authority_id: UUID | None
    team_id: UUID | None
    worker_id: UUID | None
    objects = HouseholdQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agency", "team"], name="household_team")]

    def __str__(self) -> str:
        return family_name(self.name)


def family_name(carer: str) -> str:
    """Say what workers call a family."""
    return f"{carer}'s family"


class OfHouseholdQuerySet(OwnedQuerySet):
    """Rows of a household, seen wherever the household is seen."""

    def visible_to(self, user: User) -> Self:
        """Give the rows of households that this person may see."""
        return self.filter(held_by(user, "household__"))


# The second person whom a row about somebody names.
OTHERS = {"Relationship": "relative", "Partnership": "partner", "Arrangement": "carer"}


class InHouseholdQuerySet(OwnedQuerySet):
    """Rows about people, seen by those who see a household that the person is or was in, or is kin of."""

    def visible_to(self, user: User) -> Self:
        """Give the rows about people in households that this person may see."""
        hidden = hidden_people(user)
        seen = self.exclude(**{f"{self._person_field()}__in": hidden})
        if other := OTHERS.get(self.model.__name__):
            seen = seen.exclude(**{f"{other}__in": hidden})
        if user.role == Role.MANAGER:
            return seen.filter(agency=user.agency_id)
        living = Membership.objects.filter(held_by(user, "household__")).values("person")
        kin = Kin.objects.filter(held_by(user, "household__")).values("person")
        return seen.filter(**{f"{self._person_field()}__in": living.union(kin, all=True)})

    def _person_field(self) -> str:
        return {"Person": "pk", "Arrangement": "child", "PlanStatus": "child"}.get(self.model.__name__, "person")


class Person(Owned):
    """A carer, a child or somebody else in a family's life. One name field: names come in every shape.

    Of somebody who is ``unknown`` only that there is or was such a person is known: a father whom nobody names.
    """

    class Gender(models.TextChoices):
        FEMALE = "female", "Female"
        MALE = "male", "Male"
        OTHER = "other", "In another way"
        NOT_RECORDED = "", "Not recorded"

    name = models.CharField(max_length=200)
    known_as = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(max_length=7, choices=Precision, default=Precision.EXACT)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=60, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    gender = models.CharField(max_length=6, choices=Gender, blank=True, db_default="", default="")
    ethnicity = models.CharField(max_length=20, choices=Ethnicity, blank=True, db_default="", default="")
    ethnicity_words = models.CharField(max_length=100, blank=True, db_default="", default="")
    disability = models.CharField(max_length=10, choices=Disability, blank=True, db_default="", default="")
    unknown = models.BooleanField(default=False, db_default=False)
    has_died = models.BooleanField(default=False, db_default=False)
    died_on = models.DateField(null=True, blank=True)
    died_precision = models.CharField(
        max_length=7, choices=Precision, default=Precision.UNKNOWN, db_default=Precision.UNKNOWN.value
    )

    objects = InHouseholdQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Membership(Owned):
    """That somebody lives in a household, as what, and from when to when. A child may be in two households."""

    class Part(models.TextChoices):
        CARER = "carer", "Carer"
        CHILD = "child", "Child in kinship care"
        OTHER = "other", "Somebody else in the home"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    part = models.CharField(max_length=5, choices=Part)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    household_id: UUID
    person_id: UUID
    objects = OfHouseholdQuerySet.as_manager()


class Kin(Owned):
    """That somebody belongs to a household's family and lives elsewhere, or has died: a parent, a grown-up brother."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="kin")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lives = models.CharField(max_length=120, blank=True)

    household_id: UUID
    person_id: UUID
    objects = OfHouseholdQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "kin"
        constraints = [models.UniqueConstraint(fields=["household", "person"], name="kin_once_a_household")]


def hidden_people(user: User) -> "QuerySet[Any, Any]":
    """Give those of the family of a home that this person may not know of, and of none that they may."""
    hidden = hidden_homes(user)
    ties = (Membership.objects, Kin.objects)
    elsewhere = [Exists(tie.filter(person=OuterRef("person")).exclude(household__in=hidden)) for tie in ties]
    living, kin = (tie.filter(household__in=hidden).exclude(elsewhere[0]).exclude(elsewhere[1]) for tie in ties)
    return living.values("person").union(kin.values("person"), all=True)


class SearchKey(models.Model):
    """One half of a name, a birth date or a postcode, by which a person is found (see ``calc.names.keys``)."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=20)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "key", "person"], name="search_key"),
            models.Index(fields=["person"], name="search_key_person"),
        ]

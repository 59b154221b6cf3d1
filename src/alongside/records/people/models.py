"""Who is who: people, households, relationships, arrangements, plans and what to know before calling.

Cases stand above people, so a household carries the team and worker that hold it: that is what decides who sees it.
"""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.core.agencies.models import Agency, Owned, OwnedQuerySet, Team, User
from alongside.core.agencies.permissions import Role


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


def held_by(user: User, path: str = "") -> Q:
    """Say which households somebody may see: managers their agency's, workers their team's and their own."""
    held = Q(**{f"{path}agency": user.agency_id})
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
        return self.filter(held_by(user))


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
        return f"{self.name}'s family"


class OfHouseholdQuerySet(OwnedQuerySet):
    """Rows of a household, seen wherever the household is seen."""

    def visible_to(self, user: User) -> Self:
        """Give the rows of households that this person may see."""
        return self.filter(held_by(user, "household__"))


class InHouseholdQuerySet(OwnedQuerySet):
    """Rows about people, seen by those who see a household that the person is or was in."""

    def visible_to(self, user: User) -> Self:
        """Give the rows about people in households that this person may see."""
        if user.role == Role.MANAGER:
            return self.filter(agency=user.agency_id)
        people = Membership.objects.filter(held_by(user, "household__")).values("person")
        return self.filter(**{f"{self._person_field()}__in": people})

    def _person_field(self) -> str:
        return {"Person": "pk", "Relationship": "person", "Arrangement": "child", "PlanStatus": "child"}[
            self.model.__name__
        ]


class Person(Owned):
    """A carer, a child or somebody else in a family's life. One name field: names come in every shape."""

    name = models.CharField(max_length=200)
    known_as = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(max_length=7, choices=Precision, default=Precision.EXACT)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=60, blank=True)
    needs_interpreter = models.BooleanField(default=False)

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


class Relationship(Owned):
    """That ``person`` is the ``kind`` of ``relative``: Grace is the grandparent of Tyler."""

    class Kind(models.TextChoices):
        GRANDPARENT = "grandparent", "Grandparent"
        GREAT_GRANDPARENT = "great_grandparent", "Great-grandparent"
        AUNT_UNCLE = "aunt_uncle", "Aunt or uncle"
        SIBLING = "sibling", "Brother or sister"
        COUSIN = "cousin", "Cousin"
        STEP_PARENT = "step_parent", "Step-parent"
        PARENT = "parent", "Parent"
        PARTNER = "partner", "Partner"
        OTHER_FAMILY = "other_family", "Other family"
        FRIEND = "friend", "Family friend"
        UNKNOWN = "unknown", "Not known"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    relative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=17, choices=Kind)

    person_id: UUID
    relative_id: UUID
    objects = InHouseholdQuerySet.as_manager()


class Arrangement(Owned):
    """On what footing a child lives with a carer, from when to when. A child's arrangements make a history."""

    class Kind(models.TextChoices):
        INFORMAL = "informal", "Informal, no order"
        PRIVATE_FOSTERING = "private_fostering", "Private fostering"
        CONNECTED_FOSTER = "connected_foster", "Kinship foster care"
        CHILD_ARRANGEMENTS = "child_arrangements", "Child arrangements order"
        SPECIAL_GUARDIANSHIP = "special_guardianship", "Special guardianship order"
        ADOPTION = "adoption", "Adoption"
        TESTAMENTARY_GUARDIAN = "testamentary_guardian", "Testamentary guardian"
        UNKNOWN = "unknown", "Not known"

    class Stage(models.TextChoices):
        NONE = "none", "No order asked for"
        APPLIED = "applied", "Applied for"
        INTERIM = "interim", "Interim"
        FINAL = "final", "Final"

    class Proceedings(models.TextChoices):
        PUBLIC = "public", "Public law (the authority went to court)"
        PRIVATE = "private", "Private law (the family went to court)"
        NONE = "none", "None"
        UNKNOWN = "unknown", "Not known"

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="arrangements")
    carer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=21, choices=Kind)
    stage = models.CharField(max_length=7, choices=Stage, default=Stage.NONE)
    proceedings = models.CharField(max_length=7, choices=Proceedings, default=Proceedings.UNKNOWN)
    looked_after_before = models.CharField(max_length=7, choices=ThreeWay, default=ThreeWay.UNKNOWN)
    looked_after_evidence = models.CharField(max_length=200, blank=True)
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_on = models.DateField(null=True, blank=True)
    started_precision = models.CharField(max_length=7, choices=Precision, default=Precision.EXACT)
    ended_on = models.DateField(null=True, blank=True)

    child_id: UUID
    carer_id: UUID | None
    objects = InHouseholdQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["child", "started_on"], name="arrangement_history")]


class PlanStatus(Owned):
    """That a child was on a plan or looked after, from when to when, and who said so."""

    class Kind(models.TextChoices):
        CHILD_IN_NEED = "child_in_need", "Child in need plan"
        CHILD_PROTECTION = "child_protection", "Child protection plan"
        LOOKED_AFTER = "looked_after", "Looked after"

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=16, choices=Kind)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    said_by = models.CharField(max_length=120)

    child_id: UUID
    objects = InHouseholdQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "plan statuses"


class SafetyNote(Owned):
    """What to know before calling: safe times, safe words, and who must not be told."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="safety_notes")
    words = models.TextField(max_length=1000)
    checked_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    household_id: UUID
    objects = OfHouseholdQuerySet.as_manager()


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

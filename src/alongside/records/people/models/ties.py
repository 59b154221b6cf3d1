"""How people belong together: who is what to whom, who is or was a couple, who else is around a carer."""

from uuid import UUID

from django.db import models

from alongside.core.agencies.models import Owned
from alongside.records.people.models.who import Household, InHouseholdQuerySet, OfHouseholdQuerySet, Person, Precision


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


class Partnership(Owned):
    """That two people are or were a couple, and how it stands. Somebody who married again has two of them."""

    class Status(models.TextChoices):
        MARRIED = "married", "Married or civil partners"
        TOGETHER = "together", "Living together"
        SEPARATED = "separated", "Separated"
        DIVORCED = "divorced", "Divorced"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=9, choices=Status)
    started_on = models.DateField(null=True, blank=True)
    started_precision = models.CharField(max_length=7, choices=Precision, default=Precision.UNKNOWN)
    ended_on = models.DateField(null=True, blank=True)
    ended_precision = models.CharField(max_length=7, choices=Precision, default=Precision.UNKNOWN)

    person_id: UUID
    partner_id: UUID
    objects = InHouseholdQuerySet.as_manager()


class Supporter(Owned):
    """Somebody or something around a carer, and how strong the tie is; it may be one that costs more than it gives."""

    class Kind(models.TextChoices):
        FAMILY = "family", "Family"
        FRIENDS = "friends", "Friends and neighbours"
        SCHOOL = "school", "School or nursery"
        HEALTH = "health", "Health"
        AUTHORITY = "authority", "Council or court"
        WORK = "work", "Work and money"
        FAITH = "faith", "Faith"
        GROUP = "group", "Groups and things they enjoy"
        OTHER = "other", "Something else"

    class Tie(models.TextChoices):
        STRONG = "strong", "Strong: they can count on it"
        WEAK = "weak", "Weak: it is there, and not much"
        STRESSFUL = "stressful", "Stressful: it takes more than it gives"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="supporters")
    carer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=9, choices=Kind)
    tie = models.CharField(max_length=9, choices=Tie)
    words = models.CharField(max_length=300, blank=True)

    household_id: UUID
    carer_id: UUID
    objects = OfHouseholdQuerySet.as_manager()

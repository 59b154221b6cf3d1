"""How people belong together."""

from uuid import UUID

from django.db import models

from alongside.core.agencies.models import Owned
from alongside.records.people.models.who import InHouseholdQuerySet, Person


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

"""Who may know of a family at all: where that is not everybody who would, the family is not there for the others."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.lookups import In

from alongside.core.agencies.models import Owned, OwnedQuerySet, User


class RestrictionQuerySet(OwnedQuerySet):
    """Restrictions, which only those know of who may know of the family."""

    def visible_to(self, user: User) -> Self:
        """Give the restrictions behind which this person may look."""
        return self.filter(agency=user.agency_id, pk__in=_known_to(user))


class Restriction(Owned):
    """That only the people named may know of a household, why, and when that is thought about again."""

    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="restrictions")
    reason = models.TextField(max_length=1000)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    household_id: UUID
    objects = RestrictionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household"], condition=Q(ended_on=None), name="restriction_once_a_home")
        ]


class KnowerQuerySet(OwnedQuerySet):
    """Who may know, seen by those who may know themselves."""

    def visible_to(self, user: User) -> Self:
        """Give those named in restrictions behind which this person may look."""
        return self.filter(agency=user.agency_id, restriction__in=_known_to(user))


class Knower(Owned):
    """That somebody is named in a restriction, until they are taken out of it.

    ``why`` is blank, but where an administrator named them because no manager left could know of the family.
    """

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="knowers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(max_length=1000, blank=True, default="", db_default="")
    ended_on = models.DateField(null=True, blank=True)

    restriction_id: UUID
    user_id: UUID
    objects = KnowerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["restriction", "user"], condition=Q(ended_on=None), name="knower_once_a_restriction"
            )
        ]


def _known_to(user: User) -> QuerySet[Knower, UUID]:
    return Knower.objects.filter(user=user.pk, ended_on=None).values_list("restriction", flat=True)


def hidden_homes(user: User) -> QuerySet[Restriction, UUID]:
    """Give the households that this person may not know of. There are few, so every list can leave them out."""
    standing = Restriction.objects.filter(agency=user.agency_id, ended_on=None)
    return standing.exclude(pk__in=_known_to(user)).values_list("household", flat=True)


def out_of_sight(user: User, home: str) -> Q:
    """Say that the household at ``home``, which is never null, is one that this person may not know of."""
    # Not `home__in`: where the way leads through many rows, its opposite would be said of all of them at once.
    return Q(In(F(home), hidden_homes(user)))

"""The groups in which carers and children meet others, and who of a family goes to which, from when to when."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from alongside.core.agencies.models import Owned, OwnedQuerySet, User
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case, OfCaseQuerySet
from alongside.records.people.models import Person


class GroupQuerySet(OwnedQuerySet):
    """Groups, for those who work with families: any of their agency's, as a carer may go to one of another team."""

    def visible_to(self, user: User) -> Self:
        """Give the groups of one's own agency."""
        return self.filter(agency=user.agency_id) if user.may(Permission.CASE_SEE) else self.none()


class Group(Owned):
    """A group that an agency's families may join: what it is called, and where and when it meets, in words."""

    name = models.CharField(max_length=80)
    place = models.CharField(max_length=160)
    times = models.CharField(max_length=120)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint("agency", Lower("name"), name="group_once_an_agency")]

    def __str__(self) -> str:
        return self.name


class GroupMember(Owned):
    """That somebody of a family goes to a group, from when on, and where they left, when and why."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="group_members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    group_id: UUID
    case_id: UUID
    person_id: UUID
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("joined_on", "id")
        indexes = [models.Index(fields=["case", "joined_on"], name="group_member_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="group_left_after_joining"
            ),
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(left_on=None), name="group_member_once_at_a_time"
            ),
        ]

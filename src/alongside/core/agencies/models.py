"""Agencies, teams, the people who sign in, and the invitations by which they come."""

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from alongside.core.agencies.permissions import PERMISSIONS, Permission, Role
from alongside.core.base.ids import new_id
from alongside.core.base.models import Record


class Agency(Record):
    """An organisation: the provider, an authority with children's services, an adoption agency or another."""

    class Kind(models.TextChoices):
        PROVIDER = "provider", "Provider"
        AUTHORITY = "authority", "Local authority"
        ADOPTION_AGENCY = "adoption_agency", "Adoption agency"
        OTHER = "other", "Other"

    class Nation(models.TextChoices):
        ENGLAND = "england", "England"
        WALES = "wales", "Wales"

    kind = models.CharField(max_length=16, choices=Kind)
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=9, unique=True, null=True, blank=True)
    nation = models.CharField(max_length=8, choices=Nation, default=Nation.ENGLAND)

    objects: ClassVar[models.Manager["Agency"]] = models.Manager()

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class OwnedQuerySet(models.QuerySet[Any]):
    """Rows that an agency holds; each model narrows them further to what a role may see."""

    def visible_to(self, user: "User") -> Self:
        """Give the rows that this person may see: those of their own agency, unless a model says otherwise."""
        return self.filter(agency=user.agency_id)


class Owned(Record):
    """A row that one agency holds. PostgreSQL shows it only to sessions that name that agency."""

    # No index of its own: every index that a list needs starts with the agency where that helps.
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency_id: UUID

    class Meta:
        abstract = True


class Team(Owned):
    """People of one agency who see the same families."""

    name = models.CharField(max_length=80)
    # The authority in whose own team these people sit, so that they keep that team's record too, apart from ours.
    sits_with = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    sits_with_id: UUID | None
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="team_once_an_agency")]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(models.QuerySet["User"]):
    """People who sign in."""

    def visible_to(self, user: "User") -> Self:
        """Give colleagues: the people of one's own agency."""
        return self.filter(agency=user.agency_id)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds people by the address they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find somebody by e-mail address, whatever its case."""
        found: User = self.get(email__iexact=username)
        return found


class User(AbstractBaseUser):
    """Somebody who signs in: one person, one agency, one role."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="users")
    role = models.CharField(max_length=16, choices=Role)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="users")
    capacity = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many families this worker can hold at once."
    )
    languages = models.CharField(
        max_length=200, blank=True, help_text="The languages besides English in which they can work, with commas."
    )
    is_active = models.BooleanField(default=True)
    # What people say of themselves if they wish; nobody else may write it.
    kinship_carer_too = models.BooleanField(default=False)
    about = models.CharField(max_length=300, blank=True)

    agency_id: UUID
    team_id: UUID | None
    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def permissions(self) -> frozenset[Permission]:
        """What this person's role may do; nothing once they have left."""
        return PERMISSIONS[Role(self.role)] if self.is_active else frozenset()

    def may(self, permission: Permission) -> bool:
        """Say whether this person's role holds a permission."""
        return permission in self.permissions


class Invitation(Owned):
    """A link by which somebody may make their sign-in, once, for a while. Only a hash of its token is kept."""

    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=16, choices=Role)
    invited_to = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def is_open(self, now: datetime) -> bool:
        """Say whether the link still works at this moment."""
        return self.used_at is None and self.withdrawn_at is None and now < self.expires_at


class ApiKeyQuerySet(OwnedQuerySet):
    """Keys, each seen by who made it."""

    def visible_to(self, user: User) -> Self:
        """Give one's own keys."""
        return self.filter(made_by=user.pk, agency=user.agency_id)


class ApiKey(Owned):
    """A long secret by which a machine acts for one person, for a while. Only a hash of its token is kept."""

    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    made_by_id: UUID
    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "API key"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name

"""The authority's own record of a family, kept by the worker who sits with its team, apart from the provider's."""

from typing import Self
from uuid import UUID

from django.db import models

from alongside.core.agencies.models import Agency, Owned, OwnedQuerySet, User
from alongside.core.agencies.permissions import Role
from alongside.records.cases.models import Case
from alongside.records.people.models import held_by


class AuthorityNoteQuerySet(OwnedQuerySet):
    """The authority's side, for the workers who sit with its team and nobody else."""

    def visible_to(self, user: User) -> Self:
        """Give the notes on the families of one's own team, where that team sits with the authority that holds them."""
        if user.role != Role.FAMILY_WORKER or not user.team_id:
            return self.none()
        return self.filter(held_by(user, "case__"), case__team=user.team_id, case__team__sits_with=models.F("agency"))


class AuthorityNote(Owned):
    """What the authority's team knows or decided about a family. ``agency`` is the authority: the record is theirs.

    ``provider`` is whose worker keeps it for them. A manager of the provider does not see it.
    """

    provider = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="authority_notes")
    on = models.DateField()
    said_by = models.CharField(max_length=120)
    words = models.TextField(max_length=8000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    case_id: UUID
    by_id: UUID
    objects = AuthorityNoteQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-id")
        indexes = [models.Index(fields=["case", "-on"], name="authority_note_of_case")]

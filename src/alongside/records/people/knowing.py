"""What must be known of a household before anybody acts, for the eyes of one person, in one query."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.base.prepared import Prepared
from alongside.records.people.models import Flag, Household, Knower, Restriction, SafetyNote, seen_flags


class Note(NamedTuple):
    """What to know before calling."""

    id: UUID
    words: str
    not_told: str
    safe_times: str
    safe_words: str
    checked_on: date


class Warned(NamedTuple):
    """A flag that stands."""

    id: UUID
    kind: str
    words: str
    reason: str
    seen_by: str
    review_on: date
    expires_on: date


class Known(NamedTuple):
    """Everything of it: notes, flags, and the restriction behind which the household stands, if it does."""

    notes: list[Note]
    flags: list[Warned]
    restriction: UUID | None

    @property
    def words(self) -> list[str]:
        """Everything as plain sentences, the flags first."""
        found = [flag.words for flag in self.flags]
        for note in self.notes:
            parts = (note.words, note.not_told, note.safe_times, note.safe_words)
            labels = ("", "Must not be told: ", "Safe times: ", "Say: ")
            found.append(" ".join(label + part for label, part in zip(labels, parts, strict=True) if part))
        return found

    def __bool__(self) -> bool:
        return bool(self.notes or self.flags or self.restriction)


def relations(path: str = "") -> dict[str, FilteredRelation]:
    """Give what is joined to a household at ``path``: what stands of each kind."""
    named = {"note": "safety_notes", "flag": "flags", "guard": "restrictions"}
    return {
        name: FilteredRelation(f"{path}{rows}", condition=Q(**{f"{path}{rows}__ended_on": None}))
        for name, rows in named.items()
    }


COLUMNS = (
    *(f"note__{name}" for name in Note._fields),
    *(f"flag__{name}" for name in Warned._fields),
    "guard__id",
)


def noted(user: User, today: date) -> Coalesce:
    """Give one note or flag that this person must read before acting about the household of a row; None where none is.

    It is one of them and not whether there is one: to answer that, PostgreSQL would read those of every family.
    """
    notes = SafetyNote.objects.filter(household=OuterRef("household"), ended_on=None)
    flags = Flag.objects.filter(seen_flags(user), household=OuterRef("household"), ended_on=None, expires_on__gte=today)
    return Coalesce(*(Subquery(rows.order_by().values("pk")[:1]) for rows in (notes, flags)))


def to_read_first(path: str) -> Q:
    """Say that the household at ``path`` of a row has anything that somebody must read before acting, whoever it is.

    To such a household nothing is sent that no person has looked at.
    """
    home, today = OuterRef(path), timezone.localdate()
    standing = {"household": home, "ended_on": None}
    return (
        Q(Exists(SafetyNote.objects.filter(**standing)))
        | Q(Exists(Flag.objects.filter(**standing, expires_on__gte=today)))
        | Q(Exists(Restriction.objects.filter(**standing)))
    )


def must_be_read_first(household_id: UUID) -> bool:
    """Say whether anything must be read before acting about a household, whoever acts."""
    return Household.objects.filter(to_read_first("pk"), pk=household_id).exists()


def known_in(rows: Iterable[Sequence[Any]], user: User, worker_id: UUID | None) -> Known:
    """Read what is known out of rows of those columns; the joins multiply each kind by the others."""
    rows, today = list(rows), timezone.localdate()
    notes = dict.fromkeys(Note._make(row[:6]) for row in rows if row[0])
    flags = dict.fromkeys(Warned._make(row[6:13]) for row in rows if row[6])
    seen = [flag for flag in flags if flag.expires_on >= today and _may_see(flag, user, worker_id)]
    return Known(list(notes), seen, next((row[13] for row in rows), None))


def _may_see(flag: Warned, user: User, worker_id: UUID | None) -> bool:
    if user.role == Role.MANAGER or flag.seen_by == Flag.SeenBy.ALL:
        return True
    return flag.seen_by == Flag.SeenBy.WORKER and worker_id == user.pk


@Prepared
def _known(households: Sequence[UUID]) -> Any:
    rows = Household.objects.filter(pk__in=households).annotate(**relations())
    return rows.order_by("note__id", "flag__id").values_list(*COLUMNS, "worker")


def know(household_id: UUID, user: User) -> Known:
    """Give what this person must know of a household that they may see."""
    rows = _known([household_id])
    return known_in(rows, user, rows[0][-1] if rows else None)


def together(known: Sequence[Known]) -> Known:
    """Put together what must be known of several homes of one person."""
    return Known(
        [note for one in known for note in one.notes],
        [flag for one in known for flag in one.flags],
        next((one.restriction for one in known if one.restriction), None),
    )


def restriction_of(household_id: UUID) -> Restriction | None:
    """Give the restriction behind which a household stands."""
    found: Restriction | None = Restriction.objects.filter(household=household_id, ended_on=None).first()
    return found


def knowers_of(household_id: UUID) -> list[User] | None:
    """Give those who alone may know of a household; None where it is not restricted."""
    standing = {"restriction__household": household_id, "restriction__ended_on": None}
    rows = Knower.objects.filter(**standing, ended_on=None).select_related("user").order_by("user__name")
    return [row.user for row in rows] or None


def knowers_in(households: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Give, for each of these households that is restricted, those who alone may know of it."""
    standing = {"restriction__household__in": list(households), "restriction__ended_on": None}
    found: dict[UUID, set[UUID]] = {}
    for household, user in Knower.objects.filter(**standing, ended_on=None).values_list(
        "restriction__household", "user"
    ):
        found.setdefault(household, set()).add(user)
    return found


def without_manager(agency_id: UUID) -> QuerySet[Restriction]:
    """Give the restrictions of families of which no manager who still works here may know: nobody can lift them."""
    managers = Knower.objects.filter(user__role=Role.MANAGER, user__is_active=True, ended_on=None)
    leading = managers.filter(restriction=OuterRef("pk"))
    named = Prefetch("knowers", Knower.objects.filter(ended_on=None).select_related("user").order_by("user__name"))
    rows = Restriction.objects.filter(~Exists(leading), agency=agency_id, ended_on=None)
    return rows.select_related("set_by").prefetch_related(named).order_by("created_at", "pk")


def may_know(user: User, household_id: UUID) -> bool:
    """Say whether somebody is not shut out from a household by a restriction."""
    named = knowers_of(household_id)
    return named is None or user in named


def flags_of(household: Household, user: User) -> list[Flag]:
    """Give the flags of a household that this person may see, those that stand first."""
    rows = Flag.objects.visible_to(user).filter(household=household).select_related("set_by")
    return sorted(rows.order_by("-created_at", "-pk"), key=lambda flag: not stands(flag))


def stands(flag: Flag) -> bool:
    """Say whether a flag holds today."""
    return flag.ended_on is None and flag.expires_on >= timezone.localdate()

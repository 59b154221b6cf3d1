"""Reading a family's picture: who belongs to a household, near and far, and how they belong together."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import DateField, F, Q, QuerySet, UUIDField, Value

from alongside.core.agencies.models import User
from alongside.core.base.prepared import Prepared
from alongside.records.people.models import (
    Arrangement,
    Household,
    Kin,
    Membership,
    Partnership,
    Person,
    Relationship,
    Supporter,
    held_by,
)

TIE, COUPLE, CARE = "tie", "couple", "care"


class Somebody(NamedTuple):
    """A person of the picture."""

    id: UUID
    name: str
    known_as: str
    birth_date: date | None
    birth_precision: str
    gender: str
    unknown: bool
    has_died: bool
    died_on: date | None
    died_precision: str

    @property
    def called(self) -> str:
        """What they are called in the family."""
        return self.known_as or self.name


class Tie(NamedTuple):
    """That somebody is the kind of somebody else."""

    id: UUID
    person: UUID
    kind: str
    relative: UUID


class Couple(NamedTuple):
    """Two who are or were a couple."""

    id: UUID
    person: UUID
    partner: UUID
    status: str
    started_on: date | None
    started_precision: str
    ended_on: date | None
    ended_precision: str


class Footing(NamedTuple):
    """On what footing a child lives with a carer today."""

    child: UUID
    carer: UUID
    kind: str
    stage: str


class Lodging(NamedTuple):
    """That somebody lives in a home today."""

    household: UUID
    household_name: str
    person: UUID
    part: str


@dataclass
class FamilyPicture:
    """Everything of which a family's picture is drawn; people stand eldest first, those of unknown age last."""

    household: UUID
    people: list[Somebody] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    couples: list[Couple] = field(default_factory=list)
    footings: list[Footing] = field(default_factory=list)
    lodgings: list[Lodging] = field(default_factory=list)
    elsewhere: dict[UUID, tuple[UUID, str]] = field(default_factory=dict)

    @property
    def carers(self) -> list[UUID]:
        """Those who bring up the children of this household."""
        return [one.person for one in self.lodgings if one.household == self.household and one.part == "carer"]


def family_picture(household: Household, user: User) -> FamilyPicture:
    """Read the picture of a household's family: who lives or lived there, its kin, and those tied to any of them.

    Whom this person may not see is left out, and so is every tie to them.
    """
    picture = FamilyPicture(household.pk)
    near = set()
    for person, kin, lives in _near(household):
        near.add(person)
        if kin:
            picture.elsewhere[person] = (kin, lives)
    bonds = list(_bonds(near))
    met = near.union(*(bond[1:3] for bond in bonds))
    picture.people = [Somebody._make(row) for row in _people(met, user)]
    seen = {one.id for one in picture.people}
    for pk, person, other, kind, *dates, bond in bonds:
        if not {person, other} <= seen:
            continue
        if bond == TIE:
            picture.ties.append(Tie(pk, person, kind, other))
        elif bond == COUPLE:
            picture.couples.append(Couple(pk, person, other, kind, *dates))
        else:
            picture.footings.append(Footing(other, person, kind, dates[1]))
    picture.lodgings = [Lodging._make(row) for row in _lodgings(seen, user)]
    return picture


def _near(household: Household) -> Any:
    """Give everybody who lives or lived in a household, and its kin with where they live."""
    living = Membership.objects.filter(household=household).values_list("person", Value(None, UUIDField()), Value(""))
    return living.union(Kin.objects.filter(household=household).values_list("person", "pk", "lives"))


def _bonds(near: set[UUID]) -> Any:
    """Give what ties any of these people to anybody, in one query: kinship, couples and care."""
    no_day, nothing = Value(None, DateField()), Value("")
    ties = Relationship.objects.filter(Q(person__in=near) | Q(relative__in=near)).values_list(
        *("pk", "person", "relative", "kind", no_day, nothing, no_day, nothing, Value(TIE))
    )
    couples = Partnership.objects.filter(Q(person__in=near) | Q(partner__in=near)).values_list(
        *("pk", "person", "partner", "status", "started_on", "started_precision", "ended_on", "ended_precision"),
        Value(COUPLE),
    )
    footings = Arrangement.objects.filter(child__in=near, ended_on=None, carer__isnull=False).values_list(
        *("pk", "carer", "child", "kind", no_day, "stage", no_day, nothing, Value(CARE))
    )
    return ties.union(couples, footings, all=True).order_by("pk")


def _people(met: set[UUID], user: User) -> Any:
    people = Person.objects.visible_to(user).filter(pk__in=met)
    return people.order_by(F("birth_date").asc(nulls_last=True), "created_at", "pk").values_list(*Somebody._fields)


def _lodgings(people: set[UUID], user: User) -> Any:
    living = Membership.objects.filter(held_by(user, "household__"), person__in=people, until=None)
    return living.order_by("created_at", "pk").values_list("household", "household__name", "person", "part")


def supporters_of(household: Household) -> list[Supporter]:
    """Give who and what is around the carers of a household, those of a kind together."""
    return list(Supporter.objects.filter(household=household).select_related("carer").order_by("kind", "name", "pk"))


def living_and_kin(household: UUID, user: User) -> tuple[Any, Any]:
    """Give the ids of those who live or lived in one home, and of its kin, where this person may see that home."""
    living, kin = (
        tie.objects.filter(held_by(user, "household__"), household=household).values("person")
        for tie in (Membership, Kin)
    )
    return living, kin


def _known_of(household: UUID, user: User) -> QuerySet[Person]:
    """Everybody of a family that this person may see, the eldest first."""
    living, kin = living_and_kin(household, user)
    people = Person.objects.filter(Q(pk__in=living) | Q(pk__in=kin))
    return people.order_by(F("birth_date").asc(nulls_last=True), "created_at", "pk")


def people_of(household: Household, user: User) -> list[Person]:
    """Give everybody who may be named in a tie of this family: who lives or lived there, and its kin."""
    return list(_known_of(household.pk, user))


class Named(NamedTuple):
    """Somebody of a family, by name."""

    pk: UUID
    name: str
    known_as: str


@Prepared
def _named(household: UUID, user: User) -> Any:
    return _known_of(household, user).values_list(*Named._fields)


def names_of(household: UUID, user: User) -> list[Named]:
    """Give the names of everybody of a family whom this person may see, the eldest first."""
    return [Named._make(row) for row in _named(household, user)]


def carers_of_household(household: Household) -> list[Person]:
    """Give the carers who live in a household."""
    living = Membership.objects.filter(household=household, part=Membership.Part.CARER, until=None).values("person")
    return list(Person.objects.filter(pk__in=living).order_by("birth_date", "pk"))

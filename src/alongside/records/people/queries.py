"""Reading people, shaped for pages: who lives together, and on what footing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, FilteredRelation, Q
from django.db.models.lookups import In

from alongside.core.agencies.models import User
from alongside.core.base.prepared import Prepared
from alongside.records.people import knowing
from alongside.records.people.models import (
    Arrangement,
    Household,
    Membership,
    Person,
    PlanStatus,
    Relationship,
    SafetyNote,
    held_by,
    hidden_homes,
    hidden_people,
)


@dataclass
class Member:
    """Somebody who lives in a household, with what stands today: kinship, arrangement and plans."""

    id: UUID
    membership: UUID
    name: str
    known_as: str
    birth_date: date | None
    birth_precision: str
    part: str
    phone: str
    language: str
    needs_interpreter: bool
    since: date | None
    kinships: list[str] = field(default_factory=list)
    arrangements: list["Footing"] = field(default_factory=list)
    plans: list["Plan"] = field(default_factory=list)


class Footing(NamedTuple):
    """An arrangement that stands today."""

    id: UUID
    kind: str
    stage: str
    looked_after_before: str
    started_on: date | None
    started_precision: str


class Plan(NamedTuple):
    """A plan that a child is on today."""

    id: UUID
    kind: str
    started_on: date


class Followed(NamedTuple):
    """A child of a household, and the plans that it is on today."""

    id: UUID
    name: str
    plans: list[Plan]


PARTS = {Membership.Part.CARER: 0, Membership.Part.CHILD: 1, Membership.Part.OTHER: 2}


def _family(households: list[UUID], user: User | None) -> Any:
    def unseen(person: str) -> Q:
        return Q(In(F(person), hidden_people(user))) if user else Q(pk__in=[])

    return (
        Membership.objects.filter(until=None, household__in=households)
        .annotate(
            footing=FilteredRelation("person__arrangements", condition=Q(person__arrangements__ended_on=None)),
            plan=FilteredRelation("person__plans", condition=Q(person__plans__ended_on=None)),
        )
        .annotate(unseen_kin=unseen("person__relationships__relative"), unseen_carer=unseen("footing__carer"))
        .values_list(
            *("person", "pk", "person__name", "person__known_as", "person__birth_date", "person__birth_precision"),
            *("part", "person__phone", "person__language", "person__needs_interpreter", "since"),
            "person__relationships__kind",
            *(f"footing__{name}" for name in Footing._fields),
            *(f"plan__{name}" for name in Plan._fields),
            *("unseen_kin", "unseen_carer"),
        )
    )


_family_rows = Prepared(_family, slots=1)


def family(household_id: UUID, user: User | None = None) -> list[Member]:
    """Give everybody who lives in a household now, carers first and the eldest child first, in one query.

    For the eyes of somebody, what ties a member to somebody of whom they may not know (kinship, or an arrangement with
    that carer) is not there; whoever only reckons with what stands names nobody. The joins multiply a person's
    arrangements by their plans and kin; a family is small, and one query is quick.
    """
    members: dict[UUID, Member] = {}
    for row in _family_rows([household_id], user):
        member = members.setdefault(row[0], Member(*row[:11]))
        footing, plan = Footing._make(row[12:18]), Plan._make(row[18:21])
        if row[11] and not row[21] and row[11] not in member.kinships:
            member.kinships.append(row[11])
        if footing.id and not row[22] and footing not in member.arrangements:
            member.arrangements.append(footing)
        if plan.id and plan not in member.plans:
            member.plans.append(plan)
    return sorted(members.values(), key=_order)


def _order(member: Member) -> tuple[int, date, str]:
    return PARTS[Membership.Part(member.part)], member.birth_date or date.max, member.name


@Prepared
def _followed(households: list[UUID]) -> Any:
    living = Q(memberships__until=None, memberships__part=Membership.Part.CHILD)
    standing = Q(child__person__plans__ended_on=None)
    return (
        Household.objects.filter(pk__in=households)
        .annotate(**knowing.relations(), child=FilteredRelation("memberships", condition=living))
        .annotate(plan=FilteredRelation("child__person__plans", condition=standing))
        .order_by("note__id", "flag__id", "child__person__birth_date", "child__person__name", "plan__started_on")
        .values_list(
            *knowing.COLUMNS,
            *("worker", "child__person", "child__person__name", "child__person__known_as"),
            *(f"plan__{name}" for name in Plan._fields),
        )
    )


def followed(household_id: UUID, user: User) -> tuple[knowing.Known, list[Followed]]:
    """Give what must be known of a household, and how the plans of each of its children stand, in one query."""
    rows, children = _followed([household_id]), dict[UUID, Followed]()
    for _, person, name, known_as, *plan in (row[len(knowing.COLUMNS) :] for row in rows):
        if person:
            plans = children.setdefault(person, Followed(person, known_as or name, [])).plans
            if plan[0] and Plan._make(plan) not in plans:
                plans.append(Plan._make(plan))
    worker = next((row[len(knowing.COLUMNS)] for row in rows), None)
    return knowing.known_in(rows, user, worker), list(children.values())


def safety_notes(household_id: UUID) -> list[SafetyNote]:
    """Give what to know before calling this household: mostly one note, or none."""
    return list(SafetyNote.objects.filter(household=household_id, ended_on=None).order_by("pk"))


def homes_of(people: Iterable[UUID], user: User) -> list[Membership]:
    """Give every home that these people live or lived in and that this person may see."""
    return list(
        Membership.objects.filter(held_by(user, "household__"), person__in=people)
        .select_related("household", "person")
        .order_by(F("until").desc(nulls_first=True), F("since").desc(nulls_last=True), "pk")
    )


def members_past_and_present(household: Household) -> list[Membership]:
    """Give everybody who lives or lived in a household."""
    return list(
        Membership.objects.filter(household=household)
        .select_related("person")
        .order_by(F("until").desc(nulls_first=True), "person__birth_date", "pk")
    )


def kin(people: Iterable[UUID]) -> list[Relationship]:
    """Give what these people are to one another."""
    people = list(people)
    return list(
        Relationship.objects.filter(person__in=people, relative__in=people)
        .select_related("person", "relative")
        .order_by("person__birth_date", "relative__birth_date", "pk")
    )


def carers_of(child: Person, user: User) -> list[Person]:
    """Give the carers of the homes in which a child lives or lived, and those named in its arrangements."""
    homes = Membership.objects.filter(person=child).exclude(household__in=hidden_homes(user)).values("household")
    living = Membership.objects.filter(household__in=homes).exclude(part=Membership.Part.CHILD).values("person")
    named = Arrangement.objects.filter(child=child, carer__isnull=False).values("carer")
    known = Person.objects.exclude(pk__in=hidden_people(user))
    return list(known.filter(Q(pk__in=living) | Q(pk__in=named)).order_by("name", "pk"))


def arrangements_of(child: Person, user: User) -> list[Arrangement]:
    """Give a child's arrangements, the newest first."""
    return list(
        Arrangement.objects.visible_to(user)
        .filter(child=child)
        .select_related("carer", "authority")
        .order_by(F("ended_on").desc(nulls_first=True), F("started_on").desc(nulls_last=True), "-pk")
    )


def plan_statuses_of(child: Person, user: User) -> list[PlanStatus]:
    """Give the plan statuses of a child that somebody may see, the newest first."""
    plans = PlanStatus.objects.visible_to(user).filter(child=child)
    return list(plans.order_by(F("ended_on").desc(nulls_first=True), "-started_on", "-pk"))

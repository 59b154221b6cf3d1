"""How a team's work stands: what each worker holds, weighed, and one worker's families one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.base.prepared import Prepared
from alongside.insight.workload.rules import FamilyFacts, Weighed, new_since, weigh
from alongside.insight.workload.weights import Weights, weights
from alongside.records.cases.models import Case
from alongside.records.people.models import Membership, PlanStatus
from alongside.records.programmes.models import Enrolment

LATE = ("first_contact", "contact", "review", "promise", "concern")


class Sums(NamedTuple):
    """What the families of one worker come to, those at work and those paused apart."""

    worker: UUID | None
    paused: bool
    families: int
    new: int
    concern: int
    child_protection: int
    interpreter: int
    no_programme: int
    late_first_contact: int
    late_contact: int
    late_review: int
    late_promise: int


@dataclass
class Workload:
    """What one worker holds; ``weight`` is how much work that is, where one usual family counts 1."""

    id: UUID
    name: str
    capacity: int | None
    families: int = 0
    weight: float = 0.0
    paused: int = 0
    new: int = 0
    concerns: int = 0
    late: int = 0

    @property
    def over(self) -> bool:
        """Whether this is more than was agreed, by number or by weight."""
        return self.capacity is not None and max(self.families, self.weight) > self.capacity


class TeamWork(NamedTuple):
    """A team's workers, and what is late in it, one by one and in all."""

    workers: list[Workload]
    late: dict[str, int]
    families: int


def late_where(today: date) -> dict[str, Q]:
    """Say what each kind of late is: its day has gone by, or a concern is open."""
    return {
        "first_contact": Q(last_contact_on=None, next_contact_due__lt=today),
        "contact": Q(last_contact_on__isnull=False, next_contact_due__lt=today),
        "review": Q(review_due__lt=today),
        "promise": Q(promise_due_on__lt=today),
        "concern": Q(concern_since__isnull=False),
    }


def midnight(today: date) -> datetime:
    """Give the moment at which a day began here."""
    return timezone.make_aware(datetime.combine(today, time.min))


def flagged(user: User) -> "QuerySet[Case, Any]":
    """Give the open cases that somebody may see, with what makes them more work."""
    members = Membership.objects.filter(household=OuterRef("household"), until=None)
    plans = PlanStatus.objects.filter(
        kind=PlanStatus.Kind.CHILD_PROTECTION,
        ended_on=None,
        child__memberships__household=OuterRef("household"),
        child__memberships__until=None,
    )
    cases: QuerySet[Case, Any] = Case.objects.visible_to(user).filter(closed_on=None)
    return cases.alias(
        takes_part=Exists(Enrolment.objects.filter(case=OuterRef("pk"), ended_on=None)),
        protection=Exists(plans),
        interprets=Exists(members.filter(person__needs_interpreter=True)),
        rests=Q(paused_since__isnull=False),
    )


def _sums(user: User, team: UUID | None, today: date, new_after: date) -> Any:
    rows = flagged(user)
    late = late_where(today)
    return (
        (rows.filter(team=team) if team else rows)
        .annotate(paused=F("rests"))
        .values("worker", "paused")
        .annotate(
            families=Count("pk"),
            new=Count("pk", filter=Q(opened_on__gt=new_after)),
            concern=Count("pk", filter=Q(concern_since__isnull=False)),
            child_protection=Count("pk", filter=Q(protection=True)),
            interpreter=Count("pk", filter=Q(interprets=True)),
            no_programme=Count("pk", filter=Q(takes_part=False)),
            **{f"late_{name}": Count("pk", filter=late[name]) for name in LATE[:-1]},
        )
        .order_by()
        .values_list(*Sums._fields)
    )


def _parts(user: User, team: UUID | None) -> Any:
    """The places that open families take up: worker, whether paused, programme, number."""
    cases = Case.objects.visible_to(user).filter(closed_on=None)
    held = Enrolment.objects.filter(ended_on=None, case__in=(cases.filter(team=team) if team else cases))
    paused = held.annotate(paused=Q(case__paused_since__isnull=False))
    return (
        paused.values("case__worker", "paused", "contract__programme__slug")
        .annotate(number=Count("pk"))
        .order_by()
        .values_list("case__worker", "paused", "contract__programme__slug", "number")
    )


def _workers(agency: UUID, team: UUID | None) -> Any:
    rows = User.objects.filter(agency=agency, role=Role.FAMILY_WORKER, is_active=True)
    return (rows.filter(team=team) if team else rows).order_by("name", "pk").values_list("pk", "name", "capacity")


_sum_rows, _part_rows, _worker_rows = Prepared(_sums), Prepared(_parts), Prepared(_workers)


def team_work(user: User, team: UUID | None, today: date) -> TeamWork:
    """Give how the work of a team stands (of all, where none is named), in three queries however much it is."""
    weighing = weights()
    workers = {pk: Workload(pk, name, capacity) for pk, name, capacity in _worker_rows(user.agency_id, team)}
    rows = _sum_rows(user, team, today, new_since(weighing, today))
    sums = [Sums._make(row) for row in rows]
    for held in sums:
        if found := workers.get(held.worker):
            _add(found, held, weighing)
    for worker, paused, programme, number in _part_rows(user, team):
        if found := workers.get(worker):
            found.weight += number * weighing.of_programme(programme) * (weighing.paused if paused else 1)
    late = {name: sum(getattr(held, f"late_{name}") for held in sums) for name in LATE[:-1]}
    late["concern"] = sum(held.concern for held in sums)
    order = sorted(workers.values(), key=lambda one: (-one.weight / (one.capacity or 1), one.name))
    return TeamWork(order, late, sum(held.families for held in sums))


def _add(found: Workload, held: Sums, weighing: Weights) -> None:
    added = (
        held.no_programme * weighing.no_programme
        + held.new * weighing.new
        + held.concern * weighing.concern
        + held.child_protection * weighing.child_protection
        + held.interpreter * weighing.interpreter
    )
    found.weight += added * (weighing.paused if held.paused else 1)
    found.families += held.families
    found.new += held.new
    found.concerns += held.concern
    found.paused += held.families if held.paused else 0
    found.late += held.late_first_contact + held.late_contact + held.late_review + held.late_promise


class Held(NamedTuple):
    """One family of a worker, weighed."""

    case: UUID
    family: str
    opened_on: date
    weighed: Weighed


def families_of(worker: UUID, user: User, today: date) -> list[Held]:
    """Give the families of a worker, the most work first, in two queries."""
    rows = (
        flagged(user)
        .filter(worker=worker)
        .annotate(cp=F("protection"), speaks=F("interprets"))
        .values_list("pk", "household__name", "opened_on", "concern_since", "paused_since", "cp", "speaks")
    )
    cases = list(rows)
    places = _programmes(row[0] for row in cases)
    found = []
    for pk, name, opened_on, concern, paused, protection, interpreter in cases:
        facts = FamilyFacts(
            tuple(places.get(pk, ())), opened_on, bool(concern), protection, interpreter, paused is not None
        )
        found.append(Held(pk, name, opened_on, weigh(facts, weights(), today)))
    return sorted(found, key=lambda one: (-one.weighed.weight, one.family))


def _programmes(cases: Iterable[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    places = Enrolment.objects.filter(case__in=list(cases), ended_on=None)
    for case, slug in places.values_list("case", "contract__programme__slug"):
        found.setdefault(case, []).append(slug)
    return found

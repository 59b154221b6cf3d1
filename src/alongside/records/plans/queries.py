"""Reading what stands behind a family's plan, promises and money, shaped for pages."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import F

from alongside.records.cases.models import Case, Goal, Step
from alongside.records.plans.library import Domain, domains
from alongside.records.plans.models import (
    AgreedPlan,
    Allowance,
    AllowanceEntry,
    Need,
    OriginEvent,
    PlanSending,
    Promise,
    Strength,
)
from alongside.records.plans.rules import Came, Origin, origin_of


class Point(NamedTuple):
    """Where the family put itself on a goal's line on a day."""

    on: date
    value: int


@dataclass
class GoalLine:
    """A goal with every place that it had on its line, the first being where it began."""

    id: UUID
    words: str
    set_on: date
    met_on: date | None
    left_on: date | None
    points: list[Point] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Say whether it is worked on."""
        return self.met_on is None and self.left_on is None


def goal_lines(case: Case) -> list[GoalLine]:
    """Give the goals of a case, those worked on first, each with its line, in one query."""
    lines: dict[UUID, GoalLine] = {}
    rows = Goal.objects.filter(case=case).order_by("set_on", "pk", "readings__on", "readings__pk")
    columns = ("pk", "words", "set_on", "met_on", "left_on", "start", "readings__on", "readings__value")
    for pk, words, set_on, met_on, left_on, start, on, value in rows.values_list(*columns):
        goal = lines.setdefault(pk, GoalLine(pk, words, set_on, met_on, left_on, [Point(set_on, start)]))
        if on is not None:
            goal.points.append(Point(on, value))
    return sorted(lines.values(), key=lambda goal: not goal.open)


def steps_of_case(case: Case) -> list[Step]:
    """Give every step of a case: those still open first, by when they are due."""
    return list(
        Step.objects.filter(case=case).order_by(
            F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"
        )
    )


@dataclass
class Talked:
    """One part of life with everything that was said about it, the newest first."""

    domain: Domain
    said: list[Need]

    @property
    def places(self) -> list[Point]:
        """Where they put themselves, the oldest first, without the times they would rather not say."""
        return [Point(need.on, need.place) for need in reversed(self.said) if need.place is not None]


def talked_over(case: Case) -> list[Talked]:
    """Give the parts of life that were talked over, in the order in which they are offered."""
    said: dict[str, list[Need]] = {}
    for need in Need.objects.filter(case=case).order_by("-on", "-pk"):
        said.setdefault(need.domain, []).append(need)
    return [Talked(domain, said[key]) for key, domain in domains().items() if key in said]


def strengths_of(case: Case) -> list[Strength]:
    """Give the strengths that are shown, as they were noticed."""
    rows = Strength.objects.filter(case=case, taken_down_on=None).select_related("whose")
    return list(rows.order_by("noticed_on", "pk"))


def promises_of(case: Case) -> list[Promise]:
    """Give every promise: those still open first, by when they are due, then what was settled last."""
    rows = Promise.objects.filter(case=case)
    return list(rows.order_by(F("settled_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"))


@dataclass
class Paid:
    """An allowance with its history, the oldest first."""

    allowance: Allowance
    entries: list[AllowanceEntry] = field(default_factory=list)

    @property
    def short_by(self) -> int | None:
        """Say how much less a week is paid than is expected; below nothing where it is more, none where not known."""
        expected = self.allowance.expected_pence_a_week
        return None if expected is None or self.allowance.ended_on else expected - self.allowance.pence_a_week


def paid_to(case: Case) -> list[Paid]:
    """Give every allowance of a case, those still paid first, with its history."""
    rows = AllowanceEntry.objects.filter(case=case).select_related("allowance__child").order_by("on", "pk")
    found: dict[UUID, Paid] = {}
    for entry in rows:
        found.setdefault(entry.allowance_id, Paid(entry.allowance)).entries.append(entry)
    return sorted(found.values(), key=lambda paid: (paid.allowance.ended_on is not None, str(paid.allowance.began_on)))


IN_ORDER = [kind.value for kind in OriginEvent.Kind]
"""What comes first of two events of one day: being asked before the child comes."""


@dataclass
class Coming:
    """How one child, or all of them, came to live there: the events in their order, and what they come to."""

    child: str
    events: list[OriginEvent]
    origin: Origin


def coming_of(case: Case) -> list[Coming]:
    """Give the origin timeline of each child; events that name no child stand in the timeline of each."""
    rows = OriginEvent.objects.filter(case=case).select_related("child").order_by("pk")
    events = sorted(rows, key=lambda event: (event.on or date.max, IN_ORDER.index(event.kind)))
    children = {event.child_id: event.child for event in events if event.child}
    if not children:
        return [_coming("", events)] if events else []
    return [
        _coming(child.known_as or child.name, [event for event in events if event.child_id in (None, pk)])
        for pk, child in children.items()
    ]


def _coming(child: str, events: list[OriginEvent]) -> Coming:
    return Coming(child, events, origin_of([_came(event) for event in events]))


def _came(event: OriginEvent) -> Came:
    return Came(event.kind, event.on, event.who, event.authority_part, event.evidence)


def agreed_plans(case: Case) -> list[AgreedPlan]:
    """Give the plans that were agreed, the newest first."""
    return list(AgreedPlan.objects.filter(case=case).select_related("agreed_with").order_by("-number"))


def sendings_of(plan: AgreedPlan) -> list[PlanSending]:
    """Say how a plan went to the family, the first time first."""
    return list(PlanSending.objects.filter(plan=plan).select_related("by").order_by("at", "pk"))


def due_first(promises: Iterable[Promise], today: date) -> tuple[list[Promise], list[Promise], list[Promise]]:
    """Part promises into those overdue, those still open and those settled."""
    overdue, ahead, settled = [], [], []
    for promise in promises:
        if promise.outcome != Promise.Outcome.OPEN:
            settled.append(promise)
        elif promise.due_on is not None and promise.due_on < today:
            overdue.append(promise)
        else:
            ahead.append(promise)
    return overdue, ahead, settled

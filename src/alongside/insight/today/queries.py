"""The families that want something today, the most urgent first, in four queries whatever their number."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case as Either
from django.db.models import F, Q, When
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.base.prepared import Prepared
from alongside.insight.clocks.queries import clocks_due
from alongside.insight.clocks.rules import Deadline, State
from alongside.insight.today.rules import (
    APPOINTMENT_SOON,
    CLOCK_SOON,
    CONTACT_SOON,
    QUIET,
    REVIEW_SOON,
    Reason,
    reasons,
)
from alongside.records.appointments.queries import coming
from alongside.records.cases.models import Case
from alongside.records.cases.queries import Unsaved
from alongside.records.people.knowing import noted

MOST = 100  # families that are weighed against one another; nobody works through more in a day
NEVER = date(9999, 12, 31)


class Whose(StrEnum):
    """For whose families the day is shown."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"


class Line(NamedTuple):
    """A family with what is kept of it. ``noted`` says that something must be known before calling; ``coming_at`` is
    the first appointment still to come, also where an earlier one still asks how it went.
    """

    pk: UUID
    household__name: str
    worker__name: str | None
    opened_on: date
    last_contact_on: date | None
    next_contact_due: date | None
    review_due: date | None
    next_appointment_at: datetime | None
    coming_at: datetime | None
    promise_due_on: date | None
    step_due_on: date | None
    concern_since: datetime | None
    paused_since: date | None
    reply_since: date | None
    follow_up_on: date | None
    noted: UUID | None


@dataclass(frozen=True, slots=True)
class Wanting:
    """A family that wants something, and why, the most urgent reason first."""

    family: Line
    why: list[Reason]


def wanting(user: User, *, whose: Whose, drafts: Iterable[Unsaved]) -> list[Wanting]:
    """Give the families that want something today; ``drafts`` are notes about them that wait to be finished."""
    now = timezone.localtime()
    today = now.date()
    near = timezone.make_aware(datetime.combine(today + APPOINTMENT_SOON, datetime.max.time()))
    open_ones = _open(user, whose, now, near, today + CONTACT_SOON, today + REVIEW_SOON, today, today - QUIET)
    lines, clocks = {row[0]: Line._make(row) for row in open_ones}, _clocks(user, today)
    unsaved: dict[UUID, list[Unsaved]] = defaultdict(list)
    for draft in drafts:
        unsaved[draft.case].append(draft)
    unseen = [case for case in {**unsaved, **clocks} if case not in lines]
    lines |= {row[0]: Line._make(row) for row in _others(user, whose, now, today, unseen)}
    found = [
        Wanting(line, why)
        for line in lines.values()
        if (why := reasons(line, now, unsaved.get(line.pk, ()), clocks.get(line.pk, ())))
    ]
    return sorted(found, key=lambda one: (one.why[0], one.family.household__name))


def _clocks(user: User, today: date) -> dict[UUID, list[tuple[str, Deadline]]]:
    """Give by family the clocks that somebody answers for, and that run out soon or have; the earliest first.

    A turn that has passed asks nothing of anybody and is left to the page of the family's clocks.
    """
    found: dict[UUID, list[tuple[str, Deadline]]] = defaultdict(list)
    for one in clocks_due(user, today + CLOCK_SOON):
        if one.deadline.state != State.PASSED:
            found[one.case].append((one.child, one.deadline))
    return dict(found)


@Prepared
def _open(
    user: User, whose: Whose, now: datetime, near: datetime, contact: date, review: date, today: date, quiet: date
) -> Any:
    """Open cases about which there is something: concerns, then what is for today, then what has waited longest."""
    something = (
        Q(concern_since__isnull=False)
        | Q(reply_since__isnull=False)
        | Q(next_appointment_at__lte=near)
        | Q(next_contact_due__lte=contact)
        | Q(review_due__lte=review)
        | Q(promise_due_on__lte=today)
        | Q(step_due_on__lte=today)
        | Q(next_contact_due=None, last_contact_on__lte=quiet)
        | Q(next_contact_due=None, last_contact_on=None, opened_on__lte=quiet)
    )
    days = ("next_contact_due", "review_due", "promise_due_on", "step_due_on")
    for_today = Q(next_appointment_at__lte=near) | Q(reply_since__isnull=False)
    for name in days:
        for_today |= Q(**{name: today})
    due = (Coalesce(name, NEVER) for name in (*days, "reply_since"))
    return (
        _of(user, whose, now, today)
        .filter(something, closed_on=None)
        .order_by(
            F("concern_since").asc(nulls_last=True), Either(When(for_today, then=0), default=1), Least(*due), "pk"
        )
        .values_list(*Line._fields)[:MOST]
    )


@Prepared
def _others(user: User, whose: Whose, now: datetime, today: date, cases: list[UUID]) -> Any:
    """Closed cases whose follow-up is due, and those of which something else is known; one query, as each costs."""
    follow_ups = _part(user, whose) & Q(follow_up_on__lte=today, closed_on__isnull=False)
    return (
        _of(user, Whose.ALL, now, today)
        .filter(follow_ups | Q(pk__in=cases))
        .order_by(F("follow_up_on").asc(nulls_first=True), "pk")
        .values_list(*Line._fields)[: 2 * MOST]
    )


def _of(user: User, whose: Whose, now: datetime, today: date) -> Any:
    known = {"noted": noted(user, today), "coming_at": coming(now)}
    return Case.objects.visible_to(user).annotate(**known).filter(_part(user, whose))


def _part(user: User, whose: Whose) -> Q:
    if whose == Whose.MINE:
        return Q(worker=user.pk)
    return Q(team=user.team_id) if whose == Whose.TEAM else Q()

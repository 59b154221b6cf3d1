"""What is late in a team, and why, as far as the record shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.base.paging import Page, page_of
from alongside.insight.workload.queries import late_where, midnight
from alongside.insight.workload.rules import why_late
from alongside.records.cases.models import Case, Contact
from alongside.records.oversight.queries import away_now

# The day by which each kind of late is ordered, the longest ago first.
ORDERS = {
    "first_contact": "next_contact_due",
    "contact": "next_contact_due",
    "review": "review_due",
    "promise": "promise_due_on",
    "concern": "concern_since",
}


@dataclass(frozen=True, slots=True)
class LateFamily:
    """A family for whom something is late: since when, whose they are, and why."""

    case: UUID
    family: str
    worker: str | None
    since: date
    reasons: tuple[str, ...]


def late_counts(user: User, team: UUID | None, today: date) -> dict[str, int]:
    """Give for how many families each thing is late, in one query."""
    rows = Case.objects.visible_to(user).filter(closed_on=None)
    rows = rows.filter(team=team) if team else rows
    return rows.aggregate(**{kind: Count("pk", filter=where) for kind, where in late_where(today).items()})


def late_families(
    user: User, team: UUID | None, kind: str, key: str, today: date
) -> tuple[Page[Any], list[LateFamily]]:
    """Give a page of the families for whom one thing is late, the longest first, in four queries."""
    rows = Case.objects.visible_to(user).filter(late_where(today)[kind], closed_on=None)
    rows = (rows.filter(team=team) if team else rows).select_related("household", "worker")
    listed = page_of(rows, order=ORDERS[kind], key=key)
    return listed, _with_reasons(listed.rows, user, ORDERS[kind], today)


def _with_reasons(cases: Sequence[Case], user: User, order: str, today: date) -> list[LateFamily]:
    tries = _tries(cases)
    away = away_now(user.agency_id, today)
    held = _held(user, {case.worker_id for case in cases if case.worker_id})
    now = timezone.now()
    found = []
    for case in cases:
        worker = case.worker
        capacity = worker.capacity if worker else None
        reasons = why_late(
            worker=worker.name if worker else None,
            away=case.worker_id in away,
            paused=case.paused_since is not None,
            over_capacity=capacity is not None and held.get(case.worker_id, 0) > capacity,
            tries=tries.get(case.pk, ()),
            booked=bool(case.next_appointment_at and case.next_appointment_at > now),
        )
        found.append(
            LateFamily(case.pk, case.household.name, worker.name if worker else None, _day(case, order), reasons)
        )
    return found


def _day(case: Case, order: str) -> date:
    value = getattr(case, order)
    return timezone.localdate(value) if order == "concern_since" else value


def _tries(cases: Sequence[Case]) -> dict[UUID, list[date]]:
    """Give the days on which nobody was reached since the family was last in touch."""
    since = {case.pk: case.last_contact_on or case.opened_on for case in cases}
    found: dict[UUID, list[date]] = {}
    if not since:
        return found
    not_reached = (Contact.Outcome.NO_ANSWER, Contact.Outcome.LEFT_MESSAGE, Contact.Outcome.DID_NOT_ATTEND)
    rows = Contact.objects.filter(case__in=list(since), outcome__in=not_reached, at__gte=midnight(min(since.values())))
    for case, at in rows.values_list("case", "at"):
        day = timezone.localdate(at)
        if day > since[case]:
            found.setdefault(case, []).append(day)
    return found


def _held(user: User, workers: set[UUID]) -> dict[UUID | None, int]:
    counted = (
        Case.objects.visible_to(user)
        .filter(worker__in=workers, closed_on=None)
        .values("worker")
        .annotate(n=Count("pk"))
    )
    return dict(counted.order_by().values_list("worker", "n"))

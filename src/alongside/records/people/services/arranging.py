"""Writing on what footing a child lives with a carer, and which plans the child is on."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import in_words
from alongside.core.base.errors import Refused
from alongside.records.people.models import Arrangement, Person, PlanStatus, Precision
from alongside.records.people.rules import span_problem


def record_arrangement(
    *, child: Person, by: User, submission: UUID, replaces: Arrangement | None = None, **facts: Any
) -> Arrangement:
    """Add an arrangement to a child's history; the one that it replaces ends on the day it started."""
    _check(child, facts["started_on"], facts["started_precision"], facts.get("ended_on"))
    with ledger.together():
        made = ledger.create(
            Arrangement,
            by=by,
            what="arrangement recorded",
            id=submission,
            agency_id=child.agency_id,
            child=child,
            **facts,
        )
        if replaces and replaces.ended_on is None:
            began = replaces.started_on or date.min
            end = max(made.started_on or timezone.localdate(), began)
            ledger.update(replaces, by=by, what="arrangement ended by the next", ended_on=end)
    return made


def edit_arrangement(*, arrangement: Arrangement, version: int, by: User, **facts: Any) -> Arrangement:
    """Put an arrangement right, or end it."""
    _check(arrangement.child, facts["started_on"], facts["started_precision"], facts.get("ended_on"))
    return ledger.update(arrangement, by=by, what="arrangement changed", version=version, **facts)


# For each date that a clock needs, the one that it cannot lie before.
NOT_BEFORE = {
    "approval_extended_on": "temporarily_approved_on",
    "approval_decided_on": "temporarily_approved_on",
    "fund_applied_on": "fund_assessed_on",
}


def record_clock_dates(*, arrangement: Arrangement, version: int, by: User, **dates: date | None) -> Arrangement:
    """Write the days that set the clocks of law going for an arrangement, or stop them."""
    for name, first in NOT_BEFORE.items():
        day, earliest = dates.get(name), dates.get(first, getattr(arrangement, first))
        if day and earliest and day < earliest:
            raise Refused(f"This cannot be before {in_words(earliest)}, when the first step was", field=name)
    today = timezone.localdate()
    if any(day and day > today for name, day in dates.items() if name != "planned_for"):
        raise Refused("Only the day of moving in may lie ahead")
    return ledger.update(arrangement, by=by, what="dates for clocks recorded", version=version, **dates)


def record_plan_status(*, child: Person, by: User, submission: UUID, **facts: Any) -> PlanStatus:
    """Record that a child is or was on a plan, or looked after, and who said so."""
    _check(child, facts["started_on"], Precision.EXACT, facts.get("ended_on"))
    return ledger.create(
        PlanStatus, by=by, what="plan recorded", id=submission, agency_id=child.agency_id, child=child, **facts
    )


def edit_plan_status(*, plan: PlanStatus, version: int, by: User, **facts: Any) -> PlanStatus:
    """Put a plan right, or say that it ended."""
    _check(plan.child, facts["started_on"], Precision.EXACT, facts.get("ended_on"))
    return ledger.update(plan, by=by, what="plan changed", version=version, **facts)


def _check(child: Person, started_on: date | None, precision: str, ended_on: date | None) -> None:
    """Refuse dates that cannot both be right; a start not known to the day may seem to lie before the birth."""
    exact = child.birth_precision == Precision.EXACT and precision == Precision.EXACT
    problem = span_problem(
        started_on, ended_on, today=timezone.localdate(), birth_date=child.birth_date if exact else None
    )
    if problem:
        raise Refused(problem[1], field="started" if problem[0] == "started_on" else "ended_on")

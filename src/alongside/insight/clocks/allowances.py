"""The clocks of the money that families are paid: when each allowance is to be looked at again."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.base.prepared import Prepared
from alongside.insight.clocks.rules import Deadline, Rule, Unit, last_working_day, state_on
from alongside.records.people.models import held_by
from alongside.records.plans.library import kinds
from alongside.records.plans.models import Allowance

WORDS = "Ask who pays it whether it was looked at, and whether it took account of what has changed for the family."


class Review(NamedTuple):
    """An allowance that has a day for its next review."""

    case: UUID
    family: str
    child: str | None
    kind: str
    review_due: date


COLUMNS = ("case", "case__household__name", "child__name", "kind", "review_due")


def _reviews(user: User, until: date, most: int) -> Any:
    mine = {"case__worker": user.pk}
    if user.role == Role.MANAGER:
        mine = {"case__team": user.team_id} if user.team_id else {}
    asked = Q(ended_on=None, review_due__lte=until, case__closed_on=None, **mine)
    rows = Allowance.objects.filter(asked & held_by(user, "case__")).order_by("review_due", "pk")
    return rows.values_list(*COLUMNS)[:most]


_due_rows = Prepared(_reviews)
_case_rows = Prepared(
    lambda cases: (
        Allowance.objects.filter(case__in=cases, ended_on=None, review_due__isnull=False)
        .order_by("review_due", "pk")
        .values_list(*COLUMNS)
    ),
    slots=1,
)


def reviews_due(user: User, until: date, most: int) -> list[Review]:
    """Give the allowances of somebody's families whose review is late or due by a day, the earliest first."""
    return [Review._make(row) for row in _due_rows(user, until, most)]


def reviews_of(case: UUID) -> list[Review]:
    """Give the allowances of a family that have a day for their next review."""
    return [Review._make(row) for row in _case_rows([case])]


def review_deadline(review: Review, today: date) -> Deadline:
    """Give the clock of one review; its day is kept with the allowance."""
    kind = kinds().get(review.kind, kinds()["other"])
    rule = Rule(
        *("allowance-review", f"Review: {kind.title}", WORDS, (), (), kind.review_months, Unit.MONTHS, kind.source),
        verified=kind.verified,
        checked=kind.checked,
    )
    act_by = last_working_day(review.review_due)
    words = "as kept with the allowance"
    return Deadline(rule, review.review_due, act_by, state_on(today, review.review_due, act_by, rule), words)

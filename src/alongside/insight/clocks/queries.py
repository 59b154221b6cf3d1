"""The clocks of one family, and those of somebody's families that run out, shaped for pages."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.insight.clocks.allowances import review_deadline, reviews_due, reviews_of
from alongside.insight.clocks.arrangements import Told, of_household, running_out
from alongside.insight.clocks.contract import contract_deadlines
from alongside.insight.clocks.reading import rules
from alongside.insight.clocks.rules import PASSED_STAYS, Deadline, Missing, Rule, State, deadlines, wanting
from alongside.records.cases.models import Case

MOST = 100  # clocks that run out, the earliest; nobody works through more in a day


class DueClock(NamedTuple):
    """A clock that runs out for one family; ``child`` is empty where it belongs to no child in particular."""

    case: UUID
    family: str
    child: str
    arrangement: UUID | None
    deadline: Deadline


class FamilyClock(NamedTuple):
    """A clock of one family; those of the contract belong to nobody in particular."""

    child: str
    arrangement: UUID | None
    deadline: Deadline


class Wanting(NamedTuple):
    """A clock that cannot run, because one thing is not known."""

    child: str
    arrangement: UUID
    rule: Rule
    missing: Missing


class FamilyClocks(NamedTuple):
    """What runs for a family, and what would run if more were known."""

    running: list[FamilyClock]
    wanting: list[Wanting]
    arrangements: list[Told]


def clocks_due(user: User, until: date) -> list[DueClock]:
    """Give the clocks of law and of allowances that are late or run out by a day, the earliest first, in two queries.

    Of more than anybody can work through in a day, it gives those that have waited longest. A family worker is told of
    the families that are theirs, a manager of their team's (of all, without a team). First contacts and reviews of the
    work are not among them: those days are kept on the case.
    """
    today = timezone.localdate()
    found = [
        DueClock(told.case, told.family, told.child, told.arrangement, deadline)
        for told in running_out(user, until, today, MOST)
        for deadline in deadlines(told.facts, rules(), today)
        if deadline.due <= until and not (deadline.rule.turn and deadline.due < today - PASSED_STAYS)
    ]
    found += [
        DueClock(review.case, review.family, review.child or "", None, review_deadline(review, today))
        for review in reviews_due(user, until, MOST)
    ]
    return sorted(found, key=lambda one: (one.deadline.due, one.family, one.child))[:MOST]


def clocks_of(case: Case, user: User) -> FamilyClocks:
    """Give every clock of a family, of law and of contract, the next first and what has passed last.

    Those of an arrangement with a carer whom this person may not know of are not among them.
    """
    today = timezone.localdate()
    arrangements = of_household(case.household_id, user)
    running = [
        FamilyClock(told.child, told.arrangement, deadline)
        for told in arrangements
        for deadline in deadlines(told.facts, rules(), today)
    ]
    running += [FamilyClock("", None, deadline) for deadline in contract_deadlines(case, today)]
    running += [FamilyClock(review.child or "", None, review_deadline(review, today)) for review in reviews_of(case.pk)]
    lacking = [
        Wanting(told.child, told.arrangement, *each) for told in arrangements for each in wanting(told.facts, rules())
    ]
    running.sort(key=lambda one: (one.deadline.state == State.PASSED, one.deadline.due, one.child))
    return FamilyClocks(running, lacking, arrangements)

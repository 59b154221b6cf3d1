"""Writing what a family wants to be different, how near they are, and the next steps."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case, Goal, Reading, Step


def set_goal(*, case: Case, words: str, start: int, set_on: date, by: User, submission: UUID) -> Goal:
    """Write down a goal in the family's own words, and where they are from 0 to 10 now."""
    _not_yet_to_come(set_on, "set_on")
    return ledger.create(
        Goal,
        by=by,
        what="goal set",
        id=submission,
        agency_id=case.agency_id,
        case=case,
        words=words,
        start=start,
        set_on=set_on,
    )


def edit_goal(*, goal: Goal, version: int, words: str, start: int, set_on: date, by: User) -> Goal:
    """Put a goal's words or its start right."""
    _not_yet_to_come(set_on, "set_on")
    return ledger.update(goal, by=by, what="goal changed", version=version, words=words, start=start, set_on=set_on)


def finish_goal(*, goal: Goal, version: int, met: bool, on: date, by: User) -> Goal:
    """Say that a goal was met, or that the family left it."""
    _not_yet_to_come(on, "on")
    _not_before_it_was_set(goal, on, "on")
    return ledger.update(
        goal,
        by=by,
        what="goal met" if met else "goal left",
        version=version,
        met_on=on if met else None,
        left_on=None if met else on,
    )


def read_goal(*, goal: Goal, value: int, on: date, by: User, submission: UUID) -> Reading:
    """Write down where the family puts itself on a goal's line."""
    _not_yet_to_come(on, "on")
    _not_before_it_was_set(goal, on, "on")
    return ledger.create(
        Reading, by=by, what="goal read", id=submission, agency_id=goal.agency_id, goal=goal, value=value, on=on
    )


def add_step(
    *,
    case: Case,
    goal: Goal | None = None,
    words: str,
    owner: str,
    due_on: date | None,
    by: User,
    submission: UUID,
) -> Step:
    """Agree a next step, towards a goal of the case or beside them: who will do what by when."""
    if goal is not None and goal.case_id != case.pk:
        raise Refused("Choose one of this family's goals", field="goal")
    return ledger.create(
        Step,
        by=by,
        what="step agreed",
        id=submission,
        agency_id=case.agency_id,
        case=case,
        goal=goal,
        words=words,
        owner=owner,
        due_on=due_on,
    )


def edit_step(
    *,
    step: Step,
    version: int,
    words: str,
    owner: str,
    due_on: date | None,
    done_on: date | None,
    came_of_it: str,
    by: User,
) -> Step:
    """Put a step right, or say that it was done and what came of it."""
    if done_on:
        _not_yet_to_come(done_on, "done_on")
    return ledger.update(
        step,
        by=by,
        what="step done" if done_on and not step.done_on else "step changed",
        version=version,
        words=words,
        owner=owner,
        due_on=due_on,
        done_on=done_on,
        came_of_it=came_of_it,
    )


def _not_yet_to_come(day: date, field: str) -> None:
    if day > timezone.localdate():
        raise Refused("The day must be today or in the past", field=field)


def _not_before_it_was_set(goal: Goal, day: date, field: str) -> None:
    if day < goal.set_on:
        raise Refused(f"The goal was set on {goal.set_on:%d/%m/%Y}; the day cannot be before that", field=field)

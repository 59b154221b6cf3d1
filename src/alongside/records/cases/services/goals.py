"""Writing what a family wants to be different, how near they are, and the next steps."""

from datetime import date
from uuid import UUID

from django.db.models import Min, Q

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import in_words, not_before, not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case, Goal, Reading, Step
from alongside.records.cases.services.keeping import keep


def set_goal(*, case: Case, words: str, start: int, set_on: date, by: User, submission: UUID) -> Goal:
    """Write down a goal in the family's own words, and where they are from 0 to 10 now."""
    not_yet_to_come(set_on, "set_on")
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
    not_yet_to_come(set_on, "set_on")
    first = goal.readings.aggregate(Min("on"))["on__min"]
    if first and set_on > first:
        raise Refused(f"They said where they were on {in_words(first)}. It was set by then", field="set_on")
    return ledger.update(goal, by=by, what="goal changed", version=version, words=words, start=start, set_on=set_on)


def finish_goal(*, goal: Goal, version: int, met: bool, on: date, by: User) -> Goal:
    """Say that a goal was met, or that the family left it."""
    not_yet_to_come(on, "on")
    _not_before_it_was_set(goal, on, "on")
    with ledger.together():
        finished = ledger.update(
            goal,
            by=by,
            what="goal met" if met else "goal left",
            version=version,
            met_on=on if met else None,
            left_on=None if met else on,
        )
        _keep_steps(goal.case_id)
    return finished


def read_goal(*, goal: Goal, value: int, on: date, by: User, submission: UUID) -> Reading:
    """Write down where the family puts itself on a goal's line."""
    not_yet_to_come(on, "on")
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
    with ledger.together():
        agreed = ledger.create(
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
        _keep_steps(case.pk)
    return agreed


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
        not_yet_to_come(done_on, "done_on")
        began = step.case.opened_on
        not_before(done_on, began, "done_on", f"The work began on {in_words(began)}; it was not done before that")
    with ledger.together():
        changed = ledger.update(
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
        _keep_steps(step.case_id)
    return changed


def _keep_steps(case_id: UUID) -> None:
    """Keep on the case the day of the earliest step that its worker is to take; one of a finished goal is let go."""
    standing = Q(goal=None) | Q(goal__met_on=None, goal__left_on=None)
    ours = Step.objects.filter(standing, case=case_id, owner=Step.Owner.WORKER, done_on=None)
    keep(case_id, step_due_on=ours.aggregate(Min("due_on"))["due_on__min"])


def _not_before_it_was_set(goal: Goal, day: date, field: str) -> None:
    not_before(day, goal.set_on, field, f"The goal was set on {in_words(goal.set_on)}; the day cannot be before that")

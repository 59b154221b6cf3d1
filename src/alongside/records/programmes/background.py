"""What stands behind a family today, as its page shows it: what to know, goals, endings, and the places it holds."""

from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple
from uuid import UUID

from alongside.core.base.prepared import Prepared
from alongside.records.cases.models import Case
from alongside.records.cases.queries import GoalLine, goal_columns, in_order
from alongside.records.people import knowing
from alongside.records.programmes.queries import PLACE_FIELDS, Place
from alongside.records.programmes.rules.clock import sessions_words
from alongside.records.programmes.rules.sessions import Span, shared_out
from alongside.records.programmes.standing import touches_since


class Ending(NamedTuple):
    """One time that a case was closed, and what came after."""

    id: UUID
    closed_on: date
    reason: str
    words: str
    follow_up_on: date | None
    follow_up_words: str
    reopened_on: date | None
    reopened_words: str


class Held(NamedTuple):
    """A family's time in a programme, now or before, with what its sessions are reckoned from."""

    id: UUID
    ended_on: date | None
    planned_sessions: int | None
    more_sessions: int
    sessions: dict[str, Any]
    place: Place

    @property
    def most_sessions(self) -> int | None:
        """How many there may be, with what was agreed on top."""
        return None if self.planned_sessions is None else self.planned_sessions + self.more_sessions

    @property
    def span(self) -> Span:
        """Its days and ways of being in touch."""
        return Span(self.id, self.place.started_on, self.ended_on, frozenset(self.sessions["channels"]))


class Background(NamedTuple):
    """What stands behind a case today; each place comes with how many sessions were had: "3 of 8 sessions"."""

    known: list[tuple[Any, ...]]
    goals: list[GoalLine]
    endings: list[Ending]
    places: list[tuple[Place, str]]


HELD = (
    *("pk", "ended_on", "contract__sessions", "more_sessions"),
    "contract__programme__definition__sessions",
)


def _behind(cases: list[UUID]) -> Any:
    goals, told_of_goals = goal_columns("goals__")
    return (
        Case.objects.filter(pk__in=cases)
        .annotate(**knowing.relations("household__"), **told_of_goals)
        .order_by("note__pk", "-closures__closed_on", "-closures__pk", "enrolments__started_on", "enrolments__pk")
        .values_list(
            *knowing.COLUMNS,
            *goals,
            *(f"closures__{name}" for name in Ending._fields),
            *(f"enrolments__{name}" for name in HELD),
            "pk",
            *(f"enrolments__{name}" for name in PLACE_FIELDS),
        )
    )


_behind_rows = Prepared(_behind, slots=1)
GOAL, ENDING, PLACE = accumulate((len(knowing.COLUMNS), len(GoalLine._fields), len(Ending._fields)))
ROW = Held._fields.index("place")


def background(case: Case) -> Background:
    """Give what stands behind a case, in two queries, or in one where it holds no place.

    The joins of the first multiply its parts by one another; there are few of each, and one query is quick.
    """
    rows = _behind_rows([case.pk])
    goals = {row[GOAL]: GoalLine._make(row[GOAL:ENDING]) for row in rows if row[GOAL]}
    endings = {row[ENDING]: Ending._make(row[ENDING:PLACE]) for row in rows if row[ENDING]}
    held = {row[PLACE]: _held(row[PLACE:]) for row in rows if row[PLACE]}
    return Background(
        [row[:GOAL] for row in rows],
        in_order(goals.values()),
        list(endings.values()),
        _with_sessions(case, list(held.values())),
    )


def _held(row: tuple[Any, ...]) -> Held:
    return Held._make((*row[:ROW], Place._make(row[ROW:])))


def _with_sessions(case: Case, held: list[Held]) -> list[tuple[Place, str]]:
    """Say how many sessions each place that is held now has had. One that ended may have had some of these days."""
    now = [one for one in held if one.ended_on is None]
    if not now:
        return []
    touches = touches_since(case, min(one.place.started_on for one in now))
    sessions = shared_out(touches, (one.span for one in held))
    return [(one.place, sessions_words(len(sessions[one.id]), one.most_sessions)) for one in now]

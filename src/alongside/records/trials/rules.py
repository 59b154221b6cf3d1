"""What the arms of a trial can be kept alike in, and how a family's place in each is told from plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

UNKNOWN = "not known"
ORDERS = frozenset({"special_guardianship", "child_arrangements", "adoption"})


@dataclass(frozen=True, slots=True)
class Child:
    """What is asked of a child who lives with the family."""

    birth_date: date | None
    arrangement: str
    looked_after_before: str


@dataclass(frozen=True, slots=True)
class Family:
    """What is asked of a family when chance decides."""

    authority: str
    team: str
    children: tuple[Child, ...]


FACTORS: dict[str, str] = {
    "authority": "Authority",
    "team": "Team",
    "children": "One child or more",
    "youngest": "Age of the youngest child",
    "order": "Whether any child lives there under an order",
    "looked_after": "Whether any child was looked after before",
}


def levels(family: Family, factors: Iterable[str], on: date) -> dict[str, str]:
    """Say which level of each factor a family has on a day.

    >>> one = Child(date(2019, 5, 4), "special_guardianship", "yes")
    >>> levels(Family("Kirklees", "West", (one,)), ["children", "youngest", "order"], date(2026, 11, 20))
    {'children': 'one', 'youngest': '5 to 10', 'order': 'yes'}
    """
    told = {
        "authority": family.authority or UNKNOWN,
        "team": family.team or UNKNOWN,
        "children": "one" if len(family.children) == 1 else "two or more" if family.children else UNKNOWN,
        "youngest": _youngest(family.children, on),
        "order": _any([child.arrangement in ORDERS for child in family.children if child.arrangement]),
        "looked_after": _any([child.looked_after_before == "yes" for child in family.children]),
    }
    return {factor: told[factor] for factor in factors}


def _youngest(children: Iterable[Child], on: date) -> str:
    born = [child.birth_date for child in children if child.birth_date]
    if not born:
        return UNKNOWN
    last = max(born)
    age = on.year - last.year - ((on.month, on.day) < (last.month, last.day))
    return "under 5" if age < 5 else "5 to 10" if age < 11 else "11 or over"


def _any(found: list[bool]) -> str:
    return UNKNOWN if not found else "yes" if any(found) else "no"


@dataclass(frozen=True, slots=True)
class Entrant:
    """What the records tell of one family that was looked at for a trial, dates and no name.

    ``lacks`` is the first criterion that it does not meet. ``supported`` are the times that it had in the programme,
    ``answered`` the days on which its carer answered the trial's questions.
    """

    lacks: str
    declined: bool
    withdrawn_on: date | None
    answers_may_stay: bool
    arm: int | None
    allocated_on: date | None
    turn_on: date | None
    closed_on: date | None
    supported: tuple[tuple[date, date | None], ...]
    answered: tuple[date, ...]


RANDOMISED = "Allocated by chance"
DECLINED = "Would rather not be allocated by chance"
TOOK_BACK_BEFORE = "Took it back before chance decided"
NOT_ENTERED = "Not entered before the trial closed"

ANALYSED = "Measured before and after"
TOOK_BACK = "Took back their agreement"
ENDED = "The work ended first"
NO_START = "Not measured at the start"
NO_END = "Not measured at the end"
FOLLOWED = (ANALYSED, TOOK_BACK, ENDED, NO_START, NO_END)

AS_ALLOCATED = "Had what they were allocated to"
OTHERWISE = "Did not"
RECEIVED = (AS_ALLOCATED, OTHERWISE)

BEFORE = timedelta(weeks=12)
AROUND = 4
"""Weeks by which the later answers may be early or late."""

Weeks = tuple[int, int]


def asked_again(follow_up_weeks: int, waiting_weeks: int | None) -> Weeks:
    """Give the first and the last week after chance decided in which an answer is the later one, for both arms alike.

    Where the second arm waits, that ends as its turn comes: until then it has had nothing. Where its turn comes before
    anybody is asked again, that cannot be.

    >>> asked_again(12, None), asked_again(12, 12), asked_again(26, 8)
    ((8, 16), (8, 12), (22, 30))
    """
    first, last = max(1, follow_up_weeks - AROUND), follow_up_weeks + AROUND
    return first, min(last, waiting_weeks) if waiting_weeks and waiting_weeks > first else last


def entering(family: Entrant) -> str:
    """Say how far a family came: allocated by chance, or why not."""
    if family.arm is not None:
        return RANDOMISED
    if family.lacks:
        return f"Not so: {family.lacks}"
    if family.declined:
        return DECLINED
    return TOOK_BACK_BEFORE if family.withdrawn_on else NOT_ENTERED


def followed(family: Entrant, allocated_on: date, weeks: Weeks) -> str:
    """Say whether an allocated family can be analysed, or how it was lost.

    The start counts where it was measured up to twelve weeks before chance decided, the end within ``weeks`` of it (see
    :func:`asked_again`). What somebody answered before taking their agreement back stays where they let it.
    """
    first, last = (allocated_on + timedelta(weeks=week) for week in weeks)
    before = any(allocated_on - BEFORE <= day <= allocated_on for day in family.answered)
    after = any(first <= day <= last for day in family.answered)
    if family.withdrawn_on and not (family.answers_may_stay and before and after):
        return TOOK_BACK
    if before and after:
        return ANALYSED
    if not before:
        return NO_START
    return ENDED if family.closed_on and family.closed_on <= last else NO_END


def received(family: Entrant, allocated_on: date, follow_up: timedelta) -> str:
    """Say whether a family had what chance gave it: support by the day of measuring, or none before its turn."""
    due = allocated_on + follow_up
    if family.arm == 0:
        had = any(since <= due and (until is None or until >= allocated_on) for since, until in family.supported)
        return AS_ALLOCATED if had else OTHERWISE
    until_then = min(due, family.turn_on or due)
    early = any(since < until_then and (until is None or until >= allocated_on) for since, until in family.supported)
    return OTHERWISE if early else AS_ALLOCATED

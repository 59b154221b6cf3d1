"""Decisions on plain values: what an amount comes to a week, where an allowance stands, what an origin points to."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

WEEKS_A_YEAR = 52


class Every(StrEnum):
    """How often an amount is paid."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    FOUR_WEEKS = "four_weeks"
    MONTH = "month"
    YEAR = "year"

    @staticmethod
    def choices() -> list[tuple[str, str]]:
        """Give each with its words."""
        return [(every.value, words) for every, (_, words) in _PERIODS.items()]


_PERIODS = {
    Every.WEEK: (Fraction(1), "a week"),
    Every.FORTNIGHT: (Fraction(1, 2), "every two weeks"),
    Every.FOUR_WEEKS: (Fraction(1, 4), "every four weeks"),
    Every.MONTH: (Fraction(12, WEEKS_A_YEAR), "a month"),
    Every.YEAR: (Fraction(1, WEEKS_A_YEAR), "a year"),
}


def a_week(pence: int, every: str) -> int:
    """Say what an amount comes to a week, to the nearest penny, half a penny up; a year has 52 weeks.

    >>> a_week(2705, "week"), a_week(10820, "four_weeks"), a_week(30394, "month")
    (2705, 2705, 7014)
    """
    share = pence * _PERIODS[Every(every)][0]
    return (2 * share.numerator + share.denominator) // (2 * share.denominator)


def said_every(every: str) -> str:
    """Say how often: "a week", "every four weeks"."""
    return _PERIODS[Every(every)][1]


class Line(NamedTuple):
    """One entry of an allowance, as far as it decides where the allowance stands."""

    on: date
    kind: str
    pence_a_week: int


class Standing(NamedTuple):
    """Where an allowance stands: the amount, since when it is paid, since when at that, last review, and the end."""

    pence_a_week: int
    began_on: date | None
    amount_since: date | None
    reviewed_on: date | None
    ended_on: date | None


ORDER = {"began": 0, "changed": 1, "reviewed": 2, "stopped": 3}


def standing(lines: Iterable[Line]) -> Standing:
    """Work out where an allowance stands from its history, in whatever order that was written down.

    A change is a review as well. What begins again after it stopped has not ended.
    """
    now = Standing(0, None, None, None, None)
    for line in sorted(lines, key=lambda line: (line.on, ORDER[line.kind], line.pence_a_week)):
        if line.kind == "stopped":
            now = now._replace(ended_on=line.on)
        elif line.kind == "reviewed":
            now = now._replace(reviewed_on=line.on)
        else:
            anew = now.began_on is None or now.ended_on is not None
            now = Standing(
                pence_a_week=line.pence_a_week,
                began_on=line.on if anew else now.began_on,
                amount_since=line.on if anew or line.pence_a_week != now.pence_a_week else now.amount_since,
                reviewed_on=line.on if line.kind == "changed" else now.reviewed_on,
                ended_on=None,
            )
    return now


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later, or the month's last day where it has no such day.

    >>> months_after(date(2028, 2, 29), 12), months_after(date(2026, 8, 31), 1)
    (datetime.date(2029, 2, 28), datetime.date(2026, 9, 30))
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class Came(NamedTuple):
    """One event of how a child came to live there, as far as it decides what is worth taking up."""

    kind: str
    on: date | None
    who: str
    authority_part: str
    evidence: str


class Origin(NamedTuple):
    """What the events of one child's coming come to."""

    asked_by: str | None
    placed_by: str | None
    placed_on: date | None
    authority_part: str | None
    called_private: bool
    worth_taking_up: bool
    shown: bool


TOOK_PART = frozenset({"asked", "arranged", "paid"})


def origin_of(events: Sequence[Came]) -> Origin:
    """Say who asked, who placed, what the authority did on the first day, and whether the label should be questioned.

    It is worth taking up where the arrangement was called private although the authority asked for it, arranged it or
    paid towards it. Whether the law sees it so is for an adviser; what was written down is ``shown`` where any of the
    events that say so has evidence.
    """
    ordered = sorted(events, key=lambda event: event.on or date.max)
    asked = next((event for event in ordered if event.kind == "asked"), None)
    placed = next((event for event in ordered if event.kind == "placed"), None)
    first = placed or asked
    private = any(event.kind == "called_private" for event in ordered)
    theirs = [event for event in ordered if _took_part(event)]
    return Origin(
        asked_by=asked.who if asked else None,
        placed_by=placed.who if placed else None,
        placed_on=placed.on if placed else None,
        authority_part=first.authority_part if first else None,
        called_private=private,
        worth_taking_up=private and bool(theirs),
        shown=any(event.evidence for event in theirs),
    )


def _took_part(event: Came) -> bool:
    done = event.kind in ("asked", "placed") and event.who == "authority"
    return done or event.authority_part in TOOK_PART

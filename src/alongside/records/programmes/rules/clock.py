"""The clock of a programme on plain dates: weeks and sessions used and left, which agreed pauses stop."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.core.base.days import in_words
from alongside.records.cases.rules import week_words

WEEK = 7


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which the clock stands still: from a day on until the work goes on, if it is known when."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """How long the work is to take; None where nobody set it."""

    weeks: int | None = None
    sessions: int | None = None

    def with_more(self, weeks: int, sessions: int) -> "Planned":
        """Add what was agreed on top; what was never limited stays so."""
        return Planned(
            None if self.weeks is None else self.weeks + weeks,
            None if self.sessions is None else self.sessions + sessions,
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """How a place in a programme stands on a day. What is left is below nothing where more was used than planned."""

    days_used: int
    sessions_used: int
    planned: Planned
    ends_on: date | None
    stopped_since: date | None
    ended: bool

    @property
    def week(self) -> int:
        """The week that the work is in, from 1."""
        return self.days_used // WEEK + 1

    @property
    def days_left(self) -> int | None:
        """How many days the clock may still run."""
        return None if self.planned.weeks is None else self.planned.weeks * WEEK - self.days_used

    @property
    def sessions_left(self) -> int | None:
        """How many sessions may still be had."""
        return None if self.planned.sessions is None else self.planned.sessions - self.sessions_used

    @property
    def is_over(self) -> bool:
        """Say whether more was used than planned."""
        return any(left is not None and left < 0 for left in (self.days_left, self.sessions_left))

    @property
    def week_words(self) -> str:
        """Say which week it is: "Week 6 of 12", or how many weeks it took."""
        if self.ended:
            return _count(-(-self.days_used // WEEK), "week")
        return week_words(self.week, self.planned.weeks)

    @property
    def time_left_words(self) -> str:
        """Say how much time is left: "6 weeks and 2 days left"."""
        return "No number of weeks is set" if self.days_left is None else _left(self.days_left)

    @property
    def sessions_words(self) -> str:
        """Say how many sessions there were: "3 of 8 sessions"."""
        return sessions_words(self.sessions_used, self.planned.sessions)

    @property
    def sessions_left_words(self) -> str:
        """Say how many sessions are left."""
        left = self.sessions_left
        if left is None:
            return "No number of sessions is set"
        return f"{_count(left, 'session')} left" if left >= 0 else f"{_count(-left, 'session')} more than agreed"


def sessions_words(used: int, planned: int | None) -> str:
    """Say how many sessions there were, and of how many.

    >>> sessions_words(3, 8), sessions_words(1, None)
    ('3 of 8 sessions', '1 session')
    """
    return _count(used, "session") if planned is None else f"{used} of {_count(planned, 'session')}"


def standing(
    started_on: date,
    ended_on: date | None,
    planned: Planned,
    stops: Iterable[Stop],
    sessions_used: int,
    today: date,
) -> Standing:
    """Work out how a place stands today, or stood on its last day."""
    stops = list(stops)
    until = today if ended_on is None else min(ended_on, today)
    open_stops = [stop.since for stop in stops if stop.until is None and stop.since <= until]
    return Standing(
        days_used=days_counted(started_on, until, stops) if until >= started_on else (until - started_on).days,
        sessions_used=sessions_used,
        planned=planned,
        ends_on=None if planned.weeks is None else time_ends(started_on, planned.weeks, stops),
        stopped_since=min(open_stops) if open_stops and ended_on is None else None,
        ended=ended_on is not None,
    )


def days_counted(start: date, end: date, stops: Iterable[Stop]) -> int:
    """Count the days from one day up to, but not with, another on which the clock ran.

    >>> days_counted(date(2028, 2, 1), date(2028, 3, 1), [Stop(date(2028, 2, 10), date(2028, 2, 17))])
    22
    """
    counted = (end - start).days
    for since, until in _merged(stops):
        counted -= max(0, (min(until or end, end) - max(since, start)).days)
    return counted


def time_ends(start: date, weeks: int, stops: Iterable[Stop]) -> date | None:
    """Give the day on which so many weeks are used up; None while a pause keeps that open.

    >>> time_ends(date(2026, 10, 16), 12, [Stop(date(2026, 12, 21), date(2027, 1, 4))])
    datetime.date(2027, 1, 22)
    """
    end = start + timedelta(days=weeks * WEEK)
    for since, until in _merged(stops):
        begins = max(since, start)
        if begins >= end:
            break
        if until is None:
            return None
        end += max(timedelta(), until - begins)
    return end


def against_stopping(started_on: date, stops: Iterable[Stop], since: date, today: date) -> str:
    """Say why the clock cannot stop from a day on; nothing where it can."""
    if since > today:
        return "The pause must start today or in the past"
    if since < started_on:
        return f"The work started on {in_words(started_on)}; the pause cannot start before that"
    for stop in stops:
        if stop.until is None:
            return f"The clock stands still already, since {in_words(stop.since)}"
        if since < stop.until:
            return f"The clock stood still until {in_words(stop.until)}; a new pause must start on that day or later"
    return ""


def against_going_on(stop: Stop, on: date, today: date) -> str:
    """Say why the clock cannot go on from a day; nothing where it can."""
    if on > today:
        return "The day must be today or in the past"
    if on < stop.since:
        return f"The pause started on {in_words(stop.since)}; the work cannot go on before that"
    return ""


def stopped_as_a_whole(stops: Iterable[date | None]) -> date | None:
    """Give since when all of a family's programmes stand still; None where one of them goes on, or there is none."""
    found = list(stops)
    standing_still = [since for since in found if since is not None]
    return max(standing_still) if found and len(standing_still) == len(found) else None


def _merged(stops: Iterable[Stop]) -> list[tuple[date, date | None]]:
    """Put stops that touch or overlap together, the earliest first."""
    merged: list[tuple[date, date | None]] = []
    for stop in sorted(stops, key=lambda each: each.since):
        if merged and (merged[-1][1] is None or stop.since <= merged[-1][1]):
            since, until = merged[-1]
            merged[-1] = (since, None if until is None or stop.until is None else max(until, stop.until))
        else:
            merged.append((stop.since, stop.until))
    return merged


def _left(days: int) -> str:
    if days < 0:
        return f"{_span(-days)} more than agreed"
    return f"{_span(days)} left"


def _span(days: int) -> str:
    weeks, rest = divmod(days, WEEK)
    parts = ([_count(weeks, "week")] if weeks else []) + ([_count(rest, "day")] if rest or not weeks else [])
    return " and ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

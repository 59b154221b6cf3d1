"""What is due to be asked of one family by the schedule of its programme, decided on plain values."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from alongside.records.measures.models import Occasion

SOON_DAYS = 14  # how long before its day a review, or months after the end, is on the list
BEFOREHAND_DAYS = 28  # answers that are given so long before the day count for it
LAPSES_DAYS = 56  # how long after its day something may still be asked; a start that late is no start


class Schedule(NamedTuple):
    """When a programme asks; as its data file says."""

    occasions: frozenset[str]
    start_within_days: int
    end_within_days: int
    follow_up_months: tuple[int, ...]
    follow_up_by_itself: bool


class Time(NamedTuple):
    """A family's time in a programme. ``back`` says that they are in another one since, or again; ``rather_not`` that
    they would rather not be asked any more now that it is over.
    """

    started_on: date
    ended_on: date | None
    back: bool
    rather_not: bool = False


class Done(NamedTuple):
    """A day on which somebody was asked, or left in peace, and on which occasion."""

    on: date
    occasion: str


class Wanted(NamedTuple):
    """Something to be asked: from when on it can be, by when it should be; ``months`` after the end, if so, and whether
    a link is sent ``by_itself`` on that day to who agreed to it.
    """

    due: date
    occasion: str
    opens: date
    months: int = 0
    by_itself: bool = False

    @property
    def since(self) -> date:
        """From which day on a link is one for this, and for no earlier occasion of the kind."""
        return self.opens - timedelta(days=BEFOREHAND_DAYS)


def schedule_of(definition: dict[str, Any]) -> Schedule:
    """Read the schedule out of a programme's definition."""
    said = definition["schedule"]
    names = Schedule._fields[1:]
    told = {name: said[name] for name in names} | {"follow_up_months": tuple(said["follow_up_months"])}
    return Schedule(frozenset(definition["outcomes"]["occasions"]), **told)


def wanted_of(time: Time, schedule: Schedule, done: Iterable[Done], started_again: date, today: date) -> list[Wanted]:
    """Give what is to be asked of a family by today's list, beside its reviews, whose day is kept with the case.

    ``started_again`` is the day on which the work with them last began: how things were at the start is asked once
    for it.
    """
    done = list(done)
    return [
        one
        for one, is_done in _points(time, schedule, started_again)
        if one.occasion in schedule.occasions
        and one.opens <= today <= one.due + timedelta(days=LAPSES_DAYS)
        and not any(map(is_done, done))
    ]


Answers = Callable[[Done], bool]


def _points(time: Time, schedule: Schedule, started_again: date) -> Iterator[tuple[Wanted, Answers]]:
    """Give each thing that a time in a programme asks for, with what it takes for it to be done."""
    before = timedelta(days=BEFOREHAND_DAYS)
    start, end = time.started_on, time.ended_on
    if end is None:
        due = start + timedelta(days=schedule.start_within_days)
        yield (
            Wanted(due, Occasion.START, start),
            lambda one: one.on >= start - before or (one.occasion == Occasion.START and one.on >= started_again),
        )
        return
    due = end + timedelta(days=schedule.end_within_days)
    yield Wanted(due, Occasion.END, end), lambda one: one.occasion == Occasion.END and one.on >= end - before
    if time.back or time.rather_not:
        return
    for months in schedule.follow_up_months:
        due = months_after(end, months)
        opens = due - timedelta(days=SOON_DAYS)
        wanted = Wanted(due, Occasion.FOLLOW_UP, opens, months, schedule.follow_up_by_itself)
        yield wanted, _followed_up(due - before)


def _followed_up(since: date) -> Answers:
    return lambda one: one.occasion == Occasion.FOLLOW_UP and one.on >= since


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later, or that month's last.

    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def horizon(schedules: Iterable[Schedule]) -> tuple[int, int]:
    """Give how many days back a time may have started, and ended, for anything of it still to be asked."""
    started, ended = 0, 0
    for one in schedules:
        started = max(started, one.start_within_days + LAPSES_DAYS)
        ended = max(ended, one.end_within_days + LAPSES_DAYS, max(one.follow_up_months, default=0) * 31 + LAPSES_DAYS)
    return started, ended

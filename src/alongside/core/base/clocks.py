"""Clocks that count working days: when something is due, and how long is left.

England and Wales keep the same bank holidays, so one calendar serves both. It is the copy that comes with
govuk-bank-holidays; after its last year only weekends are left out.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

SATURDAY = 5
DAY = timedelta(days=1)
EARLIEST, LATEST = time(8), time(20)  # between which somebody may be rung or written to


class ClockState(StrEnum):
    """Whether there is time left."""

    ON_TIME = "on time"
    DUE_TODAY = "due today"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Clock:
    """The day by which something is to be done, and what a worker is told about it today."""

    due: date
    state: ClockState
    words: str


def clock(received: date, target_working_days: int, today: date) -> Clock:
    """Time left for something that came in on one day and is to be done within a number of working days."""
    due = add_working_days(received, target_working_days)
    if today == due:
        return Clock(due, ClockState.DUE_TODAY, "due today")
    if today < due:
        left = working_days_between(today, due)
        return Clock(due, ClockState.ON_TIME, f"{_working_days(left)} left")
    late = working_days_between(due, today)
    # At the weekend after a missed Friday no working day has passed yet, and still it is late.
    return Clock(due, ClockState.LATE, f"{_working_days(late)} late" if late else f"was due on {due:%A}")


def add_working_days(start: date, days: int) -> date:
    """The working day that comes so many working days after a day; the day itself when the number is 0."""
    if days < 0:
        raise ValueError("The number of working days must be 0 or more.")
    while days:
        start += DAY
        days -= is_working_day(start)
    return start


def working_days_between(start: date, end: date) -> int:
    """How many working days come after a day, up to and including another; negative when that is earlier."""
    return _working_days_until(end) - _working_days_until(start)


def is_working_day(day: date) -> bool:
    """Whether a day is neither at a weekend nor a bank holiday in England and Wales."""
    return day.weekday() < SATURDAY and day not in _weekday_holidays()


def is_waking(now: datetime, zone: tzinfo) -> bool:
    """Whether people are awake, so that a message on their phone disturbs nobody's sleep."""
    return EARLIEST <= now.astimezone(zone).time() <= LATEST


def _working_days_until(day: date) -> int:
    """Working days since the calendar's first Monday, 1 January of year 1."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5) - bisect_right(_weekday_holidays(), day)


@cache
def _weekday_holidays() -> tuple[date, ...]:
    calendar = BankHolidays(use_cached_holidays=True)
    holidays = {holiday["date"] for holiday in calendar.get_holidays(BankHolidays.ENGLAND_AND_WALES)}
    return tuple(sorted(day for day in holidays if day.weekday() < SATURDAY))


def _working_days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"

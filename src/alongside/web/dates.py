"""Dates and times in the words people use, made without Django's slower date filter."""

from datetime import date, datetime
from functools import lru_cache
from time import time

from django.utils import timezone

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def day(value: date | None) -> str:
    """3 December 2026; nothing for no date."""
    return _day(_local_date(value)) if value else ""


def month(value: date | None) -> str:
    """March 2024; nothing for no date."""
    if not value:
        return ""
    value = _local_date(value)
    return f"{MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | None) -> str:
    """Thursday 20 November, 10:40; the year is said when it is not this one."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{weekday(local.date())}, {local:%H:%M}"


def weekday(value: date) -> str:
    """Thursday 20 November; the year is said when it is not this one."""
    return _weekday(value, this_day().year)


def partial(value: date | None, precision: str) -> str:
    """A date as well as it is known: 12 March 2019, March 2019, 2019, about 2019, not known."""
    if value is None or precision == "unknown":
        return "not known"
    if precision == "month":
        return month(value)
    if precision == "year":
        return str(value.year)
    if precision == "about":
        return f"about {value.year}" if (value.day, value.month) == (1, 1) else f"about {month(value)}"
    return day(value)


def ago(value: date | None, today: date | None = None) -> str:
    """How long since: today, yesterday, 6 days ago, 3 weeks ago, 5 months ago."""
    if value is None:
        return "never"
    days = ((today or this_day()) - _local_date(value)).days
    if days < 0:
        return day(value)
    return {0: "today", 1: "yesterday"}.get(days) or f"{spell(days)} ago"


def due(value: date | None, today: date | None = None) -> str:
    """How soon: due today, due tomorrow, due in 6 days, due 3 December 2026, 3 days late."""
    if value is None:
        return "no date"
    value = _local_date(value)
    days = (value - (today or this_day())).days
    if days < 0:
        return f"{spell(-days)} late"
    if days > 14:
        return f"due {day(value)}"
    return {0: "due today", 1: "due tomorrow"}.get(days, f"due in {days} days")


def waiting(since: date | None, today: date | None = None) -> str:
    """How long someone has waited: less than a day, 6 days, 3 weeks."""
    if since is None:
        return ""
    days = ((today or this_day()) - _local_date(since)).days
    return spell(days) if days > 0 else "less than a day"


def this_day() -> date:
    """Today, here. A list asks for each row, so the answer is kept for a second."""
    return _this_day(int(time()))


@lru_cache(maxsize=1)
def _this_day(second: int) -> date:
    return timezone.localdate()


@lru_cache(maxsize=1024)
def spell(days: int) -> str:
    """A number of days in the largest unit that does not hide much: 13 days, 5 weeks, 4 months, 3 years."""
    for size, unit, least in ((365, "year", 730), (30, "month", 90), (7, "week", 21)):
        if days >= least:
            return f"{days // size} {unit}s"
    return f"{days} day" if days == 1 else f"{days} days"


def _local_date(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@lru_cache(maxsize=8192)
def _day(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


@lru_cache(maxsize=8192)
def _weekday(value: date, this_year: int) -> str:
    year = "" if value.year == this_year else f" {value.year}"
    return f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]}{year}"

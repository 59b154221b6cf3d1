"""Decisions about a case on plain values: which moment a clock on the wall means, and which week of how many it is."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

WEEK = 7
FOLLOW_UP_EARLY = timedelta(days=14)


def moments(day: date, at: time, zone: tzinfo) -> tuple[datetime, ...]:
    """Give the moments at which a clock on the wall shows this: none in the hour that spring skips, two in the hour
    that autumn repeats, otherwise one.

    >>> from zoneinfo import ZoneInfo
    >>> london = ZoneInfo("Europe/London")
    >>> [len(moments(day, time(1, 30), london)) for day in (date(2027, 3, 28), date(2026, 10, 25), date(2026, 7, 1))]
    [0, 2, 1]
    """
    wall = datetime.combine(day, at)
    found = []
    for fold in (0, 1):
        moment = wall.replace(tzinfo=zone, fold=fold)
        if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall:
            found.append(moment.astimezone(UTC))
    return tuple(dict.fromkeys(found))


def week(started_on: date, today: date, of: int | None) -> str:
    """Say which week of the work this is: "Week 5 of 12"; past the last, how long it has gone over.

    >>> week(date(2026, 10, 16), date(2026, 11, 20), 12), week(date(2026, 1, 2), date(2026, 11, 20), 12)
    ('Week 6 of 12', 'Week 47, planned for 12')
    """
    return week_words((today - started_on) // timedelta(days=WEEK) + 1, of)


def week_words(number: int, of: int | None) -> str:
    """Say a week by its number, from 1."""
    if number < 1:
        return "Starts soon"
    if of is None:
        return f"Week {number}"
    return f"Week {number} of {of}" if number <= of else f"Week {number}, planned for {of}"


def followed_up(agreed_on: date | None, in_touch_on: date | None) -> bool:
    """Say whether being in touch on a day was the follow-up agreed for another: on it, later, or a little before.

    >>> [followed_up(date(2026, 11, 20), day) for day in (date(2026, 11, 9), date(2026, 9, 1), None)]
    [True, False, False]
    """
    return bool(agreed_on and in_touch_on and in_touch_on >= agreed_on - FOLLOW_UP_EARLY)


def due_next(due: date | None, before: date | None, last: date | None, today: date) -> date | None:
    """Give when to be in touch next once the last time has moved, and no other day was agreed.

    What was due has happened; but where they were not in touch after all, and nothing else is due, it is due now.

    >>> agreed, today = date(2026, 11, 18), date(2026, 11, 20)
    >>> due_next(agreed, None, today, today), due_next(None, today, None, today), due_next(agreed, today, today, today)
    (None, datetime.date(2026, 11, 20), datetime.date(2026, 11, 18))
    """
    if last == before:
        return due
    return None if last and (before is None or last > before) else due or today

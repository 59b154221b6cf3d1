"""Decisions about a concern on plain values: what is still to be done, by when, and whether anybody is at work then."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from alongside.core.base.clocks import add_working_days, is_working_day
from alongside.records.concerns.times import Time, Times


@dataclass(frozen=True, slots=True)
class Office:
    """When the service is at work: on working days, between two times of the clock on the wall."""

    opens: time
    closes: time
    zone: tzinfo

    def is_open(self, moment: datetime) -> bool:
        """Say whether somebody is at work at this moment."""
        local = moment.astimezone(self.zone)
        return is_working_day(local.date()) and self.opens <= local.time() < self.closes

    def closing(self, day: date) -> datetime:
        """Give the moment at which it closes on a day."""
        return datetime.combine(day, self.closes, self.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a concern: since when, how grave, and what was done when."""

    recorded_at: datetime
    danger: bool
    seen_at: datetime | None = None
    decided_at: datetime | None = None
    told: bool = False
    answered_at: datetime | None = None
    closed_at: datetime | None = None


class Due(NamedTuple):
    """Something that is still to be done, and by when."""

    step: str
    words: str
    by: datetime


def still_due(facts: Facts, times: Times, office: Office) -> list[Due]:
    """Give what is still to be done about a concern, the most urgent first; nothing once it is closed.

    An hour is an hour of the world's clock, day and night, and whatever the clocks on the wall do. Working days end
    when the office closes.
    """
    if facts.closed_at:
        return []
    found = []
    if facts.seen_at is None:
        found.append(_due("seen", times.manager, facts.recorded_at, office))
    if facts.decided_at is None:
        time_ = times.authority_in_danger if facts.danger else times.authority
        found.append(_due("told", time_, facts.recorded_at, office))
    elif facts.told and facts.answered_at is None:
        found.append(_due("answered", times.answer, facts.decided_at, office))
    found.append(_due("closed", times.outcome, facts.recorded_at, office))
    return sorted(found, key=lambda due: due.by)


def _due(step: str, allowed: Time, since: datetime, office: Office) -> Due:
    if allowed.minutes is not None:
        return Due(step, allowed.words, since.astimezone(UTC) + timedelta(minutes=allowed.minutes))
    last = add_working_days(since.astimezone(office.zone).date(), allowed.working_days or 0)
    return Due(step, allowed.words, office.closing(last))


def nobody_at_work(since: datetime, until: datetime, office: Office) -> bool:
    """Say whether the office is closed at any time in the hour or so that a manager has: then somebody is on call."""
    if not (office.is_open(since) and office.is_open(until)):
        return True
    return until > office.closing(since.astimezone(office.zone).date())


def late(due: datetime, now: datetime) -> str:
    """Say how late something is: "25 minutes late", "3 hours late", "2 days late"; nothing while there is time."""
    minutes = int((now - due).total_seconds() // 60)
    if minutes < 0:
        return ""
    for size, word in ((60 * 24, "day"), (60, "hour")):
        if minutes >= size:
            number = minutes // size
            return f"{number} {word}{'' if number == 1 else 's'} late"
    return f"{minutes} minute{'' if minutes == 1 else 's'} late" if minutes else "due now"

"""Quarters of the calendar, and the part of each that a contract runs in."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from django.utils import timezone

MONTHS = {1: ("January", "March"), 2: ("April", "June"), 3: ("July", "September"), 4: ("October", "December")}
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of the calendar."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Give the quarter that a day is in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def named(cls, slug: str) -> Self | None:
        """Read ``2026-q3``; None where that is no quarter."""
        year, parted, number = slug.partition("-q")
        if not (parted and len(year) == 4 and year.isascii() and year.isdigit() and number in {"1", "2", "3", "4"}):
            return None
        return cls(int(year), int(number)) if 0 < int(year) < date.max.year else None

    @property
    def slug(self) -> str:
        """How addresses name it."""
        return f"{self.year:04}-q{self.number}"

    @property
    def title(self) -> str:
        """July to September 2026."""
        first, last = MONTHS[self.number]
        return f"{first} to {last} {self.year}"

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.next().starts_on - DAY

    def next(self) -> "Quarter":
        """Give the quarter that follows."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a quarter in which a contract runs; ``counted_to`` is the last day that has come."""

    quarter: Quarter
    starts_on: date
    ends_on: date
    counted_to: date

    @property
    def over(self) -> bool:
        """Whether its last day has passed."""
        return self.counted_to == self.ends_on and self.ends_on < timezone.localdate()

    @property
    def whole(self) -> bool:
        """Whether the contract runs through all of the quarter."""
        return (self.starts_on, self.ends_on) == (self.quarter.starts_on, self.quarter.ends_on)

    @property
    def opens_at(self) -> datetime:
        """Its first moment, in London."""
        return midnight(self.starts_on)

    @property
    def until(self) -> datetime:
        """The first moment that is no longer counted, in London."""
        return midnight(self.counted_to + DAY)


def period_of(starts_on: date, ends_on: date, quarter: Quarter, today: date) -> Period | None:
    """Give the part of a quarter in which a contract with these dates runs, once that part has begun.

    >>> str(period_of(date(2026, 8, 10), date(2028, 3, 31), Quarter(2026, 3), date(2026, 9, 1)).starts_on)
    '2026-08-10'
    >>> period_of(date(2026, 4, 1), date(2028, 3, 31), Quarter(2026, 1), date(2026, 9, 1))
    """
    first, last = max(starts_on, quarter.starts_on), min(ends_on, quarter.ends_on)
    if first > last or first > today:
        return None
    return Period(quarter, first, last, min(last, today))


def periods_of(starts_on: date, ends_on: date, today: date) -> list[Period]:
    """Give the periods of a contract that have begun, the latest first."""
    found = []
    quarter = Quarter.of(starts_on)
    while (period := period_of(starts_on, ends_on, quarter, today)) is not None:
        found.append(period)
        quarter = quarter.next()
    return found[::-1]


def midnight(day: date) -> datetime:
    """Give the moment at which a day begins in London."""
    return timezone.make_aware(datetime.combine(day, time.min))

"""The months and half-years of which figures are published, once each, and when."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LATE_ENTRIES = timedelta(days=10)
"""How long after a month's last day its figures are published, so that what is written up late still counts."""
FURTHEST_BACK = 36
"""How many months are published at first, where records go back further."""
HALF = 6


class Month(NamedTuple):
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """Give the month in which a day lies."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def after(self) -> "Month":
        """The next month."""
        return self.plus(1)

    def plus(self, months: int) -> "Month":
        """Give the month so many months later.

        >>> Month(2026, 11).plus(2), Month(2026, 1).plus(-1)
        (Month(year=2027, number=1), Month(year=2025, number=12))
        """
        count = self.year * 12 + self.number - 1 + months
        return Month(count // 12, count % 12 + 1)

    @property
    def opens_at(self) -> datetime:
        """The first moment of it."""
        return datetime.combine(self.first, time(), LONDON)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def half(self) -> "Month":
        """The first month of the half-year in which it lies: April or October, as years of contracts run."""
        return self.plus(-((self.number - 4) % HALF))

    @property
    def words(self) -> str:
        """Say it: "October 2026"."""
        return f"{self.first:%B %Y}"


def months_of(half: Month) -> list[Month]:
    """Give the six months of a half-year."""
    return [half.plus(number) for number in range(HALF)]


def half_words(half: Month) -> str:
    """Say a half-year: "April to September 2026".

    >>> half_words(Month(2026, 4)), half_words(Month(2025, 10))
    ('April to September 2026', 'October 2025 to March 2026')
    """
    end = half.plus(HALF - 1)
    return f"{half.words} to {end.words}" if end.year != half.year else f"{half.first:%B} to {end.words}"


def due(first: date, today: date) -> Iterator[Month]:
    """Give the months that may be published by today, where records begin on a day."""
    month = max(Month.of(first), Month.of(today).plus(-FURTHEST_BACK).half)
    while month.last + LATE_ENTRIES < today:
        yield month
        month = month.after

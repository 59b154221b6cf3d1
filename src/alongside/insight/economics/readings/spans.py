"""The days over which a contract's records are read: they end with a quarter, so that no two lie a day apart."""

from dataclasses import dataclass
from datetime import date, datetime

from alongside.core.base.days import in_words
from alongside.insight.reports.periods import DAY, Quarter, midnight

DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both counted."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def years(self) -> float:
        """How many years, to the hundredth; a calendar year is 1."""
        return round(self.days / DAYS_A_YEAR, 2)

    @property
    def last_year(self) -> "Span | None":
        """The year that ends with it; none where it is shorter."""
        first = _a_year_before(self.last)
        return Span(first, self.last) if first >= self.first else None

    @property
    def opens_at(self) -> datetime:
        """Its first moment, in London."""
        return midnight(self.first)

    @property
    def until(self) -> datetime:
        """The first moment after it, in London."""
        return midnight(self.last + DAY)

    @property
    def words(self) -> str:
        """Between 1 April 2026 and 30 September 2026."""
        return f"between {in_words(self.first)} and {in_words(self.last)}"

    def has(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last


def spans_of(starts_on: date, ends_on: date, today: date) -> list[Span]:
    """Give what may be read of a contract with these dates: its term so far, then each year of it, the last one first.

    Each ends with a quarter that is over. A contract of which no quarter is over has none.

    >>> for span in spans_of(date(2024, 4, 1), date(2028, 3, 31), date(2026, 11, 20)):
    ...     print(span.first, span.last)
    2024-04-01 2026-09-30
    2025-10-01 2026-09-30
    2024-10-01 2025-09-30
    """
    over = min(ends_on, Quarter.of(today).starts_on - DAY)
    if over < starts_on:
        return []
    found, last = [Span(starts_on, over)], over
    while (first := _a_year_before(last)) >= starts_on:
        found.append(Span(first, last))
        last = first - DAY
    return list(dict.fromkeys(found))


def _a_year_before(last: date) -> date:
    """The first day of the year that ends with a day; the last of a quarter is never 29 February."""
    after = last + DAY
    return after.replace(year=after.year - 1) if (after.month, after.day) != (2, 29) else date(after.year - 1, 3, 1)

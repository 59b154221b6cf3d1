"""Chance that comes out the same for the same seed on every machine, and ids and moments made with it."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")
LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
EPOCH_DAY = date(1970, 1, 1).toordinal()
DAY_IN_MS = 86_400_000


class Odds(Generic[T]):
    """Choices with their weights, added up once."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.choices = tuple(weights)
        self.sums = tuple(accumulate(weights.values()))


class Chance(Random):
    """A source of chance of its own for each family, so that one family does not depend on how many came before."""

    def pick(self, among: Sequence[T]) -> T:
        """Take one of several, each as likely as the others."""
        return among[int(self.random() * len(among))]

    def draw(self, odds: Odds[T]) -> T:
        """Take one of several by their weights."""
        return odds.choices[bisect(odds.sums, self.random() * odds.sums[-1])]

    def happens(self, probability: float) -> bool:
        """Say whether something of this probability happens."""
        return self.random() < probability

    def between(self, low: int, high: int) -> int:
        """Give a whole number from ``low`` to ``high``, both included."""
        return low + int(self.random() * (high - low + 1))

    def day(self, first: date, last: date) -> date:
        """Give a day from ``first`` to ``last``; ``first`` where they are the wrong way round."""
        return date.fromordinal(self.between(first.toordinal(), max(first.toordinal(), last.toordinal())))

    def new_id(self, on: date) -> str:
        """Give an id like those the program makes (UUID version 7), as 32 hex digits, made on a day."""
        milliseconds = (on.toordinal() - EPOCH_DAY) * DAY_IN_MS + self.getrandbits(26)
        return f"{milliseconds << 80 | 7 << 76 | self.getrandbits(12) << 64 | 2 << 62 | self.getrandbits(62):032x}"


def weekday(day: date) -> date:
    """Give the day itself, or the Friday before where it is at a weekend."""
    return day - max(0, day.weekday() - 4) * DAY


def moment(day: date, minute: int) -> datetime:
    """Give the moment at which clocks in London show so many minutes after midnight, in daytime."""
    return _midday(day) + timedelta(minutes=minute - 720)


@lru_cache(maxsize=4096)
def _midday(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=LONDON).astimezone(UTC)


def text(day: date | None) -> str | None:
    """Write a day as databases take it, where there is one."""
    return None if day is None else day.isoformat()


def years_before(day: date, years: int) -> date:
    """Give the same day so many years earlier, 28 February for the 29th."""
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)

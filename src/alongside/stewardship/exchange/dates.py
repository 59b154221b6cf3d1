"""Dates as people write them: exact ones, and birth dates that are known only roughly."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from alongside.stewardship.exchange.cell_text import key

Precision = Literal["exact", "month", "year", "about", "unknown"]

MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "january", "february", "march", "april", "may", "june",
            "july", "august", "september", "october", "november", "december",
        ),
        start=1,
    )
    for name in (names, names[:3])
} | {"sept": 9}  # fmt: skip

DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})", re.ASCII)
DAY_AND_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]([a-z]+)\.?,?[ \-](\d{4})", re.ASCII)
MONTH_AND_YEAR = re.compile(r"(?:([a-z]+)\.?|(\d{1,2}))[ /\-](\d{4})", re.ASCII)
MIDNIGHT = re.compile(r"[ t]00:00(:00(\.0+)?)?$", re.ASCII)
ROUGHLY = re.compile(
    r"^(?:(?:about|abt|approximately|approx|around|roughly|circa|ca|c|maybe|probably)(?![a-z])\.?|~)\s*|\s*\?$"
)
AGE = re.compile(r"(?:aged?\s*)?(\d{1,3})\s*(?:years?|yrs?|y)?(?:\s*old)?", re.ASCII)
AGE_IN_MONTHS = re.compile(r"(?:aged?\s*)?(\d{1,2})\s*(?:months?|mths?)(?:\s*old)?", re.ASCII)

UNKNOWN = frozenset(
    {
        "",
        "unknown",
        "not known",
        "unkown",
        "dont know",
        "do not know",
        "not sure",
        "unsure",
        "n k",
        "nk",
        "n a",
        "none",
        "tbc",
    }
)

SERIAL_ZERO = date(1899, 12, 30)
SERIALS = range(7_000, 80_000)
"""Day numbers that Excel shows when a date column is formatted as a number: 1919 to 2119."""

OLDEST_YEARS = 120


@dataclass(frozen=True, slots=True)
class RoughDate:
    """A date and how well it is known; a year or month stands for its first day, unknown for none.

    `words` keeps what was written, so that one family has one key whatever day its file is read on.
    """

    on: date | None
    precision: Precision
    words: str = ""

    def __str__(self) -> str:
        """For comparing: an age stays in words, as the year that it gives depends on the day it is read."""
        if self.on is None:
            return ""
        return self.words if self.precision == "about" else f"{self.on} {self.precision}"


def exact_date(value: str | date) -> date | None:
    """The day that was written, or nothing when this is not one full date.

    Day before month, as in Britain; a year needs four figures.

    >>> exact_date("3/12/2019") == exact_date("2019-12-03") == exact_date("3 Dec 2019")
    True
    """
    if isinstance(value, date):
        return value
    text = MIDNIGHT.sub("", value.strip().casefold())
    if match := DAY_FIRST.fullmatch(text):
        return _day(match[3], match[2], match[1])
    if match := YEAR_FIRST.fullmatch(text):
        return _day(match[1], match[2], match[3])
    if (match := DAY_AND_NAME.fullmatch(text)) and match[2] in MONTH_NAMES:
        return _day(match[3], MONTH_NAMES[match[2]], match[1])
    return None


@lru_cache(maxsize=20_000)
def rough_date(value: str | date, today: date) -> RoughDate | None:
    """A date of birth however well it is known; nothing when the words cannot be read as one.

    Takes a full date, a month, a year, an age, any of them with "about", blank and "unknown".
    """
    if isinstance(value, date):
        return RoughDate(value, "exact")
    words = " ".join(value.casefold().split())
    if key(words) in UNKNOWN:
        return RoughDate(None, "unknown")
    plain = ROUGHLY.sub("", ROUGHLY.sub("", words)).strip()
    found = _rough(plain, today)
    if found is None:
        return None
    on, precision = found
    return RoughDate(on, "about" if plain != words else precision, words)


def _rough(text: str, today: date) -> tuple[date, Precision] | None:
    if day := exact_date(text):
        return day, "exact"
    if re.fullmatch(r"\d{5}", text, re.ASCII) and int(text) in SERIALS:
        return SERIAL_ZERO + timedelta(days=int(text)), "exact"
    if re.fullmatch(r"(?:19|20)\d\d", text, re.ASCII):
        return date(int(text), 1, 1), "year"
    if match := MONTH_AND_YEAR.fullmatch(text):
        month = MONTH_NAMES.get(match[1]) if match[1] else int(match[2])
        first = _day(match[3], month, 1) if month else None
        return (first, "month") if first else None
    if match := AGE_IN_MONTHS.fullmatch(text):
        months = today.year * 12 + today.month - 1 - int(match[1])
        return date(months // 12, months % 12 + 1, 1), "about"
    if (match := AGE.fullmatch(text)) and int(match[1]) <= OLDEST_YEARS:
        return date(today.year - int(match[1]), 1, 1), "about"
    return None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None

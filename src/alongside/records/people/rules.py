"""Decisions about people on plain values: how old somebody is, and which dates make sense together."""

import re
from dataclasses import dataclass
from datetime import date

from alongside.calc.names import keys
from alongside.core.base.days import in_words

LEAST_LETTERS = 2
FEWEST_DIGITS = 7
WHOLE_NUMBER = "Enter a whole phone number, such as 07700 900123"
DAY = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
MONTHS_UNTIL_YEARS = 24


def whole_years(birth_date: date | None, on: date) -> int | None:
    """Give how many years old somebody is on a day; None where their birth is not known.

    >>> whole_years(date(2008, 2, 29), date(2026, 2, 28)), whole_years(date(2008, 2, 29), date(2026, 3, 1))
    (17, 18)
    """
    if birth_date is None:
        return None
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def age(birth_date: date | None, precision: str, today: date) -> str:
    """Say an age as well as it can be known: "58", "8 months", "about 7"; nothing where nothing is known.

    A birth known to the month or year gives the age that its first day would give, said as "about".
    """
    if birth_date is None or precision == "unknown" or birth_date > today:
        return ""
    months = (today.year - birth_date.year) * 12 + today.month - birth_date.month - (today.day < birth_date.day)
    if precision != "exact":
        return f"about {months // 12}" if months >= 12 else "about 1 or younger"
    if months >= MONTHS_UNTIL_YEARS:
        return str(months // 12)
    return f"{months} month{'' if months == 1 else 's'}"


def span_problem(
    started_on: date | None, ended_on: date | None, *, today: date, birth_date: date | None = None
) -> tuple[str, str] | None:
    """Give the field and the sentence where two dates cannot both be right, or None."""
    if started_on and started_on > today:
        return "started_on", "The start must be today or in the past"
    if birth_date and started_on and started_on < birth_date:
        return "started_on", f"The start cannot be before the child was born, on {in_words(birth_date)}"
    if ended_on and ended_on > today:
        return "ended_on", "The end must be today or in the past"
    if started_on and ended_on and ended_on < started_on:
        return "ended_on", "The end cannot be before the start"
    return None


def surely_before(one: date, one_precision: str, other: date, other_precision: str) -> bool:
    """Say whether a day was before another, as far as both are known.

    >>> may, march = date(2024, 5, 1), date(2024, 3, 9)
    >>> surely_before(march, "exact", may, "month"), surely_before(march, "exact", may, "year")
    (True, False)
    """
    known = {one_precision, other_precision}
    parts = 3 if known == {"exact"} else 2 if known <= {"exact", "month"} else 1
    return one.timetuple()[:parts] < other.timetuple()[:parts]


def can_be_rung(phone: str) -> bool:
    """Say whether a phone number may be a whole one, however it is written.

    >>> can_be_rung("07700 900123 (her sister's)"), can_be_rung("0770 five")
    (True, False)
    """
    return sum(map(str.isdecimal, phone)) >= FEWEST_DIGITS


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody typed to find a person, taken apart: words of a name, and keys of a birth date and postcode."""

    name: str
    keys: frozenset[str]

    @property
    def enough(self) -> bool:
        """Whether there is enough to look for."""
        return bool(self.keys) or sum(map(str.isalnum, self.name)) >= LEAST_LETTERS


def sought(typed: str) -> Sought:
    """Take apart what was typed; a date may be written 12/3/1968 or 1968-03-12.

    >>> sought("grace 12/3/1968 hd1 2ab")
    Sought(name='grace', keys=frozenset({'d:1968-03-12', 'c:HD12AB'}))
    """
    found: set[str] = set()
    for pattern in (ISO_DAY, DAY):
        match = pattern.search(typed)
        if match:
            year, month, day = map(int, match.groups() if pattern is ISO_DAY else match.groups()[::-1])
            try:
                found.add(f"d:{date(year, month, day).isoformat()}")
            except ValueError:
                continue
            typed = typed.replace(match[0], " ")
    match = POSTCODE.search(typed)
    if match:
        found |= keys("", None, match[0])
        typed = typed.replace(match[0], " ")
    return Sought(" ".join(typed.split()), frozenset(found))

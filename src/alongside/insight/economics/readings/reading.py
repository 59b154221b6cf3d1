"""A reading: what records say of one input, how that was counted, and how good it is; nothing small is ever in one."""

from dataclasses import dataclass
from datetime import date

from alongside.calc.economics.beta import Counted
from alongside.calc.economics.distributions import Distribution
from alongside.calc.rounding import round_count

TOO_FEW = "Too few to tell without giving someone away"
ROUNDED = "rounded to the nearest 5"
WORST = 6
"""The grade of evidence over five years old."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What records say of one input. ``made`` is None where they say nothing, or nothing that may be told; ``words``
    say what was counted, out of what and when, or why there is nothing.
    """

    made: Distribution | None
    words: str
    grade: int = 1
    level: int | None = None
    price_year: int | None = None


def nothing(words: str) -> Reading:
    """Give a reading that says nothing, and why."""
    return Reading(None, words)


def shown(count: int) -> int:
    """Give a count as it may be told: the nearest 5, and 0 for every count that is too small to tell."""
    return round_count(count)


def share(part: int, rest: int) -> Counted | None:
    """Give a share of two counts, each rounded by itself; none where either is too small to tell.

    >>> share(43, 18), share(43, 7)
    (Counted(events=45, of=65), None)
    """
    some, others = shown(part), shown(rest)
    return Counted(some, some + others) if some and others else None


def grade_on(last: date, today: date) -> int:
    """Give the grade of an agency's own system whose figures end on a day: 1 under a year, one worse for each year.

    >>> grade_on(date(2026, 9, 30), date(2026, 11, 20)), grade_on(date(2024, 3, 31), date(2026, 11, 20))
    (1, 3)
    """
    years = today.year - last.year - ((today.month, today.day) < (last.month, last.day))
    return min(1 + max(years, 0), WORST)

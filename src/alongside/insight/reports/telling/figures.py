"""A figure that opens: its text, made once, and everything that one must know to read it."""

from dataclasses import dataclass
from enum import StrEnum
from math import isclose

HIDDEN = "c"
NOTHING = "none"
FOOTNOTE = "c: too few to show without giving someone away, or would let such a number be worked out."


class Design(StrEnum):
    """What kind of statement a figure can carry."""

    COUNT = "A count of what is recorded. It describes, and compares with nothing."
    BEFORE_AFTER = (
        "Before and after in the same people, without a comparison group: level 1 of 5 on the Maryland scale. "
        "People often ask for help at their worst moment, and some would have felt better anyway."
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report. Every field is text that is safe to show; ``number`` is set where ``text`` is a count."""

    key: str
    title: str
    text: str
    unit: str
    numerator: str
    denominator: str
    cohort: str
    exclusions: tuple[tuple[str, str], ...]
    method: str
    design: str
    rows: tuple[str, ...]
    number: int | None = None

    @property
    def hidden(self) -> bool:
        """Whether it is withheld."""
        return self.text == HIDDEN


def whole(number: int) -> str:
    """1,204."""
    return f"{number:,}"


def share(part: int, of: int) -> str:
    """Give a share in whole per cent, halves rounded up; nothing has no share.

    >>> share(1, 8), share(0, 0)
    ('13%', 'none')
    """
    return f"{(200 * part + of) // (2 * of)}%" if of else NOTHING


def decimal(number: float | None, places: int = 1) -> str:
    """Give a number with so many decimals and a true minus sign, never minus nothing.

    >>> decimal(-2.14), decimal(-0.01), decimal(None)
    ('−2.1', '0.0', 'none')
    """
    if number is None:
        return NOTHING
    text = f"{abs(number):.{places}f}"
    return f"−{text}" if number < 0 and float(text) else text


def how_many_days(number: float | None, kind: str) -> str:
    """Give a number of days, which may end in a half.

    >>> how_many_days(6.0, "working"), how_many_days(0.5, "calendar"), how_many_days(1, "working")
    ('6 working days', '0.5 calendar days', '1 working day')
    """
    if number is None:
        return NOTHING
    text = f"{number:.0f}" if isclose(number % 1, 0) else f"{number:.1f}"
    return f"{text} {kind} day{'' if number == 1 else 's'}"

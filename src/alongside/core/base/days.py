"""Days as services say and check them."""

from datetime import date

from django.utils import timezone

from alongside.core.base.errors import Refused


def in_words(day: date) -> str:
    """Say a day as people do.

    >>> in_words(date(2026, 12, 3))
    '3 December 2026'
    """
    return f"{day.day} {day:%B %Y}"


def not_yet_to_come(day: date, field: str) -> None:
    """Raise :class:`Refused` for a day that lies ahead."""
    if day > timezone.localdate():
        raise Refused("The day must be today or in the past", field=field)


def not_before(day: date | None, first: date, field: str, sentence: str) -> None:
    """Raise :class:`Refused` with this sentence for a day that lies before another."""
    if day is not None and day < first:
        raise Refused(sentence, field=field)

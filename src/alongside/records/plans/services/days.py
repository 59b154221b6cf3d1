"""What every service of the plan asks of a day."""

from datetime import date

from django.utils import timezone

from alongside.core.base.errors import Refused


def not_yet_to_come(day: date, field: str) -> None:
    """Refuse a day that lies ahead."""
    if day > timezone.localdate():
        raise Refused("The day must be today or in the past", field=field)


def not_before(day: date | None, first: date, field: str, sentence: str) -> None:
    """Refuse a day that lies before another, with this sentence."""
    if day is not None and day < first:
        raise Refused(sentence, field=field)

"""When what is known of a family's safety was checked too long ago to be sure of."""

from datetime import date, timedelta

from django.utils import timezone

CHECK_AGAIN_DAYS = 90


def check_again() -> date:
    """Give the day before which a check is old."""
    return timezone.localdate() - timedelta(days=CHECK_AGAIN_DAYS)

"""What is known of a family before anybody acts, and whether it was checked too long ago to be sure of."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.records.people import knowing

CHECK_AGAIN_DAYS = 90


def check_again() -> date:
    """Give the day before which a check is old."""
    return timezone.localdate() - timedelta(days=CHECK_AGAIN_DAYS)


def before_acting(user: object, household_id: UUID) -> knowing.Known:
    """Give what somebody must know of a household; nothing to somebody who is not signed in."""
    return knowing.know(household_id, user) if isinstance(user, User) else knowing.Known([], [], None)

"""Writing flags: each with its reason, for whose eyes it is, when to look again and when it ends by itself."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.people.models import Flag, Household

LONGEST = timedelta(days=366)


def set_flag(*, household: Household, by: User, submission: UUID, **facts: Any) -> Flag:
    """Set a flag on a household."""
    _check(facts["review_on"], facts["expires_on"])
    return ledger.create(
        Flag,
        by=by,
        what="flag set",
        id=submission,
        agency_id=household.agency_id,
        household=household,
        set_by_id=by.pk,
        **facts,
    )


def change_flag(*, flag: Flag, version: int, by: User, end: bool = False, **facts: Any) -> Flag:
    """Put a flag right, look at it again, or take it down; the log keeps what it said."""
    _check(facts["review_on"], facts["expires_on"])
    ended_on = timezone.localdate() if end else None
    what = "flag taken down" if end else "flag changed"
    return ledger.update(flag, by=by, what=what, version=version, ended_on=ended_on, **facts)


def _check(review_on: date, expires_on: date) -> None:
    today = timezone.localdate()
    if review_on < today:
        raise Refused("The day must be today or later", field="review_on")
    if expires_on < review_on:
        raise Refused("It cannot end before you look at it again", field="expires_on")
    if expires_on > today + LONGEST:
        raise Refused("A flag stands for a year at most. You can set it again then", field="expires_on")

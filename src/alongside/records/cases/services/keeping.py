"""Keeping on a case what lists show of the rows that other apps hold about it, so that a list asks for nothing more.

What is kept here follows from rows that are logged themselves, so it leaves no entry and moves no version: a form that
somebody has open stays good.
"""

from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from alongside.records.cases.models import Case


class Kept(TypedDict, total=False):
    """What may be kept: each the earliest of its kind that is still open, or nothing; and when they last met."""

    next_appointment_at: datetime | None
    promise_due_on: date | None
    step_due_on: date | None
    concern_since: datetime | None
    paused_since: date | None
    reply_since: date | None
    follow_up_on: date | None
    last_met_on: date | None


def keep(case_id: UUID, **kept: Unpack[Kept]) -> None:
    """Put on a case what its rows now come to; call it in the transaction that changed them."""
    Case.objects.filter(pk=case_id).update(**kept)

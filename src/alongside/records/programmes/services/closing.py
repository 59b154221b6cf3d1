"""Closing and reopening a family's case together with the places it holds."""

from datetime import date
from typing import Any
from uuid import UUID

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.records.cases.models import Case, Closure
from alongside.records.cases.services.closing import close_case, reopen_case
from alongside.records.programmes.models import Enrolment
from alongside.records.programmes.services.placing import give_back_place, take_place


def close_family(*, case: Case, by: User, submission: UUID, **facts: Any) -> Closure:
    """Close a case as ``close_case`` does and give back every place that it holds."""
    with ledger.together():
        closure = close_case(case=case, by=by, submission=submission, **facts)
        for enrolment in Enrolment.objects.filter(case=case, ended_on=None):
            give_back_place(enrolment=enrolment, ended_on=closure.closed_on, by=by)
    return closure


def reopen_family(
    *, case: Case, words: str, next_contact_due: date | None, again_in: Enrolment | None, by: User
) -> Case:
    """Open a case again, and where asked give the family a place in a contract that they had left."""
    with ledger.together():
        opened = reopen_case(case=case, words=words, next_contact_due=next_contact_due, by=by)
        if again_in is not None:
            take_place(case=opened, contract=again_in.contract, by=by)
    return opened

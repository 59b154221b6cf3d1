"""Writing down what was promised to a family and what became of it."""

from datetime import date
from uuid import UUID

from django.db.models import Min

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import not_before, not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.cases.services.keeping import keep
from alongside.records.plans.models import Promise

DUE_FIRST = "They cannot have promised it for a day before they promised it"
SETTLED_FIRST = "It cannot have been settled before it was promised"


def make_promise(
    *,
    case: Case,
    words: str,
    made_by: str,
    who: str,
    made_on: date,
    due_on: date | None,
    by: User,
    submission: UUID,
) -> Promise:
    """Write down a promise: what, by whom, and by when."""
    not_yet_to_come(made_on, "made_on")
    not_before(due_on, made_on, "due_on", DUE_FIRST)
    with ledger.together():
        promise = ledger.create(
            Promise,
            by=by,
            what="promise written down",
            id=submission,
            agency_id=case.agency_id,
            case=case,
            words=words,
            made_by=made_by,
            who=who,
            made_on=made_on,
            due_on=due_on,
        )
        _keep(case.pk)
    return promise


def edit_promise(
    *,
    promise: Promise,
    version: int,
    words: str,
    made_by: str,
    who: str,
    made_on: date,
    due_on: date | None,
    by: User,
) -> Promise:
    """Put a promise right, or move the day for which it was promised."""
    not_yet_to_come(made_on, "made_on")
    not_before(due_on, made_on, "due_on", DUE_FIRST)
    with ledger.together():
        changed = ledger.update(
            promise,
            by=by,
            what="promise changed",
            version=version,
            words=words,
            made_by=made_by,
            who=who,
            made_on=made_on,
            due_on=due_on,
        )
        _keep(promise.case_id)
    return changed


def settle_promise(
    *, promise: Promise, version: int, outcome: str, settled_on: date | None, why: str, by: User
) -> Promise:
    """Say that a promise was kept, was not, or is no longer needed; or that it is still to be kept after all."""
    still_open = outcome == Promise.Outcome.OPEN
    if not still_open:
        if settled_on is None:
            raise Refused("Enter the day", field="settled_on")
        not_yet_to_come(settled_on, "settled_on")
        not_before(settled_on, promise.made_on, "settled_on", SETTLED_FIRST)
    if outcome == Promise.Outcome.NOT_KEPT and not why:
        raise Refused("Say why it was not kept, as far as you know", field="why")
    with ledger.together():
        settled = ledger.update(
            promise,
            by=by,
            what="promise open again" if still_open else "promise settled",
            version=version,
            outcome=outcome,
            settled_on=None if still_open else settled_on,
            why=why,
        )
        _keep(promise.case_id)
    return settled


def _keep(case_id: UUID) -> None:
    """Put the earliest day of a promise that is still open on its case."""
    still_open = Promise.objects.filter(case=case_id, outcome=Promise.Outcome.OPEN)
    keep(case_id, promise_due_on=still_open.aggregate(first=Min("due_on"))["first"])

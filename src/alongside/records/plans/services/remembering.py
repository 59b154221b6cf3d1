"""Writing down how a child came to live with the carer."""

from datetime import date
from typing import Any
from uuid import UUID

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.plans.models import OriginEvent


def remember(*, case: Case, on: date | None, precision: str, by: User, submission: UUID, **told: Any) -> OriginEvent:
    """Write down something that happened as a child came: what, when, who, what was said, what shows it."""
    _check(on, told)
    return ledger.create(
        OriginEvent,
        by=by,
        what="origin written down",
        id=submission,
        agency_id=case.agency_id,
        case=case,
        on=on,
        precision=precision,
        **told,
    )


def edit_memory(
    *, event: OriginEvent, version: int, on: date | None, precision: str, by: User, **told: Any
) -> OriginEvent:
    """Put right what was written."""
    _check(on, told)
    return ledger.update(event, by=by, what="origin changed", version=version, on=on, precision=precision, **told)


def _check(on: date | None, told: dict[str, Any]) -> None:
    if on is not None:
        not_yet_to_come(on, "when")
    if not any(told[name] for name in ("words", "who_words", "evidence")) and told["who"] == OriginEvent.Who.UNKNOWN:
        raise Refused("Say who it was, or what happened", field="words")

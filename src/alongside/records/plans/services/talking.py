"""Writing down what a carer says they need and what the family does well."""

from datetime import date
from typing import Any
from uuid import UUID

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import not_before, not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.people.models import Person
from alongside.records.plans.library import domains
from alongside.records.plans.models import Need, Strength

NOTHING_SAID = "Write down at least one thing they said, or skip this one"


def note_need(
    *,
    case: Case,
    domain: str,
    on: date,
    going_well: str,
    hard: str,
    place: int | None,
    one_step: str,
    by: User,
    submission: UUID,
) -> Need:
    """Write down what was said about one part of life on a day. Any of the four may be left out, but not all."""
    if domain not in domains():
        raise Refused("Choose one of the parts of life", field="domain")
    not_yet_to_come(on, "on")
    _something_said(going_well, hard, place, one_step)
    return ledger.create(
        Need,
        by=by,
        what="need talked over",
        id=submission,
        agency_id=case.agency_id,
        case=case,
        domain=domain,
        on=on,
        going_well=going_well,
        hard=hard,
        place=place,
        one_step=one_step,
    )


def edit_need(
    *,
    need: Need,
    version: int,
    on: date,
    going_well: str,
    hard: str,
    place: int | None,
    one_step: str,
    by: User,
) -> Need:
    """Put right what was written of a talk."""
    not_yet_to_come(on, "on")
    _something_said(going_well, hard, place, one_step)
    return ledger.update(
        need,
        by=by,
        what="need changed",
        version=version,
        on=on,
        going_well=going_well,
        hard=hard,
        place=place,
        one_step=one_step,
    )


def _something_said(*said: Any) -> None:
    if all(one is None or one == "" for one in said):
        raise Refused(NOTHING_SAID, field="going_well")


def notice_strength(
    *,
    case: Case,
    words: str,
    whose: Person | None,
    said_by: str,
    noticed_on: date,
    by: User,
    submission: UUID,
) -> Strength:
    """Write down something that the family does well."""
    not_yet_to_come(noticed_on, "noticed_on")
    return ledger.create(
        Strength,
        by=by,
        what="strength noticed",
        id=submission,
        agency_id=case.agency_id,
        case=case,
        words=words,
        whose=whose,
        said_by=said_by,
        noticed_on=noticed_on,
    )


def edit_strength(
    *,
    strength: Strength,
    version: int,
    words: str,
    whose: Person | None,
    said_by: str,
    noticed_on: date,
    taken_down_on: date | None,
    by: User,
) -> Strength:
    """Put a strength's words right, or take it down from what is shown."""
    not_yet_to_come(noticed_on, "noticed_on")
    not_before(taken_down_on, noticed_on, "taken_down_on", "It cannot be taken down before it was noticed")
    return ledger.update(
        strength,
        by=by,
        what="strength taken down" if taken_down_on and not strength.taken_down_on else "strength changed",
        version=version,
        words=words,
        whose=whose,
        said_by=said_by,
        noticed_on=noticed_on,
        taken_down_on=taken_down_on,
    )

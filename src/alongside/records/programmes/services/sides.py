"""Writing the authority's side of a family's record, by a worker who sits with its team."""

from datetime import date
from uuid import UUID

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.programmes.models import AuthorityNote


def write_authority_note(
    *, case: Case, on: date, said_by: str, words: str, by: User, submission: UUID
) -> AuthorityNote:
    """Write down for the authority's own record what its team knows or decided."""
    not_yet_to_come(on, "on")
    team = by.team
    if team is None or team.sits_with_id is None or case.team_id != team.pk:
        raise Refused("Only a worker who sits with the authority's team keeps its record")
    return ledger.create(
        AuthorityNote,
        by=by,
        what="written on the authority's side",
        id=submission,
        agency_id=team.sits_with_id,
        provider_id=case.agency_id,
        case=case,
        on=on,
        said_by=said_by,
        words=words,
        by_id=by.pk,
    )


def change_authority_note(
    *, note: AuthorityNote, version: int, on: date, said_by: str, words: str, by: User
) -> AuthorityNote:
    """Put a note of the authority's side right; what it said before stays in the log."""
    not_yet_to_come(on, "on")
    return ledger.update(
        note, by=by, what="authority's side changed", version=version, on=on, said_by=said_by, words=words
    )

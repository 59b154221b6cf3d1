"""Asking for an extract of a frozen cohort, answering that, and taking it."""

from collections.abc import Sequence
from datetime import date
from secrets import token_hex
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused
from alongside.core.base.sealing import Sealed, seal
from alongside.insight.evaluation.models import Cohort
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.rows import Rows, unpack
from alongside.insight.evaluation.rules import Stage
from alongside.insight.reports.telling.safety import SMALLEST
from alongside.stewardship.exchange.extract_columns import EVERY_SCORE, choices
from alongside.stewardship.exchange.extract_files import SEALED_FOR, zip_of
from alongside.stewardship.exchange.models import Extract

LONGEST_DAYS = 366
FREEZE_FIRST = "Freeze the cohort first: an extract is of rows that no longer change"
TOO_FEW = f"There are fewer than {SMALLEST} families in this cohort, so nothing of it can be given"
OF_A_TRIAL = "Carers agreed that chance decides and that they are counted, not that their rows are given to a project"
NOT_ONES_OWN = "You asked for this extract yourself, so somebody else has to answer"
ANSWERED = "This has been answered already"
KEY_GONE = (
    "The key of this project cannot be opened, as the key of the installation was replaced. "
    "Ask whoever looks after the installation to add the old one to SECRET_KEY_FALLBACKS"
)
NOT_YOURS = "Only the person who asked for an extract can take it"


def rows_to_ask_of(cohort: Cohort) -> Rows:
    """Give the rows of a cohort of which an extract may be asked."""
    if cohort.stage is not Stage.FROZEN:
        raise Refused(FREEZE_FIRST)
    if cohort.defined.tried:
        raise Refused(OF_A_TRIAL)
    rows = unpack(bytes(cohort.frozen.content))
    if len(rows) < SMALLEST:
        raise Refused(TOO_FEW)
    return rows


def ask_for_extract(
    *, cohort: Cohort, project: str, purpose: str, columns: Sequence[str], by: User, submission: UUID | None = None
) -> Extract:
    """Ask for columns of a frozen cohort for one project."""
    outcomes = outcomes_of(cohort)
    known = {name for name, _ in choices(rows_to_ask_of(cohort), outcomes)}
    if not columns or not set(columns) <= known:
        raise Refused("Choose columns from the list", field="columns")
    if EVERY_SCORE in columns and not outcomes.keys() & set(columns):
        raise Refused("Choose the outcomes of which you need every score", field="columns")
    return ledger.create(
        Extract,
        by=by,
        what="extract asked for",
        id=submission,
        agency_id=cohort.agency_id,
        cohort=cohort,
        project=project,
        purpose=purpose,
        columns=sorted(set(columns)),
        asked_by_id=by.pk,
        asked_at=timezone.now(),
    )


def approve_extract(*, extract: Extract, version: int, expires_on: date | None, by: User) -> Extract:
    """Let it be taken until a day, and make the key of its pseudonyms."""
    _may_answer(extract, by)
    today = timezone.localdate()
    if expires_on is None or not 0 <= (expires_on - today).days <= LONGEST_DAYS:
        raise Refused("Give a last day from today on, within a year", field="expires_on")
    return ledger.update(
        extract,
        by=by,
        what="extract approved",
        version=version,
        answer=Extract.Answer.APPROVED,
        answered_by=by,
        answered_at=timezone.now(),
        expires_on=expires_on,
        sealed_key=seal(SEALED_FOR, token_hex(32)),
    )


def refuse_extract(*, extract: Extract, version: int, reason: str, by: User) -> Extract:
    """Refuse it, and say why."""
    _may_answer(extract, by)
    if not reason.strip():
        raise Refused("Say why, so that they can ask otherwise", field="reason")
    return ledger.update(
        extract,
        by=by,
        what="extract refused",
        version=version,
        answer=Extract.Answer.REFUSED,
        answered_by=by,
        answered_at=timezone.now(),
        reason=reason,
    )


def _may_answer(extract: Extract, by: User) -> None:
    if extract.asked_by_id == by.pk:
        raise Refused(NOT_ONES_OWN)
    if extract.answer != Extract.Answer.WAITING:
        raise Refused(ANSWERED)


def take_extract(*, extract: Extract, by: User) -> bytes:
    """Give its files to who asked, while it is approved and its last day has not passed; each taking is logged."""
    if extract.asked_by_id != by.pk:
        raise Refused(NOT_YOURS)
    if not extract.may_be_taken(timezone.localdate()):
        expired = extract.answer == Extract.Answer.APPROVED
        raise Refused("Its last day has passed. Ask again" if expired else "It has not been approved")
    frozen = extract.cohort.frozen
    try:
        content = zip_of(extract, unpack(bytes(frozen.content)), frozen.fingerprint)
    except Sealed as error:
        raise Refused(KEY_GONE) from error
    ledger.note(by=by, what="extract taken away", about=extract, kind=Entry.Kind.EXPORT)
    return content

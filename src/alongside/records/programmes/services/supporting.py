"""Writing down what was offered to a family or done for them beside the sessions."""

from datetime import date
from uuid import UUID

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case, Contact
from alongside.records.programmes.models import Counting, Enrolment, Support


def record_support(*, case: Case, kind: str, on: date, words: str, reply: str, by: User, submission: UUID) -> Support:
    """Write down that peer support, a group or advice was offered, or a check was done."""
    _check(kind, on, words)
    return ledger.create(
        Support,
        by=by,
        what="support offered",
        id=submission,
        agency_id=case.agency_id,
        case=case,
        kind=kind,
        on=on,
        words=words,
        reply=reply,
    )


def change_support(*, support: Support, version: int, kind: str, on: date, words: str, reply: str, by: User) -> Support:
    """Put it right, or write down what they said in the end."""
    _check(kind, on, words)
    return ledger.update(
        support, by=by, what="support changed", version=version, kind=kind, on=on, words=words, reply=reply
    )


def count_session(*, contact: Contact, enrolment: Enrolment | None, by: User) -> Counting:
    """Say that a contact counts as a session of this programme, or of none."""
    with ledger.together():
        standing: Counting | None = Counting.objects.filter(contact=contact).first()
        if standing:
            return ledger.update(standing, by=by, what="session counted otherwise", enrolment=enrolment)
        return ledger.create(
            Counting,
            by=by,
            what="session counted otherwise",
            agency_id=contact.agency_id,
            contact=contact,
            enrolment=enrolment,
        )


def _check(kind: str, on: date, words: str) -> None:
    not_yet_to_come(on, "on")
    if kind == Support.Kind.ADVICE and not words.strip():
        raise Refused("Write down what you advised, so that it can be followed up", field="words")

"""Writing letters, and sending them once somebody has checked that it is safe."""

from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.letters.library import templates
from alongside.records.letters.models import Enclosure, Letter, LetterPaper
from alongside.records.letters.paper import letterhead, set_on_paper
from alongside.records.letters.rules import Addressed, Enclosed, merge, still_missing
from alongside.records.letters.tasks import send_letter_by_email
from alongside.records.people.models import Person

SENT = "This letter was sent, so it stays as it is. Write a new one"
LONGEST_SUBJECT = 200


def write_letter(
    *,
    case: Case,
    template: str,
    about: Person | None,
    facts: Mapping[str, str],
    to: Addressed,
    by: User,
    submission: UUID,
    enclosed: Enclosed | None = None,
) -> Letter:
    """Begin a letter from a template with the facts that are known; what is missing is marked in its text."""
    known = templates().get(template)
    if known is None:
        raise Refused("Choose which letter it is", field="template")
    facts = {**letterhead(), **facts}
    with ledger.together():
        letter = ledger.create(
            Letter,
            by=by,
            what="letter begun",
            id=submission,
            agency_id=case.agency_id,
            case=case,
            template=known.key,
            edition=known.edition,
            about=about,
            subject=merge(known.subject, facts).text[:LONGEST_SUBJECT],
            body=merge(known.body.strip(), facts).text,
            by_id=by.pk,
            **to._asdict(),
        )
        if enclosed is not None:
            kept = {"agency_id": letter.agency_id, "case": case, **enclosed._asdict()}
            Enclosure.objects.get_or_create(letter=letter, defaults=kept)
    return letter


def edit_letter(
    *, letter: Letter, version: int, to_name: str, to_address: str, to_email: str, subject: str, body: str, by: User
) -> Letter:
    """Change a letter that has not been sent."""
    _still_draft(letter)
    return ledger.update(
        letter,
        by=by,
        what="letter changed",
        version=version,
        to_name=to_name,
        to_address=to_address,
        to_email=to_email,
        subject=subject,
        body=body,
    )


def put_letter_away(*, letter: Letter, by: User) -> Letter:
    """Put a letter away that is not to be sent."""
    _still_draft(letter)
    return ledger.update(letter, by=by, what="letter put away", status=Letter.Status.PUT_AWAY)


def send_letter(*, letter: Letter, version: int, how: str, safe: bool, by: User) -> Letter:
    """Send a letter as it was read, or say that it was posted or handed over, and keep the very paper."""
    _still_draft(letter)
    if not safe:
        raise Refused("Check that it is safe and right to send it there, then say so", field="safe")
    missing = still_missing(f"{letter.subject}\n{letter.body}")
    if missing:
        raise Refused(f"Something is still missing in it: {', '.join(missing)}. Put it in, or write around it")
    if how == Letter.How.EMAIL and not letter.to_email:
        raise Refused("There is no e-mail address in this letter. Add one, or choose another way", field="how")
    with ledger.together():
        paper = set_on_paper(letter, timezone.localdate(), sent=True)
        sent = ledger.update(
            letter,
            by=by,
            what="letter sent",
            version=version,
            status=Letter.Status.SENT,
            how=how,
            sent_at=timezone.now(),
            paper_digest=sha256(paper).hexdigest(),
        )
        LetterPaper.objects.create(agency_id=sent.agency_id, case_id=sent.case_id, letter=sent, content=paper)
        if how == Letter.How.EMAIL:
            transaction.on_commit(partial(send_letter_by_email.enqueue, str(sent.pk)), robust=True)
    return sent


def _still_draft(letter: Letter) -> None:
    if letter.status != Letter.Status.DRAFT:
        raise Refused(SENT)

"""Drawing families by chance, writing down what was found in their records, and that it was followed up."""

from collections.abc import Mapping, Sequence
from datetime import date
from secrets import token_hex
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import Team, User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.oversight.models import CaseAudit, Sample
from alongside.records.oversight.queries import pool_of
from alongside.records.oversight.questions import Found, questions
from alongside.records.oversight.rules import draw, fingerprint
from alongside.records.oversight.services.supervising import agree

MOST = 50


def draw_sample(*, team: Team | None, size: int, by: User, submission: UUID) -> Sample:
    """Draw so many of the families open today by chance; the seed is kept, so that it can be done again.

    A family of which few may know is never drawn: whoever may know reads its record without a sample.
    """
    if not 1 <= size <= MOST:
        raise Refused(f"Choose a number from 1 to {MOST}", field="size")
    pool = pool_of(by.agency_id, team.pk if team else None, timezone.now())
    if not pool:
        raise Refused("No family is open here today, so there is nobody to draw", field="team")
    seed = token_hex(8)
    return ledger.create(
        Sample,
        by=by,
        what="sample drawn",
        id=submission,
        agency_id=by.agency_id,
        team=team,
        by_id=by.pk,
        drawn_on=timezone.localdate(),
        size=size,
        seed=seed,
        pool=len(pool),
        fingerprint=fingerprint(pool),
        picked=[str(case) for case in draw(seed, pool, size)],
    )


def record_audit(
    *,
    case: Case,
    sample: Sample | None,
    answers: Mapping[str, Mapping[str, str]],
    words: str,
    agreed: Sequence[tuple[str, date | None]],
    by: User,
    submission: UUID,
) -> CaseAudit:
    """Write down what was found in a family's record; what is to be done goes to its worker, or to whoever read it."""
    asked = questions()
    found = {question.key: dict(answers[question.key]) for question in asked.asked if question.key in answers}
    if len(found) != len(asked.asked) or any(one.get("found") not in set(Found) for one in found.values()):
        raise Refused("Answer each question; “It does not matter for this family” is an answer too")
    if case.worker_id == by.pk:
        raise Refused("Nobody reads their own record. Ask somebody else to")
    if sample and str(case.pk) not in sample.picked:
        raise Refused("This family was not drawn. Read it without the sample")
    with ledger.together():
        Case.objects.select_for_update().get(pk=case.pk)  # two clicks at once wait for one another
        if CaseAudit.objects.filter(pk=submission, by=by).exists():
            return CaseAudit.objects.get(pk=submission)
        made = ledger.create(
            CaseAudit,
            by=by,
            what="record audited",
            id=submission,
            agency_id=case.agency_id,
            case=case,
            sample=sample,
            by_id=by.pk,
            audited_on=timezone.localdate(),
            edition=asked.edition,
            answers=found,
            words=words,
        )
        agree(agreed, owner=case.worker or by, by=by, audit=made)
    return made


def follow_up(*, audit: CaseAudit, version: int, followed_up_on: date, followed_up_words: str, by: User) -> CaseAudit:
    """Say that what an audit found was looked at again."""
    if not audit.audited_on <= followed_up_on <= timezone.localdate():
        raise Refused("The day must lie between the audit and today", field="followed_up_on")
    if not followed_up_words.strip():
        raise Refused("Say what you saw", field="followed_up_words")
    return ledger.update(
        audit,
        by=by,
        what="audit followed up",
        version=version,
        followed_up_on=followed_up_on,
        followed_up_words=followed_up_words,
    )

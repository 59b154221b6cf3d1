"""Leaving a family in peace on one occasion, and what that ends."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.core.audit import ledger
from alongside.core.audit.ledger import Actor
from alongside.records.cases.models import Case
from alongside.records.measures.models import CheckInLink, NotAsked, Occasion
from alongside.records.measures.services.linking import end_links


def leave_in_peace(
    *, case: Case, occasion: str, why: str, words: str, next_review: date | None, by: Actor, submission: UUID
) -> NotAsked:
    """Ask a family nothing on this occasion. Their links end; after a review the next one is due on ``next_review``."""
    with ledger.together():
        kept = ledger.create(
            NotAsked,
            by=by,
            what="not asked this time",
            id=submission,
            agency_id=case.agency_id,
            case=case,
            occasion=occasion,
            on=timezone.localdate(),
            why=why,
            words=words,
        )
        _end(case, occasion, next_review, by)
    return kept


def hear_rather_not(*, link: CheckInLink, next_review: date | None) -> NotAsked:
    """Hear a carer who says from her link that she would rather not be asked."""
    with ledger.together():
        ledger.update(link, by=link, what="check-in declined", used_at=timezone.now(), chase_on=None, chases_left=0)
        kept = ledger.create(
            NotAsked,
            by=link,
            what="not asked this time",
            id=link.pk,
            agency_id=link.agency_id,
            case=link.case,
            person=link.person,
            occasion=link.occasion,
            on=timezone.localdate(),
            why=NotAsked.Why.RATHER_NOT,
        )
        _end(link.case, link.occasion, next_review, link)
    return kept


def _end(case: Case, occasion: str, next_review: date | None, by: Actor) -> None:
    end_links(case, occasion, by)
    if occasion == Occasion.REVIEW and case.closed_on is None:
        held: Case = Case.objects.select_for_update().get(pk=case.pk)
        ledger.update(held, by=by, what="review left out", review_due=next_review)

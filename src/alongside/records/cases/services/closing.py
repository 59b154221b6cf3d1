"""Closing a case and opening it again, with its history kept."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import in_words, not_before, not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case, Closure
from alongside.records.cases.services.keeping import keep
from alongside.records.people.models import Person


def close_case(
    *,
    case: Case,
    closed_on: date,
    reason: str,
    words: str,
    follow_up_on: date | None,
    follow_up_words: str,
    by: User,
    submission: UUID,
    later: str = "",
    later_person: Person | None = None,
) -> Closure:
    """Close a case, saying why and what was agreed for afterwards. A second click finds it closed by the first."""
    not_yet_to_come(closed_on, "closed_on")
    began = f"The work began on {in_words(case.opened_on)}; it cannot end before that"
    not_before(closed_on, case.opened_on, "closed_on", began)
    not_before(follow_up_on, closed_on, "follow_up_on", "The follow-up must come after the closing")
    with ledger.together():
        held: Case = Case.objects.select_for_update().get(pk=case.pk)
        standing: Closure | None = held.closures.filter(reopened_on=None).first()
        if standing and standing.pk == submission:
            return standing
        if held.closed_on:
            raise Refused(f"This case was already closed on {in_words(held.closed_on)}")
        if held.concern_since:  # a closed case is in nobody's week, so nobody would look after the concern
            raise Refused("A concern about this family is still open. Close the concern first, then the case")
        closure = ledger.create(
            Closure,
            by=by,
            what="case closed",
            id=submission,
            agency_id=held.agency_id,
            case=held,
            closed_on=closed_on,
            reason=reason,
            words=words,
            follow_up_on=follow_up_on,
            follow_up_words=follow_up_words,
            later=later,
            later_person=later_person,
        )
        ledger.update(held, by=by, what="case closed", closed_on=closed_on, next_contact_due=None, review_due=None)
        keep(held.pk, follow_up_on=follow_up_on)
    return closure


def reopen_case(*, case: Case, words: str, next_contact_due: date | None, by: User) -> Case:
    """Open a closed case again because the family came back."""
    today = timezone.localdate()
    with ledger.together():
        held: Case = Case.objects.select_for_update().get(pk=case.pk)
        if held.closed_on is None:
            raise Refused("This case is already open")
        standing: Closure | None = held.closures.filter(reopened_on=None).order_by("-closed_on", "-pk").first()
        if standing:
            ledger.update(standing, by=by, what="case reopened", reopened_on=today, reopened_words=words)
        keep(held.pk, follow_up_on=None)
        return ledger.update(held, by=by, what="case reopened", closed_on=None, next_contact_due=next_contact_due)

"""Writing what people answered, scored by the edition that they saw, and that it has been read."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.calc.scoring import Answer, score
from alongside.core.audit import ledger
from alongside.core.audit.ledger import Actor
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case
from alongside.records.cases.services.keeping import keep
from alongside.records.measures.models import AnswerSet, CheckInLink, Occasion
from alongside.records.measures.services.linking import end_links
from alongside.records.measures.usable import chosen, held
from alongside.records.people.models import Person

Answers = Mapping[str, Mapping[str, Answer]]


def record_answers(
    *,
    case: Case,
    person: Person,
    occasion: str,
    answers: Answers,
    answered_on: date,
    mode: str,
    by: Actor,
    submission: UUID,
    next_review: date | None = None,
    child: Person | None = None,
    **how: Any,
) -> list[AnswerSet]:
    """Keep one person's answers, scored by the edition that they saw; give what was kept.

    ``answers`` maps instrument to item to answer, of one whose scores are entered to scale to score. An instrument of
    which nothing at all was answered is not kept. The first set has the id ``submission``, by which a second click is
    known; it keeps nothing more. ``child`` is whom they are about, where that is a child. ``how`` says who answered for
    them and who interpreted, where somebody did. After a review the case's next one is due on ``next_review``. Raises
    :class:`Refused` where nothing was answered, the day is to come, the start was recorded already, or no licence is
    declared for what is asked.
    """
    given = {key: items for key, items in answers.items() if any(answer is not None for answer in items.values())}
    if not given:
        raise Refused("Answer at least one question, or go back to the family.")
    with ledger.together():
        locked: Case = Case.objects.select_for_update().get(pk=case.pk)
        if AnswerSet.objects.filter(pk=submission, case=locked).exists():
            return list(locked.answer_sets.filter(person=person, occasion=occasion, answered_on=answered_on))
        _refuse_impossible(locked, occasion, answered_on, person=person, child=child, instrument__in=list(given))
        if mode != AnswerSet.Mode.LINK:
            _refuse_undeclared(locked, list(given))
        said: dict[str, Any] = {"case": locked, "person": person, "child": child, "occasion": occasion, **how}
        said["answered_on"] = answered_on
        ids = [submission, *(new_id() for _ in given)]
        sets = zip(ids, given.items(), strict=False)
        kept = [_keep(key, dict(items), by, id=pk, mode=mode, **said) for pk, (key, items) in sets]
        end_links(locked, occasion, by, person=person, asking=given)
        if occasion == Occasion.REVIEW:
            ledger.update(locked, by=by, what="review recorded", review_due=next_review)
    return kept


def _refuse_undeclared(case: Case, keys: list[str]) -> None:
    """From a link comes only what was allowed when the link was made; all else must be allowed today."""
    if len(chosen(case.agency_id, keys)) < len(keys):
        raise Refused("Nobody has declared a licence for this questionnaire, or it has run out. Ask your manager.")


def _refuse_impossible(case: Case, occasion: str, answered_on: date, **same: Any) -> None:
    if answered_on > timezone.localdate():
        raise Refused("The day they answered cannot be in the future.", field="answered_on")
    if occasion != Occasion.START:
        return
    back = (
        case.closures.filter(reopened_on__isnull=False).order_by("-reopened_on").values_list("reopened_on", flat=True)
    )
    since = back.first() or date.min
    if case.answer_sets.filter(**same, occasion=Occasion.START, answered_on__gte=since).exists():
        raise Refused(
            "How things were for them at the start is already recorded. Record this as a review.", field="occasion"
        )


def _keep(key: str, items: dict[str, Answer], by: Actor, *, case: Case, **said: Any) -> AnswerSet:
    instrument = held(case.agency_id, key)
    scores = {scale: result.value for scale, result in score(instrument, items).items()}
    return ledger.create(
        AnswerSet,
        by=by,
        what="answers recorded",
        agency_id=case.agency_id,
        case=case,
        instrument=key,
        edition=instrument.edition,
        answers=items,
        scores=scores,
        **said,
    )


def finish_link(*, link: CheckInLink, next_review: date | None) -> list[AnswerSet]:
    """Turn the answers given from a link into answer sets; the link is used up. Without answers none are made."""
    with ledger.together():
        used = ledger.update(
            link, by=link, what="check-in finished", used_at=timezone.now(), chase_on=None, chases_left=0
        )
        if not any(answer is not None for items in used.answers.values() for answer in items.values()):
            return []
        keep(used.case_id, reply_since=used.case.reply_since or timezone.localdate())
        return record_answers(
            case=used.case,
            person=used.person,
            occasion=used.occasion,
            answers=used.answers,
            answered_on=timezone.localdate(),
            mode=AnswerSet.Mode.LINK,
            by=used,
            submission=used.pk,
            next_review=next_review,
        )


def mark_replies_read(*, case: Case, by: Actor) -> None:
    """Say that what a family answered by themselves has been read."""
    with ledger.together():
        ledger.note(by=by, what="answers from a link read", about=case, kind=Entry.Kind.WRITE)
        keep(case.pk, reply_since=None)

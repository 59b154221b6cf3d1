"""Keeping answers so that one which alarms opens a concern with it, and hearing a carer who asks to talk now.

Pages keep answers through here and never by the services below, which know nothing of concerns.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from alongside.calc.instruments import Instrument
from alongside.calc.scoring import Answer, alarms_in, risks_in, score
from alongside.core.audit import ledger
from alongside.core.audit.ledger import Actor
from alongside.records.cases.models import Case
from alongside.records.concerns.models import Concern
from alongside.records.concerns.services.raising import hear_concern
from alongside.records.measures.models import AnswerSet, CheckInLink
from alongside.records.measures.services import answering, linking
from alongside.records.measures.usable import held

ASKED = "The carer pressed “I need to talk to somebody now” in a check-in."
Answers = Mapping[str, Mapping[str, Answer]]


def record_answers(*, case: Case, answers: Answers, by: Actor, **told: Any) -> tuple[list[AnswerSet], Concern | None]:
    """Keep answers given with a worker or on paper, and open a concern in the same transaction where one alarms."""
    with ledger.together():
        kept = answering.record_answers(case=case, answers=answers, by=by, **told)
        concern = None
        for one in kept:
            concern = _heed(case, one.instrument, one.answers, one.pk, by) or concern
    return kept, concern


def save_answer(*, link: CheckInLink, instrument: str, item: str, answer: Answer) -> CheckInLink:
    """Keep one answer of a check-in; what alarms opens a concern at once, not when she has finished."""
    with ledger.together():
        link = linking.save_answer(link=link, instrument=instrument, item=item, answer=answer)
        _heed(link.case, instrument, link.answers[instrument], link.origin, link)
    return link


def finish_link(*, link: CheckInLink, next_review: date | None) -> list[AnswerSet]:
    """Turn the answers of a check-in into answer sets. What alarms in them was heard as each was given."""
    return answering.finish_link(link=link, next_review=next_review)


def ask_to_talk(*, link: CheckInLink, words: str) -> Concern:
    """Hear a carer who asks to talk to somebody now. Asking twice adds what she says and opens nothing more."""
    said = f"{ASKED}\n\nIn their own words: {words.strip()}" if words.strip() else ASKED
    return hear_concern(case=link.case, words=said, source=Concern.Source.CARER, origin=link.origin, by=link)


def heard(link: CheckInLink) -> bool:
    """Say whether this check-in opened a concern."""
    return Concern.objects.filter(agency=link.agency_id, origin=link.origin).exists()


def _heed(case: Case, instrument: str, answers: Mapping[str, Answer], origin: UUID, by: Actor) -> Concern | None:
    """Open a concern where an answer alarms, or a score lies in a band of risk."""
    known = held(case.agency_id, instrument)
    said = [*_alarming(known, answers), *_at_risk(known, answers)]
    concern = None
    for words in said:
        concern = hear_concern(case=case, words=words, source=Concern.Source.ANSWERS, origin=origin, by=by)
    return concern


def _alarming(known: Instrument, answers: Mapping[str, Answer]) -> list[str]:
    said = []
    for alarm in alarms_in(known, answers):
        item, value = known.item(alarm.item), answers[alarm.item]
        words = next(option.words for option in item.options if option.value == value)
        said.append(f"{alarm.words}\n\n{item.question}\nTheir answer: {words}.")
    return said


def _at_risk(known: Instrument, answers: Mapping[str, Answer]) -> list[str]:
    scores = {key: found.value for key, found in score(known, answers).items()}
    return [
        f"{known.title}: {risk.scale.title.lower()} {risk.value:g}. The questionnaire calls a score from "
        f"{risk.band.start:g} “{risk.band.words}”. It is no diagnosis: read it, and ask how they are."
        for risk in risks_in(known, scores)
    ]

"""Answering a survey: beginning, keeping each answer, and sending them off.

The log of an anonymous round has nothing of this: an entry would say to the second when an answer came.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from alongside.calc.surveys.answering import Answer, check_answer, counted, question_at, unanswered
from alongside.calc.surveys.definition import Definition, Kind
from alongside.core.agencies.models import User
from alongside.core.agencies.places import authorities
from alongside.core.agencies.queries import authority_ids
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused
from alongside.core.base.tokens import hash_of, new_token
from alongside.records.surveys.models import Invitation, Response, Round, key_of
from alongside.records.surveys.queries import Opened


def begin_openly(round: Round) -> str:
    """Begin a response of a round that anybody may answer; give the secret of the link that leads back to it."""
    token = new_token()
    _create(round, token)
    return token


def begin_invited(*, opened: Opened, token: str, linked: bool) -> Response:
    """Begin the response of somebody who was invited; a second click begins no second one.

    It names them only where the round keeps answers with the record, and they agreed.
    """
    if opened.response:
        return opened.response
    invitation = opened.invitation
    if linked and invitation and invitation.case and opened.round.kept == Round.Kept.LINKED:
        case = invitation.case
        return _create(
            opened.round, token, case_id=case.pk, person_id=invitation.person_id, authority_id=case.authority_id
        )
    return _create(opened.round, token)


def _create(round: Round, token: str, **who: object) -> Response:
    response = Response(
        agency_id=round.agency_id, round=round, edition_id=round.edition_id, key_hash=key_of(token), **who
    )
    response.save(force_insert=True)
    return response


def save_answers(*, response: Response, given: Mapping[str, Answer], left: Iterable[str] = ()) -> Response:
    """Keep answers as they are given, so that stopping half-way loses nothing; those ``left`` blank are taken away.

    Raises ``AnswerRefused`` where a question does not allow its answer, and ``KeyError`` where there is no such one.
    """
    definition = response.edition.asks
    codes = {authority.code for authority in authorities()}
    checked = {
        address: check_answer(question_at(definition, address), answer, codes) for address, answer in given.items()
    }
    with transaction.atomic():
        held: Response = Response.objects.select_for_update().get(pk=response.pk)
        gone = set(left)
        kept = {address: answer for address, answer in held.given.items() if address not in gone} | checked
        Response.objects.filter(pk=held.pk, week=None).update(answers=kept)
    response.answers = kept
    return response


def send_response(*, opened: Opened, token: str) -> None:
    """Send the answers off: only those to questions that are still reached. The link is used up.

    Raises :class:`Refused` where a question that must be answered is not, or nothing at all is.
    """
    response = opened.response
    if response is None:
        raise Refused("Answer at least one question first")
    definition = response.edition.asks
    if left := unanswered(definition, response.answers):
        raise Refused(f"Answer “{left[0].question.words}”, or say that you would rather not", field=left[0].address)
    answers = counted(definition, response.answers)
    if not answers:
        raise Refused("Answer at least one question first")
    area = _area(definition, answers)
    with ledger.together():
        sent = Response.objects.filter(pk=response.pk, week=None).update(
            answers=answers,
            authority_id=authority_ids([area]).get(area, response.authority_id),
            week=monday_of(timezone.localdate()),
            key_hash=None,
        )
        Invitation.objects.filter(token_hash=hash_of(token)).update(used=True)
        if sent and response.case_id:
            ledger.note(by=None, what="survey answered with consent", about=response, kind=Entry.Kind.WRITE)


def receive_responses(*, round: Round, answered: Sequence[Mapping[str, Answer]], by: User) -> int:
    """Add what was answered elsewhere, on paper or in another program, to a round; it is anonymous."""
    if not round.is_open(timezone.localdate()):
        raise Refused("This round is over")
    definition, week = round.edition.asks, monday_of(timezone.localdate())
    areas = authority_ids({_area(definition, answers) for answers in answered})
    rows = [
        Response(
            agency_id=round.agency_id,
            round=round,
            edition_id=round.edition_id,
            answers=counted(definition, answers),
            authority_id=areas.get(_area(definition, answers)),
            week=week,
        )
        for answers in answered
    ]
    with ledger.together():
        Response.objects.bulk_create(rows, batch_size=500)
        ledger.note(by=by, what=f"{len(rows)} survey responses brought", about=round, kind=Entry.Kind.WRITE)
    return len(rows)


def monday_of(day: date) -> date:
    """Give the Monday of a day's week: as near as we keep when somebody answered."""
    return day - timedelta(days=day.weekday())


def _area(definition: Definition, answers: Mapping[str, Answer]) -> str:
    """Give the code of the council area that was told, or nothing."""
    asked = next((question for _, question in definition.questions() if question.kind is Kind.AREA), None)
    return str(answers.get(asked.key) or "") if asked else ""

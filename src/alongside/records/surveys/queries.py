"""Reading surveys: those of an agency, how a round goes, what a link opens, and the answers to count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from alongside.calc.surveys.answering import Answer
from alongside.calc.surveys.definition import Definition, Kind, Question
from alongside.core.base.tokens import hash_of
from alongside.records.surveys.models import Edition, Invitation, KnownTotals, Response, Round, Survey, key_of


class Counted(NamedTuple):
    """One response as results count it: the authority's code (blank where not told), the edition that was asked, the
    week, and the answers by address. It names nobody.
    """

    authority: str
    edition: int
    week: date
    answers: dict[str, Answer]


def responses_of(round: Round) -> Iterator[Counted]:
    """Give a round's responses, sent ones only, in no order that tells who was first."""
    rows = Response.objects.filter(round=round, week__isnull=False).order_by("id")
    told = rows.values_list("authority__code", "edition__number", "week", "answers")
    for code, number, week, answers in told.iterator():
        yield Counted(code or "", number, week, answers)


def editions_of_round(round: Round) -> dict[int, Definition]:
    """Give the editions that a round's responses were given to, by number; the last is the one that it asks now."""
    asked = Edition.objects.filter(Q(pk=round.edition_id) | Q(responses__round=round, responses__week__isnull=False))
    return {edition.number: edition.asks for edition in asked.distinct().order_by("number")}


def known_totals(round: Round) -> list[KnownTotals]:
    """Give the totals that count for a round, one for each question, in the order in which they were first fixed."""
    last: dict[str, KnownTotals] = {}
    for known in KnownTotals.objects.filter(round=round).order_by("id"):
        last[known.question] = known
    return list(last.values())


def totals_since_closed(round: Round) -> list[list[KnownTotals]]:
    """Give the totals by which the results of a closed round were weighted, those that count now last.

    Each time some were replaced makes another version, as results by both may have been read.
    """
    versions: list[dict[str, KnownTotals]] = []
    for known in KnownTotals.objects.filter(round=round).order_by("id"):
        late = known.reason and round.closed_on and timezone.localdate(known.created_at) >= round.closed_on
        now = {**(versions[-1] if versions else {}), known.question: known}
        versions = [*(versions if late else versions[:-1]), now]
    return [list(version.values()) for version in versions]


def may_be_known(definition: Definition) -> list[Question]:
    """Give the questions by which totals may be known: everybody is asked them, and gives one answer of several."""
    plain = ((part, question) for part, question in definition.questions() if question.kind in (Kind.ONE, Kind.AREA))
    return [question for part, question in plain if not (part.repeat or part.show_if or question.show_if)]


def area_question(definition: Definition) -> str:
    """Give the key of the question that asks for the council area, or nothing."""
    asked = (question.key for _, question in definition.questions() if question.kind is Kind.AREA)
    return next(asked, "")


class Going(NamedTuple):
    """How a round goes: how many were invited, how many of them answered, how many responses there are."""

    invited: int
    used: int
    sent: int
    begun: int


def how_it_goes(round: Round, sent: int | None = None) -> Going:
    """Count a round; of one that is closed, of which ``sent`` responses were read, nothing more is asked."""
    asked = Invitation.objects.filter(round=round).aggregate(n=Count("pk"), used=Count("pk", filter=Q(used=True)))
    if sent is not None:
        return Going(asked["n"], asked["used"], sent, 0)
    done = Response.objects.filter(round=round).aggregate(
        sent=Count("pk", filter=Q(week__isnull=False)), begun=Count("pk", filter=Q(week=None))
    )
    return Going(asked["n"], asked["used"], done["sent"], done["begun"])


class Line(NamedTuple):
    """A survey in the list: how many questions its last edition asks, and its rounds."""

    survey: Survey
    edition: Edition
    rounds: list[Round]


def surveys(rows: Any) -> list[Line]:
    """Give surveys that one may see, the newest first, each with its last edition and its rounds."""
    found: list[Survey] = list(rows.prefetch_related("editions", "rounds").order_by("-id"))
    return [
        Line(
            survey,
            max(survey.editions.all(), key=lambda edition: edition.number),
            sorted(survey.rounds.all(), key=lambda round: round.pk, reverse=True),
        )
        for survey in found
    ]


def editions(survey: Survey) -> list[Edition]:
    """Give a survey's editions, the last first."""
    return list(survey.editions.order_by("-number"))


def last_edition(survey_id: UUID) -> Edition:
    """Give the edition that was made last."""
    last: Edition = Edition.objects.filter(survey=survey_id).select_related("survey").order_by("-number")[0]
    return last


def rounds(survey: Survey) -> list[Round]:
    """Give a survey's rounds, the last first."""
    return list(survey.rounds.select_related("edition").order_by("-pk"))


@dataclass(frozen=True, slots=True)
class Opened:
    """What a personal link opens: the round, what was written so far if anything, and the invitation if any."""

    round: Round
    edition: Edition
    response: Response | None
    invitation: Invitation | None


def open_round_at(address: str) -> Round | None:
    """Find the round that anybody may answer at an address, while it is open."""
    found = Round.objects.filter(address=address, way=Round.Way.OPEN).select_related("edition", "agency").first()
    return found if found and found.is_open(timezone.localdate()) else None


def opened_by(token: str) -> Opened | None:
    """Find what a personal link opens; None where it was used, its round is over or there is no such link."""
    invitation = (
        Invitation.objects.filter(token_hash=hash_of(token)).select_related("round__edition", "round__agency").first()
    )
    if invitation and invitation.used:
        return None
    rows = Response.objects.filter(key_hash=key_of(token)).select_related("edition", "round__edition", "round__agency")
    response = rows.first()
    round = response.round if response else invitation.round if invitation else None
    if round is None or not round.is_open(timezone.localdate()):
        return None
    return Opened(round, response.edition if response else round.edition, response, invitation)


def round_named(address: str) -> Round | None:
    """Find a round, open or over, for its last page."""
    return Round.objects.filter(address=address).select_related("edition", "agency").first()

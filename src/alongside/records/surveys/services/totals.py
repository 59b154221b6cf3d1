"""Fixing what is known of everybody, so that those who answered a round can be weighted to it."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.calc.surveys.definition import Kind, Question
from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.surveys.models import KnownTotals, Round
from alongside.records.surveys.queries import area_question, known_totals, responses_of

FEWEST_IN_GROUP = 10
"""The fewest answers that may stand for a group."""
MOST_MARGINS = 3
ROUNDING = 0.01
"""By what share the totals of two questions may differ: they are often rounded, or of slightly different days."""

CLOSED = "This round is closed. By what it is weighted is settled before, so that nobody picks it by the results"

EITHER = (
    "A round is weighted either by council area or by answers to questions. Weights by both would tell how "
    "the carers of an area answered"
)

Groups = list[tuple[list[str], int]]


def fix_totals(
    *,
    round: Round,
    question: Question,
    totals: Mapping[str, int | None],
    source: str,
    counted_on: date,
    reason: str,
    by: User,
    submission: UUID,
) -> KnownTotals:
    """Keep how many there are in all by the answers to a question; ``None`` counts with the answer above. Those of
    council areas are by code.

    By what a round is weighted is settled before it closes, when nobody can know what that does to the results. To
    replace totals takes a reason, and what was there stays on record.
    """
    if counted_on > timezone.localdate():
        raise Refused("The day of the count cannot be in the future", field="counted_on")
    facts = {"source": source, "counted_on": counted_on, "reason": reason.strip()}
    with ledger.together():
        # Whoever closes the round, or fixes other totals, in the same instant waits here.
        held = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
        groups = _settled(held, question, totals, reason)
        ours = {"id": submission, "agency_id": round.agency_id, "round": round}
        return ledger.create(
            KnownTotals, by=by, what="known totals fixed", question=question.key, groups=groups, **ours, **facts
        )


def _settled(round: Round, question: Question, totals: Mapping[str, int | None], reason: str) -> Groups:
    """Give the totals as they may be kept."""
    others = known_totals(round)
    again = any(known.question == question.key for known in others)
    if again and not reason.strip():
        raise Refused("Say why you replace the totals that were fixed", field="reason")
    if round.closed_on and not again:
        raise Refused(CLOSED)
    others = [known for known in others if known.question != question.key]
    areas = area_question(round.edition.asks)
    if others and areas in {question.key, others[0].question}:
        raise Refused(EITHER)
    if len(others) == MOST_MARGINS:
        raise Refused(f"A round is weighted by {MOST_MARGINS} questions at most. Those stand already")
    groups = _areas(totals) if question.kind is Kind.AREA else _groups(question, totals)
    if round.closed_on and question.kind is not Kind.AREA:
        _refuse_few(round, question, groups)
    _refuse_others(round, question, groups, others[:1])
    return groups


AREAS = "areas"
"""The field in which the totals of council areas are typed."""


def field_of(key: str) -> str:
    """Give the name of the field in which the total of an answer is typed."""
    return f"total_{key}"


def _areas(totals: Mapping[str, int | None]) -> Groups:
    """Areas in which few answer are put together when the round is weighted: nobody can know yet which those are."""
    if len(totals) < 2:
        raise Refused("Enter at least two council areas: one alone weights nothing", field=AREAS)
    return [([code], total) for code, total in totals.items() if total]


def _groups(question: Question, totals: Mapping[str, int | None]) -> Groups:
    groups: Groups = []
    for choice in question.choices:
        total = totals.get(choice.key)
        if total is None and not groups:
            raise Refused(f"Enter how many there are of “{choice.words}”", field=field_of(choice.key))
        if total is None:
            groups[-1][0].append(choice.key)
        elif total <= 0:
            raise Refused("Enter a number above 0", field=field_of(choice.key))
        else:
            groups.append(([choice.key], total))
    if len(groups) < 2:
        raise Refused("All answers count together, so these totals weight nothing", field=field_of(groups[0][0][0]))
    return groups


def _refuse_few(round: Round, question: Question, groups: Groups) -> None:
    chose = Counter(str(row.answers.get(question.key)) for row in responses_of(round))
    for place, (keys, _) in enumerate(groups):
        if sum(chose[key] for key in keys) < FEWEST_IN_GROUP:
            words = " or ".join(f"“{question.choice(key)}”" for key in keys)
            near = groups[place - 1][0][0] if place else groups[1][0][0]
            raise Refused(
                f"Nobody or fewer than {FEWEST_IN_GROUP} chose {words}. Too few to stand for all of them: count them "
                f"together with “{question.choice(near)}”, and enter the total of both there",
                field=field_of(keys[0]),
            )


def _refuse_others(round: Round, question: Question, groups: Groups, others: list[KnownTotals]) -> None:
    """Totals of two questions count the same people, so they add up to the same but for rounding."""
    for known in others:
        first, own = (sum(total for _, total in each) for each in (known.totals, groups))
        if abs(own / first - 1) > ROUNDING:
            words = round.edition.asks.find(known.question)[1].words
            raise Refused(
                f"These add up to {own:,}, and the totals of “{words}” to {first:,}. Both must count the same people",
                field=field_of(question.choices[0].key),
            )

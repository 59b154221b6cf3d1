"""The results of a round: each question's shares with their intervals, the areas beside one another, and the limits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from alongside.calc.outcomes.shares import wilson
from alongside.calc.surveys.definition import Definition
from alongside.core.agencies.places import authority
from alongside.insight.surveys.counting import WRITTEN, Asked, asked_of
from alongside.insight.surveys.limits import limits_of
from alongside.insight.surveys.protecting import EVERYWHERE, Place, shown_of
from alongside.insight.surveys.sharing import MOST_CELLS, Weighted, cells_of, labels_of, weighted_shares
from alongside.insight.surveys.tallying import ELSEWHERE, FEWEST, Area, tally
from alongside.insight.surveys.weighing import Weights, weigh
from alongside.records.surveys.models import KnownTotals, Round
from alongside.records.surveys.queries import (
    Counted,
    Going,
    area_question,
    editions_of_round,
    how_it_goes,
    responses_of,
    totals_since_closed,
)

Shares = Mapping[tuple[str, Area], Mapping[str, Weighted]]


@dataclass(frozen=True, slots=True)
class Number:
    """How many of how many, as it may be shown: a part that is ``None`` is hidden; with the weighted share, if any."""

    some: int | None
    of: int | None
    weighted: Weighted | None = None

    @property
    def share(self) -> float | None:
        """The share in percent, only where both numbers are shown."""
        return 100 * self.some / self.of if self.some is not None and self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Between which shares, in percent, it lies (95%)."""
        if self.some is None or not self.of:
            return None
        low, high = wilson(self.some, self.of)
        return 100 * low, 100 * high


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area's answers to one question, in the order of the answers; ``answered`` is ``None`` where it is hidden."""

    name: str
    answered: int | None
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What a question came to: over all, and by area; ``rather`` is how many would rather not say."""

    asked: Asked
    answered: int | None
    rather: int | None
    numbers: tuple[Number, ...]
    areas: tuple[AreaLine, ...]

    @property
    def weighted_by_area(self) -> bool:
        """Whether any area has weighted shares."""
        return any(number.weighted for line in self.areas for number in line.numbers)


@dataclass(frozen=True, slots=True)
class Results:
    """A round as it may be read; ``questions`` is empty where fewer than ``FEWEST`` answered."""

    going: Going
    questions: tuple[QuestionResult, ...]
    written: tuple[tuple[str, list[str]], ...]
    limits: tuple[str, ...]
    weights: Weights | None = None


def results_of(round: Round) -> Results:
    """Give what a closed round came to. While it is open there is nothing: two looks with one answer between them
    would tell what that answer was.
    """
    if round.closed_on is None:
        return Results(how_it_goes(round), (), (), ())
    rows = list(responses_of(round))
    going = how_it_goes(round, len(rows))
    if going.sent < FEWEST:
        return Results(going, (), (), ())
    editions = editions_of_round(round)
    asked, tangled = asked_of(editions)
    tallies = tally(rows, asked)
    shown = shown_of(tallies, asked)
    secret = {one.question.key for one in asked if (EVERYWHERE, ("said", one.question.key)) not in shown}
    written = tuple(_written(editions, rows, secret | {question.key for question in tangled}))
    area = area_question(editions[max(editions)])
    history = [weighed(asked, rows, shown, known, area) for known in totals_since_closed(round)]
    weights = history[-1] if history else None
    limits = tuple(limits_of(round, going, len(editions), asked, tangled, weights))
    questions = told(asked, list(tallies), shown, rows, history)
    return Results(going, questions, written, limits, weights)


def weighed(
    asked: list[Asked], rows: list[Counted], shown: Mapping[Place, int], known: list[KnownTotals], area: str
) -> Weights:
    """Give the weights of a round by its totals; none that stand on numbers which are hidden."""
    weights = weigh(rows, known, area)
    for one in asked:
        hidden = any((EVERYWHERE, ("is", one.question.key, choice.key)) not in shown for choice in one.answers)
        if one.question.key in weights.by and hidden:
            reason = f"how many gave each answer to “{one.question.words}” is not shown, and weights would tell"
            return replace(weights, reason=reason)
    if (cells := len(cells_of(labels_of(rows, [weights]), weights))) > MOST_CELLS:
        reason = (
            f"areas and answers that are weighted by make {cells} combinations, and we can see to {MOST_CELLS}. Count"
        )
        return replace(weights, reason=f"{reason} answers together")
    return weights


def told(
    asked: list[Asked], areas: list[Area], shown: Mapping[Place, int], rows: list[Counted], history: list[Weights]
) -> tuple[QuestionResult, ...]:
    """Give what may be read of each question; of one that is weighted by, or hangs on such a one, nothing by area."""
    by = history[-1].by if history else frozenset()
    shares = weighted_shares(asked, rows, shown, history)
    return tuple(
        _question(one, areas if len(areas) > 1 and not by & one.names() else [], shown, shares)
        for one in asked
        if one.answers
    )


def _written(
    editions: Mapping[int, Definition], rows: list[Counted], secret: set[str]
) -> Iterator[tuple[str, list[str]]]:
    """What carers wrote, in an order that tells nothing: at questions where enough wrote, and how many is no secret."""
    for part, question in editions[max(editions)].questions():
        if question.kind in WRITTEN and not part.repeat and question.key not in secret:
            texts = sorted(str(answer) for row in rows if (answer := row.answers.get(question.key)))
            if len(texts) >= FEWEST:
                yield question.words, texts


def _question(one: Asked, areas: list[Area], shown: Mapping[Place, int], shares: Shares) -> QuestionResult:
    lines = [_line(one, area, shown, shares) for area in areas]
    whole = _line(one, EVERYWHERE, shown, shares)
    rather = shown.get((EVERYWHERE, ("rather", one.question.key)))
    return QuestionResult(one, whole.answered, rather, whole.numbers, tuple(sorted(lines, key=_place)))


def _line(one: Asked, area: Area, shown: Mapping[Place, int], shares: Shares) -> AreaLine:
    key = one.question.key
    answered, weighted = shown.get((area, ("said", key))), shares.get((key, area), {})
    numbers = (
        Number(shown.get((area, ("is", key, choice.key))), answered, weighted.get(choice.key)) for choice in one.answers
    )
    return AreaLine(_name(area), answered, tuple(numbers))


def _name(area: Area) -> str:
    if area == EVERYWHERE:
        return "Everywhere"
    return "Areas with few answers, or not told" if area == ELSEWHERE else authority(area).name


def _place(line: AreaLine) -> tuple[bool, str]:
    """By name, those that stand together last."""
    return line.name == _name(ELSEWHERE), line.name

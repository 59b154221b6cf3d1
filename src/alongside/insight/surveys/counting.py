"""What is counted of a round: each question that has results, with its answers, and when it is asked.

A carer is counted once in every number. Of a question asked for each child it is counted for how many carers it is so
of at least one child, as a carer's children are no strangers to one another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from alongside.calc.surveys.answering import Answer
from alongside.calc.surveys.definition import CHOSEN, MOST_TIMES, Choice, Definition, Kind, Question
from alongside.insight.surveys.conditions import Condition, Told, conditions_of

MOST_POINTS = 7
"""A scale of more points than this is told in bands."""
BANDS = 4
WRITTEN = frozenset({Kind.TEXT, Kind.WORDS})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its results are told: the part it stands in, what it is asked for each of if anything, and its
    answers; none where carers wrote words of their own. ``bands`` bound those of a scale. ``required`` says that
    whoever is asked must answer or say that they would rather not, ``always`` that everybody is asked; otherwise
    ``condition`` is when, if that tells anything of others.
    """

    question: Question
    heading: str
    each: str
    answers: tuple[Choice, ...]
    bands: tuple[tuple[int, int], ...] = ()
    required: bool = False
    condition: Condition | None = None
    always: bool = False

    @property
    def told(self) -> Told:
        """How its answers are counted."""
        points: list[tuple[str | int, ...]] = [(choice.key,) for choice in self.answers]
        if self.bands:
            points = [tuple(range(low, high + 1)) for low, high in self.bands]
        held = {choice.key: each for choice, each in zip(self.answers, points, strict=True)}
        return Told(held, self.several, bool(self.each))

    @property
    def several(self) -> bool:
        """Whether a carer may be counted at several answers."""
        return bool(self.each) or self.question.kind is Kind.MANY

    def names(self) -> set[str]:
        """Give its key, and what it hangs on: questions, and the conditions under which they are asked."""
        conditions = list(self.condition.chain()) if self.condition else []
        bounds = {part[1] for condition in conditions for bound in condition.bounds for part in bound}
        return {self.question.key, *bounds, *(condition.key for condition in conditions)}

    def given(self, answers: Mapping[str, Answer]) -> tuple[set[str], bool]:
        """Give the answers of one carer that count, and whether they would rather not say."""
        key = self.question.key
        at = [f"{key}.{time}" for time in range(1, MOST_TIMES + 1)] if self.each else [key]
        said = [answers[address] for address in at if address in answers]
        found = {one for answer in said for one in self._of(answer)}
        return found, not found and None in said

    def _of(self, answer: Answer) -> Iterator[str]:
        if self.bands:
            if isinstance(answer, int | float):
                held = zip(self.answers, self.bands, strict=True)
                yield from (choice.key for choice, (low, high) in held if low <= answer <= high)
            return
        if not self.answers and answer:
            yield "words"
        keys = {choice.key for choice in self.answers}
        for one in answer if isinstance(answer, list) else [answer]:
            if one in keys:
                yield str(one)


def asked_of(editions: Mapping[int, Definition]) -> tuple[list[Asked], list[Question]]:
    """Give the questions to count, as the last edition words them, and those that have no results, as it hangs on other
    answers whether they are asked, in a way that no sum tells. An answer that only an earlier edition had is kept.
    """
    whole = list(_questions(editions[max(editions)], list(editions.values())))
    tangled: set[str] = set()
    while True:
        told = {one.question.key: one.told for one in whole if one.answers and one.question.key not in tangled}
        conditions = [conditions_of(edition, told) for edition in editions.values()]
        more = {one.question.key for one in whole if _tangled(one, conditions)}
        if more <= tangled:  # what hangs on a question without results was looked at without them
            break
        tangled |= more
    found = [_hung(one, conditions) for one in whole if one.question.key not in tangled]
    counted = [one for one in found if one.answers or one.condition]
    return counted, [one.question for one in whole if one.question.key in tangled]


def _hung(one: Asked, conditions: list[dict[str, Condition]]) -> Asked:
    """A question with when it is asked."""
    condition = conditions[-1].get(one.question.key)
    tells = condition if condition and (condition.bounds or one.required) else None
    return replace(one, condition=tells, always=condition is None)


def _tangled(one: Asked, conditions: list[dict[str, Condition]]) -> bool:
    """Whether no sum tells when it is asked, or the editions differ in it."""
    found = {each.get(one.question.key) for each in conditions}
    return len(found) > 1 or any(condition is not None and condition.tangled for condition in found)


def _questions(last: Definition, editions: list[Definition]) -> Iterator[Asked]:
    for part, question in last.questions():
        answers, bands = _answers(question, editions)
        if answers or (question.kind in WRITTEN and not part.repeat):
            each = part.repeat.each if part.repeat else ""
            required = all(
                _asks(edition, question.key) and edition.find(question.key)[1].required for edition in editions
            )
            yield Asked(question, part.title, each, answers, bands, required)


def _asks(edition: Definition, key: str) -> bool:
    return any(one.key == key for _, one in edition.questions())


def _answers(
    question: Question, editions: Iterable[Definition]
) -> tuple[tuple[Choice, ...], tuple[tuple[int, int], ...]]:
    if question.kind in CHOSEN:
        choices = {choice.key: choice for choice in question.choices}
        for edition in editions:
            same = (one for _, one in edition.questions() if one.key == question.key and one.kind in CHOSEN)
            for choice in (choice for one in same for choice in one.choices):
                choices.setdefault(choice.key, choice)
        return tuple(choices.values()), ()
    if question.kind is Kind.SCALE and question.low is not None and question.high is not None:
        bands = bands_of(question.low, question.high)
        return tuple(Choice(f"{low}", _words(question, low, high)) for low, high in bands), bands
    return (), ()


def bands_of(low: int, high: int) -> tuple[tuple[int, int], ...]:
    """Give each point of a short scale, or a long one in four parts as nearly alike as may be.

    >>> bands_of(0, 10)
    ((0, 2), (3, 5), (6, 8), (9, 10))
    """
    points = high - low + 1
    if points <= MOST_POINTS:
        return tuple((point, point) for point in range(low, high + 1))
    size, more = divmod(points, BANDS)
    starts = [low + number * size + min(number, more) for number in range(BANDS + 1)]
    return tuple((first, then - 1) for first, then in pairwise(starts))


def _words(question: Question, low: int, high: int) -> str:
    span = f"{low}" if low == high else f"{low} to {high}"
    ends = [
        words
        for at, words in ((question.low, question.low_words), (question.high, question.high_words))
        if words and at is not None and low <= at <= high
    ]
    return f"{span} ({ends[0]})" if ends else span

"""Which questions somebody is asked, given what they answered so far; which answers count; and what an answer may be.

An answer is kept under the question's key, or ``key.2`` for the second time of a repeated part. ``None`` stands for "I
would rather not say"; what was left blank is not there at all.
"""

import math
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date

from alongside.calc.surveys.definition import (
    FURTHEST,
    MOST_TIMES,
    Ask,
    Comparison,
    Definition,
    Kind,
    Part,
    Question,
    Rule,
)

Answer = str | int | float | list[str] | None
Answers = Mapping[str, Answer]
LONGEST = {Kind.TEXT: 200, Kind.WORDS: 4000}


class AnswerRefused(ValueError):
    """An answer that its question does not allow; the sentence is for whoever answers."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question as somebody is asked it: where its answer is kept, and for the how-manieth of how many."""

    address: str
    question: Question
    part: Part
    time: int = 0
    times: int = 0

    @property
    def heading(self) -> str:
        """What stands above the question: the part's title, and of which one it is asked."""
        if not self.part.repeat:
            return self.part.title
        return f"{self.part.title}: {self.part.repeat.each} {self.time} of {self.times}"


def steps(definition: Definition, answers: Answers) -> list[Step]:
    """Give the questions that are reached with these answers, in the order of asking.

    One pass from first to last. An answer to a question that is not reached is not there for any rule after it.
    """
    found: list[Step] = []
    counted: dict[str, Answer] = {}
    for part in definition.parts:
        if not holds(part.show_if, counted, 0):
            continue
        times = times_of(part.repeat.over, counted) if part.repeat else 1
        for time in range(1, times + 1) if part.repeat else (0,):
            for question in part.questions:
                if holds(question.show_if, counted, time):
                    address = f"{question.key}.{time}" if time else question.key
                    found.append(Step(address, question, part, time, times))
                    if address in answers:
                        counted[address] = answers[address]
    return found


def counted(definition: Definition, answers: Answers) -> dict[str, Answer]:
    """Give the answers that count: those to questions that are reached.

    >>> counted(Definition("A", "b", "c"), {"gone": "yes"})
    {}
    """
    return {step.address: answers[step.address] for step in steps(definition, answers) if step.address in answers}


def unanswered(definition: Definition, answers: Answers) -> list[Step]:
    """Give the questions that must be answered, are reached, and are not answered yet."""
    return [step for step in steps(definition, answers) if step.question.required and step.address not in answers]


def after(definition: Definition, answers: Answers, address: str) -> Step | None:
    """Give the question that comes next after an address; the first one after an address that is not reached (any
    more) is the first that has no answer. None at the end.
    """
    reached = steps(definition, answers)
    places = [step.address for step in reached]
    if address in places:
        place = places.index(address) + 1
        return reached[place] if place < len(reached) else None
    return next((step for step in reached if step.address not in answers), None)


def before(definition: Definition, answers: Answers, address: str) -> Step | None:
    """Give the question before an address; None at the first."""
    reached = steps(definition, answers)
    place = next((n for n, step in enumerate(reached) if step.address == address), 0)
    return reached[place - 1] if place else None


def question_at(definition: Definition, address: str) -> Question:
    """Give the question whose answer is kept at an address; ``KeyError`` where none's can be."""
    key, _, time = address.partition(".")
    part, question = definition.find(key)
    times = {str(n) for n in range(1, MOST_TIMES + 1)} if part.repeat else {""}
    if time not in times or address == f"{key}.":
        raise KeyError(address)
    return question


def check_answer(question: Question, answer: Answer, areas: Container[str] = ()) -> Answer:
    """Return an answer as it is kept, or raise :class:`AnswerRefused`; ``areas`` are the codes of council areas.

    >>> check_answer(Question("n", "How many?", Kind.WHOLE, low=0, high=6), 9)
    Traceback (most recent call last):
    alongside.calc.surveys.answering.AnswerRefused: Enter a number from 0 to 6
    """
    if answer is None:
        return None
    if question.kind is Kind.MANY:
        return _many(question, answer)
    if question.kind in (Kind.SCALE, Kind.WHOLE, Kind.NUMBER):
        return _number(question, answer)
    if not isinstance(answer, str) or not answer.strip():
        raise AnswerRefused("Enter an answer")
    if question.kind is Kind.ONE:
        return _chosen(question, answer)
    if question.kind is Kind.DAY:
        return _day(answer)
    if question.kind is Kind.AREA:
        if answer not in areas:
            raise AnswerRefused("Choose one of the council areas")
        return answer
    return _text(question, answer)


def times_of(over: str, counted: Answers) -> int:
    """How many times a part is asked that the answer to a question, ``over``, repeats."""
    times = counted.get(over)
    return min(times, MOST_TIMES) if isinstance(times, int) and times > 0 else 0


def holds(rule: Rule | None, counted: Answers, time: int) -> bool:
    """Whether a rule holds for these answers, in the how-manieth time of a repeated part (0 where there is none)."""
    if rule is None:
        return True
    held = (passes(ask, counted, time) for ask in rule.tests)
    return any(held) if rule.any else all(held)


def passes(ask: Ask, counted: Answers, time: int) -> bool:
    """A question that was left, or that they would rather not answer, passes no test."""
    answer = counted.get(f"{ask.question}.{time}", counted.get(ask.question)) if time else counted.get(ask.question)
    if answer is None:
        return False
    if ask.test is Comparison.ANSWERED:
        return True
    if isinstance(answer, list):
        return (ask.value in answer) == (ask.test is Comparison.IS)
    if ask.test in (Comparison.IS, Comparison.IS_NOT):
        return (answer == ask.value) == (ask.test is Comparison.IS)
    if isinstance(answer, str) or isinstance(ask.value, str):
        return False
    return answer >= ask.value if ask.test is Comparison.AT_LEAST else answer <= ask.value


def _chosen(question: Question, key: str) -> str:
    if key not in {choice.key for choice in question.choices}:
        raise AnswerRefused("Choose one of the answers")
    return key


def _many(question: Question, answer: Answer) -> list[str]:
    if not isinstance(answer, list) or not answer:
        raise AnswerRefused("Choose at least one answer")
    wanted = {_chosen(question, str(key)) for key in answer}
    return [choice.key for choice in question.choices if choice.key in wanted]


def _number(question: Question, answer: Answer) -> int | float:
    """Read a number as people type it; whole ones stay whole."""
    value: int | float
    try:
        value = float(str(answer).strip().replace(",", "")) if not isinstance(answer, list) else math.nan
    except ValueError:
        value = math.nan
    whole = question.kind is not Kind.NUMBER
    if not math.isfinite(value) or abs(value) > FURTHEST or (whole and value != int(value)):
        raise AnswerRefused(f"Enter a {'whole ' if whole else ''}number, such as {question.low or 2}")
    value = int(value) if value == int(value) else value
    low, high = question.low, question.high
    if (low is not None and value < low) or (high is not None and value > high):
        if low is None:
            raise AnswerRefused(f"Enter a number of {high} or less")
        raise AnswerRefused(f"Enter a number from {low} to {high}" if high is not None else f"Enter {low} or more")
    return value


def _day(answer: str) -> str:
    try:
        return date.fromisoformat(answer).isoformat()
    except ValueError:
        raise AnswerRefused("Enter a day, a month and a year") from None


def _text(question: Question, answer: str) -> str:
    longest = LONGEST[question.kind]
    if len(answer) > longest:
        raise AnswerRefused(f"Use {longest} characters or fewer. You typed {len(answer)}")
    if "\x00" in answer:
        raise AnswerRefused("Enter words without signs that cannot be shown")
    return answer.strip()

"""Somebody who reads the results of a round, and works out what can be worked out.

They know the questions and what is published, and reckon with every way in which somebody can answer at all: how many
of an area answered in each of these ways is what is unknown. Nothing of how numbers are hidden is used.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from alongside.calc.surveys.answering import steps
from alongside.calc.surveys.definition import Ask, Choice, Definition, Kind, Part, Question, Rule
from alongside.insight.surveys.counting import Asked
from alongside.insight.surveys.protecting import EVERYWHERE
from alongside.insight.surveys.results import Number, QuestionResult
from alongside.insight.surveys.tallying import ELSEWHERE
from alongside.records.surveys.queries import Counted

FEW = 5
AREAS = {"Kirklees": "E08000034", "Leeds": "E08000035", "Areas with few answers, or not told": ELSEWHERE}
Way = dict[str, Any]
Ways = list[Way]
Vector = NDArray[np.float64]


def one(key: str, *tests: Ask, either: bool = False, needed: bool = False, answers: str = "yes no") -> Question:
    rule = Rule(tests, either) if tests else None
    choices = tuple(Choice(key, key) for key in answers.split())
    return Question(key, key, Kind.ONE, required=needed, choices=choices, show_if=rule)


def asks(*questions: Question, **part: Any) -> Part:
    return Part(questions[0].key, "Part", questions, **part)


def ways(survey: Definition, said: Way | None = None, done: frozenset[str] = frozenset()) -> Ways:
    """Every way in which somebody can answer a survey and send it."""
    said = said or {}
    step = next((step for step in steps(survey, said) if step.address not in done), None)
    if step is None:
        return [said]
    found: Ways = [] if step.question.required else ways(survey, said, done | {step.address})
    for answer in [None, *_answers(step.question)]:
        found += ways(survey, said | {step.address: answer}, done | {step.address})
    return found


def _answers(question: Question) -> list[Any]:
    if question.kind in (Kind.SCALE, Kind.WHOLE):
        return list(range(question.low or 0, (question.high or 0) + 1))
    keys = [choice.key for choice in question.choices]
    if question.kind is Kind.ONE:
        return keys
    return [list(some) for size in range(1, len(keys) + 1) for some in combinations(keys, size)]


def given_at(way: Way, key: str) -> list[Any]:
    """What somebody gave at a question, at whichever child."""
    return [answer for address, answer in way.items() if address.partition(".")[0] == key]


def answered(way: Way, key: str) -> bool:
    return any(said is not None for said in given_at(way, key))


def rather_not(way: Way, key: str) -> bool:
    return given_at(way, key) != [] and not answered(way, key)


def gave(way: Way, key: str, answer: str) -> bool:
    return any(answer in (said if isinstance(said, list) else [str(said)]) for said in given_at(way, key))


class Attacker:
    """Somebody who reads the results, and knows how many answered in each area; everywhere or by area."""

    def __init__(self, every: Ways, numbers: Mapping[str, int], results: tuple[QuestionResult, ...]) -> None:
        self.places = [(area, way) for area in numbers for way in every]
        self.rows: list[Vector] = []
        self.totals: list[int] = []
        self.most: list[Vector] = []
        for area, number in numbers.items():
            self.learn(number, area, lambda way: True)
        for result in results:
            key = result.asked.question.key
            self.read(result.asked, EVERYWHERE, result.answered, result.numbers)
            self.learn(result.rather, EVERYWHERE, partial(rather_not, key=key))
            for line in result.areas:
                self.read(result.asked, AREAS[line.name], line.answered, line.numbers)

    def those(self, area: str, there: Callable[[Way], bool]) -> Vector:
        return np.array([float(area in (EVERYWHERE, home) and there(way)) for home, way in self.places])

    def learn(self, number: int | None, area: str, there: Callable[[Way], bool]) -> None:
        if number is not None:
            self.rows.append(self.those(area, there))
            self.totals.append(number)

    def read(self, asked: Asked, area: str, said: int | None, numbers: tuple[Number, ...]) -> None:
        key = asked.question.key
        self.learn(said, area, partial(answered, key=key))
        for choice, number in zip(asked.answers, numbers, strict=True):
            self.learn(number.some, area, partial(gave, key=key, answer=choice.key))

    def read_weighted(self, result: QuestionResult, weight: Callable[[str, Way], float]) -> None:
        """Learn from weighted shares, which are rounded to a whole percent, what each answer of a way weighs."""
        loads = np.array([weight(home, way) for home, way in self.places])
        key, lines = result.asked.question.key, {line.name: line.numbers for line in result.areas}
        for name, numbers in {EVERYWHERE: result.numbers, **lines}.items():
            area = AREAS.get(name, EVERYWHERE)
            said = loads * self.those(area, partial(answered, key=key))
            for choice, number in zip(result.asked.answers, numbers, strict=True):
                if number.weighted:
                    some = loads * self.those(area, partial(gave, key=key, answer=choice.key))
                    share = number.weighted.share / 100
                    self.most += [some - (share + 0.005) * said, (share - 0.005) * said - some]

    def span(self, aim: Vector) -> float:
        """How far apart the least and the most are that a number can be, for all that was read."""
        more = {"A_ub": np.array(self.most), "b_ub": np.full(len(self.most), 1e-9)} if self.most else {}
        low, high = (linprog(way, A_eq=np.array(self.rows), b_eq=self.totals, **more) for way in (aim, -aim))
        return float(-high.fun - low.fun)


def rows_of(drawn: list[tuple[str, Way, int]]) -> list[Counted]:
    """Make so many responses of each area and way."""
    return [Counted(area, 1, date(2026, 11, 16), way) for area, way, times in drawn for _ in range(times)]

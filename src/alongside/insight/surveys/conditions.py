"""To whom a question is put: which earlier answers it takes, told as numbers that somebody can add up.

Whoever reads how many answered such a question learns how many gave the answers that it takes, so the two have to be
made safe together. A question that hangs on several answers in a way that no sum tells is tangled, and has no results.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from alongside.calc.surveys.answering import Answers, holds, passes, times_of
from alongside.calc.surveys.definition import Ask, Comparison, Definition, Part, Question, Rule

Counts = tuple[str, ...]
"""A part of those who sent the survey, as ``tallying`` names it."""


class Told(NamedTuple):
    """How a question's answers are counted: which of them stand together under each name, whether a carer may be
    counted under several, and whether it is asked for each of something.
    """

    answers: Mapping[str, tuple[str | int, ...]]
    several: bool
    each: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question is asked: ``part`` is the rule of its part, ``over`` what that is repeated by, ``rule`` its own.

    At most as many are asked as each of ``bounds`` adds up to, exactly as many where it is ``exact``; the bounds may
    reckon with conditions ``beneath``.
    """

    part: Rule | None
    over: str
    rule: Rule | None
    bounds: tuple[tuple[Counts, ...], ...]
    beneath: tuple[Self, ...]
    exact: bool
    tangled: bool

    @property
    def key(self) -> str:
        """A name that conditions share under which the same people are asked."""
        return repr((self.part, self.over, self.rule))

    @property
    def asked(self) -> Counts:
        """The part of the carers who are asked."""
        return ("asked", self.key)

    def holds(self, answers: Answers) -> bool:
        """Say whether somebody with these answers was asked, at least once."""
        times = range(1, times_of(self.over, answers) + 1) if self.over else (0,)
        return holds(self.part, answers, 0) and any(holds(self.rule, answers, time) for time in times)

    def chain(self) -> Iterator[Self]:
        """Give it and all that are beneath."""
        yield self
        for one in self.beneath:
            yield from one.chain()


@dataclass(slots=True)
class _Found:
    """What bounds the number of those who are asked, as far as it is known by now."""

    bounds: list[tuple[Counts, ...]]
    beneath: list[Condition]
    exact: bool = True
    tangled: bool = False

    def take(self, condition: Condition) -> None:
        """Reckon with a condition under which an earlier question is asked."""
        self.exact = False
        self.tangled |= condition.tangled
        if condition.bounds:
            self.bounds.append((condition.asked,))
            self.beneath.append(condition)

    def told(self, part: Part, rule: Rule | None, *, required: bool = False) -> Condition:
        """Give the whole condition. Of whom all must answer, two bounds tell more than sums do."""
        over = part.repeat.over if part.repeat else ""
        exact = self.exact and len(self.bounds) == 1
        tangled = self.tangled or (required and len(self.bounds) > 1)
        return Condition(part.show_if, over, rule, tuple(self.bounds), tuple(self.beneath), exact, tangled)


def conditions_of(definition: Definition, told: Mapping[str, Told]) -> dict[str, Condition]:
    """Give the condition of each question that not everybody is asked; ``told`` are the questions that have results."""
    conditions: dict[str, Condition] = {}
    for part in definition.parts:
        whole = _of_part(part, told, conditions)
        for question in part.questions:
            condition = _of_question(question, part, whole, told, conditions) if question.show_if else whole
            if condition:
                conditions[question.key] = condition
    return conditions


def _of_part(part: Part, told: Mapping[str, Told], earlier: Mapping[str, Condition]) -> Condition | None:
    if not (part.show_if or part.repeat):
        return None
    found = _bounds(part.show_if, told, earlier)
    if part.repeat:
        found.exact = False
        if over := earlier.get(part.repeat.over):
            found.take(over)
    return found.told(part, None)


def _of_question(
    question: Question, part: Part, whole: Condition | None, told: Mapping[str, Told], earlier: Mapping[str, Condition]
) -> Condition:
    found = _bounds(question.show_if, told, earlier)
    here = {one.key for one in part.questions} & told.keys()
    tests = question.show_if.tests if question.show_if else ()
    if whole and any(ask.question in here for ask in tests):
        found.tangled |= whole.tangled  # an answer within the part tells already that the part was reached
    elif whole:
        found.take(whole)
    return found.told(part, question.show_if, required=question.required)


def _bounds(rule: Rule | None, told: Mapping[str, Told], earlier: Mapping[str, Condition]) -> _Found:
    tests: dict[str, list[Ask]] = {}
    for ask in rule.tests if rule else ():
        tests.setdefault(ask.question, []).append(ask)
    found = _Found([], [], exact=bool(tests))
    either = rule is not None and rule.any
    if either and len(tests) > 1:
        bound = any(key in told or (key in earlier and earlier[key].bounds) for key in tests)
        return _Found([], [], exact=False, tangled=bound)
    for key, asks in tests.items():
        if key in told:
            own = _by_answers(key, asks, told[key], either=either)
            found.tangled |= own is None
            found.bounds += own or []
        elif key in earlier:
            found.take(earlier[key])
        found.exact &= key in told
    return found


def _by_answers(key: str, asks: list[Ask], told: Told, *, either: bool) -> list[tuple[Counts, ...]] | None:
    """The answers to one question that the tests let pass; ``None`` where they cannot be added up."""
    if not told.several:
        return _by_one(key, asks, told, either=either)
    bounds: list[tuple[Counts, ...]] = [(_by_test(key, ask, told),) for ask in asks]
    return None if (either and len(asks) > 1) or ((),) in bounds else bounds


def _by_test(key: str, ask: Ask, told: Told) -> Counts:
    name = str(ask.value)
    if ask.test is Comparison.ANSWERED:
        return ("said", key)
    if told.answers.get(name) == (ask.value,) and ask.test is Comparison.IS:
        return ("is", key, name)
    return ("not", key, name) if name in told.answers and ask.test is Comparison.IS_NOT and not told.each else ()


def _by_one(key: str, asks: list[Ask], told: Told, *, either: bool) -> list[tuple[Counts, ...]] | None:
    taken = []
    for name, answers in told.answers.items():
        held = {(any if either else all)(passes(ask, {key: answer}, 0) for ask in asks) for answer in answers}
        if len(held) > 1:
            return None  # a band of which only some points pass
        if True in held:
            taken.append(("is", key, name))
    return [tuple(taken)]

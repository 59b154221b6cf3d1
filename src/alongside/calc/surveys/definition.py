"""What a survey is made of: parts with questions, the rules by which they are asked, and what makes one wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MOST_QUESTIONS = 200
MOST_CHOICES = 60
MOST_TIMES = 12
MOST_TESTS = 5
LONGEST_WORDS = 2000
FURTHEST = 1_000_000_000
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class DefinitionError(ValueError):
    """A survey that cannot be asked; ``where`` names the part, question or key at fault."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}" if where else problem)
        self.where = where
        self.problem = problem


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    MANY = "many"
    SCALE = "scale"
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"
    TEXT = "text"
    WORDS = "words"
    AREA = "area"


CHOSEN = frozenset({Kind.ONE, Kind.MANY})
COUNTED = frozenset({Kind.SCALE, Kind.WHOLE, Kind.NUMBER})


class Comparison(StrEnum):
    """What a rule may ask of an earlier answer."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Ask:
    """One test of an earlier question's answer; ``value`` is a choice's key, a number or a text."""

    question: str
    test: Comparison
    value: str | int | float = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """When something is asked: where all of its tests hold, or any of them."""

    tests: tuple[Ask, ...]
    any: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its words, why it is asked, how it is answered, and when. ``low`` and ``high`` bound a number."""

    key: str
    words: str
    kind: Kind
    why: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    low: int | None = None
    high: int | None = None
    low_words: str = ""
    high_words: str = ""
    show_if: Rule | None = None

    def choice(self, key: str) -> str:
        """Give the words of a choice; the key itself where there is none such any more."""
        return next((one.words for one in self.choices if one.key == key), key)


@dataclass(frozen=True, slots=True)
class Repeat:
    """That a part is asked once for each of something: as often as ``over``, a whole number asked before, says."""

    over: str
    each: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some questions under one heading, asked once, or once for each of something."""

    key: str
    title: str
    questions: tuple[Question, ...] = ()
    words: str = ""
    repeat: Repeat | None = None
    show_if: Rule | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole survey, as one edition of it asks."""

    title: str
    intro: str
    thanks: str
    parts: tuple[Part, ...] = ()

    def questions(self) -> Iterator[tuple[Part, Question]]:
        """Give every question with its part, in the order of asking."""
        for part in self.parts:
            for question in part.questions:
                yield part, question

    def find(self, key: str) -> tuple[Part, Question]:
        """Give the question of that key with its part; ``KeyError`` if there is none."""
        for part, question in self.questions():
            if question.key == key:
                return part, question
        raise KeyError(key)

    def part(self, key: str) -> Part:
        """Give the part of that key; ``KeyError`` if there is none."""
        return {part.key: part for part in self.parts}[key]

"""Changing a survey that nobody was asked yet: each change gives another survey, checked whole, or says why not."""

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import replace
from typing import TypeVar

from alongside.calc.surveys.checking import check
from alongside.calc.surveys.definition import Choice, Definition, DefinitionError, Part, Question, Rule

T = TypeVar("T")


def add_part(definition: Definition, part: Part) -> Definition:
    """Put a part at the end."""
    return check(replace(definition, parts=(*definition.parts, part)))


def change_part(definition: Definition, part: Part) -> Definition:
    """Put a part in the place of the one with its key."""
    return check(replace(definition, parts=tuple(part if one.key == part.key else one for one in definition.parts)))


def remove_part(definition: Definition, key: str) -> Definition:
    """Take a part away with its questions, unless something asked elsewhere depends on one of them."""
    left = replace(definition, parts=tuple(part for part in definition.parts if part.key != key))
    _refuse_needed(left, {question.key for question in definition.part(key).questions})
    return check(left)


def move_part(definition: Definition, key: str, by: int) -> Definition:
    """Move a part one place up (-1) or down (1); at an end it stays."""
    keys = [part.key for part in definition.parts]
    return check(replace(definition, parts=_moved(definition.parts, keys.index(key), by)))


def add_question(definition: Definition, part: str, question: Question) -> Definition:
    """Put a question at the end of a part; the same once more, as a double click sends it, is not added twice."""
    held = definition.part(part)
    if held.questions and replace(held.questions[-1], key="") == replace(question, key=""):
        return definition
    return change_part(definition, replace(held, questions=(*held.questions, question)))


def change_question(definition: Definition, question: Question) -> Definition:
    """Put a question in the place of the one with its key."""
    part, _ = definition.find(question.key)
    questions = tuple(question if one.key == question.key else one for one in part.questions)
    return change_part(definition, replace(part, questions=questions))


def remove_question(definition: Definition, key: str) -> Definition:
    """Take a question away, unless something asked after it depends on it."""
    part, _ = definition.find(key)
    kept = replace(part, questions=tuple(one for one in part.questions if one.key != key))
    left = replace(definition, parts=tuple(kept if one.key == part.key else one for one in definition.parts))
    _refuse_needed(left, {key})
    return check(left)


def move_question(definition: Definition, key: str, by: int) -> Definition:
    """Move a question one place up (-1) or down (1); past an end of its part it comes into the next part."""
    part, question = definition.find(key)
    place = [one.key for one in part.questions].index(key)
    if 0 <= place + by < len(part.questions):
        return change_part(definition, replace(part, questions=_moved(part.questions, place, by)))
    keys = [one.key for one in definition.parts]
    there = keys.index(part.key) + by
    if not 0 <= there < len(keys):
        return definition
    beside = definition.parts[there]
    questions = (*beside.questions, question) if by < 0 else (question, *beside.questions)
    parts = list(definition.parts)
    parts[keys.index(part.key)] = replace(part, questions=tuple(one for one in part.questions if one.key != key))
    parts[there] = replace(beside, questions=questions)
    return check(replace(definition, parts=tuple(parts)))


def new_key(words: str, taken: Container[str]) -> str:
    """Make a key from words, another one than those taken.

    >>> new_key("How many children?", {"how_many_children"})
    'how_many_children_2'
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:32].strip("_")
    base = base if base[:1].isalpha() else f"q_{base}".strip("_")
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}_{number}"
    return found


def question_keys(definition: Definition) -> set[str]:
    """Give the keys that questions have."""
    return {question.key for _, question in definition.questions()}


def choices_from(lines: Sequence[str], before: Sequence[Choice]) -> tuple[Choice, ...]:
    """Make choices of lines. One whose words stayed keeps its key, and so does one whose words alone were put right in
    its place, so that answers to two editions can be counted together.
    """
    kept = {choice.words: choice.key for choice in before}
    same_length = len(lines) == len(before)
    found: list[Choice] = []
    taken = {choice.key for choice in before}
    for place, words in enumerate(lines):
        key = kept.get(words)
        if key is None and same_length and before[place].words not in lines:
            key = before[place].key
        key = key or new_key(words, taken)
        taken.add(key)
        found.append(Choice(key, words))
    return tuple(found)


def _refuse_needed(left: Definition, gone: set[str]) -> None:
    for part in left.parts:
        _refuse(part.title, part.show_if, gone)
        if part.repeat and part.repeat.over in gone:
            raise DefinitionError(part.title, "is asked as often as its answer says. Change that first")
        for question in part.questions:
            _refuse(question.words, question.show_if, gone)


def _refuse(where: str, rule: Rule | None, gone: set[str]) -> None:
    if rule and any(ask.question in gone for ask in rule.tests):
        raise DefinitionError(where, "is asked depending on it. Change that first")


def _moved(rows: Sequence[T], place: int, by: int) -> tuple[T, ...]:
    there = min(max(place + by, 0), len(rows) - 1)
    moved = list(rows)
    moved.insert(there, moved.pop(place))
    return tuple(moved)

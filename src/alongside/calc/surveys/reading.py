"""A survey read from plain values (a data file, a row, an upload), with an error that names the key, and back."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from alongside.calc.surveys.checking import check
from alongside.calc.surveys.definition import (
    Ask,
    Choice,
    Comparison,
    Definition,
    DefinitionError,
    Kind,
    Part,
    Question,
    Repeat,
    Rule,
)

E = TypeVar("E", bound=StrEnum)
MANY_ROWS = 1000  # more than any limit that is checked afterwards, few enough to read
PLAIN = {"key", "words", "kind", "why", "required", "low", "high", "low_words", "high_words"}


def read(data: Mapping[str, Any]) -> Definition:
    """Return the survey that plain values state, or raise :class:`DefinitionError`.

    >>> read({"title": "Us", "intro": "Two questions.", "thanks": "Thank you.", "parts": 3})
    Traceback (most recent call last):
    alongside.calc.surveys.definition.DefinitionError: parts: must be a list
    """
    _only(data, "", {"title", "intro", "thanks", "parts"})
    parts = tuple(_part(row, f"parts[{n}]") for n, row in enumerate(_rows(data, "parts", ""), 1))
    return check(Definition(_text(data, "title", ""), _text(data, "intro", ""), _text(data, "thanks", ""), parts))


def told(definition: Definition) -> dict[str, Any]:
    """Give a survey as plain values, from which :func:`read` makes the same again."""
    return {
        "title": definition.title,
        "intro": definition.intro,
        "thanks": definition.thanks,
        "parts": [_told_part(part) for part in definition.parts],
    }


def _told_part(part: Part) -> dict[str, Any]:
    row: dict[str, Any] = {"key": part.key, "title": part.title}
    if part.words:
        row["words"] = part.words
    if part.repeat:
        row["repeat"] = {"over": part.repeat.over, "each": part.repeat.each}
    if part.show_if:
        row["show_if"] = _told_rule(part.show_if)
    return {**row, "questions": [_told_question(question) for question in part.questions]}


def _told_question(question: Question) -> dict[str, Any]:
    row = {name: getattr(question, name) for name in ("key", "words", "kind", "why", "low_words", "high_words")}
    row = {name: str(value) for name, value in row.items() if value}
    bounds = {"low": question.low, "high": question.high}
    more: dict[str, Any] = {name: bound for name, bound in bounds.items() if bound is not None}
    if question.required:
        more["required"] = True
    if question.choices:
        more["choices"] = [{"key": choice.key, "words": choice.words} for choice in question.choices]
    if question.show_if:
        more["show_if"] = _told_rule(question.show_if)
    return {**row, **more}


def _told_rule(rule: Rule) -> dict[str, Any]:
    tests: list[dict[str, Any]] = [
        {"question": ask.question, "test": str(ask.test)} | ({} if ask.value == "" else {"value": ask.value})
        for ask in rule.tests
    ]
    return {"tests": tests} | ({"any": True} if rule.any else {})


def _part(row: Mapping[str, Any], at: str) -> Part:
    _only(row, at, {"key", "title", "words", "questions", "repeat", "show_if"})
    repeat = None
    if "repeat" in row:
        held = _table(row, "repeat", at)
        _only(held, f"{at}.repeat", {"over", "each"})
        repeat = Repeat(_text(held, "over", f"{at}.repeat"), _text(held, "each", f"{at}.repeat"))
    questions = _rows(row, "questions", at)
    return Part(
        key=_text(row, "key", at),
        title=_text(row, "title", at),
        words=_text(row, "words", at, ""),
        repeat=repeat,
        show_if=_rule(row, at),
        questions=tuple(_question(one, f"{at}.questions[{n}]") for n, one in enumerate(questions, 1)),
    )


def _question(row: Mapping[str, Any], at: str) -> Question:
    _only(row, at, PLAIN | {"choices", "show_if"})
    choices = _rows(row, "choices", at) if "choices" in row else []
    for n, choice in enumerate(choices, 1):
        _only(choice, f"{at}.choices[{n}]", {"key", "words"})
    required = row.get("required", False)
    if not isinstance(required, bool):
        raise DefinitionError(f"{at}.required", "must be true or false")
    return Question(
        key=_text(row, "key", at),
        words=_text(row, "words", at),
        kind=_one_of(row, "kind", at, Kind),
        why=_text(row, "why", at, ""),
        required=required,
        choices=tuple(
            Choice(_text(one, "key", f"{at}.choices[{n}]"), _text(one, "words", f"{at}.choices[{n}]"))
            for n, one in enumerate(choices, 1)
        ),
        low=_bound(row, "low", at),
        high=_bound(row, "high", at),
        low_words=_text(row, "low_words", at, ""),
        high_words=_text(row, "high_words", at, ""),
        show_if=_rule(row, at),
    )


def _rule(row: Mapping[str, Any], at: str) -> Rule | None:
    if "show_if" not in row:
        return None
    held, at = _table(row, "show_if", at), f"{at}.show_if"
    _only(held, at, {"tests", "any"})
    if not isinstance(held.get("any", False), bool):
        raise DefinitionError(f"{at}.any", "must be true or false")
    tests = []
    for n, test in enumerate(_rows(held, "tests", at), 1):
        here = f"{at}.tests[{n}]"
        _only(test, here, {"question", "test", "value"})
        value = test.get("value", "")
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise DefinitionError(f"{here}.value", "must be a text or a number")
        tests.append(Ask(_text(test, "question", here), _one_of(test, "test", here, Comparison), value))
    return Rule(tuple(tests), held.get("any", False))


def _table(row: Mapping[str, Any], key: str, at: str) -> Mapping[str, Any]:
    held = row[key]
    if not isinstance(held, Mapping):
        raise DefinitionError(_at(at, key), "must be a table")
    return held


def _rows(row: Mapping[str, Any], key: str, at: str) -> Sequence[Mapping[str, Any]]:
    held = row.get(key, [])
    if not isinstance(held, list):
        raise DefinitionError(_at(at, key), "must be a list")
    if len(held) > MANY_ROWS:
        raise DefinitionError(_at(at, key), f"has more than {MANY_ROWS} rows")
    if not all(isinstance(one, Mapping) for one in held):
        raise DefinitionError(_at(at, key), "must be a list of tables")
    return held


def _text(row: Mapping[str, Any], key: str, at: str, default: str | None = None) -> str:
    held = row.get(key, default)
    if not isinstance(held, str):
        raise DefinitionError(_at(at, key), "is missing" if held is None else "must be text")
    return held.strip()


def _bound(row: Mapping[str, Any], key: str, at: str) -> int | None:
    held = row.get(key)
    if held is not None and type(held) is not int:
        raise DefinitionError(_at(at, key), "must be a whole number")
    return held


def _one_of(row: Mapping[str, Any], key: str, at: str, kind: type[E]) -> E:
    held = _text(row, key, at)
    if held not in set(kind):
        raise DefinitionError(_at(at, key), f"must be one of {', '.join(kind)}, not {held[:60]!r}")
    return kind(held)


def _only(row: Mapping[str, Any], at: str, known: set[str]) -> None:
    for key in row:
        if key not in known:
            raise DefinitionError(_at(at, str(key)[:60]), "is not a key that a survey has")


def _at(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key

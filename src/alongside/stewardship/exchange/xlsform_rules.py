"""The conditions and bounds of an XLSForm, said in its own little language, and read from it as far as ours goes."""

import re
from collections.abc import Callable

from alongside.calc.surveys.definition import Ask, Comparison, Definition, Kind, Question, Rule

NAME = r"\$\{\s*([\w.-]+)\s*\}"
COMPARED = re.compile(rf"{NAME}\s*(>=|<=|!=|=|>|<)\s*(?:'([^']*)'|\"([^\"]*)\"|(-?\d+(?:\.\d+)?))")
SELECTED = re.compile(rf"(not\s*\(\s*)?selected\s*\(\s*{NAME}\s*,\s*['\"]([^'\"]*)['\"]\s*\)\s*(\)?)")
BOUND = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?\d+)")
SIGNS = {Comparison.IS: "=", Comparison.IS_NOT: "!=", Comparison.AT_LEAST: ">=", Comparison.AT_MOST: "<="}
Find = Callable[[str], Question]


class NotOurs(ValueError):
    """A condition that our surveys cannot ask."""


def written(definition: Definition, rule: Rule | None) -> str:
    """Write a rule as XLSForm says it."""
    if rule is None:
        return ""
    parts = [_written(ask, definition.find(ask.question)[1]) for ask in rule.tests]
    return (" or " if rule.any else " and ").join(parts)


def _written(ask: Ask, question: Question) -> str:
    name = f"${{{ask.question}}}"
    if ask.test is Comparison.ANSWERED:
        return f"{name} != ''"
    if question.kind is Kind.MANY:
        chosen = f"selected({name}, '{ask.value}')"
        return chosen if ask.test is Comparison.IS else f"{name} != '' and not({chosen})"
    value = f"'{ask.value}'" if isinstance(ask.value, str) else str(ask.value)
    said = f"{name} {SIGNS[ask.test]} {value}"
    return f"{name} != '' and {said}" if ask.test is Comparison.IS_NOT else said


def read_rule(words: str, find: Find, key_of: Callable[[Question, str], str]) -> Rule | None:
    """Read a condition: tests joined by "and", or by "or". Raises :class:`NotOurs` for what is neither."""
    if not words.strip():
        return None
    either = re.split(r"\s+or\s+", words.strip())
    terms = [_merged([_read(part, find, key_of) for part in re.split(r"\s+and\s+", term)]) for term in either]
    if len(terms) == 1:
        return Rule(tuple(terms[0]))
    if any(len(term) > 1 for term in terms):
        raise NotOurs(words)
    return Rule(tuple(term[0] for term in terms), any=True)


def _read(words: str, find: Find, key_of: Callable[[Question, str], str]) -> Ask:
    words = words.strip()
    if chosen := SELECTED.fullmatch(words):
        negated, name, value, closed = chosen.groups()
        if bool(negated) != bool(closed):
            raise NotOurs(words)
        question = find(name)
        return Ask(question.key, Comparison.IS_NOT if negated else Comparison.IS, key_of(question, value))
    compared = COMPARED.fullmatch(words)
    if compared is None:
        raise NotOurs(words)
    name, sign, single, double, number = compared.groups()
    question, text = find(name), single if single is not None else double
    if text == "" and sign == "!=":
        return Ask(question.key, Comparison.ANSWERED)
    if question.kind is Kind.ONE and sign in ("=", "!="):
        test = Comparison.IS if sign == "=" else Comparison.IS_NOT
        return Ask(question.key, test, key_of(question, text if text is not None else number))
    if question.kind in (Kind.WHOLE, Kind.NUMBER, Kind.SCALE):
        return _number(question, sign, text if text is not None else number, words)
    raise NotOurs(words)


def _number(question: Question, sign: str, typed: str, words: str) -> Ask:
    try:
        value = float(typed)
    except ValueError:
        raise NotOurs(words) from None
    if sign in (">", "<"):
        if question.kind is Kind.NUMBER or value != int(value):
            raise NotOurs(words)
        value, sign = (value + 1, ">=") if sign == ">" else (value - 1, "<=")
    test = next(test for test, said in SIGNS.items() if said == sign)
    return Ask(question.key, test, int(value) if value == int(value) else value)


def _merged(tests: list[Ask]) -> list[Ask]:
    """Leave out that something is answered where another test of the same question says more."""
    more = {ask.question for ask in tests if ask.test is not Comparison.ANSWERED}
    return [ask for ask in tests if ask.test is not Comparison.ANSWERED or ask.question not in more]


def bounds(words: str) -> tuple[int | None, int | None] | None:
    """Read the bounds of a number; None where the constraint says something else."""
    low, high = None, None
    for part in re.split(r"\s+and\s+", words.strip()):
        found = BOUND.fullmatch(part.strip())
        if not found:
            return None
        sign, number = found.group(1), int(found.group(2))
        if sign.startswith(">"):
            low = number + (sign == ">")
        else:
            high = number - (sign == "<")
    return low, high

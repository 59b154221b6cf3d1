"""What makes a survey wrong: a rule about what was not asked yet, a key used twice, bounds that leave no answer."""

from alongside.calc.surveys.definition import (
    CHOSEN,
    COUNTED,
    FURTHEST,
    KEY,
    LONGEST_WORDS,
    MOST_CHOICES,
    MOST_QUESTIONS,
    MOST_TESTS,
    MOST_TIMES,
    Ask,
    Comparison,
    Definition,
    DefinitionError,
    Kind,
    Part,
    Question,
    Rule,
)

Asked = dict[str, tuple[Part, Question]]


def check(definition: Definition) -> Definition:
    """Return the survey as it is, or raise :class:`DefinitionError` at the first thing wrong with it.

    A rule may name only what is asked before, so no two questions can ever wait for one another.
    """
    _words(definition.title, "title", 120)
    _words(definition.intro, "intro")
    _words(definition.thanks, "thanks")
    if sum(len(part.questions) for part in definition.parts) > MOST_QUESTIONS:
        raise DefinitionError("", f"A survey asks at most {MOST_QUESTIONS} questions")
    if len(definition.parts) > MOST_QUESTIONS:
        raise DefinitionError("", f"A survey has at most {MOST_QUESTIONS} parts")
    asked: Asked = {}
    _no_key_twice([part.key for part in definition.parts])
    for part in definition.parts:
        _check_part(part, asked)
    if sum(question.kind is Kind.AREA for _, question in definition.questions()) > 1:
        raise DefinitionError("", "A survey asks for the council area once")
    return definition


def missing(definition: Definition) -> str:
    """Say what a survey still needs before anybody can answer it; nothing where it is ready."""
    if not definition.parts:
        return "Add a question first"
    empty = next((part.title for part in definition.parts if not part.questions), "")
    return f"“{empty}” has no question yet. Add one, or remove the part" if empty else ""


def _check_part(part: Part, asked: Asked) -> None:
    _key(part.key)
    _words(part.title, part.key, 200)
    _words(part.words, part.title, empty=True)
    if part.show_if:
        _check_rule(part.show_if, part.title, part, asked, inside=False)
    if part.repeat:
        _check_repeat(part, asked)
    for question in part.questions:
        if question.key in asked:
            raise DefinitionError(question.key, "is the key of two questions")
        _check_question(question, part, asked)
        asked[question.key] = (part, question)


def _check_repeat(part: Part, asked: Asked) -> None:
    repeat = part.repeat
    assert repeat is not None  # noqa: S101
    _words(repeat.each, part.title, 60)
    if repeat.over not in asked:
        raise DefinitionError(part.title, "is repeated by a question that is not asked before it")
    there, over = asked[repeat.over]
    if there.repeat:
        raise DefinitionError(part.title, "cannot be repeated by a question that is itself repeated")
    if over.kind is not Kind.WHOLE or over.high is None or over.high > MOST_TIMES or (over.low or 0) < 0:
        raise DefinitionError(
            part.title, f"is repeated by “{over.words}”, so that must be a whole number from 0 to at most {MOST_TIMES}"
        )


def _check_question(question: Question, part: Part, asked: Asked) -> None:
    _key(question.key)
    _words(question.words, question.key, 500)
    _words(question.why, question.words, 1000, empty=True)
    where = question.words
    if question.kind in CHOSEN:
        if not 2 <= len(question.choices) <= MOST_CHOICES:
            raise DefinitionError(where, f"needs two answers to choose from, and at most {MOST_CHOICES}")
        _no_key_twice([choice.key for choice in question.choices])
        for choice in question.choices:
            _key(choice.key)
            _words(choice.words, where, 200)
    elif question.choices:
        raise DefinitionError(where, "has answers to choose from, but is not answered by choosing")
    _check_bounds(question)
    if question.kind is Kind.AREA and part.repeat:
        raise DefinitionError(where, "asks for the council area, which is asked once and not repeated")
    if question.show_if:
        _check_rule(question.show_if, where, part, asked, inside=True)


def _check_bounds(question: Question) -> None:
    bounds = [bound for bound in (question.low, question.high) if bound is not None]
    if bounds and question.kind not in COUNTED:
        raise DefinitionError(question.words, "has a lowest or highest number, but is not answered by a number")
    if any(abs(bound) > FURTHEST for bound in bounds):
        raise DefinitionError(question.words, "has a bound that is out of all proportion")
    if len(bounds) == 2 and bounds[0] > bounds[1]:
        raise DefinitionError(question.words, "has a lowest number above its highest")
    if question.kind is not Kind.SCALE:
        return
    if len(bounds) != 2 or not 1 <= bounds[1] - bounds[0] <= 10:
        raise DefinitionError(question.words, "is a scale, so it needs from two to eleven places")
    _words(question.low_words, question.words, 80)
    _words(question.high_words, question.words, 80)


def _check_rule(rule: Rule, where: str, part: Part, asked: Asked, *, inside: bool) -> None:
    if not 1 <= len(rule.tests) <= MOST_TESTS:
        raise DefinitionError(where, f"has a rule without a test, or with more than {MOST_TESTS}")
    for ask in rule.tests:
        if ask.question not in asked:
            raise DefinitionError(where, "depends on a question that is not asked before it")
        there, question = asked[ask.question]
        if there.repeat and not (inside and there.key == part.key):
            raise DefinitionError(where, f"cannot depend on “{question.words}”, which is asked more than once")
        _check_ask(ask, question, where)


def _check_ask(ask: Ask, question: Question, where: str) -> None:
    if ask.test is Comparison.ANSWERED:
        return
    number = isinstance(ask.value, int | float) and not isinstance(ask.value, bool)
    if question.kind in CHOSEN:
        if ask.test not in (Comparison.IS, Comparison.IS_NOT) or ask.value not in {
            choice.key for choice in question.choices
        }:
            raise DefinitionError(where, f"depends on an answer that “{question.words}” does not have")
    elif question.kind in COUNTED:
        if not number or not abs(ask.value) <= FURTHEST:  # type: ignore[arg-type]
            raise DefinitionError(where, f"compares “{question.words}” with what is not a number")
    else:
        raise DefinitionError(where, f"can depend on “{question.words}” only by whether it was answered")


def _words(words: str, where: str, longest: int = LONGEST_WORDS, *, empty: bool = False) -> None:
    if not words.strip() and not empty:
        raise DefinitionError(where, "must not be empty")
    if len(words) > longest:
        raise DefinitionError(where, f"must have {longest} characters or fewer")
    if any(ord(letter) < 32 and letter not in "\n\r\t" for letter in words):
        raise DefinitionError(where, "holds a sign that cannot be shown")


def _key(key: str) -> None:
    if not KEY.fullmatch(key):
        raise DefinitionError(key[:60], "is not a key: use small letters, numbers and _, a letter first, at most 40")


def _no_key_twice(keys: list[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise DefinitionError(key, "is there twice")
        seen.add(key)

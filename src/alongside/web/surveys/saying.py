"""A survey said in words: how a question is answered, and when it is asked."""

from alongside.calc.surveys.definition import CHOSEN, Ask, Comparison, Definition, Kind, Question, Rule

KINDS: dict[Kind, str] = {
    Kind.ONE: "One of several answers",
    Kind.MANY: "Any of several answers",
    Kind.SCALE: "A scale between two ends",
    Kind.WHOLE: "A whole number",
    Kind.NUMBER: "A number",
    Kind.DAY: "A date",
    Kind.TEXT: "A few words",
    Kind.WORDS: "Their own words, at length",
    Kind.AREA: "The council area they live in",
}
COMPARED: dict[Comparison, str] = {
    Comparison.IS: "is",
    Comparison.IS_NOT: "is not",
    Comparison.AT_LEAST: "is at least",
    Comparison.AT_MOST: "is at most",
    Comparison.ANSWERED: "is answered",
}


def how(question: Question) -> str:
    """Say how a question is answered."""
    words = KINDS[question.kind]
    if question.kind is Kind.SCALE:
        return f"{words}: {question.low} {question.low_words}, {question.high} {question.high_words}"
    if question.low is not None and question.high is not None:
        return f"{words} from {question.low} to {question.high}"
    if question.low is not None or question.high is not None:
        return f"{words}, {question.low} or more" if question.high is None else f"{words}, {question.high} or less"
    return f"{words}: {', '.join(choice.words for choice in question.choices)}" if question.choices else words


def when(definition: Definition, rule: Rule | None) -> str:
    """Say when something is asked; nothing where it always is."""
    if rule is None:
        return ""
    return (" or " if rule.any else " and ").join(_said(definition, ask) for ask in rule.tests)


def _said(definition: Definition, ask: Ask) -> str:
    _, question = definition.find(ask.question)
    if ask.test is Comparison.ANSWERED:
        return f"“{question.words}” is answered"
    value = question.choice(str(ask.value)) if question.kind in CHOSEN else str(ask.value)
    return f"“{question.words}” {COMPARED[ask.test]} “{value}”"

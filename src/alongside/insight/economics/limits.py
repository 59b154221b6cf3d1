"""What an economic case cannot say: sentences that follow by rule from its inputs, and are nobody's choice."""

from collections.abc import Iterator, Sequence

from alongside.calc.economics.distributions import Fixed
from alongside.calc.economics.model import Value
from alongside.calc.economics.scenario import Input, Library, Origin, Scenario
from alongside.insight.economics.evidence import carrying, judged, level_of, put_in
from alongside.insight.economics.results import Answer
from alongside.insight.economics.wording import listed

NAMED = 3


def limits_of(scenario: Scenario, answer: Answer, library: Library) -> tuple[str, ...]:
    """Return what the case cannot say."""
    parts = (_evidence(scenario), _anyway(scenario), _doubt(scenario, answer), _worths(scenario), _tables(library))
    return tuple(sentence for part in parts for sentence in part)


def _evidence(scenario: Scenario) -> Iterator[str]:
    level = level_of(scenario)
    if level is None or level < 3:
        yield f"{carrying(scenario).known} So this does not show that the service makes the difference that is put in."
    ungraded = [each for each in put_in(scenario) if each.grade is None and each.origin is not Origin.LIBRARY]
    if ungraded:
        yield f"{_some(ungraded)} no grade, so nothing is taken off for how good that evidence is."
    guessed = judged(scenario)
    if guessed:
        yield f"{_some(guessed)} only somebody's judgement to rest on."


def _anyway(scenario: Scenario) -> Iterator[str]:
    names = {outcome.deadweight for outcome in scenario.outcomes}
    if "none" in names:
        yield "Of some outcomes it is said that none of it would have come anyway, which is hardly ever so."
    if any(scenario.inputs[name].origin is Origin.JUDGEMENT for name in names if name in scenario.inputs):
        yield "How much would have come anyway is a judgement. It is the number on which such cases most often fail."


def _doubt(scenario: Scenario, answer: Answer) -> Iterator[str]:
    fixed = [each for each in put_in(scenario) if isinstance(each.made, Fixed)]
    if fixed:
        yield f"{_some(fixed)} no doubt put in, so the range that is shown is narrower than what is really not known."
    if not answer.unsure.settled:
        yield "The draws have not settled, so the chances may be a little off."
    if not scenario.ranks:
        yield "Inputs are drawn as if none had to do with another. Where they rise together, the range is wider."


def _worths(scenario: Scenario) -> Iterator[str]:
    if any(outcome.value is Value.SOCIAL for outcome in scenario.outcomes):
        yield "What better lives are worth is nobody's income. It is what people value it at, and disputed."
    if any(outcome.value is Value.FISCAL and outcome.cashable < 1 for outcome in scenario.outcomes):
        yield "Public money that need not be spent mostly frees places and time. It leaves a budget only in part."
    yield "What is not counted here has a worth too. No case like this can say what a childhood at home is worth."


def _tables(library: Library) -> Iterator[str]:
    if not library.optimism.verified:
        yield f"The allowance for hope ({library.optimism.title}) has not been checked against its source."


def _some(inputs: Sequence[Input]) -> str:
    """Name some inputs as what a sentence is about, with its verb."""
    named = listed([f"“{each.title}”" for each in inputs[:NAMED]])
    others = len(inputs) - NAMED
    if others > 0:
        return f"{named}, and {others} other{'s' if others > 1 else ''}, have"
    return f"{named} {'has' if len(inputs) == 1 else 'have'}"

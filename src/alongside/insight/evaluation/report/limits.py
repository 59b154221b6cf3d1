"""What a report cannot say: each limit is a rule over what was done, so that none is there, or missing, by choice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from alongside.insight.evaluation.models import AnalysisRun, Deviation
from alongside.insight.evaluation.results import Result
from alongside.insight.evaluation.rules import Promised, Standing
from alongside.insight.evaluation.runs import Asked, Outcome
from alongside.insight.reports.telling.figures import HIDDEN, share

MUCH_MISSING = 20
"""Per cent without both scores from which on those who are left may be others than those who began."""
FEW = 30
"""Families below which a mean hangs on a few of them."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was promised, counted, run and departed from."""

    promised: Promised
    shown: Mapping[str, str]
    runs: Sequence[tuple[AnalysisRun, Result]]
    deviations: Sequence[Deviation]
    outcomes: Mapping[str, Outcome]

    def number(self, name: str) -> int | None:
        """Give a count of those in question as a number; ``None`` where it is withheld or was not counted."""
        text = Asked((), self.shown).count(name)
        return None if text == HIDDEN else int(text.replace(",", ""))

    def of(self, standing: Standing) -> list[Result]:
        """Give the results that may claim this much."""
        return [result for run, result in self.runs if run.standing == standing]


def limits_of(done: Done) -> tuple[str, ...]:
    """Give every limit whose rule holds, each once, and those that the methods themselves state."""
    said = [sentence for rule in RULES for sentence in rule(done)]
    said += [sentence for _, result in done.runs for sentence in result.limits]
    return tuple(dict.fromkeys(said))


def _not_judged(done: Done) -> list[str]:
    if done.of(Standing.PRIMARY):
        return []
    return ["The primary outcomes have not been judged yet, so nothing here answers the question."]


def _much_missing(done: Done) -> list[str]:
    families, titles, found = done.number(""), done.outcomes, []
    for key in done.promised.primary:
        both = done.number(f"{key}.both")
        if families and both is not None and 100 * (families - both) > MUCH_MISSING * families:
            found.append(
                f"{titles[key].title}: {share(families - both, families)} of families lack a score before or after. "
                "Those who have both may have fared better, or worse, than those who do not."
            )
    return found


def _few(done: Done) -> list[str]:
    titles = done.outcomes
    small = [
        titles[key].title for key in done.promised.primary if (both := done.number(f"{key}.both")) is None or both < FEW
    ]
    return [f"Fewer than {FEW} families, so that a few of them decide the mean: {'; '.join(small)}."] if small else []


def _own_words(done: Done) -> list[str]:
    return ["Scores are what carers said of themselves and their families. Nobody else measured them."]


def _still_going_on(done: Done) -> list[str]:
    families, going_on = done.number(""), done.number("support.going_on")
    if not families or not going_on:
        return []
    return [f"Support goes on for {share(going_on, families)} of families: what will come of it is not known yet."]


def _restricted(done: Done) -> list[str]:
    if done.shown.get("taken.restricted", "0") == "0":
        return []
    return ["Families of whom only named people may know were left out."]


def _explored(done: Done) -> list[str]:
    if not done.of(Standing.EXPLORATORY):
        return []
    return ["What is marked exploratory was not promised: it can suggest a question and answers none."]


def _departed(done: Done) -> list[str]:
    number = len(done.deviations)
    if not number:
        return []
    return [
        f"The work departed from its protocol {'once' if number == 1 else f'{number} times'}; see what was promised."
    ]


RULES: tuple[Callable[[Done], list[str]], ...] = (
    _not_judged,
    _much_missing,
    _few,
    _own_words,
    _still_going_on,
    _restricted,
    _explored,
    _departed,
)

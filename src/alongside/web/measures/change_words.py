"""A change on a scale in a worker's words: which way it went, and whether that is more than chance."""

from alongside.calc.outcomes.paired import Verdict
from alongside.records.measures.queries import Line
from alongside.records.measures.rules import Change, change_between

UNKNOWN = "We cannot say whether this is more than chance."


def change_words(line: Line) -> str:
    """Say what became of somebody on one scale since the start; nothing where there is nothing to compare."""
    if line.then is None or line.now is None:
        return ""
    change = change_between(line.scale, line.then, line.now)
    if change.way == "the same":
        return "The same as at the start."
    how = f"{change.way.capitalize()} than at the start, by {points(change.points)}."
    return f"{how} {_chance(change)}"


def _chance(change: Change) -> str:
    if change.verdict is None or change.counts_from is None:
        return UNKNOWN
    size = f"{points(change.counts_from)} or more" if change.whole else f"more than {points(change.counts_from)}"
    if change.verdict is Verdict.UNSURE:
        return f"This could be chance. Only a change of {size} is beyond the error of this questionnaire."
    return f"This is more than chance: the error of this questionnaire alone seldom makes a change of {size}."


def points(value: float) -> str:
    """Say a number of points: whole where it is whole."""
    said = f"{value:.1f}".removesuffix(".0")
    return f"{said} point" if said == "1" else f"{said} points"

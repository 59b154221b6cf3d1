"""The two arms of a trial beside each other, everybody counted where chance put them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.design import Allocation, Design
from alongside.calc.outcomes.paired import Verdict
from alongside.calc.outcomes.values import Floats
from alongside.calc.trials.arms import NEAR, BetweenArms, Extremes, between_arms, extremes_between_arms
from alongside.insight.evaluation.results import TOO_FEW, Effect, Result, Table
from alongside.insight.evaluation.rows import CLUSTER, COMPARISON, LEVEL, SUPPORT, Rows
from alongside.insight.evaluation.rules import Tried, Windows
from alongside.insight.evaluation.runs.asked import Asked, Outcome, RunType, few, interval, p_value, served, told, whole
from alongside.insight.evaluation.runs.missing import beginning
from alongside.insight.reports.telling.figures import HIDDEN, decimal
from alongside.records.trials.rules import FACTORS

ARMS = (SUPPORT, COMPARISON)
SHORT = ("First arm", "Second arm")
NO_TRIAL = "This cohort is no trial: nobody was allocated by chance."
COLUMNS = (
    *("Outcome", "First arm, mean after", "Second arm, mean after", "Difference, allowing for the start"),
    *("95% interval", "Hedges g", "p"),
)
COUNTED = ("Arm", "Allocated", "Analysed", "Not analysed", "Mean at the start, analysed", "Not analysed but measured")
EXTREMES = ("Outcome", "Those analysed", "All, at the worst for the first arm", "All, at the best for it")
START = ("At the start", "First arm, mean", "Second arm, mean")
WAY = {
    Verdict.BETTER: "those allocated to the first arm did better than those allocated to the second",
    Verdict.WORSE: "those allocated to the first arm did worse than those allocated to the second",
}
PILOT = (
    "A trial of so few families tells whether a trial can be done. Its interval says how little it knows of the effect."
)
PILOT_UP_TO = 100


def when_their_turn_came(tried: Tried, windows: Windows) -> str:
    """Say what the second arm had had when both were asked again."""
    if tried.turn_after is None:
        return "Nobody’s turn comes later: both arms stay as they are."
    if windows.after_until_weeks <= tried.turn_after:
        return f"The turn of the second arm comes after {tried.turn_after} weeks, so it has had nothing by then."
    return (
        f"The turn of the second arm comes after {tried.turn_after} weeks, before anybody is asked again: this sets "
        "now beside later, not with beside without."
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is to tell of one outcome; nothing but counts where an arm has too few."""

    outcome: Outcome
    before: Floats
    after: Floats
    arms: BetweenArms | None
    extremes: Extremes | None


def _work(rows: Rows, asked: Asked) -> Result:
    if asked.tried is None:
        return told("Nothing was run.", Design(before=True), words=(NO_TRIAL,))
    found = [_look(rows, outcome) for outcome in asked.outcomes]
    known = [one for one in found if one.arms]
    return told(
        known[0].arms.method if known and known[0].arms else "Analysis of covariance, by intention to treat.",
        _design(rows, found),
        effects=tuple(_effect(one, asked) for one in found),
        tables=tuple(_tables(rows, found, asked, asked.tried.arms)),
        words=tuple(_words(one) for one in found),
        limits=(when_their_turn_came(asked.tried, rows.windows), *_limits(rows, found)),
    )


def _look(rows: Rows, outcome: Outcome) -> _Found:
    before, after = rows.before_and_after(outcome.key)
    first, both = served(rows), whole(before, after)
    if any(few(int((both & (first == arm)).sum())) for arm in (1, 0)):
        return _Found(outcome, before, after, None, None)
    more = _allowing(rows) | {"higher_is_better": outcome.scale.higher_is_better}
    ends: dict[str, Any] = {"lowest": outcome.scale.minimum, "highest": outcome.scale.maximum, **more}
    arms = between_arms(before, after, first, **more)
    return _Found(outcome, before, after, arms, extremes_between_arms(before, after, first, **ends))


def _allowing(rows: Rows) -> dict[str, Any]:
    """What chance kept level, and who was allocated together."""
    factors = {
        FACTORS[name.removeprefix(LEVEL)].lower(): [text or None for text in words.texts()]
        for name, words in rows.words.items()
        if name.startswith(LEVEL)
    }
    clusters = rows.words[CLUSTER].texts() if CLUSTER in rows.words else None
    return {"factors": factors, "clusters": clusters}


def _design(rows: Rows, found: list[_Found]) -> Design:
    """The level of evidence rests on the outcome that lost most, and on whether the arms began alike in every one."""
    first = served(rows)
    lost = [[_lost(one, first == arm) for arm in (1, 0)] for one in found]
    every = [_lost(one, first >= 0) for one in found]
    apart = [one.arms.apart if one.arms else None for one in found]
    return Design(
        before=True,
        comparison=True,
        adjusted=True,
        alike=all(away is not None and abs(away) < NEAR for away in apart),
        allocation=Allocation.RANDOM,
        as_allocated=True,
        lost=max(every),
        lost_apart=max(abs(one - other) for one, other in lost),
    )


def _lost(one: _Found, who: NDArray[np.bool_]) -> float:
    """Give the share without the later score; of nobody all are."""
    return float(np.isnan(one.after[who]).mean()) if who.any() else 1.0


def _shown(one: _Found, asked: Asked, arm: str, kind: str = "both") -> str:
    return asked.shown.get(f"taken.families.{one.outcome.key}.{kind}.arm.{arm}", HIDDEN)


def _n(one: _Found, asked: Asked) -> str:
    numbers = [_shown(one, asked, arm) for arm in ARMS]
    return HIDDEN if HIDDEN in numbers else " and ".join(numbers)


def _effect(one: _Found, asked: Asked) -> Effect:
    outcome, n, arms = one.outcome, _n(one, asked), one.arms
    measure = f"first arm less second, {outcome.unit}"
    if arms is None:
        return Effect(outcome.key, outcome.title, n, measure, reason=TOO_FEW)
    figures = (arms.difference, arms.ci_low, arms.ci_high, arms.p)
    return Effect(outcome.key, outcome.title, n, measure, *figures, outcome.way, arms.verdict.value, arms.reason)


def _tables(rows: Rows, found: list[_Found], asked: Asked, names: tuple[str, str]) -> list[Table]:
    after = f"After, everybody counted where chance put them. First arm: {names[0]}. Second arm: {names[1]}"
    tables = [Table(after, COLUMNS, tuple(_row(one, asked) for one in found))]
    tables += [
        Table(f"{one.outcome.title}: who could be analysed", COUNTED, _counted(rows, one, asked)) for one in found
    ]
    tables.append(
        Table("Whatever became of those not analysed", EXTREMES, tuple(_bounded(one, asked) for one in found))
    )
    return [*tables, Table("How alike the arms began", START, _began(rows, found))]


def _row(one: _Found, asked: Asked) -> tuple[str, ...]:
    arms = one.arms
    if arms is None or arms.first is None or arms.second is None:
        return (one.outcome.title, *[HIDDEN] * (len(COLUMNS) - 1))
    means = (decimal(arms.first.mean_after), decimal(arms.second.mean_after), decimal(arms.difference))
    # With the interval g tells how many there are, so it goes where the numbers go.
    g = HIDDEN if _n(one, asked) == HIDDEN else decimal(arms.g, 2)
    return (one.outcome.title, *means, interval(arms.ci_low, arms.ci_high), g, p_value(arms.p))


def _counted(rows: Rows, one: _Found, asked: Asked) -> tuple[tuple[str, ...], ...]:
    """Each arm from those allocated to those analysed, and where both began."""
    first, both, began = served(rows), whole(one.before, one.after), one.before == one.before
    told_of = []
    for place, arm in enumerate(ARMS):
        own = first == 1 - place
        groups = (one.before[own & both], one.before[own & began & ~both])
        means = (HIDDEN if few(group.size) else decimal(float(group.mean())) for group in groups)
        counts = (asked.shown.get(f"taken.families.arm.{arm}", HIDDEN), _shown(one, asked, arm))
        told_of.append((SHORT[place], *counts, _shown(one, asked, arm, "incomplete"), *means))
    return tuple(told_of)


def _bounded(one: _Found, asked: Asked) -> tuple[str, ...]:
    # From the bounds one can work out how many were lost, so they go where that number goes.
    lost = [_shown(one, asked, arm, "incomplete") for arm in ARMS]
    if one.arms is None or one.extremes is None or HIDDEN in lost:
        return (one.outcome.title, *[HIDDEN] * (len(EXTREMES) - 1))
    ends = (one.extremes.worst, one.extremes.best)
    told_of = (f"{decimal(end.difference)} ({interval(end.ci_low, end.ci_high)})" for end in ends)
    return (one.outcome.title, decimal(one.arms.difference), *told_of)


def _began(rows: Rows, found: list[_Found]) -> tuple[tuple[str, ...], ...]:
    """Everybody whom chance allocated, as they began; chance made any difference, so nothing is tested."""
    first = served(rows)
    measures: Mapping[str, Floats] = {one.outcome.title: one.before for one in found} | beginning(rows)
    told_of = []
    for name, column in measures.items():
        sides = [column[(first == arm) & (column == column)] for arm in (1, 0)]
        means = (HIDDEN if few(side.size) else decimal(float(side.mean()), 2) for side in sides)
        told_of.append((name, *means))
    return tuple(told_of)


def _words(one: _Found) -> str:
    title, arms = one.outcome.title, one.arms
    if arms is None:
        return f"{title}: {TOO_FEW.lower()}"
    if arms.difference is None or arms.ci_low is None:
        return f"{title}: {arms.reason}."
    points = f"{decimal(abs(arms.difference))} points"
    if arms.verdict is Verdict.UNSURE:
        return f"{title}: no clear difference between the arms ({points})."
    held = "" if one.extremes and one.extremes.verdict is arms.verdict else ", which hangs on what became of those lost"
    return f"{title}: {WAY[arms.verdict]}, by {points}{held}."


def _limits(rows: Rows, found: list[_Found]) -> list[str]:
    limits = [one.arms.caution for one in found if one.arms]
    if len(rows) <= PILOT_UP_TO:
        limits.append(PILOT)
    return limits


TRIAL = RunType(
    "trial",
    "The arms of a trial beside each other",
    "The difference after, allowing for the start and for what chance kept level; everybody where chance put them.",
    "trial-analysis",
    _work,
    confirms=True,
)

"""Change over all times at which families were measured, those who left among them."""

import numpy as np

from alongside.calc.outcomes.design import Design
from alongside.calc.outcomes.mixed import Mixed, mixed
from alongside.insight.evaluation.results import TOO_FEW, Effect, Result, Table
from alongside.insight.evaluation.rows import Rows
from alongside.insight.evaluation.rules import BEFORE_START
from alongside.insight.evaluation.runs.asked import (
    Asked,
    Outcome,
    RunType,
    about_the_question,
    few,
    interval,
    p_value,
    told,
    withheld,
)
from alongside.insight.reports.telling.figures import HIDDEN, decimal

MONTH = 365.25 / 12
COLUMNS = (
    "Outcome",
    "At the start",
    "Change a month",
    "95% interval",
    "p",
    "Spread of heights",
    "Spread of single scores",
)


def _work(rows: Rows, asked: Asked) -> Result:
    ours = about_the_question(rows)
    found = [(outcome, _fitted(ours, outcome)) for outcome in asked.outcomes]
    return told(
        next((one.method for _, one in found if one), "Linear mixed model by restricted likelihood."),
        Design(before=True),
        effects=tuple(_effect(outcome, one, asked) for outcome, one in found),
        tables=(Table("A line through all measurements", COLUMNS, tuple(_row(*each) for each in found)),),
        words=tuple(
            f"{outcome.title}: {one.singular or one.reason}."
            for outcome, one in found
            if one and (one.singular or one.reason)
        ),
        limits=("A straight line may not be how people change.",),
    )


def _fitted(rows: Rows, outcome: Outcome) -> Mixed | None:
    """The model of all scores from a month ahead of the start, the last one of each day; none of too few families."""
    scores = rows.scores.get(outcome.key)
    if scores is None:
        return None
    early = scores.day >= -BEFORE_START
    where, value = np.stack([scores.row[early], scores.day[early]]), scores.value[early]
    last = np.append(np.any(np.diff(where, axis=1) != 0, axis=0), True) if value.size else early[early]
    row, day = where[:, last]
    if few(np.unique(row).size):
        return None
    often = last.sum() > 2 * np.unique(row).size
    return mixed(
        row.tolist(), day / MONTH, value[last], higher_is_better=outcome.scale.higher_is_better, slopes=bool(often)
    )


def _effect(outcome: Outcome, found: Mixed | None, asked: Asked) -> Effect:
    n = asked.count("")
    if found is None:
        return withheld(outcome, n)
    if found.slope is None:
        return Effect(outcome.key, outcome.title, n, outcome.unit, reason=found.reason or TOO_FEW)
    slope, unit = found.slope, f"{outcome.unit}, a month"
    figures = (slope.estimate, slope.ci_low, slope.ci_high, slope.p)
    return Effect(outcome.key, outcome.title, n, unit, *figures, outcome.way, found.verdict.value)


def _row(outcome: Outcome, found: Mixed | None) -> tuple[str, ...]:
    if found is None or found.slope is None or found.intercept is None:
        return (outcome.title, *[HIDDEN] * (len(COLUMNS) - 1))
    slope = found.slope
    return (
        *(outcome.title, decimal(found.intercept.estimate), decimal(slope.estimate, 2)),
        *(interval(slope.ci_low, slope.ci_high, 2), p_value(slope.p)),
        *(decimal(found.sd_intercept), decimal(found.sd_rest)),
    )


COURSE = RunType(
    "mixed",
    "Change over all times of measurement",
    "A line for each family about a common one, from every score there is, also of those who left.",
    "mixed-model",
    _work,
    confirms=True,
)

"""The mean change between two measurements of the same families, outcome by outcome."""

from alongside.calc.outcomes.design import Design
from alongside.calc.outcomes.paired import PairedChange, paired_change
from alongside.insight.evaluation.results import TOO_FEW, Effect, Result, Table
from alongside.insight.evaluation.rows import Rows
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

COLUMNS = (
    *("Outcome", "Families", "Mean before", "Mean after", "Mean change", "95% interval"),
    *("d_z", "d_av", "Hedges g_av", "p, paired t", "p, Wilcoxon"),
)
WAY = {"better": "better on average", "worse": "worse on average", "unsure": "not clearly better or worse"}


def _work(rows: Rows, asked: Asked) -> Result:
    ours = about_the_question(rows)
    found = [(outcome, _change(ours, outcome)) for outcome in asked.outcomes]
    return told(
        found[0][1].method,
        Design(before=True),
        effects=tuple(_effect(outcome, change, asked) for outcome, change in found),
        tables=(Table("Before and after", COLUMNS, tuple(_row(outcome, change, asked) for outcome, change in found)),),
        words=tuple(_words(outcome, change) for outcome, change in found),
    )


def _change(rows: Rows, outcome: Outcome) -> PairedChange:
    before, after = rows.before_and_after(outcome.key)
    return paired_change(before, after, higher_is_better=outcome.scale.higher_is_better)


def _effect(outcome: Outcome, change: PairedChange, asked: Asked) -> Effect:
    n = asked.both(outcome)
    if few(change.n):
        return withheld(outcome, n)
    figures = (change.mean_change, change.ci_low, change.ci_high, change.p_t)
    return Effect(
        outcome.key, outcome.title, n, outcome.unit, *figures, outcome.way, change.verdict.value, change.reason
    )


def _row(outcome: Outcome, change: PairedChange, asked: Asked) -> tuple[str, ...]:
    n = asked.both(outcome)
    if few(change.n):
        return (outcome.title, n, *[HIDDEN] * (len(COLUMNS) - 2))
    means = (decimal(change.mean_before), decimal(change.mean_after), decimal(change.mean_change))
    # With the interval, d_z tells how many there are, and so does g_av with d_av: they go where the number goes.
    d_z, g_av = (HIDDEN if n == HIDDEN else decimal(size, 2) for size in (change.d_z, change.g_av))
    tests = (p_value(change.p_t), p_value(change.p_wilcoxon))
    return (
        *(outcome.title, n, *means, interval(change.ci_low, change.ci_high)),
        *(d_z, decimal(change.d_av, 2), g_av, *tests),
    )


def _words(outcome: Outcome, change: PairedChange) -> str:
    if few(change.n):
        return f"{outcome.title}: {TOO_FEW.lower()}"
    if change.mean_change is None or change.ci_low is None:
        return f"{outcome.title}: {change.reason}."
    scale = outcome.scale
    points = f"by {decimal(abs(change.mean_change))} points on a scale from {scale.minimum:g} to {scale.maximum:g}"
    return f"{outcome.title}: {WAY[change.verdict.value]}, {points}."


PAIRED = RunType(
    "paired",
    "Change of the same families, before and after",
    "The mean change with its interval, effect sizes by name, the paired t test and Wilcoxon's.",
    "paired-change",
    _work,
    confirms=True,
)

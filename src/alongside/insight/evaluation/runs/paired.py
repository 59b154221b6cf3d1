"""The mean change between two measurements of the same families, outcome by outcome."""

from alongside.calc.outcomes.design import Design
from alongside.calc.outcomes.paired import PairedChange, paired_change
from alongside.calc.outcomes.regression_to_mean import towards_everybody
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
from alongside.insight.reports.telling.figures import HIDDEN, NOTHING, decimal

COLUMNS = (
    *("Outcome", "Families", "Mean before", "Mean after", "Mean change", "95% interval"),
    *("d_z", "d_av", "Hedges g_av", "p, paired t", "p, Wilcoxon"),
)
ANYWAY = ("Outcome", "Mean change", "Expected by itself", "Beyond that", "How")
WAY = {"better": "better on average", "worse": "worse on average", "unsure": "not clearly better or worse"}


def _work(rows: Rows, asked: Asked) -> Result:
    ours = about_the_question(rows)
    found = [(outcome, _change(ours, outcome)) for outcome in asked.outcomes]
    return told(
        found[0][1].method,
        Design(before=True),
        effects=tuple(_effect(outcome, change, asked) for outcome, change in found),
        tables=(
            Table("Before and after", COLUMNS, tuple(_row(outcome, change, asked) for outcome, change in found)),
            Table("How much would have come by itself", ANYWAY, tuple(_anyway(*each) for each in found)),
        ),
        words=tuple(_words(outcome, change) for outcome, change in found),
        limits=tuple(_yardstick(outcome) for outcome, _ in found),
    )


def _anyway(outcome: Outcome, change: PairedChange) -> tuple[str, ...]:
    """Say what regression to the mean alone would have brought, or why that cannot be said."""
    exact = outcome.scale.exactness
    if few(change.n) or change.mean_before is None or change.mean_change is None:
        return (outcome.title, *[HIDDEN] * 4)
    if exact.reliability is None or exact.everybody is None:
        lacks = [
            words for known, words in ((exact.reliability, "reliability"), (exact.everybody, "mean")) if known is None
        ]
        reason = f"Cannot be reckoned: nobody has published its {' or its '.join(lacks)} among people at large."
        return (outcome.title, decimal(change.mean_change), NOTHING, NOTHING, reason)
    expected = towards_everybody(change.mean_before, mean=exact.everybody, reliability=exact.reliability)
    told = f"From a mean of {decimal(exact.everybody)} and a reliability of {decimal(exact.reliability, 2)}."
    left = change.mean_change - expected
    return (outcome.title, decimal(change.mean_change), decimal(expected), decimal(left), told)


def _yardstick(outcome: Outcome) -> str:
    exact = outcome.scale.exactness
    if exact.reliability is None or exact.everybody is None:
        return ""
    return (
        f"{outcome.title}: what would have come by itself is a yardstick. It takes carers for people at large who were "
        f"asked on a bad day, and nobody was taken on by a score. Mean of people at large: {exact.everybody_of}."
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

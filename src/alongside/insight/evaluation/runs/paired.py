"""The mean change between two measurements of the same families, outcome by outcome."""

from alongside.calc.outcomes.paired import NO_COMPARISON_GROUP, PairedChange, paired_change
from alongside.insight.evaluation.results import TOO_FEW, Effect, Result, Table
from alongside.insight.evaluation.rows import Rows
from alongside.insight.evaluation.runs.asked import Asked, Outcome, RunType, before_after_result, few
from alongside.insight.reports.telling.figures import HIDDEN, NOTHING, decimal

COLUMNS = (
    *("Outcome", "Families", "Mean before", "Mean after", "Mean change", "95% interval"),
    *("d_z", "d_av", "Hedges g_av", "p, paired t", "p, Wilcoxon"),
)


def _work(rows: Rows, asked: Asked) -> Result:
    found = [(outcome, _change(rows, outcome)) for outcome in asked.outcomes]
    return before_after_result(
        found[0][1].method if found else "",
        effects=tuple(_effect(outcome, change, asked) for outcome, change in found),
        tables=(Table("Before and after", COLUMNS, tuple(_row(outcome, change, asked) for outcome, change in found)),),
        words=tuple(_words(outcome, change) for outcome, change in found),
        limits=(NO_COMPARISON_GROUP,),
    )


def _change(rows: Rows, outcome: Outcome) -> PairedChange:
    before, after = rows.before_and_after(outcome.key)
    return paired_change(before, after, higher_is_better=outcome.scale.higher_is_better)


def _effect(outcome: Outcome, change: PairedChange, asked: Asked) -> Effect:
    n = asked.count(f"taken.families.{outcome.key}.both")
    if few(change.n):
        return Effect(outcome.key, outcome.title, n, outcome.unit, reason=TOO_FEW)
    return Effect(
        outcome.key,
        outcome.title,
        n,
        outcome.unit,
        change.mean_change,
        change.ci_low,
        change.ci_high,
        change.p_t,
        outcome.way,
        change.verdict.value,
        change.reason,
    )


def _row(outcome: Outcome, change: PairedChange, asked: Asked) -> tuple[str, ...]:
    n = asked.count(f"taken.families.{outcome.key}.both")
    if few(change.n):
        return (outcome.title, n, *[HIDDEN] * (len(COLUMNS) - 2))
    interval = NOTHING if change.ci_low is None else f"{decimal(change.ci_low)} to {decimal(change.ci_high)}"
    means = (decimal(change.mean_before), decimal(change.mean_after), decimal(change.mean_change))
    sizes = tuple(decimal(size, 2) for size in (change.d_z, change.d_av, change.g_av))
    return (outcome.title, n, *means, interval, *sizes, p_value(change.p_t), p_value(change.p_wilcoxon))


def _words(outcome: Outcome, change: PairedChange) -> str:
    if few(change.n):
        return f"{outcome.title}: {TOO_FEW.lower()}"
    if change.mean_change is None or change.ci_low is None:
        return f"{outcome.title}: {change.reason}."
    scale = outcome.scale
    way = {"better": "better on average", "worse": "worse on average", "unsure": "not clearly better or worse"}
    points = f"by {decimal(abs(change.mean_change))} points on a scale from {scale.minimum} to {scale.maximum}"
    return f"{outcome.title}: {way[change.verdict.value]}, {points}."


def p_value(p: float | None) -> str:
    """Say a p value to three decimals, and never as nothing.

    >>> p_value(0.00004), p_value(0.0412), p_value(None)
    ('<0.001', '0.041', 'none')
    """
    if p is None:
        return NOTHING
    return "<0.001" if p < 0.0005 else f"{p:.3f}"


PAIRED = RunType(
    "paired",
    "Change of the same families, before and after",
    "The mean change with its interval, effect sizes by name, the paired t test and Wilcoxon's.",
    "paired-change",
    _work,
    confirms=True,
)

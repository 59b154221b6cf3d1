"""Those who were not measured again: whether they began like the others, and how far they could move the result."""

from alongside.calc.outcomes.bounds import bounds
from alongside.calc.outcomes.design import Design
from alongside.calc.outcomes.imputation import imputed_change
from alongside.calc.outcomes.leavers import Comparison, leavers
from alongside.calc.outcomes.values import Floats
from alongside.insight.evaluation.results import TOO_FEW, Effect, Result, Table
from alongside.insight.evaluation.rows import Rows
from alongside.insight.evaluation.runs.asked import (
    Asked,
    Outcome,
    RunType,
    about_the_question,
    few,
    interval,
    told,
    withheld,
)
from alongside.insight.reports.telling.figures import HIDDEN, decimal

BEGINNING = {
    "carer_age": "Age of the carer",
    "children": "Children in the home",
    "youngest_age": "Age of the youngest child",
    "child_protection_before": "Children on a child protection plan",
    "child_in_need_before": "Children on a child in need plan",
    "looked_after_before": "Looked-after children",
}
LEFT_COLUMNS = (
    "At the start",
    "Mean, not measured again",
    "Mean, measured again",
    "Difference",
    "95% interval",
    "In deviations",
)
LEFT_METHOD = (
    "Mean of those who were measured before and not after, less mean of those measured both times, when both began; "
    "standardised by the root of the mean of both variances. 95% intervals by Welch's t."
)
BOUND_COLUMNS = (
    "Outcome",
    "Measured again, mean change",
    "All, if the rest fared worst",
    "All, if the rest fared best",
    "All, imputed",
)


def beginning(rows: Rows) -> dict[str, Floats]:
    """Give what is known of every family from before support."""
    return {words: rows.numbers[name] for name, words in BEGINNING.items()}


def _leavers(rows: Rows, asked: Asked) -> Result:
    ours = about_the_question(rows)
    told_of = [_left(ours, outcome, asked) for outcome in asked.outcomes]
    return told(
        LEFT_METHOD,
        Design(before=True),
        tables=tuple(table for table, _ in told_of if table),
        words=tuple(words for _, words in told_of),
    )


def _left(rows: Rows, outcome: Outcome, asked: Asked) -> tuple[Table | None, str]:
    before, after = rows.before_and_after(outcome.key)
    began = before == before
    left = (after != after)[began].astype(float)
    if few(int(left.sum())) or few(int((1 - left).sum())):
        return None, f"{outcome.title}: {TOO_FEW.lower()}"
    measures = {outcome.title: before[began]} | {name: row[began] for name, row in beginning(rows).items()}
    found = leavers(left, measures)
    said = "; ".join(found.unlike) or "nothing that was known of them at the start"
    words = f"{outcome.title}: those who were not measured again ({asked.lost(outcome)}) differed notably in {said}."
    return Table(
        f"{outcome.title}: who was not measured again", LEFT_COLUMNS, tuple(map(_compared, found.comparisons))
    ), words


def _compared(one: Comparison) -> tuple[str, ...]:
    if few(one.left.n) or few(one.stayed.n):
        return (one.name, *[HIDDEN] * 5)
    means = (decimal(one.left.mean, 2), decimal(one.stayed.mean, 2), decimal(one.difference, 2))
    return (one.name, *means, interval(one.ci_low, one.ci_high, 2), decimal(one.standardised, 2))


def _bounds(rows: Rows, asked: Asked) -> Result:
    ours = about_the_question(rows)
    found = [_bounded(ours, outcome, asked) for outcome in asked.outcomes]
    method = (
        "Everybody without a later score is given the worst one of the scale, then the best; imputed: what is missing "
        f"is drawn 20 times from what goes with it (seed {asked.seed}), put together by Rubin's rules with Barnard and "
        "Rubin's degrees of freedom."
    )
    return told(
        method,
        Design(before=True),
        effects=tuple(effect for effect, _, _ in found),
        tables=(
            Table("Whatever became of those not measured again", BOUND_COLUMNS, tuple(row for _, row, _ in found)),
        ),
        words=tuple(words for _, _, words in found),
    )


def _bounded(rows: Rows, outcome: Outcome, asked: Asked) -> tuple[Effect, tuple[str, ...], str]:
    before, after = rows.before_and_after(outcome.key)
    scale, n = outcome.scale, asked.count(f"{outcome.key}.both")
    found = bounds(before, after, lowest=scale.minimum, highest=scale.maximum, higher_is_better=scale.higher_is_better)
    # From the bounds one can work out how many were not measured again, so they go where that number goes.
    if few(found.measured.n) or asked.lost(outcome) == HIDDEN:
        return withheld(outcome, n), (outcome.title, *[HIDDEN] * 4), f"{outcome.title}: {TOO_FEW.lower()}"
    filled = imputed_change(before, after, seed=asked.seed, higher_is_better=scale.higher_is_better)
    effect = withheld(outcome, n)
    if filled.change is not None:
        term = filled.change.effect
        figures = (term.estimate, term.ci_low, term.ci_high, term.p)
        effect = Effect(outcome.key, outcome.title, n, outcome.unit, *figures, outcome.way, filled.verdict.value)
    means = (decimal(each.mean_change) for each in (found.measured, found.worst, found.best))
    row = (outcome.title, *means, decimal(effect.value))
    holds = {"unsure": "the sign of the change depends on what became of those not measured again"}
    held = f"{found.verdict.value} on average, whatever became of those not measured again"
    return effect, row, f"{outcome.title}: {holds.get(found.verdict.value, held)}."


LEAVERS = RunType(
    "leavers",
    "Those who were not measured again, against those who were",
    "Whether they began alike. Where they did not, the change of those who stayed may not be that of all.",
    "missing-data",
    _leavers,
)
BOUNDS = RunType(
    "missing",
    "What those who were not measured again could change",
    "The mean change of all at the worst, at the best, and with missing scores imputed.",
    "missing-data",
    _bounds,
)

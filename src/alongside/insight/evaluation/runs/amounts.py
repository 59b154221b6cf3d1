"""Whether change goes with how much contact a family had, or with how true the work was to its programme."""

from collections.abc import Callable

from alongside.calc.outcomes.comparison.amounts import ByAmount, dose_response
from alongside.calc.outcomes.design import Design
from alongside.insight.evaluation.results import TOO_FEW, Effect, Result, Table
from alongside.insight.evaluation.rows import Rows
from alongside.insight.evaluation.runs.asked import (
    Asked,
    Outcome,
    RunType,
    about_the_question,
    change_of,
    few,
    interval,
    told,
    whole,
    withheld,
)
from alongside.insight.reports.telling.figures import decimal

BANDS = ("Amount", "Mean change", "95% interval")


def _by(amount: str, unit: str) -> Callable[[Rows, Asked], Result]:
    def work(rows: Rows, asked: Asked) -> Result:
        ours = about_the_question(rows)
        found = [(outcome, _went(ours, outcome, amount)) for outcome in asked.outcomes]
        known = [(outcome, one) for outcome, one in found if one and one.trend]
        return told(
            found[0][1].method if found[0][1] else "Least squares on the amount.",
            Design(before=True),
            effects=tuple(_effect(outcome, one, unit, asked) for outcome, one in found),
            tables=tuple(Table(f"{outcome.title}: change by {unit}", BANDS, _bands(one)) for outcome, one in known),
            words=tuple(_words(outcome, one, unit) for outcome, one in found),
            limits=tuple(one.caution for _, one in known[:1]),
        )

    return work


def _went(rows: Rows, outcome: Outcome, amount: str) -> ByAmount | None:
    change, amounts = change_of(rows, outcome), rows.numbers[amount]
    if few(int(whole(change, amounts).sum())):
        return None
    before, _ = rows.before_and_after(outcome.key)
    scale = 100.0 if amount == "fidelity" else 1.0
    return dose_response(
        change,
        amounts * scale,
        higher_is_better=outcome.scale.higher_is_better,
        covariates={"the score before": before},
    )


def _effect(outcome: Outcome, found: ByAmount | None, unit: str, asked: Asked) -> Effect:
    n = asked.both(outcome)
    if found is None:
        return withheld(outcome, n)
    measure = f"{outcome.unit}, for one more of {unit}"
    if found.trend is None:
        return Effect(outcome.key, outcome.title, n, measure, reason=found.reason)
    figures = (found.trend.estimate, found.trend.ci_low, found.trend.ci_high, found.trend.p)
    return Effect(outcome.key, outcome.title, n, measure, *figures, outcome.way, found.verdict.value)


def _bands(found: ByAmount) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (f"{decimal(band.low, 0)} to {decimal(band.high, 0)}", decimal(band.mean), interval(band.ci_low, band.ci_high))
        for band in found.bands
        if band.mean is not None
    )


def _words(outcome: Outcome, found: ByAmount | None, unit: str) -> str:
    if found is None:
        return f"{outcome.title}: {TOO_FEW.lower()}"
    if found.trend is None:
        return f"{outcome.title}: {found.reason}."
    goes = {"better": "went with more improvement", "worse": "went with less improvement"}
    return f"{outcome.title}: more of {unit} {goes.get(found.verdict.value, 'went with no clear difference')}."


DOSE = RunType(
    "dose",
    "Change by how often they were in touch",
    "Whether change goes with the number of contacts, allowing for the score before. This is no effect of contact.",
    "dose-response",
    _by("contacts", "times in touch"),
)
FIDELITY = RunType(
    "fidelity",
    "Change by how true the work was to its programme",
    "Whether change goes with the share of the programme that was there, allowing for the score before.",
    "dose-response",
    _by("fidelity", "per cent of the programme"),
)

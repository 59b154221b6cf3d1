"""How many carers changed by more than their questionnaire's own error."""

from alongside.calc.disclosure import Table as Counts
from alongside.calc.disclosure import suppress
from alongside.calc.outcomes.design import Design
from alongside.calc.outcomes.reliable import ReliableChange, reliable_change
from alongside.insight.evaluation.results import Result, Table
from alongside.insight.evaluation.rows import Rows
from alongside.insight.evaluation.runs.asked import Asked, Outcome, RunType, about_the_question, few, told
from alongside.insight.reports.telling.figures import HIDDEN, decimal, whole

COLUMNS = ("Outcome", "Families", "Reliably better", "No sure change", "Reliably worse", "Change that counts, over")
UNKNOWN = "nobody has published how exact this scale is, so we cannot say what is noise"
METHOD = (
    "Each carer's later score less their earlier one, held against the error of the scale (Jacobson and Truax 1991), "
    "by its published reliability. The error alone makes a change that counts in fewer than 5% of people."
)


def _work(rows: Rows, asked: Asked) -> Result:
    ours = about_the_question(rows)
    found = [(outcome, _change(ours, outcome)) for outcome in asked.outcomes]
    return told(
        METHOD,
        Design(before=True),
        tables=(Table("One by one", COLUMNS, tuple(_row(outcome, one, asked) for outcome, one in found)),),
        words=tuple(_words(outcome, one) for outcome, one in found if one is None or one.reason),
    )


def _change(rows: Rows, outcome: Outcome) -> ReliableChange | None:
    exact, (before, after) = outcome.scale.exactness, rows.before_and_after(outcome.key)
    if exact.reliability is None:
        return None
    better = outcome.scale.higher_is_better
    return reliable_change(before, after, reliability=exact.reliability, higher_is_better=better, sd=exact.sd)


def _words(outcome: Outcome, found: ReliableChange | None) -> str:
    return f"{outcome.title}: {found.reason if found else UNKNOWN}."


def _row(outcome: Outcome, found: ReliableChange | None, asked: Asked) -> tuple[str, ...]:
    n = asked.both(outcome)
    if found is None or found.smallest is None or few(found.n) or n == HIDDEN:
        return (outcome.title, n, *[HIDDEN if found else "not known"] * 4)
    parts = Counts.breakdown("change", {"better": found.better, "unsure": found.unsure, "worse": found.worse})
    shown = [cell.value for cell in suppress(parts).row_totals]
    counts = tuple(HIDDEN if value is None else whole(value) for value in shown)
    return (outcome.title, n, *counts, f"{decimal(found.smallest)} points")


RELIABLE = RunType(
    "reliable",
    "Reliable change, carer by carer",
    "How many changed by more than the error of the scale, where its reliability is published.",
    "reliable-change",
    _work,
)

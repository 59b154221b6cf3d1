"""Families that the question is about beside those of the comparison contracts."""

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.comparison.differences import DifferenceInDifferences, difference_in_differences
from alongside.calc.outcomes.comparison.propensity import Weighted, propensity_weighted
from alongside.calc.outcomes.design import Design
from alongside.calc.outcomes.values import SHOWN_FROM, Floats
from alongside.insight.evaluation.results import TOO_FEW, Effect, Result, Table
from alongside.insight.evaluation.rows import COMPARISON, EVERYBODY, Rows
from alongside.insight.evaluation.runs.asked import (
    Asked,
    Outcome,
    RunType,
    change_of,
    few,
    interval,
    p_value,
    served,
    told,
    whole,
    withheld,
)
from alongside.insight.evaluation.runs.missing import beginning
from alongside.insight.reports.telling.figures import HIDDEN, decimal

NOBODY_BESIDE = "This cohort has nobody to compare with: define one whose families are set beside others."
DID = ("Outcome", "Change, with the service", "Change, beside", "Difference", "95% interval", "p")
BALANCE = ("At the start", "With the service", "Beside", "Beside, weighted", "Apart", "Apart, weighted")


def _enough(rows: Rows, outcome: Outcome) -> bool:
    """Say whether both sides have enough families with both scores."""
    known, with_it = whole(change_of(rows, outcome)), served(rows) == 1
    return not few(int((known & with_it).sum())) and not few(int((known & ~with_it).sum()))


def _none_beside(rows: Rows) -> Result | None:
    beside = rows.words["arm"].have(COMPARISON).any()
    return None if beside else told("Nothing was run.", Design(before=True), words=(NOBODY_BESIDE,))


def _differences(rows: Rows, asked: Asked) -> Result:
    if (nothing := _none_beside(rows)) is not None:
        return nothing
    found = [(outcome, _difference(rows, outcome) if _enough(rows, outcome) else None) for outcome in asked.outcomes]
    known = [one for _, one in found if one]
    return told(
        known[0].method if known else "Difference in differences.",
        Design(before=True, comparison=True),
        effects=tuple(_effect(outcome, one, asked) for outcome, one in found),
        tables=(Table("Change beside change", DID, tuple(_row(*each) for each in found)),),
        words=tuple(_words(outcome, one) for outcome, one in found),
        limits=tuple(dict.fromkeys(one.caution for one in known)),
    )


def _difference(rows: Rows, outcome: Outcome) -> DifferenceInDifferences:
    before, after = rows.before_and_after(outcome.key)
    return difference_in_differences(before, after, served(rows), higher_is_better=outcome.scale.higher_is_better)


def _effect(outcome: Outcome, found: DifferenceInDifferences | Weighted | None, asked: Asked) -> Effect:
    n = asked.both(outcome)
    if found is None:
        return withheld(outcome, n)
    figures = (found.difference, found.ci_low, found.ci_high, found.p)
    return Effect(outcome.key, outcome.title, n, outcome.unit, *figures, outcome.way, found.verdict.value, found.reason)


def _row(outcome: Outcome, found: DifferenceInDifferences | None) -> tuple[str, ...]:
    if found is None or found.served is None or found.others is None:
        return (outcome.title, *[HIDDEN] * (len(DID) - 1))
    changes = (decimal(found.served.mean_change), decimal(found.others.mean_change), decimal(found.difference))
    return (outcome.title, *changes, interval(found.ci_low, found.ci_high), p_value(found.p))


def _words(outcome: Outcome, found: DifferenceInDifferences | Weighted | None) -> str:
    if found is None:
        return f"{outcome.title}: {TOO_FEW.lower()}"
    if found.difference is None:
        return f"{outcome.title}: {found.reason}."
    went = {"better": "changed more for the better than those beside", "worse": "changed more for the worse"}
    words = went.get(found.verdict.value, "did not clearly change more or less than those beside")
    return f"{outcome.title}: families with the service {words}, by {decimal(abs(found.difference))} points."


def _weighted(rows: Rows, asked: Asked) -> Result:
    if (nothing := _none_beside(rows)) is not None:
        return nothing
    found = [
        (outcome, _made_alike(rows, outcome, asked) if _enough(rows, outcome) else None) for outcome in asked.outcomes
    ]
    known = [(outcome, one) for outcome, one in found if one]
    alike = bool(known) and all(one.alike for _, one in known)
    return told(
        known[0][1].method if known else "Propensity weighting.",
        Design(before=True, comparison=True, adjusted=True, alike=alike),
        effects=tuple(_effect(outcome, one, asked) for outcome, one in found),
        tables=tuple(
            Table(f"{outcome.title}: are both sides alike?", BALANCE, _balance(one)) for outcome, one in known
        ),
        words=tuple(_words(outcome, one) for outcome, one in found),
        limits=tuple(dict.fromkeys(words for _, one in known for words in one.cautions)),
    )


def _made_alike(rows: Rows, outcome: Outcome, asked: Asked) -> Weighted:
    before, _ = rows.before_and_after(outcome.key)
    among = whole(change_of(rows, outcome))
    known = beginning(rows) | _groups(rows, among, asked) | {"The score before": before}
    vary = {name: row for name, row in known.items() if (row == row).any() and row[row == row].std() > 0}
    better = outcome.scale.higher_is_better
    return propensity_weighted(change_of(rows, outcome), served(rows), vary, higher_is_better=better)


def _groups(rows: Rows, among: NDArray[np.bool_], asked: Asked) -> dict[str, Floats]:
    """Give a column of 0 and 1 for each group of carers and of authorities, set against the largest one.

    A group of which fewer than ten families are or are not, on either side, is left with the largest; so is one whose
    number is not shown, as its share here would tell it.
    """
    arm = served(rows) == 1
    found: dict[str, Floats] = {}
    for name, title in EVERYBODY.items():
        counts = rows.words[name].counts() if name in rows.words else {}
        largest = max(counts, key=lambda label: counts[label], default="")
        for label in counts:
            inside = rows.words[name].have(label)
            parts = [int((among & side & part).sum()) for side in (arm, ~arm) for part in (inside, ~inside)]
            shown = asked.shown.get(f"taken.families.{name}.{label}", HIDDEN) != HIDDEN
            if label != largest and shown and min(parts) >= SHOWN_FROM:
                found[f"{title}: {label}"] = inside.astype(np.float64)
    return found


def _balance(found: Weighted) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            *(one.name, decimal(one.served, 2), decimal(one.others, 2), decimal(one.others_weighted, 2)),
            *(decimal(one.apart, 2), decimal(one.apart_weighted, 2)),
        )
        for one in found.balance
    )


DIFFERENCES = RunType(
    "differences",
    "Change beside that of a comparison group",
    "Difference in differences: how much more families with the service changed than those set beside them.",
    "difference-in-differences",
    _differences,
    confirms=True,
)
WEIGHTED = RunType(
    "weighted",
    "Change beside a comparison group made alike",
    "Propensity weighting by what was known at the start, with the table that shows how alike both sides became.",
    "propensity-weighting",
    _weighted,
    confirms=True,
)

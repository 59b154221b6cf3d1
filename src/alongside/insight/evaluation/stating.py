"""What a cohort and its protocol say, as rows of words."""

from collections.abc import Mapping
from typing import Any

from alongside.core.base.days import in_words
from alongside.insight.evaluation.models import Cohort
from alongside.insight.evaluation.queries import contracts_to_count
from alongside.insight.evaluation.rules import Promised, Tried, Windows
from alongside.insight.evaluation.runs import RUNS, Outcome
from alongside.insight.evaluation.runs.trial import when_their_turn_came
from alongside.insight.evaluation.series import SERIES
from alongside.records.measures.library import instrument


def facts_of(cohort: Cohort) -> list[tuple[str, str]]:
    """Say who is counted and when they are measured, as rows."""
    if tried := cohort.defined.tried:
        return _of_a_trial(tried, cohort.defined.windows)
    defined, names = cohort.defined, dict(contracts_to_count(cohort.agency_id))
    windows = defined.windows

    def said(contracts: tuple[str, ...]) -> str:
        return "; ".join(sorted(names.get(each, "a contract") for each in contracts))

    return [
        ("Families under", said(defined.contracts)),
        *([("Set beside families under", said(defined.comparison))] if defined.comparison else []),
        ("Whose first place began", f"{in_words(defined.starts_from)} to {in_words(defined.starts_until)}"),
        ("Measured before", f"Last answers at the start, from a month ahead until day {windows.before_days}"),
        (
            "Measured after",
            f"Last answers at review or at the end, weeks {windows.after_from_weeks} to {windows.after_until_weeks}",
        ),
    ]


def _of_a_trial(tried: Tried, windows: Windows) -> list[tuple[str, str]]:
    first, last = windows.after_from_weeks, windows.after_until_weeks
    return [
        ("Families", "Everybody whom chance allocated in the trial, counted where it put them"),
        ("First arm", tried.arms[0]),
        ("Second arm", tried.arms[1]),
        ("Measured by", instrument(tried.instrument).title),
        ("Measured before", "Last answers up to the day of chance, from twelve weeks ahead of it"),
        ("Measured after", f"Last answers {first} to {last} weeks after it. {when_their_turn_came(tried, windows)}"),
    ]


def promises_of(promised: Promised, known: Mapping[str, Outcome]) -> list[tuple[str, str]]:
    """Say what the protocol promises of the outcomes known, as rows."""

    def titles(keys: tuple[str, ...]) -> str:
        return "; ".join(known[key].title if key in known else key for key in keys) or "None"

    rows: list[tuple[str, Any]] = [
        ("Primary outcomes", titles(promised.primary)),
        ("Secondary outcomes", titles(promised.secondary)),
        ("Judged by", RUNS[promised.method].title),
        ("Also promised", "; ".join(RUNS[each].title for each in promised.others) or "Nothing more"),
    ]
    if promised.series and promised.since:
        title = SERIES[promised.series].title if promised.series in SERIES else promised.series
        rows.append(("Month by month", f"{title}, to change from {in_words(promised.since)}"))
    return rows + ([("In their words", promised.words)] if promised.words else [])

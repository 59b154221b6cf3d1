"""One cohort: its question, who is counted, what was promised, who was measured, and what was found."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.models import Cohort
from alongside.insight.evaluation.queries import (
    NAMES,
    contracts_to_count,
    deviations_of,
    runs_of,
)
from alongside.insight.evaluation.rules import Promised
from alongside.insight.evaluation.runs import RUNS, outcomes_known
from alongside.web.dates import day
from alongside.web.evaluation.flowing import flow_of, footnote, people_of
from alongside.web.evaluation.opening import open_cohort
from alongside.web.rendering import page


@needs(Permission.EVALUATION_SEE)
def cohort(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a cohort."""
    found = open_cohort(request, pk)
    promised = found.protocol.promised
    frozen = found.frozen if found.frozen_at else None
    runs = runs_of(found) if frozen else []
    context = {
        "cohort": found,
        "stage": found.stage.value,
        "facts": facts_of(found),
        "promised": promises_of(promised) if promised.primary else [],
        "frozen": frozen,
        "flow": flow_of(frozen.shown, promised) if frozen else None,
        "people": people_of(frozen.shown) if frozen else [],
        "footnote": footnote(frozen.shown) if frozen else "",
        "found": [
            (words, [(run, RUNS[run.method].title, result) for run, result in runs if run.standing == standing])
            for standing, words in NAMES.items()
        ],
        "deviations": deviations_of(found),
        "may_edit": access.person(request).may(Permission.EVALUATION_EDIT),
    }
    return page(request, "evaluation/cohort.html", context)


def facts_of(cohort: Cohort) -> list[tuple[str, str]]:
    """Say who is counted and when they are measured, as rows."""
    defined, names = cohort.defined, dict(contracts_to_count(cohort.agency_id))
    windows = defined.windows

    def said(contracts: tuple[str, ...]) -> str:
        return "; ".join(sorted(names.get(each, "a contract") for each in contracts))

    return [
        ("Families under", said(defined.contracts)),
        *([("Set beside families under", said(defined.comparison))] if defined.comparison else []),
        ("Whose first place began", f"{day(defined.starts_from)} to {day(defined.starts_until)}"),
        ("Measured before", f"Last answers at the start, from a month ahead until day {windows.before_days}"),
        (
            "Measured after",
            f"Last answers at review or at the end, weeks {windows.after_from_weeks} to {windows.after_until_weeks}",
        ),
    ]


def promises_of(promised: Promised) -> list[tuple[str, str]]:
    """Say what the protocol promises, as rows."""
    known = outcomes_known()

    def titles(keys: tuple[str, ...]) -> str:
        return "; ".join(known[key].title if key in known else key for key in keys) or "None"

    rows: list[tuple[str, Any]] = [
        ("Primary outcomes", titles(promised.primary)),
        ("Secondary outcomes", titles(promised.secondary)),
        ("Judged by", RUNS[promised.method].title),
        ("Also promised", "; ".join(RUNS[each].title for each in promised.others) or "Nothing more"),
    ]
    return rows + ([("In their words", promised.words)] if promised.words else [])

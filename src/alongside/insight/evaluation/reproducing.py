"""Working every result of a cohort out again from its frozen rows, and saying whether it is the same."""

from dataclasses import dataclass

from alongside.insight.evaluation.models import AnalysisRun, Cohort
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.results import Result
from alongside.insight.evaluation.runs import RUNS, Asked
from alongside.insight.evaluation.services import rows_of


@dataclass(frozen=True, slots=True)
class Again:
    """One run worked out again: its method in words, the version that made it, and whether it comes out the same."""

    title: str
    program: str
    same: bool


def reproduce(cohort: Cohort) -> list[Again]:
    """Work out every run of a frozen cohort again. Raises ``ValueError`` for rows that are not those frozen."""
    rows, known = rows_of(cohort.frozen), outcomes_of(cohort)
    promised, found = cohort.protocol.promised, []
    for run in AnalysisRun.objects.filter(cohort=cohort):
        asked = Asked(
            tuple(known[key] for key in run.outcomes),
            cohort.frozen.shown,
            run.seed,
            tried=cohort.defined.tried,
            series=promised.series,
            since=promised.since,
        )
        again = Result.from_json(RUNS[run.method].work(rows, asked).to_json())
        found.append(Again(RUNS[run.method].title, run.program, again == Result.from_json(run.result)))
    return found

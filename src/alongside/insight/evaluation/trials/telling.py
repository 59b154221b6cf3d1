"""What a trial's own page says of its analysis: how far it has come, who could be analysed, and what was found."""

from typing import NamedTuple

from alongside.insight.evaluation.models import AnalysisRun, Cohort
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.queries import runs_of
from alongside.insight.evaluation.results import Result
from alongside.insight.evaluation.trials.counting import ARMS, FAMILIES
from alongside.insight.reports.telling.figures import HIDDEN
from alongside.records.trials.models import Trial


class Analysed(NamedTuple):
    """How many of each arm could be analysed on one outcome, and how many not; the last part of the flow."""

    title: str
    counts: tuple[str, ...]


class Analysis(NamedTuple):
    """A trial's analysis, as it may be shown."""

    cohort: Cohort
    analysed: list[Analysed]
    runs: list[tuple[AnalysisRun, Result]]
    hidden: bool


def analysis_of(trial: Trial) -> Analysis | None:
    """Give the analysis of a trial, which must come through the gate; nothing where none was planned."""
    rows = Cohort.objects.filter(pk=trial.pk).select_related("protocol", "frozen").defer("frozen__content")
    cohort = rows.first()
    if cohort is None:
        return None
    if not cohort.frozen_at:
        return Analysis(cohort, [], [], hidden=False)
    shown = cohort.frozen.shown
    analysed = [
        Analysed(
            outcome.title,
            tuple(shown[f"{FAMILIES}.{key}.{kind}.arm.{arm}"] for arm in ARMS for kind in ("both", "incomplete")),
        )
        for key, outcome in outcomes_of(cohort).items()
        if f"{FAMILIES}.{key}.both" in shown
    ]
    hidden = any(HIDDEN in one.counts for one in analysed)
    return Analysis(cohort, analysed, runs_of(cohort), hidden)

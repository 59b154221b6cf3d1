"""Finding cohorts, what was promised of them, and what their runs found, each p value held against its family."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from alongside.calc.outcomes.many_tests import benjamini_hochberg, holm
from alongside.core.agencies.models import User
from alongside.insight.evaluation.models import AnalysisRun, Cohort, Deviation
from alongside.insight.evaluation.results import Effect, Result
from alongside.insight.evaluation.rules import Standing
from alongside.records.programmes.models import Contract

NAMES: dict[str, str] = {
    Standing.PRIMARY: "Primary outcomes, promised before the data were opened",
    Standing.SECONDARY: "Secondary outcomes, promised before the data were opened",
    Standing.PLANNED: "Other methods that were promised",
    Standing.EXPLORATORY: "Exploratory: not promised, so it can suggest but not confirm",
}
RULES: dict[str, str] = {
    Standing.PRIMARY: "adjusted by Holm's rule over the primary outcomes",
    Standing.SECONDARY: "adjusted by Benjamini and Hochberg's rule over the secondary outcomes",
    Standing.PLANNED: "adjusted by Benjamini and Hochberg's rule over the outcomes of this run",
    Standing.EXPLORATORY: "adjusted by Benjamini and Hochberg's rule over everything that was tried on this cohort",
}


def cohorts_for(user: User) -> list[Cohort]:
    """Give the cohorts that this person may see, the latest first, each with its protocol."""
    return list(Cohort.objects.visible_to(user).select_related("protocol", "made_by"))


def contracts_to_count(agency: UUID) -> list[tuple[str, str]]:
    """Give the contracts that an agency serves, to choose from: who evaluates sees what they are called and no more."""
    rows = Contract.objects.filter(agency=agency).order_by("name", "starts_on", "pk")
    return [
        (str(pk), f"{name} ({starts:%B %Y} to {ends:%B %Y})")
        for pk, name, starts, ends in rows.values_list("pk", "name", "starts_on", "ends_on")
    ]


def deviations_of(cohort: Cohort) -> list[Deviation]:
    """Give how the work departed from the protocol, the earliest first. The cohort must come through the gate."""
    return list(Deviation.objects.filter(cohort=cohort).select_related("by"))


def runs_of(cohort: Cohort) -> list[tuple[AnalysisRun, Result]]:
    """Give every run with its result, the earliest first, p values adjusted. The cohort must come through the gate."""
    return adjusted(AnalysisRun.objects.filter(cohort=cohort).select_related("by"))


def adjusted(runs: Iterable[AnalysisRun]) -> list[tuple[AnalysisRun, Result]]:
    """Hold each p value of a cohort against its family: Holm for what is primary, else Benjamini and Hochberg."""
    told = [(run, Result.from_json(run.result)) for run in runs]
    explored = _together([each for each in told if each[0].standing == Standing.EXPLORATORY])
    found = []
    for run, result in told:
        values = explored if run.standing == Standing.EXPLORATORY else _together([(run, result)])
        own = {effect.key: values.get((run.pk, effect.key)) for effect in result.effects}
        found.append((run, result.adjusted(own)))
    return found


def _together(runs: Sequence[tuple[AnalysisRun, Result]]) -> dict[tuple[UUID, str], float | None]:
    tests: list[tuple[AnalysisRun, Effect]] = [
        (run, effect) for run, result in runs for effect in result.effects if effect.p is not None
    ]
    rule: Any = holm if runs and runs[0][0].standing == Standing.PRIMARY else benjamini_hochberg
    values = rule([effect.p for _, effect in tests]).tolist()
    return {(run.pk, effect.key): value for (run, effect), value in zip(tests, values, strict=True)}

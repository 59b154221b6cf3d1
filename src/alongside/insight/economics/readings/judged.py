"""What a frozen cohort of a contract found of its primary outcome, with the level that its design reaches."""

from collections.abc import Mapping

from alongside.calc.economics.distributions import Normal
from alongside.insight.economics.readings.reading import Reading
from alongside.insight.economics.readings.records import Records
from alongside.insight.evaluation.models import AnalysisRun
from alongside.insight.evaluation.results import Effect, Result
from alongside.insight.evaluation.rules import Standing
from alongside.insight.reports.telling.figures import decimal

PRACTITIONERS = 4
"""The grade of what practitioners measured before and after in the people they helped."""
GRADES: Mapping[int, int] = {5: 1, 4: 2, 3: 3}
"""The grade of evidence that the level of a design deserves; below 3 it is what practitioners measured."""
HALF_OF_95 = 1.96
LEVELS = 5


def judged(records: Records, outcome: str) -> Reading | None:
    """Give what the last frozen cohort with this contract found of an outcome, where it was a primary one."""
    runs = AnalysisRun.objects.filter(agency=records.contract.agency_id, standing=Standing.PRIMARY)
    for run in runs.select_related("cohort").order_by("-at", "-pk"):
        if str(records.contract.pk) in run.cohort.definition["contracts"] and outcome in run.outcomes:
            result = Result.from_json(run.result)
            effect = next((each for each in result.effects if each.key == outcome), None)
            if effect and effect.value is not None and effect.low is not None and effect.high is not None:
                return _reading(run.cohort.title, result, effect, effect.value, effect.high - effect.low)
    return None


def _reading(title: str, result: Result, effect: Effect, value: float, width: float) -> Reading:
    mean, error = round(value, 1), max(round(width / 2 / HALF_OF_95, 2), 0.01)
    words = (
        f"The frozen cohort “{title}”, primary outcome {effect.title} ({effect.measure}): {decimal(mean)}, 95% "
        f"interval {decimal(effect.low)} to {decimal(effect.high)}. {result.design}"
    )
    grade = GRADES.get(result.level, PRACTITIONERS)
    return Reading(Normal(mean, error), words, grade, level=min(result.level, LEVELS) or None)

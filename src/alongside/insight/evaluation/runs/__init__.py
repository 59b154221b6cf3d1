"""Each method that may be run on a frozen cohort, in one table: a new one is a function of rows and a line here."""

from alongside.insight.evaluation.rules import Definition
from alongside.insight.evaluation.runs.amounts import DOSE, FIDELITY
from alongside.insight.evaluation.runs.asked import Asked, Outcome, RunType, outcomes_in, p_value
from alongside.insight.evaluation.runs.beside import DIFFERENCES, WEIGHTED
from alongside.insight.evaluation.runs.children import ADDED_VALUE, CHILDRENS_PLANS
from alongside.insight.evaluation.runs.course import COURSE
from alongside.insight.evaluation.runs.lasting import HOME_LASTS, SUPPORT_LASTS
from alongside.insight.evaluation.runs.missing import BOUNDS, LEAVERS
from alongside.insight.evaluation.runs.months import INTERRUPTED
from alongside.insight.evaluation.runs.paired import PAIRED
from alongside.insight.evaluation.runs.parts import SUBGROUPS
from alongside.insight.evaluation.runs.reliable import RELIABLE
from alongside.insight.evaluation.runs.trial import TRIAL

__all__ = ["RUNS", "Asked", "Outcome", "RunType", "outcomes_in", "p_value", "runs_for"]

RUNS: dict[str, RunType] = {
    one.key: one
    for one in (
        *(PAIRED, COURSE, RELIABLE, LEAVERS, BOUNDS, DIFFERENCES, WEIGHTED, SUBGROUPS, DOSE, FIDELITY),
        *(CHILDRENS_PLANS, ADDED_VALUE, SUPPORT_LASTS, HOME_LASTS, INTERRUPTED, TRIAL),
    )
}


def runs_for(definition: Definition) -> dict[str, RunType]:
    """Give the methods that may be run on a cohort: on a trial its own, which is for nothing else."""
    return {key: kind for key, kind in RUNS.items() if (kind is TRIAL) is (definition.tried is not None)}

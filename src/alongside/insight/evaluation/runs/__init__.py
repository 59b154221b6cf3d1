"""Each method that may be run on a frozen cohort, in one table: a new one is a function of rows and a line here."""

from alongside.insight.evaluation.runs.asked import Asked, Outcome, RunType, outcomes_known
from alongside.insight.evaluation.runs.paired import PAIRED

__all__ = ["RUNS", "Asked", "Outcome", "RunType", "outcomes_known"]

RUNS: dict[str, RunType] = {one.key: one for one in (PAIRED,)}

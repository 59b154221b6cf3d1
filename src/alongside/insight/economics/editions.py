"""What an edition says, read and worked out once however often it is looked at."""

from functools import lru_cache
from uuid import UUID

from alongside.calc.economics.scenario import Scenario
from alongside.calc.economics.scenario_file import read_scenario
from alongside.insight.economics.library import library
from alongside.insight.economics.queries import library_for
from alongside.insight.economics.results import Answer, work_out

AT_ONCE = 10_000
"""Draws of an answer that is given while somebody moves an input."""
WHOLE = 50_000
"""Draws of an answer that is looked at at leisure."""
SEED = 1


@lru_cache(maxsize=64)
def scenario_of(text: str, agency: UUID | None = None) -> Scenario:
    """Return the scenario that a text states, which may take unit costs that its agency added.

    What a code stands for never changes, so it is read once. Raises ``WrongScenario`` where the text states none.
    """
    return read_scenario(text, library_for(agency) if agency else library())


@lru_cache(maxsize=16)
def answer_of(text: str, agency: UUID | None = None) -> Answer:
    """Return all that a scenario comes to; raise as ``work_out`` does."""
    return work_out(scenario_of(text, agency), library(), draws=WHOLE, seed=SEED)

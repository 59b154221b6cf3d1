"""Which outcomes a cohort can have: the scales of every questionnaire of which its agency may hold scores."""

from collections.abc import Iterable

from alongside.calc.instruments import Instrument
from alongside.insight.evaluation.models import Cohort
from alongside.insight.evaluation.runs import Outcome, outcomes_in
from alongside.records.measures.usable import as_measured, measuring


def outcomes_of(cohort: Cohort) -> dict[str, Outcome]:
    """Give them by key: once frozen by the editions of that day, so that a later pack changes no result. A trial has
    those of the questions that measure it.
    """
    held = as_measured(cohort.agency_id, cohort.frozen.editions) if cohort.frozen_at else measuring(cohort.agency_id)
    tried = cohort.defined.tried
    return outcomes_in(one for one in held if tried is None or one.key == tried.instrument)


def editions_of(instruments: Iterable[Instrument]) -> dict[str, str]:
    """Give the editions by which :func:`outcomes_of` finds licensed questionnaires again."""
    return {one.key: one.edition for one in instruments if one.needs_licence}

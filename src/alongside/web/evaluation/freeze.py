"""Freezing a cohort's rows, after asking whether one is sure."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.services import freeze_cohort
from alongside.web.evaluation.asking import ask_then
from alongside.web.evaluation.opening import open_cohort

WORDS = (
    "The families are read from the records as they stand now, without their names. Every result of this cohort rests "
    "on these rows, whatever is written in the records later. This cannot be undone."
)


@needs(Permission.EVALUATION_EDIT)
def freeze(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then freeze."""
    cohort = open_cohort(request, pk)
    step = partial(freeze_cohort, cohort=cohort, by=access.person(request))
    done = "The cohort is frozen. Run what was promised first."
    question = "Freeze this cohort, and open its data?"
    return ask_then(request, cohort, step, done, question=question, words=WORDS, action="Freeze and open")

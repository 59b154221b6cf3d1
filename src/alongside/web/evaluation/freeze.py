"""Freezing a cohort's rows, after asking whether one is sure."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation import tasks
from alongside.web.evaluation.asking import ask_then
from alongside.web.evaluation.opening import open_cohort

WORDS = (
    "The families are read from the records as they stand now, without their names. Every result of this cohort rests "
    "on these rows, whatever is written in the records later. This cannot be undone."
)
DONE = "The cohort is frozen. Run what was promised first."
LATER = "There are many families, so their rows are being read now. Look again in some minutes."


@needs(Permission.EVALUATION_EDIT)
def freeze(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then freeze."""
    cohort = open_cohort(request, pk)
    step = partial(tasks.freeze, cohort=cohort, by=access.person(request))
    asked = {"question": "Freeze this cohort, and open its data?", "words": WORDS, "action": "Freeze and open"}
    return ask_then(request, cohort, step, lambda frozen: DONE if frozen else LATER, **asked)

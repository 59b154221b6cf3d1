"""Fixing a protocol, after asking whether one is sure."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.services import fix_protocol
from alongside.web.evaluation.asking import ask_then
from alongside.web.evaluation.opening import open_cohort

WORDS = (
    "Its outcomes and its method then stay as they are, with the day and the minute beside them. Whatever is looked at "
    "besides will be called exploratory. This cannot be undone, but a departure can be recorded with its reason."
)
DONE = "The protocol is fixed. Now the data may be opened."


@needs(Permission.EVALUATION_EDIT)
def fix(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then fix it."""
    cohort = open_cohort(request, pk)
    step = partial(fix_protocol, cohort=cohort, by=access.person(request))
    asked = {"question": "Fix this protocol?", "words": WORDS, "action": "Fix it"}
    return ask_then(request, cohort, step, lambda _: DONE, **asked)

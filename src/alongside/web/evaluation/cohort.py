"""One cohort: its question, who is counted, what was promised, who was measured, and what was found."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.flowing import flow_of, footnote, people_of
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.queries import NAMES, deviations_of, runs_of
from alongside.insight.evaluation.runs import RUNS
from alongside.insight.evaluation.stating import facts_of, promises_of
from alongside.web.evaluation.opening import open_cohort
from alongside.web.rendering import page


@needs(Permission.EVALUATION_SEE)
def cohort(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a cohort."""
    found = open_cohort(request, pk)
    promised, known = found.protocol.promised, outcomes_of(found)
    frozen = found.frozen if found.frozen_at else None
    runs = runs_of(found) if frozen else []
    context = {
        "cohort": found,
        "stage": found.stage.value,
        "facts": facts_of(found),
        "promised": promises_of(promised, known) if promised.primary else [],
        "frozen": frozen,
        "flow": flow_of(frozen.shown, promised, known) if frozen else None,
        "people": people_of(frozen.shown) if frozen else [],
        "footnote": footnote(frozen.shown) if frozen else "",
        "found": [
            (words, [(run, RUNS[run.method].title, result) for run, result in runs if run.standing == standing])
            for standing, words in NAMES.items()
        ],
        "deviations": deviations_of(found),
        "may_edit": access.person(request).may(Permission.EVALUATION_EDIT),
    }
    return page(request, "evaluation/cohort.html", context)

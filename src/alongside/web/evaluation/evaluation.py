"""What changed: the parts of the evaluation that one may open, and the cohorts with how far each has come."""

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.insight.evaluation.queries import cohorts_for
from alongside.web.rendering import page

# The other parts: words, page, permission, and what it is for.
PARTS: tuple[tuple[str, str, Permission, str], ...] = (
    (
        "Watching the service",
        "watching:time",
        Permission.WATCH_SEE,
        "Month by month, between teams and authorities, and for whom.",
    ),
    ("Surveys", "surveys:surveys", Permission.SURVEY_MAKE, "Your own questions to carers, and rounds of them."),
    ("Pilot trials", "trials:trials", Permission.TRIAL_RUN, "Chance decides who gets a support now, and who later."),
    ("Extracts", "extracts:extracts", Permission.EXTRACT_ASK, "A cohort’s rows without names, for one project."),
    ("Studies put together", "evaluation:studies", Permission.EVALUATION_SEE, "Published results pooled, and drawn."),
)


@needs(Permission.EVALUATION_SEE)
def evaluation(request: HttpRequest) -> HttpResponse:
    """Show them."""
    by = access.person(request)
    ledger.note(by=by, what="list of cohorts opened")
    context = {
        "cohorts": cohorts_for(by),
        "may_edit": by.may(Permission.EVALUATION_EDIT),
        "parts": [part for part in PARTS if by.may(part[2])],
    }
    return page(request, "evaluation/evaluation.html", context)

"""Planning a trial's analysis: its cohort is begun, and the plan is written and fixed as the protocol of that."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.insight.evaluation.trials.planning import plan_analysis
from alongside.records.trials.models import Trial
from alongside.web.jinja import url
from alongside.web.rendering import page


@needs(Permission.EVALUATION_EDIT)
def analysis(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once more, and begin it."""
    found = access.get(request, Trial, pk)
    here = url("trials:trial", found.pk)
    if request.method != "POST":
        words = (
            "You choose the outcomes and fix them. Fix them before the trial closes: what is fixed later can suggest "
            "and not confirm. The data are opened once, when everybody has been asked again."
        )
        question = f"Plan the analysis of “{found.name}”?"
        context = {"question": question, "words": words, "action": "Plan it", "cancel": here, "warning": False}
        return page(request, "layout/confirm.html", context)
    try:
        cohort = plan_analysis(trial=found, by=access.person(request))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect(here)
    return redirect("evaluation:cohort", cohort.pk)

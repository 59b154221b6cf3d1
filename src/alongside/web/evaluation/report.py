"""A cohort's report as it stands: on the page, as a PDF and for Word; and giving it to those who pay."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.insight.evaluation.models import Cohort
from alongside.insight.evaluation.report.releasing import release_report
from alongside.insight.evaluation.report.writing import write
from alongside.insight.evaluation.rules import Stage
from alongside.web.evaluation.asking import ask_then
from alongside.web.evaluation.files import file_of
from alongside.web.evaluation.opening import open_cohort
from alongside.web.jinja import url
from alongside.web.rendering import page

FILES = (("PDF", "pdf"), ("Word", "docx"))
WORDS = (
    "Every agency that pays for one of its contracts can read it from now on, as it stands. What is run or recorded "
    "later does not change it; it can be given again. This cannot be taken back."
)
DONE = "The report is with those who pay for the contracts."


@needs(Permission.EVALUATION_SEE)
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the report."""
    cohort = _opened(request, pk)
    if cohort is None:
        return redirect("evaluation:cohort", pk)
    context = {
        "document": write(cohort),
        "crumbs_to": [("What changed", url("evaluation:evaluation")), (cohort.title, url("evaluation:cohort", pk))],
        "files": [(words, url(f"evaluation:report_{ending}", pk)) for words, ending in FILES],
        "may_release": access.person(request).may(Permission.EVALUATION_EDIT),
        "cohort": cohort,
        "given": None,
    }
    return page(request, "evaluation/report.html", context)


@needs(Permission.EVALUATION_SEE)
def report_file(request: HttpRequest, pk: UUID, ending: str) -> HttpResponse:
    """Give the report as a file."""
    cohort = _opened(request, pk)
    if cohort is None:
        return redirect("evaluation:cohort", pk)
    what = f"evaluation report taken away ({ending})"
    ledger.note(by=access.person(request), what=what, about=cohort, kind=Entry.Kind.EXPORT)
    return file_of(write(cohort), ending)


@needs(Permission.EVALUATION_EDIT)
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then give it to those who pay."""
    cohort = open_cohort(request, pk)
    step = partial(release_report, cohort=cohort, by=access.person(request))
    asked = {"question": "Give this report to those who pay?", "words": WORDS, "action": "Give it"}
    return ask_then(request, cohort, step, lambda _: DONE, **asked)


def _opened(request: HttpRequest, pk: UUID) -> Cohort | None:
    """Open a cohort that has something to report; none where it is not frozen yet."""
    cohort = open_cohort(request, pk, "evaluation report opened")
    return cohort if cohort.stage is Stage.FROZEN else None

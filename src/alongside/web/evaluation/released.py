"""Reports of the evaluation that were given to those who pay: the list, one as it was given, and its files."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.insight.evaluation.models import Release
from alongside.insight.evaluation.report.document import Document
from alongside.web.evaluation.files import file_of
from alongside.web.evaluation.report import FILES
from alongside.web.jinja import url
from alongside.web.rendering import page


@needs(Permission.REPORT_SEE)
def releases(request: HttpRequest) -> HttpResponse:
    """Show what was given, the latest first."""
    ledger.note(by=access.person(request), what="list of evaluation reports opened")
    rows = access.visible(request, Release).select_related("purchaser").defer("content")
    return page(request, "evaluation/releases.html", {"releases": list(rows)})


@needs(Permission.REPORT_SEE)
def released(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one."""
    rows = access.visible(request, Release).select_related("purchaser")
    opened = access.get(request, Release, pk, what="evaluation report opened", rows=rows)
    context = {
        "document": Document.from_json(opened.content),
        "crumbs_to": [("Evaluations", url("evaluation:releases"))],
        "files": [(words, url(f"evaluation:released_{ending}", pk)) for words, ending in FILES],
        "may_release": False,
        "given": opened,
    }
    return page(request, "evaluation/report.html", context)


@needs(Permission.REPORT_SEE)
def released_file(request: HttpRequest, pk: UUID, ending: str) -> HttpResponse:
    """Give one as a file."""
    opened = access.get(request, Release, pk, what="evaluation report opened")
    what = f"evaluation report taken away ({ending})"
    ledger.note(by=access.person(request), what=what, about=opened, kind=Entry.Kind.EXPORT)
    return file_of(Document.from_json(opened.content), ending)

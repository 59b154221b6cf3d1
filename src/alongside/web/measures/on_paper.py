"""The questions on paper: to look at, to print from the browser, or as a PDF, in the size that somebody can read."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case
from alongside.records.measures.paper import Size, content_of, paper_of
from alongside.web.measures.asked import asked_of, place_of
from alongside.web.rendering import page, paper


@needs(Permission.CASE_SEE)
def on_paper(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the paper, and offer it larger."""
    case = access.get(request, Case, case_id, what="questions on paper opened")
    size = _size(request)
    sizes = [(one.label, f"?size={one.value}", one == size) for one in Size]
    context = {"case": case, "sizes": sizes, "size": size.value, "paper": content_of(asked_of(case, place_of(case)))}
    return page(request, "measures/on_paper.html", context)


@needs(Permission.CASE_SEE)
def pdf(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Give it as a PDF."""
    case = access.get(request, Case, case_id, what="questions on paper taken away (pdf)")
    return paper(paper_of(asked_of(case, place_of(case)), _size(request), timezone.localdate()), "how-are-things.pdf")


def _size(request: HttpRequest) -> Size:
    asked = request.GET.get("size", "")
    return Size(asked) if asked in Size.values else Size.USUAL

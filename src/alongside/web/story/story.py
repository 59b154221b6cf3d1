"""The story of a family: everything that happened, the newest first, narrowed to what is asked for."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.chronology.queries import Line
from alongside.insight.chronology.queries import story as read_story
from alongside.web.dates import moment, partial
from alongside.web.rendering import page
from alongside.web.story.asking import KINDS, asked


@needs(Permission.CASE_SEE)
def story(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one page of a family's story."""
    found = asked(request, pk, "story opened")
    key = request.GET.get("after", "")
    read = read_story(found.scope(request), found.kind, key)
    return page(
        request,
        "story/story.html",
        {
            "case": found.case,
            "asked": found,
            "kinds": KINDS,
            "lines": [(when(line), line) for line in read.lines],
            "later": f"?{found.query(after=read.after)}" if read.after else "",
            "first": f"?{found.query()}" if key else "",
            "turned": found.query(order="oldest" if found.newest else ""),
        },
    )


def when(line: Line) -> str:
    """Say when it was, as well as that is known."""
    entry = line.entry
    return partial(entry.at.date(), entry.precision) if entry.precision else moment(entry.at)

"""A family's story as a file to print or to send; that somebody took it is in the log."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.insight.chronology.printing.pdf import Sheet, pdf_of
from alongside.insight.chronology.queries import MOST
from alongside.insight.chronology.queries import story as read_story
from alongside.web.dates import day, moment
from alongside.web.story.asking import asked
from alongside.web.story.story import when

WHAT = 120  # letters that an entry of the log holds


@needs(Permission.CASE_SEE)
def pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give all of what is asked for as a tagged PDF."""
    found = asked(request, pk, "story opened")
    user, now = access.person(request), timezone.now()
    read = read_story(found.scope(request, MOST), found.kind)
    sheet = Sheet(
        title=str(found.case),
        asked=found.in_words + (". There is more than fits: ask for fewer days" if read.after else ""),
        made=f"Taken by {user.name}, {moment(now)}",
        day=timezone.localdate(),
        lines=[
            (
                when(line),
                line.said.line,
                ", ".join(line.people),
                line.entry.by,
                [words for words in line.said.words if words],
            )
            for line in read.lines
        ],
    )
    kind = found.kind or "everything"
    what = f"story taken away (pdf): {kind}{', one person' if found.person else ''}, {len(read.lines)} entries"
    ledger.note(by=user, what=what[:WHAT], about=found.case, kind=Entry.Kind.EXPORT)
    name = f"story-{day(timezone.localdate()).replace(' ', '-')}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pdf_of(sheet), content_type="application/pdf", headers=headers)

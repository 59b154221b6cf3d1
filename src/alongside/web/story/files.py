"""A family's story as a file to print; that somebody took it is in the log."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.insight.chronology.printing.pdf import Sheet, pdf_of
from alongside.insight.chronology.queries import MOST, Story
from alongside.insight.chronology.queries import story as read_story
from alongside.web.dates import day, moment
from alongside.web.jinja import count
from alongside.web.rendering import paper
from alongside.web.story.asking import Asked, asked
from alongside.web.story.story import when

WHAT = 120  # letters that an entry of the log holds


@needs(Permission.CASE_SEE)
def pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give all of what is asked for as a tagged PDF."""
    found = asked(request, pk, "story opened")
    read = read_story(found.scope(request, MOST), found.kind)
    told = found.in_words + (". There is more than fits: ask for fewer days" if read.after else "")
    content = on_paper(request, found, told, read)
    note(request, found, "taken away (pdf)", read)
    return paper(content, f"story-{day(timezone.localdate()).replace(' ', '-')}.pdf")


def on_paper(request: HttpRequest, found: Asked, told: str, read: Story) -> bytes:
    """Set what was read of a story on paper; ``told`` says what of it was asked for."""
    sheet = Sheet(
        title=str(found.case),
        asked=told,
        made=f"Taken by {access.person(request).name}, {moment(timezone.now())}",
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
    return pdf_of(sheet)


def note(request: HttpRequest, found: Asked, what: str, read: Story) -> None:
    """Write into the log that so much of a story leaves the page."""
    kind = found.kind or "everything"
    said = f"story {what}: {kind}{', one person' if found.person else ''}, {count(len(read.lines), 'entry', 'entries')}"
    ledger.note(by=access.person(request), what=said[:WHAT], about=found.case, kind=Entry.Kind.EXPORT)

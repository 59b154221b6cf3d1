"""Letters that were sent; a draft has happened to nobody, and the letter itself is read on its own page."""

from alongside.insight.chronology.entries import Entry, Kind, Rows, Said, Scope, Source, by_moment, label, of_case
from alongside.records.letters.models import Letter


def _rows(scope: Scope) -> Rows:
    rows = of_case(Letter, scope).filter(status=Letter.Status.SENT)
    rows = rows.filter(about=scope.person) if scope.person else rows
    told = {"code": "how", "detail": "to_name", "words": "subject", "by": "by__name"}
    return by_moment(scope, "letter", rows, "sent_at", about="about", **told)


def _tell(entry: Entry) -> Said:
    return Said(f"A letter to {entry.detail} went {label(Letter.How, entry.code).lower()}", (entry.words,))


SOURCES = (Source("letter", Kind.CONTACT, _rows, _tell),)

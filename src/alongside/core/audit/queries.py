"""Reading the log back: for those who check it, and for the person it is about."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet

from alongside.core.audit.chain import Fact, Verdict, verify
from alongside.core.audit.models import Entry


def of(row: Model) -> QuerySet[Entry]:
    """Give the entries about one row, newest first."""
    return Entry.objects.filter(model=row._meta.label, row=str(row.pk)).order_by("-id")


def check() -> Verdict:
    """Check the whole chain from its first entry."""
    return verify(_walk())


def _walk() -> Iterator[tuple[int, Fact, str, dict[str, Any] | None, bool]]:
    for entry in Entry.objects.order_by("id").iterator(chunk_size=5000):
        fact = Fact(
            at=entry.at,
            kind=entry.kind,
            what=entry.what,
            actor=entry.actor,
            agency=entry.agency,
            model=entry.model,
            row=entry.row,
            changes_digest=entry.changes_digest,
        )
        erased = entry.changes is None and entry.changes_digest != ""
        yield entry.id, fact, entry.hash, entry.changes, erased

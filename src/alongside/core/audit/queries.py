"""Reading the log back: for those who check it, and for the person it is about."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet

from alongside.core.audit.chain import Fact, Verdict, verify
from alongside.core.audit.models import Entry

FACT = ("at", "kind", "what", "actor", "agency", "model", "row", "changes_digest")


def of(row: Model) -> QuerySet[Entry]:
    """Give the entries about one row, newest first."""
    return Entry.objects.filter(model=row._meta.label, row=str(row.pk)).order_by("-id")


def check() -> Verdict:
    """Check the whole chain from its first entry."""
    return verify(_walk())


def _walk() -> Iterator[tuple[int, Fact, str, dict[str, Any] | None, bool]]:
    rows = Entry.objects.order_by("id").values_list("id", "hash", "changes", *FACT)
    for number, found, changes, *fact in rows.iterator(chunk_size=5000):
        digest = fact[-1]
        yield number, Fact(*fact), found, changes, changes is None and digest != ""

"""Adding very many entries to the log at once, each linked to the one before like any other."""

from collections.abc import Iterable, Iterator
from typing import Any

from alongside.core.audit.chain import Fact, link
from alongside.core.audit.ledger import end_of_chain
from alongside.core.audit.models import Entry
from alongside.core.base.bulk import Stored, stored, write_rows

FIELDS = ("at", "kind", "what", "actor", "agency", "model", "row", "changes", "changes_digest", "hash")


Change = tuple[Fact, dict[str, Any] | str | None]


def append(entries: Iterable[Change]) -> int:
    """Write facts, each with what changed, to the end of the chain. It belongs at the end of a transaction.

    What changed may be given as JSON already, where it had to be written out for its digest.
    """
    return write_rows(Entry, FIELDS, _linked(entries, end_of_chain()))


def _linked(entries: Iterable[Change], previous: str) -> Iterator[tuple[Stored, ...]]:
    for fact, changes in entries:
        previous = link(previous, fact)
        yield (
            stored(fact.at),
            fact.kind,
            fact.what,
            stored(fact.actor),
            stored(fact.agency),
            fact.model,
            fact.row,
            stored(changes),
            fact.changes_digest,
            previous,
        )

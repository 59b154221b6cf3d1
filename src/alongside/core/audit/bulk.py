"""Adding entries to the log, few or very many, each linked to the one before."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from alongside.core.audit.chain import START, Fact, link
from alongside.core.audit.models import Entry
from alongside.core.base.bulk import Stored, insert_rows, stored, write_rows

FIELDS = ("at", "kind", "what", "actor", "agency", "model", "row", "changes", "changes_digest", "hash")
CHAIN_LOCK = 7_291_046  # any number, as long as nothing else locks it
LAST_HASH = "select hash from audit_entry order by id desc limit 1"
MANY = 200
Change = tuple[Fact, dict[str, Any] | str | None]


def append(entries: Sequence[Change]) -> int:
    """Write facts, each with what changed, to the end of the chain. It belongs at the end of a transaction.

    What changed may be given as JSON already, where it had to be written out for its digest.
    """
    if not entries:
        return 0
    linked = _linked(entries, _end_of_chain())
    return write_rows(Entry, FIELDS, linked) if len(entries) > MANY else insert_rows(Entry, FIELDS, linked)


def _end_of_chain() -> str:
    """Give the last hash, and be alone with the chain until the transaction ends: PostgreSQL by a lock, SQLite because
    it has one writer.

    The lock and the question travel together, and each sees what was there when it began: the question begins after
    the lock was got.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"select pg_advisory_xact_lock({CHAIN_LOCK}); {LAST_HASH}")
            cursor.nextset()
        else:
            cursor.execute(LAST_HASH)
        last = cursor.fetchone()
    return str(last[0]) if last else START


def _linked(entries: Sequence[Change], previous: str) -> Iterator[tuple[Stored, ...]]:
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

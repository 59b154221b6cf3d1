"""Contacts as a CSV file, however many: PostgreSQL writes it itself, and nothing but the block in hand is ever held."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Case, CharField, F, Func, QuerySet, Value, When
from django.utils.timezone import localtime

from alongside.records.cases.models import Contact
from alongside.stewardship.exchange.cell_text import csv_line

HEADINGS = ("When", "Family", "Worker", "How", "What came of it", "Minutes", "Case")
BLOCK = 1 << 16
ROWS_AT_ONCE = 2_000
MARK = b"\xef\xbb\xbf"  # tells spreadsheet programs that the file is UTF-8


class LocalMinute(Func):
    """A moment as the clock on the wall shows it, to the minute: ``2026-11-20 10:40``."""

    template = f"left((%(expressions)s at time zone '{settings.TIME_ZONE}')::text, 16)"
    output_field = CharField()


class Safe(Func):
    """A text as a spreadsheet may hold it, by the rule of ``cell_text.safe_cell``; a plain first letter is quick."""

    template = (
        "case when ascii(%(expressions)s) between 65 and 90 or ascii(%(expressions)s) between 97 and 122"
        " or %(expressions)s ~ '^(''|’|[[:alnum:]])' then %(expressions)s else '''' || %(expressions)s end"
    )
    output_field = CharField()


def contact_file(contacts: QuerySet[Contact]) -> Iterator[bytes]:
    """Give the file in blocks: when, which family, who, how, what came of it, for how long. Notes are not in it."""
    yield MARK + csv_line(HEADINGS).encode()
    ordered = contacts.order_by("at", "pk")
    yield from _copied(ordered) if connection.vendor == "postgresql" else _written(ordered)


def _words(field: str, choices: Iterable[tuple[Any, Any]]) -> Case:
    whens = [When(**{field: value}, then=Value(str(words))) for value, words in choices]
    return Case(*whens, default=F(field), output_field=CharField())


def _rows(contacts: QuerySet[Contact], **facts: Any) -> QuerySet[Any, Any]:
    said = {
        "how": _words("channel", Contact.Channel.choices),
        "came": _words("outcome", Contact.Outcome.choices),
    }
    return contacts.annotate(**facts, **said).values_list(*facts, *said, "minutes", "case_id")


def _copied(contacts: QuerySet[Contact]) -> Iterator[bytes]:
    rows = _rows(contacts, when=LocalMinute("at"), family=Safe("case__household__name"), worker=Safe("by__name"))
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        statement = f"copy ({sql}) to stdout (format csv, force_quote *)"
        with cursor.cursor.copy(statement, values) as copy:
            yield from _blocks(copy)


def _blocks(lines: Iterable[Any]) -> Iterator[bytes]:
    """Put lines together: sent one by one, each would cost more than it takes to write it."""
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(bytes(line))
        size += len(line)
        if size > BLOCK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _written(contacts: QuerySet[Contact]) -> Iterator[bytes]:
    facts = {"when": F("at"), "family": F("case__household__name"), "worker": F("by__name")}
    rows = _rows(contacts, **facts).iterator(chunk_size=ROWS_AT_ONCE)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield "".join(csv_line(_told(row)) for row in some).encode()


def _told(row: Sequence[Any]) -> list[str]:
    at, *others = row
    return [f"{localtime(at):%Y-%m-%d %H:%M}", *("" if value is None else str(value) for value in others)]

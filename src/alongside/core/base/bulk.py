"""Writing very many rows at once: COPY on PostgreSQL, executemany on SQLite, and no model instance for any of them."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model

Stored = str | int | float | bytes | None
BATCH = 10_000


def stored(value: Any) -> Stored:
    """Give a value as both databases take it: ids as 32 hex digits, days and moments (UTC) and JSON as text."""
    if value is None or isinstance(value, str | int | float | bytes):
        return value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return (value - value.utcoffset()).replace(tzinfo=None).isoformat(" ") if value.tzinfo else str(value)  # type: ignore[operator]
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def write_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Stored]]) -> int:
    """Write rows, whose values are as :func:`stored` gives them in the order of ``fields``, and give how many.

    It belongs inside a transaction. Nothing is checked but what the database checks, and nothing is logged: that is
    for the service that calls.
    """
    if connection.vendor == "postgresql":
        return _copy(*_names(model, tuple(fields)), rows)
    return insert_rows(model, fields, rows)


@cache
def _names(model: type[Model], fields: tuple[str, ...]) -> tuple[str, str]:
    """Give the table and its columns as a statement names them."""
    quote = connection.ops.quote_name
    columns = [quote(str(model._meta.get_field(field).column)) for field in fields]  # type: ignore[union-attr]
    return quote(model._meta.db_table), ", ".join(columns)


def insert_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Stored]]) -> int:
    """Write rows as :func:`write_rows` does, where they are few."""
    table, columns = _names(model, tuple(fields))
    statement = f"insert into {table} ({columns}) values ({', '.join(['%s'] * len(fields))})"  # noqa: S608
    rest, written = iter(rows), 0
    with connection.cursor() as cursor:
        while batch := list(islice(rest, BATCH)):
            cursor.executemany(statement, batch)
            written += len(batch)
    return written


def _copy(table: str, columns: str, rows: Iterable[Sequence[Stored]]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select row_security_active(%s)", [table])
        (walled,) = cursor.fetchone()
        if not walled:
            return _copy_into(cursor, table, columns, rows)
        # PostgreSQL copies nothing into a walled table; from a table of our own it checks each row against the wall.
        cursor.execute(f"create temp table bulk on commit drop as select {columns} from {table} with no data")  # noqa: S608
        written = _copy_into(cursor, "bulk", columns, rows)
        cursor.execute(f"insert into {table} ({columns}) select {columns} from bulk")  # noqa: S608
        cursor.execute("drop table bulk")
        return written


def _copy_into(cursor: Any, table: str, columns: str, rows: Iterable[Sequence[Stored]]) -> int:
    written = 0
    with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
            written += 1
    return written

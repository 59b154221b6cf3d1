"""Filling empty tables of PostgreSQL fast: references are checked and indexes built once at the end, not row by row."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Model

REFERENCES = """
    select conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    from pg_constraint where contype = 'f' and conrelid = any(%s::regclass[]) order by 1, 2
"""
INDEXES = """
    select indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    from pg_index where indrelid = any(%s::regclass[]) and not indisunique order by 1
"""


@contextmanager
def quick_loading(models: Iterable[type[Model]]) -> Iterator[None]:
    """Take references and indexes off these tables, and put them back afterwards, which fails where a row is amiss."""
    if connection.vendor != "postgresql":
        yield
        return
    tables = [[model._meta.db_table for model in models]]
    with connection.cursor() as cursor:
        references, indexes = _rows(cursor, REFERENCES, tables), _rows(cursor, INDEXES, tables)
        for table, name, _ in references:
            cursor.execute(f'alter table {table} drop constraint "{name}"')
        for name, _ in indexes:
            cursor.execute(f"drop index {name}")
        yield
        cursor.execute("set maintenance_work_mem = '256MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in references:
            cursor.execute(f'alter table {table} add constraint "{name}" {definition}')


def _rows(cursor: Any, statement: str, given: list[list[str]]) -> list[Any]:
    cursor.execute(statement, given)
    found: list[Any] = cursor.fetchall()
    return found

"""Queries that Django works out once and then runs many times with other ids: for the pages opened most.

Working out a query costs Django more than the database takes to answer it. Here that is done at the first run, with ids
made up for the purpose; afterwards only the ids are exchanged.
"""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import QuerySet

SLOTS = 25
Compiled = tuple[str, list[tuple[int | None, Any]], dict[int, Any]]


class Prepared:
    """``rows`` makes a ``values_list`` queryset from a list of ids, and must not depend on anything else."""

    def __init__(self, rows: Callable[[list[UUID]], "QuerySet[Any, Any]"], slots: int = SLOTS) -> None:
        self._rows, self._slots = rows, slots
        self._compiled: dict[str, Compiled] = {}

    def __call__(self, ids: Sequence[UUID]) -> list[tuple[Any, ...]]:
        """Run the query for any number of ids; its rows come in no order across more ids than there are slots."""
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(ids), self._slots):
            found += self._run(ids[start : start + self._slots])
        return found

    def _run(self, ids: Sequence[UUID]) -> list[tuple[Any, ...]]:
        sql, slots, converters = self._compiled.get(connection.vendor) or self._compile()
        padded = [*ids, *[ids[-1]] * (self._slots - len(ids))]
        with connection.cursor() as cursor:
            cursor.execute(sql, [value if place is None else _as(value, padded[place]) for place, value in slots])
            rows = [list(row) for row in cursor.fetchall()]
        for column, (steps, expression) in converters.items():
            for row in rows:
                for step in steps:
                    row[column] = step(row[column], expression, connection)
        return [tuple(row) for row in rows]

    def _compile(self) -> Compiled:
        made_up = [uuid4() for _ in range(self._slots)]
        compiler = self._rows(made_up).query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        places = {form: place for place, one in enumerate(made_up) for form in (one, one.hex)}
        slots = [(places.get(value) if isinstance(value, UUID | str) else None, value) for value in values]
        converters = compiler.get_converters([column[0] for column in compiler.select])
        self._compiled[connection.vendor] = compiled = (sql, slots, converters)
        return compiled


def _as(example: Any, value: UUID) -> Any:
    """Write an id as this database keeps it: as itself, or as 32 letters."""
    return value.hex if isinstance(example, str) else value

"""Queries that the ORM builds once and that then run again and again with other values.

Building a query takes Django many times longer than a database takes to answer it; for what every page asks, that is
most of the page. The function that is prepared is called once for each *shape* of its arguments, with stand-ins in
place of ids, days, moments and texts; afterwards only the values change. An argument that is None, a flag, a choice or
a number belongs to the shape, and so does a person's role, as it decides who sees what.
"""

import re
from collections.abc import Callable, Container, Hashable, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

SLOTS = 25  # as many as a list has rows


class Statement(NamedTuple):
    """A query as the database is told it, where its values go, and how each column is read back.

    ``parameters`` holds what never changes, and stand-ins, instead of which ``places`` puts values.
    """

    sql: str
    parameters: list[Any]
    places: list[tuple[int, int]]
    readers: list[tuple[int, list[Any], Any]]


class Prepared:
    """A query of tuples; call it with values.

    A list is filled up to a multiple of ``slots`` by saying its last value again, so that few shapes are needed.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], slots: int = SLOTS) -> None:
        self.build = build
        self.slots = slots
        self.statements: dict[Hashable, Statement | None] = {}
        self.__doc__ = build.__doc__

    def __call__(self, *arguments: Any) -> list[tuple[Any, ...]]:
        """Run it."""
        values: list[Any] = []
        arguments = tuple(self._filled(each) if isinstance(each, list | tuple) else each for each in arguments)
        shape = (connection.vendor, *(_take_apart(argument, values) for argument in arguments))
        if shape not in self.statements:
            self.statements[shape] = self._prepare(arguments)
        statement = self.statements[shape]
        if statement is None:
            return []
        parameters, adapted = list(statement.parameters), _adapted(values)
        for place, number in statement.places:
            parameters[place] = adapted[number]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return _read(rows, statement.readers) if statement.readers else rows

    def _filled(self, values: Sequence[Any]) -> list[Any]:
        return [*values, *[values[-1]] * (-len(values) % self.slots)] if values else []

    def _prepare(self, arguments: Sequence[Any]) -> Statement | None:
        stand_ins: list[Any] = []
        query = self.build(*(_stand_in(argument, stand_ins) for argument in arguments)).query
        compiler = query.get_compiler(connection=connection)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:  # nobody could be found by a question of this shape
            return None
        numbers = {adapted: number for number, adapted in enumerate(_adapted(stand_ins))}
        sql, parameters = _written_out(sql, parameters, numbers)
        places = [(at, numbers[each]) for at, each in enumerate(parameters) if each in numbers]
        readers = compiler.get_converters([expression for expression, _, _ in compiler.select])
        return Statement(sql, parameters, places, [(at, *reader) for at, reader in readers.items()])


def _written_out(sql: str, parameters: Sequence[Any], values: Container[Any]) -> tuple[str, list[Any]]:
    """Write into a query for PostgreSQL what never changes; its driver takes longer to do so than the rest of the call.

    SQLite takes parameters as they are.
    """
    if connection.vendor != "postgresql":
        return sql, list(parameters)
    given = iter(parameters)
    left: list[Any] = []
    with connection.cursor() as cursor:

        def told(found: re.Match[str]) -> str:
            if found[0] == "%%":
                return found[0]
            each = next(given)
            if each not in values:
                return str(cursor.mogrify("%s", [each])).replace("%", "%%")
            left.append(each)
            return found[0]

        return re.sub("%%|%s", told, sql), left


def _take_apart(argument: Any, values: list[Any]) -> Hashable:
    """Add an argument's values to those of the call, and give its shape."""
    if isinstance(argument, Model):  # a person: their ids are values, their role belongs to the shape
        return tuple(_take_apart(getattr(argument, name), values) for name in _ids(argument)), _role(argument)
    if isinstance(argument, list):
        values.extend(argument)
        return len(argument)
    if isinstance(argument, Enum | bool | int) or argument is None:
        return argument
    values.append(argument)
    return str(type(argument))


def _stand_in(argument: Any, made: list[Any]) -> Any:
    """Give what stands for an argument while the query is built, and add each value of it to those made."""
    if isinstance(argument, Model):
        ids = {name: _stand_in(getattr(argument, name), made) for name in _ids(argument)}
        return argument._meta.model(**ids, **({"role": _role(argument)} if _role(argument) else {}))
    if isinstance(argument, list):
        return [_stand_in(each, made) for each in argument]
    if isinstance(argument, Enum | bool | int) or argument is None:
        return argument
    number = len(made)
    made.append(_like(argument, number))
    return made[number]


def _like(value: Any, number: int) -> Any:
    if isinstance(value, UUID):
        return UUID(int=0x5EED << 96 | number)
    if isinstance(value, datetime):
        return datetime(3, 1, 1, 0, number // 60, number % 60, tzinfo=UTC)
    if isinstance(value, date):
        return date.fromordinal(366 + number)
    if isinstance(value, str):
        return f"stand-in {number}"
    raise TypeError(f"A prepared query cannot take {value!r}.")


def _ids(row: Model) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields if field.primary_key or field.is_relation]


def _role(row: Model) -> Any:
    return getattr(row, "role", None)


def _adapted(values: Sequence[Any]) -> list[Any]:
    """Give values as this database is told them."""
    native, other = connection.features.has_native_uuid_field, connection.ops.adapt_unknown_value

    def told(value: Any) -> Any:
        if isinstance(value, UUID):
            return value if native else value.hex
        return value if isinstance(value, str) else other(value)

    return [told(value) for value in values]


def _read(rows: list[tuple[Any, ...]], readers: list[tuple[int, list[Any], Any]]) -> list[tuple[Any, ...]]:
    columns: list[Any] = list(zip(*rows, strict=True))
    for at, reader, expression in readers if rows else ():
        column = columns[at]
        for convert in reader:
            column = [convert(value, expression, connection) for value in column]
        columns[at] = column
    return list(zip(*columns, strict=True))

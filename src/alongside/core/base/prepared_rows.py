"""Rows as the ORM gives them, with the rows that they lead to, by queries that are built once (see ``prepared``)."""

from collections.abc import Callable
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from alongside.core.base.prepared import Prepared


class PreparedRows:
    """A query of rows of a model, each with the rows at the ends of ``related`` paths; call it with values."""

    def __init__(self, model: type[Model], build: Callable[..., QuerySet[Any]], *related: str) -> None:
        self.parts: dict[str, Any] = {"": model}
        for path in related:
            walked = ""
            for name in path.split("__"):
                field = self.parts[walked]._meta.get_field(name)
                walked = f"{walked}__{name}".removeprefix("__")
                self.parts.setdefault(walked, field.related_model)
        self.columns = {
            path: [each.attname for each in part._meta.concrete_fields] for path, part in self.parts.items()
        }
        named = [f"{path}__{name}".removeprefix("__") for path, names in self.columns.items() for name in names]
        self.tuples = Prepared(lambda *values: build(*values).values_list(*named))

    def __call__(self, *values: Any) -> list[Any]:
        """Run it."""
        return [self._made(row) for row in self.tuples(*values)]

    def _made(self, row: tuple[Any, ...]) -> Any:
        values, made = iter(row), dict[str, Any]()
        for path, part in self.parts.items():
            names = self.columns[path]
            own = list(islice(values, len(names)))
            there = own[names.index(part._meta.pk.attname)] is not None
            made[path] = part.from_db(connection.alias, names, own) if there else None
            before, _, name = path.rpartition("__")
            if path and made[before] is not None:
                made[before]._state.fields_cache[name] = made[path]
        return made[""]


class OneRow:
    """A row of a model by its id, as somebody may see it, with the rows at the ends of ``related`` paths.

    Nearly every page opens one, and to build the question of whether somebody may see it took a third of the page. What
    they may see must follow from their ids, their role and the rows, as for any query that is built once.
    """

    def __init__(self, model: Any, related: tuple[str, ...] = ()) -> None:
        def seen(person: Any, pk: UUID) -> QuerySet[Any]:
            found: QuerySet[Any] = model.objects.visible_to(person).filter(pk=pk)
            return found[:1]

        self.rows = PreparedRows(model, seen, *related)

    def __call__(self, person: Model, pk: UUID) -> Any:
        """Give the row if this person may see it, or None."""
        return next(iter(self.rows(person, pk)), None)

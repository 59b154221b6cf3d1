"""One row with the rows that it leads to, by a query that is built once for each kind of row.

Nearly every page opens a row that somebody may see. To build the question of whether they may took a third of a page.
"""

from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from alongside.core.base.prepared import Prepared


class OneRow:
    """Rows of a model as somebody may see them, by id, each with the rows at the ends of ``related`` paths.

    What may be seen must follow from who asks, by their ids and their role, and from the rows: see ``prepared``.
    """

    def __init__(self, model: Any, related: tuple[str, ...] = ()) -> None:
        self.parts: dict[str, Any] = {"": model}
        for path in related:
            walked = ""
            for name in path.split("__"):
                field = self.parts[walked]._meta.get_field(name)
                walked = f"{walked}__{name}".removeprefix("__")
                self.parts.setdefault(walked, field.related_model)
        self.columns = {
            path: [field.attname for field in part._meta.concrete_fields] for path, part in self.parts.items()
        }
        self.rows = Prepared(self._asked)

    def _asked(self, person: Any, pk: UUID) -> QuerySet[Any, Any]:
        columns = [f"{path}__{name}".removeprefix("__") for path, names in self.columns.items() for name in names]
        found: QuerySet[Any, Any] = self.parts[""].objects.visible_to(person).filter(pk=pk).values_list(*columns)
        return found[:1]

    def __call__(self, person: Model, pk: UUID) -> Any:
        """Give the row of this id if this person may see it, or None."""
        rows = self.rows(person, pk)
        return self._made(rows[0]) if rows else None

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

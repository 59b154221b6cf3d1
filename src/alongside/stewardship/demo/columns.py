"""A table that is filled, and which of its fields."""

from dataclasses import dataclass

from django.db.models import Model

RECORD = ("id", "created_at", "version")


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """A table and the fields that are filled, in their order."""

    model: type[Model]
    fields: tuple[str, ...]


def record(model: type[Model], fields: str) -> Table:
    """A table whose rows no agency holds."""
    return Table(model, (*RECORD, *fields.split()))


def owned(model: type[Model], fields: str) -> Table:
    """A table whose rows an agency holds."""
    return Table(model, (*RECORD, "agency", *fields.split()))

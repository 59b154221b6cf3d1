"""Paging by key: a long list is read from a place in its order, so that page 5,000 costs what page 1 does."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
ROWS_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows of a list, and the keys of the pages before and after; an empty key where the list ends."""

    rows: list[M]
    before: str = ""
    after: str = ""


def page_of(rows: QuerySet[M], *, order: str, key: str = "", size: int = ROWS_A_PAGE) -> Page[M]:
    """Give one page of ``rows`` in the order of one field ("received_at", or "-received_at") and then of their ids.

    ``key`` is what an earlier page gave. One that makes no sense gives the first page.
    """
    place, backwards = place_of(rows.model, order, key)
    return page_from(list(rows_from(rows, order, place, backwards, size)), order, place is not None, backwards, size)


Place = tuple[date, UUID]


def place_of(model: type[Model], order: str, key: str) -> tuple[Place | None, bool]:
    """Read a place in the order out of a key, and whether the page before it is asked for."""
    place = _place(model, order.removeprefix("-"), key)
    return place, place is not None and key.startswith("before.")


def rows_from(
    rows: QuerySet[M], order: str, place: Place | None, backwards: bool, size: int = ROWS_A_PAGE
) -> QuerySet[M]:
    """Narrow ``rows`` to those of the page that begins at a place, and one more."""
    field, descending = order.removeprefix("-"), order.startswith("-")
    ascending = descending == backwards
    if place is not None:
        rows = rows.filter(_beyond(field, place, ascending))
    sign = "" if ascending else "-"
    return rows.order_by(f"{sign}{field}", f"{sign}id")[: size + 1]


def page_from(found: list[M], order: str, inside: bool, backwards: bool, size: int = ROWS_A_PAGE) -> Page[M]:
    """Make a page of what :func:`rows_from` found; ``inside`` says that it began at a place."""
    field = order.removeprefix("-")
    more = len(found) > size
    shown = found[:size]
    if backwards:
        shown.reverse()
    if not shown:
        return Page([])
    # Coming back from a later page there is one, and coming from an earlier page there is one: nobody counts.
    has_before = more if backwards else inside
    has_after = backwards or more
    return Page(
        shown,
        _key("before", shown[0], field) if has_before else "",
        _key("after", shown[-1], field) if has_after else "",
    )


def _key(side: str, row: Model, field: str) -> str:
    return f"{side}.{getattr(row, field).isoformat()}.{row.pk}"


def _place(model: type[Model], field: str, key: str) -> Place | None:
    """Read the value and the id out of a key; the value is a date or a moment, which may hold a dot itself."""
    _, _, rest = key.partition(".")
    value, _, pk = rest.rpartition(".")
    try:
        place = model._meta.get_field(field).to_python(value)  # type: ignore[union-attr]
        # A moment without its zone, or so early that it has no like in UTC, came from no page of ours.
        if isinstance(place, datetime) and not (place.tzinfo and place.astimezone(UTC)):
            return None
        return (place, UUID(pk)) if place else None
    except (ValidationError, ValueError, OverflowError):
        return None


def _beyond(field: str, place: Place, ascending: bool) -> Q:
    # The first condition is implied by the second; it is there because databases find their way in an index by it.
    value, pk = place
    way = "gt" if ascending else "lt"
    return Q(**{f"{field}__{way}e": value}) & (Q(**{f"{field}__{way}": value}) | Q(**{field: value, f"id__{way}": pk}))

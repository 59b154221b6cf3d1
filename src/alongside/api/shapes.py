"""What goes in and out of the door for machines, and the few shapes that every list shares."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema
from pydantic import AfterValidator, ConfigDict, StringConstraints

from alongside.core.base.paging import Page

T = TypeVar("T", bound=Schema)


def _no_nul(words: str) -> str:
    if "\x00" in words:
        raise ValueError("Leave out the character NUL.")
    return words


# A text that every database can keep; a field that has this type also says how long it may be.
Words = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_no_nul)]


class Told(Schema):
    """What a machine sends: a field that is not in the description is refused, so that none is written by surprise."""

    model_config = ConfigDict(extra="forbid")


class Named(Schema):
    """Something by its id and its name."""

    id: UUID
    name: str


class PageOf(Schema, Generic[T]):
    """One page of a list, and the addresses of the pages before and after where there are any."""

    items: list[T]
    previous: str | None
    next: str | None


def listed(
    request: HttpRequest, page: Page[Any], shape: Callable[[Any], Any] | None = None, **kept: str
) -> dict[str, Any]:
    """Give one page of a list, and the addresses of the pages before and after where there are any."""
    return {
        "items": [shape(row) for row in page.rows] if shape else page.rows,
        "previous": _address(request, page.before, kept),
        "next": _address(request, page.after, kept),
    }


def _address(request: HttpRequest, key: str, kept: dict[str, str]) -> str | None:
    return f"{request.path}?{urlencode({**kept, 'at': key})}" if key else None

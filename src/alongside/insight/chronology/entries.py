"""What one line of a story is, what a story is asked for, and how any record becomes such a line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    CharField,
    DateTimeField,
    F,
    Func,
    IntegerField,
    Model,
    Q,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from alongside.core.agencies.models import User


class Kind(StrEnum):
    """What a line is about, by which a story is filtered."""

    REFERRAL = "referral"
    CASE = "case"
    CONTACT = "contact"
    GOAL = "goal"
    PLAN = "plan"
    PROMISE = "promise"
    LIVING = "living"
    STATUS = "status"
    SAFETY = "safety"
    CONCERN = "concern"
    MEASURE = "measure"
    PROGRAMME = "programme"


class Entry(NamedTuple):
    """A line as it is read: when, which row of which source, about whom, and the values that its source tells of.

    ``precision`` is how well the day is known; it is empty where the moment is.
    """

    at: datetime
    pk: UUID
    source: str
    about: UUID | None
    code: str
    detail: str
    words: str
    more: str
    number: int | None
    by: str
    precision: str


class Said(NamedTuple):
    """A line as it is told: one sentence of ours, and the words that somebody wrote."""

    line: str
    words: tuple[str, ...] = ()


Place = tuple[datetime, UUID, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose story is asked for, by whom, what of it and ``without`` what, and from which place on how much of it."""

    user: User
    case: UUID
    household: UUID
    person: UUID | None = None
    since: date | None = None
    until: date | None = None
    place: Place | None = None
    newest: bool = True
    size: int = 50
    without: frozenset[Kind] = frozenset()


Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Where lines of a kind come from. ``rows`` gives none where nothing of it is about the person asked for."""

    key: str
    kind: Kind
    rows: Callable[[Scope], "Rows | None"]
    tell: Callable[[Entry], Said]


class Midnight(Func):
    """The first moment of a day, so that days and moments stand in one order."""

    output_field = DateTimeField()
    template = "datetime(%(expressions)s)"

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Say it as PostgreSQL does."""
        return super().as_sql(
            compiler, connection, template="((%(expressions)s)::timestamp at time zone 'UTC')", **more
        )


FIELDS = ("about", "code", "detail", "words", "more", "number", "by", "precision")
NOTHING: dict[str, Any] = {
    "about": Cast(Value(None), UUIDField()),
    "number": Cast(Value(None), IntegerField()),
}


def by_day(scope: Scope, source: str, rows: QuerySet[Any], day: str, **told: str | Value) -> Rows:
    """Shape rows that have a day. Each of ``told`` names a field, or is a value itself."""
    rows = rows.filter(**{f"{day}__isnull": False})
    if scope.since:
        rows = rows.filter(**{f"{day}__gte": scope.since})
    if scope.until:
        rows = rows.filter(**{f"{day}__lte": scope.until})
    return _shaped(scope, source, rows, Midnight(F(day)), {"precision": Value("exact"), **told})


def by_moment(scope: Scope, source: str, rows: QuerySet[Any], at: str, **told: str | Value) -> Rows:
    """Shape rows that have a moment."""
    return _shaped(scope, source, within(scope, rows.filter(**{f"{at}__isnull": False}), at), F(at), told)


def within(scope: Scope, rows: QuerySet[Any], at: str) -> QuerySet[Any]:
    """Narrow rows to the days asked for."""
    if scope.since:
        rows = rows.filter(**{f"{at}__gte": _morning(scope.since)})
    if scope.until:
        rows = rows.filter(**{f"{at}__lt": _morning(scope.until + timedelta(days=1))})
    return rows


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _shaped(scope: Scope, source: str, rows: QuerySet[Any], at: Any, told: dict[str, str | Value]) -> Rows:
    columns = {f"e_{name}": _column(name, told.get(name)) for name in FIELDS}
    rows = rows.annotate(e_at=at, e_source=Value(source, CharField()), **columns)
    if scope.place:
        rows = rows.filter(beyond(scope.place, scope.newest, "e_at", "pk", "e_source"))
    return rows.order_by().values_list("e_at", "pk", "e_source", *columns)


def _column(name: str, told: str | Value | None) -> Any:
    if isinstance(told, Value):
        return told
    if told is None:
        return NOTHING.get(name, Value("", TextField()))
    return F(told) if name in NOTHING else Cast(F(told), TextField())


def beyond(place: Place, newest: bool, at: str, pk: str, source: str) -> Q:
    """Narrow to what comes after a place in the order asked for."""
    way = "lt" if newest else "gt"
    moment, row, key = place
    return (
        Q(**{f"{at}__{way}": moment})
        | Q(**{at: moment, f"{pk}__{way}": row})
        | Q(**{at: moment, pk: row, f"{source}__{way}": key})
    )


def label(choices: Any, code: str) -> str:
    """Give the words of a choice; one that is no longer offered is said as it was stored."""
    try:
        return str(choices(code).label)
    except ValueError:
        return code


def of_case(model: type[Model], scope: Scope) -> QuerySet[Any]:
    """Give the rows of a model that belong to the case and that this person may see."""
    rows: QuerySet[Any] = model.objects.visible_to(scope.user).filter(case=scope.case)  # type: ignore[attr-defined]
    return rows


def of_family(scope: Scope, rows: Rows) -> Rows | None:
    """Give lines that are about the whole family, which a story of one person leaves out."""
    return None if scope.person else rows

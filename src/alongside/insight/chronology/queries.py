"""Reading a story: all sources in one query, a page at a time, and who is meant in each line."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from alongside.core.agencies.models import User
from alongside.core.base.prepared import Prepared
from alongside.insight.chronology.entries import Entry, Kind, Place, Said, Scope
from alongside.insight.chronology.sources import ALL, BY_KEY
from alongside.records.cases.models import Contact
from alongside.records.people.models import Person

AT_A_TIME = 40
MOST = 5_000  # lines in one file


class Line(NamedTuple):
    """One line of a story: the row's entry, what is told of it, and about or with whom."""

    entry: Entry
    said: Said
    people: list[str]


@dataclass
class Story:
    """Some lines of a story, and the key of what comes after them; an empty key where it ends."""

    lines: list[Line] = field(default_factory=list)
    after: str = ""


def story(scope: Scope, kind: Kind | None = None, key: str = "") -> Story:
    """Give one page of a story from a key on; one that makes no sense gives the first page."""
    scope = replace(scope, place=place_of(key))
    rows = _first_page(scope, kind) if _is_whole(scope) else list(_union(scope, kind))
    entries = [Entry._make(row) for row in rows]
    shown = entries[: scope.size]
    after = _key(shown[-1]) if len(entries) > scope.size else ""
    return Story([*_told(shown)], after)


def _is_whole(scope: Scope) -> bool:
    return not (scope.person or scope.since or scope.until or scope.place or scope.without)


def _first_page(scope: Scope, kind: Kind | None) -> Iterable[tuple[Any, ...]]:
    """Read what is asked for most by a query that was built before."""
    return _prepared(scope.user, scope.case, scope.household, kind, scope.newest, scope.size)


@Prepared
def _prepared(user: User, case: UUID, household: UUID, kind: Kind | None, newest: bool, size: int) -> Any:
    """The first page of a family's story."""
    return _union(Scope(user, case, household, newest=newest, size=size), kind)


def _union(scope: Scope, kind: Kind | None) -> Any:
    wanted = [source for source in ALL if kind in (None, source.kind) and source.kind not in scope.without]
    parts = [rows for source in wanted if (rows := source.rows(scope)) is not None]
    if not parts:
        return []
    first, *others = parts
    sign = "-" if scope.newest else ""
    rows = first.union(*others, all=True) if others else first
    return rows.order_by(f"{sign}e_at", f"{sign}pk", f"{sign}e_source")[: scope.size + 1]


def _told(entries: list[Entry]) -> Iterable[Line]:
    """Tell each line, with the names of those it is about; of a contact, of those who took part."""
    with_whom: dict[UUID, list[str]] = {}
    contacts = [entry.pk for entry in entries if entry.source == "contact"]
    if contacts:
        for contact, name, known_as in _took_part(contacts):
            with_whom.setdefault(contact, []).append(known_as or name)
    about = {entry.about for entry in entries if entry.about}
    called = _names(about)
    for entry in entries:
        named = [called[entry.about]] if entry.about in called else []
        people = with_whom.get(entry.pk, []) if entry.source == "contact" else named
        yield Line(entry, BY_KEY[entry.source].tell(entry), people)


def _names(people: set[UUID]) -> dict[UUID | None, str]:
    rows = _called(list(people)) if people else ()
    return {pk: known_as or name for pk, name, known_as in rows}


_called = Prepared(lambda people: Person.objects.filter(pk__in=people).values_list("pk", "name", "known_as"))
_took_part = Prepared(
    lambda contacts: (
        Contact.people.through._default_manager.filter(contact__in=contacts)
        .order_by("person__birth_date", "person__name")
        .values_list("contact", "person__name", "person__known_as")
    )
)


def _key(entry: Entry) -> str:
    return f"{entry.at.astimezone(UTC).isoformat()}|{entry.pk}|{entry.source}"


def place_of(key: str) -> Place | None:
    """Read a place in a story out of a key."""
    at, _, rest = key.partition("|")
    pk, _, source = rest.partition("|")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, UUID(pk), source) if moment.tzinfo and moment.astimezone(UTC) else None
    except (ValueError, OverflowError):
        return None


def days_of(since: str, until: str) -> tuple[date | None, date | None]:
    """Read the days between which a story is asked for; one that is no day is left out."""
    return _day(since), _day(until)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None

"""Who is meant by what was typed: people found by name, birth date or postcode, whatever the spelling or order.

What is asked is built once and runs again with other words (``core.base.prepared``): a page asks at every letter typed.
"""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet

from alongside.calc.names import POSSIBLE, Identity, keys, likeness, rank, search_keys, words
from alongside.core.agencies.models import User
from alongside.core.base.prepared import Prepared
from alongside.records.people.models import Membership, Person, SearchKey, family_name, held_by
from alongside.records.people.rules import Sought

ENOUGH, MOST_WEIGHED, MOST_ALIKE = 25, 1500, 5


class Home(NamedTuple):
    """A home in which somebody who was found lives or lived."""

    person_id: UUID
    household_id: UUID
    name: str
    postcode: str
    part: str
    until: date | None

    @property
    def family(self) -> str:
        """What the household is called."""
        return family_name(self.name)


class Found(NamedTuple):
    """Somebody who may be meant, and the homes that lead to them."""

    id: UUID
    name: str
    known_as: str
    birth_date: date | None
    birth_precision: str
    homes: list[Home]


BASICS = ("pk", "name", "known_as", "birth_date", "birth_precision")
Basics = tuple[Any, ...]


def _called(user: User, by_name: bool, exact: int, *texts: str) -> QuerySet[Any, Any]:
    """Those filed under each of the first texts, of which there are ``exact``.

    For each three further texts, those filed between the first two or under the third.
    """
    people, filed = Person.objects.visible_to(user), SearchKey.objects.filter(agency=user.agency_id)
    for key in texts[:exact]:
        people = people.filter(pk__in=filed.filter(key=key).values("person"))
    for first, last, whole in zip(texts[exact::3], texts[exact + 1 :: 3], texts[exact + 2 :: 3], strict=True):
        longer, no_longer = filed.filter(key__gte=first, key__lt=last), filed.filter(key=whole)
        people = people.filter(pk__in=longer.values("person").union(no_longer.values("person"), all=True))
    found = people.values_list(*BASICS)
    return found.order_by("name", "pk")[:ENOUGH] if by_name else found[:MOST_WEIGHED]


def _perhaps_called(user: User, exact: int, *asked: Any) -> QuerySet[Any, Any]:
    """Those filed under each of the first texts, and under one of each list after them."""
    people, filed = Person.objects.visible_to(user), SearchKey.objects.filter(agency=user.agency_id)
    for key in asked[:exact]:
        people = people.filter(pk__in=filed.filter(key=key).values("person"))
    for among in asked[exact:]:
        people = people.filter(pk__in=filed.filter(key__in=among).values("person"))
    return people.values_list(*BASICS)[:MOST_WEIGHED]


def _homes(user: User, people: list[UUID]) -> QuerySet[Any, Any]:
    return (
        Membership.objects.filter(held_by(user, "household__"), person__in=people)
        .order_by(F("until").desc(nulls_first=True), F("since").desc(nulls_last=True), "pk")
        .values_list("person", "household", "household__name", "household__postcode", "part", "until")
    )


_called_rows = Prepared(_called)
_perhaps_called_rows = Prepared(_perhaps_called)
_home_rows = Prepared(_homes, slots=5)


def search(user: User, looked_for: Sought) -> list[Found]:
    """Give those whom this person may see and may mean, the best first.

    People whose names begin as typed are weighed first; only where nobody is called so, those with a slip as well.
    """
    if not looked_for.enough:
        return []
    filed, name = sorted(looked_for.keys), looked_for.name
    if not words(name):
        return _with_homes(user, _called_rows(user, True, len(filed), *filed))
    long = [f"p:{word[:3]}" for word in words(name) if len(word) >= 3]
    short = [text for word in words(name) if len(word) < 3 for text in _beginning(word)]
    best = _weighed(name, _called_rows(user, False, len(filed + long), *filed, *long, *short))
    if not any(_is_called(row, name) for row in best):
        by_word = (sorted(alternatives) for alternatives in search_keys(name))
        nearly = _weighed(name, _perhaps_called_rows(user, len(filed), *filed, *by_word))
        best += [row for row in nearly if row not in best]
    return _with_homes(user, best[:ENOUGH])


def _beginning(word: str) -> tuple[str, str, str]:
    """Say between which keys those are filed whose name begins so, and under which a name that is no longer."""
    return f"p:{word}", f"p:{word[:-1]}{chr(ord(word[-1]) + 1)}", f"o:{word}"


def _is_called(row: Basics, typed: str) -> bool:
    """Whether each word typed is the beginning of one of somebody's names."""
    names = words(f"{row[1]} {row[2]}")
    return all(any(name.startswith(word) for name in names) for word in words(typed))


def _weighed(typed: str, rows: list[Basics]) -> list[Basics]:
    by_id = {row[0]: row for row in rows}
    hits = rank(typed, [(key, f"{row[1]} {row[2]}") for key, row in by_id.items()], limit=ENOUGH)
    return [by_id[hit.key] for hit in hits]


def _with_homes(user: User, rows: list[Basics]) -> list[Found]:
    homes: dict[UUID, list[Home]] = {}
    for home in map(Home._make, _home_rows(user, [row[0] for row in rows])):
        homes.setdefault(home.person_id, []).append(home)
    return [Found._make((*row, homes.get(row[0], []))) for row in rows]


def perhaps_the_same(user: User, *, name: str, birth_date: date | None, precision: str) -> list[Found]:
    """Give people already known who may be the one about to be recorded, so that nobody is recorded twice."""
    alternatives = frozenset().union(*search_keys(name), keys("", birth_date, "", precision=precision))
    told = Identity(name, birth_date, "", precision)
    scored = [
        (likeness(told, Identity(row[1], row[3], "", row[4])).score, row)
        for row in _perhaps_called_rows(user, 0, sorted(alternatives))
    ]
    alike = sorted((pair for pair in scored if pair[0] >= POSSIBLE), key=lambda pair: (-pair[0], pair[1][0]))
    return _with_homes(user, [row for _, row in alike[:MOST_ALIKE]])

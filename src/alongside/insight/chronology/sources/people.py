"""Who came and went, on what footing a child lives, which plans it is on, and what to know before calling."""

from typing import Any

from django.db.models import Q, QuerySet, Value

from alongside.insight.chronology.entries import Entry, Kind, Rows, Said, Scope, Source, by_day, label
from alongside.records.people.models import (
    Arrangement,
    Membership,
    Person,
    PlanStatus,
    SafetyNote,
    hidden_people,
)
from alongside.records.people.picture import living_and_kin


def _people(scope: Scope) -> QuerySet[Any, Any]:
    return Membership.objects.filter(household=scope.household).values("person")


def _births(scope: Scope) -> Rows:
    children = Membership.objects.filter(household=scope.household, part=Membership.Part.CHILD).values("person")
    rows = Person.objects.filter(Q(pk=scope.person) if scope.person else Q(pk__in=children))
    return by_day(scope, "born", rows, "birth_date", about="pk", precision="birth_precision")


def _deaths(scope: Scope) -> Rows:
    rows = Person.objects.filter(Q(pk=scope.person) if scope.person else Q(pk__in=_people(scope)))
    return by_day(scope, "died", rows, "died_on", about="pk", precision="died_precision")


def _memberships(scope: Scope) -> QuerySet[Any]:
    rows = Membership.objects.filter(household=scope.household)
    return rows.filter(person=scope.person) if scope.person else rows


def _of_child(model: type[Arrangement | PlanStatus], scope: Scope) -> QuerySet[Any]:
    """Rows about those who live or lived here, from this home alone: who is seen at all is known of every home."""
    living, kin = living_and_kin(scope.household, scope.user)
    rows: QuerySet[Any] = model.objects.filter(child__in=living.union(kin, all=True) if scope.person else living)
    if model is Arrangement:
        rows = rows.exclude(carer__in=hidden_people(scope.user))
    return rows.filter(child=scope.person) if scope.person else rows


def _arrangements(scope: Scope, key: str, day: str, precision: str | Value) -> Rows:
    rows = _of_child(Arrangement, scope)
    told: dict[str, str | Value] = {"code": "kind", "detail": "stage", "words": "carer__name", "precision": precision}
    return by_day(scope, key, rows, day, about="child", **told)


def _notes(scope: Scope, key: str, day: str) -> Rows | None:
    if scope.person:
        return None
    return by_day(scope, key, SafetyNote.objects.filter(household=scope.household), day, words="words")


def _arrangement(entry: Entry) -> str:
    words = label(Arrangement.Kind, entry.code)
    stage = label(Arrangement.Stage, entry.detail).lower() if entry.detail in ("applied", "interim") else ""
    return words + (f" ({stage})" if stage else "") + (f", with {entry.words}" if entry.words else "")


def _part(entry: Entry) -> str:
    return label(Membership.Part, entry.code).lower()


L, S, K = Kind.LIVING, Kind.STATUS, Kind.SAFETY
SOURCES = (
    Source("born", L, _births, lambda entry: Said("Was born")),
    Source("died", L, _deaths, lambda entry: Said("Died")),
    Source(
        "moved in",
        L,
        lambda scope: by_day(scope, "moved in", _memberships(scope), "since", about="person", code="part"),
        lambda entry: Said(f"Moved in, as {_part(entry)}"),
    ),
    Source(
        "moved out",
        L,
        lambda scope: by_day(scope, "moved out", _memberships(scope), "until", about="person", code="part"),
        lambda entry: Said("Moved out"),
    ),
    Source(
        "arrangement",
        L,
        lambda scope: _arrangements(scope, "arrangement", "started_on", "started_precision"),
        lambda entry: Said(f"Arrangement began: {_arrangement(entry)}"),
    ),
    Source(
        "arrangement over",
        L,
        lambda scope: _arrangements(scope, "arrangement over", "ended_on", Value("exact")),
        lambda entry: Said(f"Arrangement ended: {_arrangement(entry)}"),
    ),
    Source(
        "status",
        S,
        lambda scope: by_day(
            scope, "status", _of_child(PlanStatus, scope), "started_on", about="child", code="kind", detail="said_by"
        ),
        lambda entry: Said(f"{label(PlanStatus.Kind, entry.code)} began. Said by {entry.detail}"),
    ),
    Source(
        "status over",
        S,
        lambda scope: by_day(
            scope, "status over", _of_child(PlanStatus, scope), "ended_on", about="child", code="kind"
        ),
        lambda entry: Said(f"{label(PlanStatus.Kind, entry.code)} ended"),
    ),
    Source(
        "safety",
        K,
        lambda scope: _notes(scope, "safety", "checked_on"),
        lambda entry: Said("What to know before calling was checked", (entry.words,)),
    ),
    Source(
        "safety over",
        K,
        lambda scope: _notes(scope, "safety over", "ended_on"),
        lambda entry: Said("What to know before calling was taken down", (entry.words,)),
    ),
)

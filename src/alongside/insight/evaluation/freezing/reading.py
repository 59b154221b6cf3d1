"""What the records say of the families of a cohort, one query a kind however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from alongside.calc.instruments import Instrument, Subject
from alongside.insight.evaluation.rules import Definition
from alongside.insight.practice.fidelity import Practised, practised_in
from alongside.records.cases.models import Closure
from alongside.records.measures.models import AnswerSet
from alongside.records.measures.usable import like
from alongside.records.people.models import Arrangement, Membership, PlanStatus, Restriction
from alongside.records.programmes.models import Enrolment


class Taken(NamedTuple):
    """A family's first place under the contracts of a cohort."""

    id: UUID
    case: UUID
    household: UUID
    contract: UUID
    contract_name: str
    programme: str
    authority: str | None
    started_on: date
    ended_on: date | None
    moved: str | None
    authority_code: str | None = None


class Living(NamedTuple):
    """That somebody lives in a household, and what they said of themselves."""

    household: UUID
    person: UUID
    part: str
    since: date | None
    until: date | None
    born: date | None
    ethnicity: str
    disability: str


class Spell(NamedTuple):
    """A child's arrangement or plan, from when to when."""

    child: UUID
    kind: str
    started_on: date | None
    ended_on: date | None


class Answered(NamedTuple):
    """One person's scores on one occasion; ``child`` is whom they are about, where that is a child."""

    case: UUID
    person: UUID
    child: UUID | None
    instrument: str
    edition: str
    occasion: str
    on: date
    scores: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Eligible:
    """The families of a cohort, each with its first place, and the homes of which only named people may know."""

    agency: UUID
    taken: list[Taken]
    restricted: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that rows of some families are made of, by the family or child that it is about."""

    living: dict[UUID, list[Living]]
    arrangements: dict[UUID, list[Spell]]
    plans: dict[UUID, list[Spell]]
    practised: dict[UUID, Practised]
    answers: dict[UUID, list[Answered]]
    closed: dict[tuple[UUID, date], str]


PLACE = (
    *("pk", "case", "case__household", "contract", "contract__name", "contract__programme__name"),
    *("case__authority__name", "started_on", "ended_on", "move__way", "case__authority__code"),
)


def eligible(agency: UUID, definition: Definition) -> Eligible:
    """Find who belongs to a cohort of one agency, as the records stand."""
    contracts = [UUID(each) for each in (*definition.contracts, *definition.comparison)]
    places = Enrolment.objects.filter(
        agency=agency, contract__in=contracts, started_on__lte=definition.starts_until
    ).order_by("started_on", "pk")
    restricted = Restriction.objects.filter(agency=agency, ended_on=None).values_list("household", flat=True)
    taken = first_places(map(Taken._make, places.values_list(*PLACE)), definition)
    return Eligible(agency, taken, frozenset(restricted))


def known_of(agency: UUID, places: Sequence[Taken], instruments: Sequence[Instrument], today: date) -> Known:
    """Read all that rows of these families are made of, in as many queries as there are kinds of it."""
    cases, homes = [place.case for place in places], [place.household for place in places]
    living = _of_whom(
        Living._make(row)
        for row in Membership.objects.filter(household__in=homes)
        .exclude(part=Membership.Part.OTHER)
        .order_by("since", "pk")
        .values_list(
            *("household", "person", "part", "since", "until"),
            *("person__birth_date", "person__ethnicity", "person__disability"),
        )
    )
    children = {one.person for home in living.values() for one in home if one.part == Membership.Part.CHILD}
    closed = Closure.objects.filter(case__in=cases).order_by("pk").values_list("case", "closed_on", "reason")
    return Known(
        living=living,
        arrangements=_spells(Arrangement.objects.filter(child__in=children)),
        plans=_spells(PlanStatus.objects.filter(child__in=children)),
        practised={one.place.enrolment.pk: one for one in practised_in(cases, today)},
        answers=_answers(agency, cases, instruments, today),
        closed={(case, on): reason for case, on, reason in closed},
    )


def first_places(places: Iterable[Taken], definition: Definition) -> list[Taken]:
    """Give each family once, with its first place of those that the question is about, where that is in time.

    ``places`` come the first one first. A family set beside them is one that had none of those.
    """
    about, beside = (frozenset(map(UUID, each)) for each in (definition.contracts, definition.comparison))
    first: dict[UUID, Taken] = {}
    for place in places:
        held = first.get(place.case)
        if held is None or (held.contract in beside and place.contract in about):
            first[place.case] = place
    return [place for place in first.values() if place.started_on >= definition.starts_from]


def _answers(
    agency: UUID, cases: Sequence[UUID], instruments: Sequence[Instrument], today: date
) -> dict[UUID, list[Answered]]:
    """Give what was answered, with the scores that mean the same by the edition answered as the cohort counts them."""
    rows = AnswerSet.objects.filter(case__in=cases, answered_on__lte=today).order_by("answered_on", "pk")
    columns = ("case", "person", "child", "instrument", "edition", "occasion", "answered_on", "scores")
    found = [Answered._make(row) for row in rows.values_list(*columns)]
    scales = like(agency, {(one.instrument, one.edition) for one in found}, instruments)
    about_children = {one.key for one in instruments if one.subject is Subject.CHILD}
    return _of_whom(
        one._replace(scores={key: value for key, value in one.scores.items() if key in kept})
        for one in found
        if (kept := scales.get((one.instrument, one.edition)))
        and (one.child is not None) == (one.instrument in about_children)
    )


def _spells(rows: Any) -> dict[UUID, list[Spell]]:
    known = rows.order_by("started_on", "pk").values_list("child", "kind", "started_on", "ended_on")
    return _of_whom(map(Spell._make, known))


def _of_whom(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    """Part rows by what stands first in each."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found

"""Reading programmes, contracts and places, shaped for pages."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from alongside.records.cases.models import Case
from alongside.records.programmes.models import Enrolment


class Place(NamedTuple):
    """What a family takes part in, since when, and for how many weeks it is planned."""

    case: UUID
    programme: str
    started_on: date
    weeks: int | None


def places_of(cases: Iterable[UUID]) -> dict[UUID, list[Place]]:
    """Give the places that each of these cases holds now, in one query."""
    rows = (
        Enrolment.objects.filter(case__in=cases, ended_on=None)
        .order_by("started_on", "id")
        .values_list("case", "contract__programme__name", "started_on", "contract__length_weeks")
    )
    found: dict[UUID, list[Place]] = {}
    for place in map(Place._make, rows):
        found.setdefault(place.case, []).append(place)
    return found


def last_place(case: Case, today: date) -> Enrolment | None:
    """Give the place that a family held last, where its contract still runs."""
    places = Enrolment.objects.filter(case=case, contract__starts_on__lte=today, contract__ends_on__gte=today)
    last: Enrolment | None = places.select_related("contract").order_by("-started_on", "-id").first()
    return last

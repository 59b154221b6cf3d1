"""Handing over the families of a worker who will be away: who may take each, who is suggested, what comes first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from alongside.core.agencies.models import User
from alongside.core.agencies.queries import family_workers
from alongside.records.cases.models import Case
from alongside.records.oversight.models import Absence
from alongside.records.oversight.rules import shared_out
from alongside.records.people.knowing import knowers_in, noted
from alongside.records.people.models import Restriction


@dataclass(frozen=True, slots=True)
class Handing:
    """One family to hand over: who may take it, who of them is suggested, and what must be read before calling."""

    case: Case
    takers: list[User]
    suggested: UUID | None
    noted: bool

    @property
    def first(self) -> bool:
        """Whether to think of it before the others."""
        return self.noted or self.suggested is None or self.case.concern_since is not None


def caseload_of(worker: User, user: User) -> list[Case]:
    """Give a worker's open families that somebody may see, by name."""
    return list(_caseload(worker, user))


def _caseload(worker: User, user: User) -> QuerySet[Case]:
    rows = Case.objects.visible_to(user).filter(worker=worker, closed_on=None)
    return rows.select_related("household", "authority").order_by("household__name", "pk")


def takers_for(worker: User, away: Mapping[UUID, Absence]) -> list[User]:
    """Give those who can stand in: the rest of the team or, where nobody of it is here, everybody else."""
    others = [one for one in family_workers(worker.agency_id) if one.pk != worker.pk]
    team = [one for one in others if one.team_id == worker.team_id]
    return team if any(one.pk not in away for one in team) else others


def handings(
    worker: User, user: User, takers: Sequence[User], away: Mapping[UUID, Absence], today: date
) -> list[Handing]:
    """Give a worker's families, each with those who may take it, in three queries however many they are."""
    guarded = Restriction.objects.filter(household=OuterRef("household"), ended_on=None)
    rows = list(_caseload(worker, user).annotate(noted=noted(user, today), guarded=Exists(guarded)))
    few = [case.household_id for case in rows if case.guarded]
    knowers = knowers_in(few) if few else {}
    able = {
        case.pk: [one for one in takers if case.household_id not in knowers or one.pk in knowers[case.household_id]]
        for case in rows
    }
    here = {case: [one for one in people if one.pk not in away] or people for case, people in able.items()}
    suggested = _suggested(user, rows, here)
    return [Handing(case, able[case.pk], suggested.get(case.pk), case.noted is not None) for case in rows]


def _suggested(user: User, cases: Iterable[Case], able: Mapping[UUID, list[User]]) -> dict[UUID, UUID]:
    """Suggest who takes each family: somebody with room who works with families of the same council."""
    takers = {taker.pk: taker for people in able.values() for taker in people}
    rows = Case.objects.visible_to(user).filter(worker__in=takers, closed_on=None)
    rows = rows.values("worker", "authority").annotate(n=Count("pk"))
    held: dict[UUID, dict[UUID | None, int]] = {taker: {} for taker in takers}
    for worker, authority, number in rows.order_by().values_list("worker", "authority", "n"):
        held[worker][authority] = number
    room = {pk: float((taker.capacity or 0) - sum(held[pk].values())) for pk, taker in takers.items()}
    ranked = {
        case.pk: sorted(
            (taker.pk for taker in able[case.pk]),
            key=lambda one: (-held[one].get(case.authority_id, 0), -room[one], str(one)),
        )
        for case in cases
    }
    return shared_out(list(ranked), room, ranked)

"""Who might take each family of a worker who will be away: a first suggestion, which the manager changes."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count

from alongside.core.agencies.models import User
from alongside.core.agencies.queries import family_workers
from alongside.records.cases.models import Case
from alongside.records.oversight.queries import away_now
from alongside.records.oversight.rules import shared_out


def caseload_of(worker: User, user: User) -> list[Case]:
    """Give a worker's open families that somebody may see, by name."""
    rows = Case.objects.visible_to(user).filter(worker=worker, closed_on=None)
    return list(rows.select_related("household", "authority").order_by("household__name", "pk"))


def takers_for(worker: User) -> list[User]:
    """Give those who can stand in: the rest of the team or, where there is nobody, of the agency."""
    others = [one for one in family_workers(worker.agency_id) if one.pk != worker.pk]
    return [one for one in others if one.team_id == worker.team_id] or others


def suggested_takers(user: User, cases: Sequence[Case], takers: Sequence[User], today: date) -> dict[UUID, UUID]:
    """Suggest who takes each family: somebody with room who works with families of the same council."""
    if not takers or not cases:
        return {}
    away = away_now(takers[0].agency_id, today)
    here = [taker for taker in takers if taker.pk not in away] or list(takers)
    rows = Case.objects.visible_to(user).filter(worker__in=here, closed_on=None)
    rows = rows.values("worker", "authority").annotate(n=Count("pk"))
    held: dict[UUID, dict[UUID | None, int]] = {taker.pk: {} for taker in here}
    for worker, authority, number in rows.order_by().values_list("worker", "authority", "n"):
        held[worker][authority] = number
    room = {taker.pk: float((taker.capacity or 0) - sum(held[taker.pk].values())) for taker in here}
    ranked = {
        case.pk: sorted(room, key=lambda one: (-held[one].get(case.authority_id, 0), -room[one], str(one)))
        for case in cases
    }
    return shared_out([case.pk for case in cases], room, ranked)

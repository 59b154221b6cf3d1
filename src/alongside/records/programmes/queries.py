"""Reading contracts, their places, and which of them may help a family, shaped for pages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.core.agencies.models import Agency, User
from alongside.core.agencies.queries import family_workers
from alongside.core.base.clocks import Clock, add_working_days, clock
from alongside.core.base.prepared import Prepared
from alongside.records.cases.models import Case
from alongside.records.cases.rules import week
from alongside.records.people.models import Relationship
from alongside.records.people.rules import whole_years
from alongside.records.programmes.models import Contract, Enrolment, Group, Programme
from alongside.records.programmes.rules.eligibility import (
    FUND_IS_FOR,
    Answer,
    ChildFacts,
    ContractTerms,
    Eligibility,
    FamilyFacts,
    eligibility,
)
from alongside.records.referrals.models import Referral
from alongside.records.referrals.queries import children_told
from alongside.records.referrals.rules import OPEN

FIRST_CONTACT_DAYS = 5  # where no contract covers the family's area yet
BEST_FIRST = (Answer.ELIGIBLE, Answer.WAITING, Answer.ASK, Answer.NOT_ELIGIBLE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A contract, whether it may help one family, why, and how many of its places are taken."""

    contract: Contract
    eligibility: Eligibility
    used: int

    def as_json(self) -> dict[str, Any]:
        """Give the answer as it is kept with a decision."""
        return asdict(self.eligibility)


@dataclass(frozen=True, slots=True)
class Load:
    """A family worker and how many families they hold."""

    worker: User
    families: int

    @property
    def room(self) -> int | None:
        """How many more they can hold; None where nobody has set their capacity."""
        return None if self.worker.capacity is None else self.worker.capacity - self.families

    @property
    def words(self) -> str:
        """How it is said: "Asha Rahman: 23 of 25 families"."""
        held = f"{self.families} families" if self.families != 1 else "1 family"
        if self.worker.capacity is None:
            return f"{held}, no limit set"
        full = ", full" if self.families >= self.worker.capacity else ""
        return f"{self.families} of {self.worker.capacity} families{full}"


class Place(NamedTuple):
    """What a family takes part in, since when, for how many weeks it is planned, and what pauses and more time add."""

    case: UUID
    programme: str
    started_on: date
    planned_weeks: int | None
    more_weeks: int
    days_stopped: int
    stopped_since: date | None

    def week(self, today: date) -> str:
        """Say which week of the work this is, as its clock has run: "Week 5 of 12", "Week 5 of 12, paused"."""
        counted_from = self.started_on + timedelta(days=self.days_stopped)
        weeks = None if self.planned_weeks is None else self.planned_weeks + self.more_weeks
        said = week(counted_from, self.stopped_since or today, weeks)
        return f"{said}, paused" if self.stopped_since else said


PLACE_FIELDS = (
    *("contract__programme__name", "started_on", "contract__length_weeks"),
    *("more_weeks", "days_stopped", "stopped_since"),
)


def facts_of(referral: Referral, on: date) -> FamilyFacts:
    """Give what eligibility asks of a family, as it was told."""
    unknown = referral.relationship in ("", Relationship.Kind.UNKNOWN)
    return FamilyFacts(
        authority_code=referral.authority.code if referral.authority else None,
        family_or_friend=None if unknown else True,
        children=tuple(
            ChildFacts(
                arrangement=child.arrangement,
                looked_after_before=child.looked_after_before,
                age=whole_years(child.birth_date, on),
            )
            for child in children_told(referral)
        ),
    )


def terms_of(contract: Contract) -> ContractTerms:
    """Give what a contract says about whom it is for."""
    definition = contract.programme.definition
    return ContractTerms(
        areas=frozenset(area.code for area in contract.areas.all() if area.code),
        payer=contract.payer,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        arrangements=frozenset(contract.arrangements),
        looked_after_before_required=contract.looked_after_before_required,
        places=contract.places,
        fund_arrangements=frozenset(definition.get("eligibility", {}).get("fund_arrangements", FUND_IS_FOR)),
    )


def programmes() -> QuerySet[Programme]:
    """Give every programme, by name."""
    return Programme.objects.order_by("name")


def running(agency_id: UUID, on: date) -> QuerySet[Contract]:
    """Give an agency's contracts that run, or have yet to start."""
    return (
        Contract.objects.filter(agency=agency_id, ends_on__gte=on)
        .select_related("programme", "purchaser")
        .prefetch_related("areas")
        .order_by("name", "id")
    )


def offers(referral: Referral, on: date) -> list[Offer]:
    """Give every running contract with its answer for this family, the best answer first."""
    contracts = list(running(referral.agency_id, on))
    used = places_used(contracts)
    facts = facts_of(referral, on)
    found = [
        Offer(contract, eligibility(facts, terms_of(contract), on, used[contract.pk]), used[contract.pk])
        for contract in contracts
    ]
    return sorted(
        found,
        key=lambda offer: (
            BEST_FIRST.index(offer.eligibility.answer),
            offer.contract.programme.slug != referral.programme_wanted,
        ),
    )


def places_used(contracts: Iterable[Contract]) -> dict[UUID, int]:
    """Give how many places of each contract families take up now; one that ended gave its place back."""
    taken = Enrolment.objects.filter(contract__in=[contract.pk for contract in contracts], ended_on=None)
    counted = taken.values("contract").annotate(used=Count("id")).order_by().values_list("contract", "used")
    return defaultdict(int, counted)


def first_contact_days(agency_id: UUID, authority_ids: Iterable[UUID | None], on: date) -> dict[UUID | None, int]:
    """Give, for each authority, the shortest time to first contact that a contract running there promises."""
    rows = _promises(agency_id, on, [each for each in authority_ids if each])
    shortest: dict[UUID | None, int] = defaultdict(lambda: FIRST_CONTACT_DAYS)
    for area, days in rows:
        shortest[area] = min(days, shortest.get(area, days))
    return shortest


@Prepared
def _promises(agency_id: UUID, on: date, areas: Sequence[UUID]) -> Any:
    """Each area with the days to first contact that a contract there promises."""
    running = Contract.objects.filter(agency=agency_id, starts_on__lte=on, ends_on__gte=on, areas__in=areas)
    return running.values_list("areas", "first_contact_days")


def first_contact_by(agency: Agency, authority_id: UUID | None, received_on: date) -> date:
    """Give the day by which we tell a family that somebody will be in touch."""
    days = first_contact_days(agency.pk, [authority_id], received_on)[authority_id]
    return add_working_days(received_on, days)


def clocks(referrals: Sequence[Referral], today: date) -> dict[UUID, Clock]:
    """Give the first-contact clock of each referral that nobody has decided on."""
    waiting = [referral for referral in referrals if referral.status in OPEN]
    if not waiting:
        return {}
    days = first_contact_days(waiting[0].agency_id, {referral.authority_id for referral in waiting}, today)
    return {
        referral.pk: clock(timezone.localdate(referral.received_at), days[referral.authority_id], today)
        for referral in waiting
    }


def loads(user: User) -> list[Load]:
    """Give the family workers of somebody's agency and how many open cases that they may know of each holds, the most
    room first.
    """
    counted = Case.objects.visible_to(user).filter(closed_on=None, worker__isnull=False).values("worker")
    held = dict(counted.annotate(n=Count("id")).order_by().values_list("worker", "n"))
    found = [Load(worker, held.get(worker.pk, 0)) for worker in family_workers(user.agency_id)]
    return sorted(found, key=lambda load: (load.room is None, -(load.room or 0), load.worker.name))


def unallocated(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Narrow to the open cases that no worker holds and that need one: a listening ear alone needs none."""
    held = Enrolment.objects.filter(case=OuterRef("pk"), ended_on=None)
    without = held.filter(contract__programme__definition__allocated_worker=False)
    needing = held.filter(contract__programme__definition__allocated_worker=True)
    return cases.filter(Q(closed_on=None) & Q(worker=None)).exclude(Exists(without) & ~Exists(needing))


_places = Prepared(
    lambda cases: (
        Enrolment.objects.filter(case__in=cases, ended_on=None)
        .order_by("started_on", "id")
        .values_list("case", *PLACE_FIELDS)
    )
)


def places_of(cases: Sequence[UUID]) -> dict[UUID, list[Place]]:
    """Give the places that each of these cases holds now, in one query."""
    found: dict[UUID, list[Place]] = {}
    for place in map(Place._make, _places(cases)):
        found.setdefault(place.case, []).append(place)
    return found


def with_one_goal(case: Case) -> str:
    """Name the programme in which a family works towards one key goal; none where another of theirs takes several."""
    held = Enrolment.objects.filter(case=case, ended_on=None).order_by("started_on", "id")
    found = held.values_list("contract__programme__name", "contract__programme__definition__one_key_goal")
    return found[0][0] if found and all(one for _, one in found) else ""


def groups_seen_by(user: User) -> list[Group]:
    """Give the groups that families of somebody's agency may join, by name."""
    return list(Group.objects.visible_to(user))


def months_sent_later(case: Case) -> tuple[int, ...]:
    """Give how many months after the end of the family's programmes a link is sent by itself to who agrees to it."""
    held = Enrolment.objects.filter(case=case, ended_on=None).values_list("contract__programme__definition", flat=True)
    schedules = [definition["schedule"] for definition in held]
    sent = [one["follow_up_months"] for one in schedules if one["follow_up_by_itself"]]
    return tuple(sorted({month for months in sent for month in months}))

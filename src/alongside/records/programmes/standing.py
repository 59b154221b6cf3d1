"""How a family's places in programmes stand: weeks and sessions used and left, pauses, more time, what fits them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from alongside.core.agencies import places
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.base.prepared import Prepared
from alongside.records.appointments.models import Appointment
from alongside.records.cases.models import Case, Contact
from alongside.records.people.models import Membership
from alongside.records.people.queries import Member, family
from alongside.records.people.rules import whole_years
from alongside.records.programmes.models import Contract, Enrolment, Extension, FundAgreement, Move
from alongside.records.programmes.queries import places_used, running, terms_of
from alongside.records.programmes.rules.clock import Planned, Standing, Stop, standing
from alongside.records.programmes.rules.eligibility import ChildFacts, Eligibility, FamilyFacts, eligibility
from alongside.records.programmes.rules.sessions import Span, Touch, meetings, shared_out


class Paused(NamedTuple):
    """A pause as a family's page shows it."""

    id: UUID
    since: date
    until: date | None
    reason: str
    expected_on: date | None


class More(NamedTuple):
    """A wish for more time as a family's page shows it, with who asked and who answered."""

    id: UUID
    weeks: int
    sessions: int
    reason: str
    asked_by: str
    asked_on: date
    answer: str
    answered_by: str | None
    answered_on: date | None
    answer_words: str


@dataclass(frozen=True, slots=True)
class PlaceHeld:
    """A family's time in one programme, now or before, with how it stands."""

    enrolment: Enrolment
    standing: Standing
    pauses: list[Paused]
    extensions: list[More]
    sessions: list[Touch]
    touches: list[Touch]

    @property
    def contract(self) -> Contract:
        """What was bought."""
        return self.enrolment.contract

    @property
    def definition(self) -> dict[str, Any]:
        """What the programme says of itself."""
        found: dict[str, Any] = self.enrolment.contract.programme.definition
        return found

    @property
    def tier(self) -> dict[str, Any] | None:
        """The level that was bought, where the programme has levels."""
        return tier_of(self.enrolment.contract)

    @property
    def has_therapy(self) -> bool:
        """Say whether therapy may stand beside this work."""
        return bool(self.definition.get("therapy")) and (self.tier is None or bool(self.tier["therapy"]))

    @property
    def pause(self) -> Paused | None:
        """The pause that stands, if one does."""
        return next((pause for pause in self.pauses if pause.until is None), None)

    @property
    def asked(self) -> More | None:
        """The wish for more time that waits for the manager, if one does."""
        return next((one for one in self.extensions if one.answer == Extension.Answer.ASKED), None)

    @property
    def move(self) -> Move | None:
        """The move that ended it, if one did."""
        return getattr(self.enrolment, "move", None)


def tier_of(contract: Contract) -> dict[str, Any] | None:
    """Give the level of its programme that a contract buys, if it names one."""
    tiers: list[dict[str, Any]] = contract.programme.definition.get("tiers", [])
    return next((tier for tier in tiers if tier["slug"] == contract.tier), None)


def planned(contract: Contract, more_weeks: int = 0, more_sessions: int = 0) -> Planned:
    """Give how long a family's work is to take: as the contract says, and what was agreed on top."""
    return Planned(contract.length_weeks, contract.sessions).with_more(more_weeks, more_sessions)


def places_held(rows: QuerySet[Enrolment], today: date) -> dict[UUID, list[PlaceHeld]]:
    """Give all the places of some cases by case, the first one first, in three queries however many there are.

    ``rows`` must hold every enrolment of its cases, as a contact counts for one programme only.
    """
    moved = ("move__by", "move__worker_before", "move__worker_after")
    enrolments = list(rows.select_related("contract__programme", *moved).order_by("started_on", "id"))
    pauses, extensions = _clock_changes([enrolment.pk for enrolment in enrolments])
    touches = touches_of(list({enrolment.case_id for enrolment in enrolments}))
    cases: dict[UUID, list[Enrolment]] = defaultdict(list)
    for enrolment in enrolments:
        cases[enrolment.case_id].append(enrolment)
    found = {}
    for case, held in cases.items():
        sessions = shared_out(touches.get(case, []), map(_span, held))
        found[case] = [
            _place(each, pauses.get(each.pk, []), extensions.get(each.pk, []), sessions, touches.get(case, []), today)
            for each in held
        ]
    return found


def touches_of(cases: Sequence[UUID]) -> dict[UUID, list[Touch]]:
    """Give each time that these families and a worker were in touch or met, each meeting once, in one query."""
    return _met(_touches(list(cases), None))


def touches_since(case: Case, day: date) -> list[Touch]:
    """Give those of one family from a day on."""
    start = timezone.make_aware(datetime.combine(day, time()))
    return _met(_touches_of_one([case.pk], start)).get(case.pk, [])


def _met(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, list[Touch]]:
    met: dict[UUID, dict[bool, list[Touch]]] = defaultdict(lambda: {True: [], False: []})
    for case, pk, at, channel, minutes, worker, said, enrolment, noted in rows:
        on = timezone.localdate(at)
        met[case][noted].append(Touch(pk, on, channel, minutes, worker, said is not None, enrolment, noted))
    return {case: meetings(found[True], found[False]) for case, found in met.items()}


def _touches(cases: list[UUID], since: datetime | None) -> Any:
    told = ("case", "pk", "at", "channel", "minutes")
    of = Q(case__in=cases, at__gte=since) if since else Q(case__in=cases)
    spoken = Contact.objects.filter(of, outcome=Contact.Outcome.SPOKE)
    held = Appointment.objects.filter(of, status=Appointment.Status.KEPT)
    contacts = spoken.annotate(noted=Value(True, BooleanField()))
    nothing = Cast(Value(None), UUIDField())
    appointments = held.annotate(said=nothing, counts=nothing, noted=Value(False, BooleanField()))
    return contacts.values_list(*told, "by__name", "counting__pk", "counting__enrolment", "noted").union(
        appointments.values_list(*told, "worker__name", "said", "counts", "noted"), all=True
    )


_touches_of_one = Prepared(_touches, slots=1)


def _place(
    enrolment: Enrolment,
    pauses: list[Paused],
    extensions: list[More],
    shared: dict[UUID, list[Touch]],
    touches: list[Touch],
    today: date,
) -> PlaceHeld:
    sessions = shared.get(enrolment.pk, [])
    agreed = [one for one in extensions if one.answer == Extension.Answer.AGREED]
    plan = planned(enrolment.contract, sum(one.weeks for one in agreed), sum(one.sessions for one in agreed))
    stops = [Stop(pause.since, pause.until) for pause in pauses]
    stands = standing(enrolment.started_on, enrolment.ended_on, plan, stops, len(sessions), today)
    return PlaceHeld(enrolment, stands, pauses, extensions, sessions, touches)


def _span(enrolment: Enrolment) -> Span:
    channels = frozenset(enrolment.contract.programme.definition["sessions"]["channels"])
    return Span(enrolment.pk, enrolment.started_on, enrolment.ended_on, channels)


def _clock_changes(enrolments: Sequence[UUID]) -> tuple[dict[UUID, list[Paused]], dict[UUID, list[More]]]:
    """Give the pauses and the wishes for more time of each enrolment, the earliest first.

    The joins multiply them by one another; there are few of each, and one query is quick.
    """
    rows = (
        Enrolment.objects.filter(Q(pauses__isnull=False) | Q(extensions__isnull=False), pk__in=enrolments)
        .order_by("pauses__since", "pauses__id", "extensions__asked_on", "extensions__id")
        .values_list("pk", *_PAUSE_FIELDS, *_MORE_FIELDS)
    )
    pauses: dict[UUID, dict[Paused, None]] = defaultdict(dict)
    extensions: dict[UUID, dict[More, None]] = defaultdict(dict)
    for pk, *told in rows:
        paused, more = Paused._make(told[: len(_PAUSE_FIELDS)]), More._make(told[len(_PAUSE_FIELDS) :])
        if paused.id:
            pauses[pk][paused] = None
        if more.id:
            extensions[pk][more] = None
    return {pk: list(found) for pk, found in pauses.items()}, {pk: list(found) for pk, found in extensions.items()}


_PAUSE_FIELDS = tuple(f"pauses__{name}" for name in Paused._fields)
_MORE_FIELDS = tuple(
    f"extensions__{name}__name" if name in ("asked_by", "answered_by") else f"extensions__{name}"
    for name in More._fields
)


def enrolments_of(case: UUID, on: date) -> list[Enrolment]:
    """Give the places that a family held on a day, the first one first."""
    rows = Enrolment.objects.filter(Q(ended_on=None) | Q(ended_on__gte=on), case=case, started_on__lte=on)
    return list(rows.select_related("contract__programme").order_by("started_on", "id"))


def counted_for(contact: Contact) -> UUID | None:
    """Give the place for which a contact counts as a session now, by what somebody said or else by the rule."""
    on = timezone.localdate(contact.at)
    touch = next((each for each in touches_of([contact.case_id])[contact.case_id] if each.id == contact.pk), None)
    shared = shared_out([touch] if touch else [], map(_span, enrolments_of(contact.case_id, on)))
    return next(iter(shared), None)


def agreements_of(case: Case) -> list[FundAgreement]:
    """Give what funds agreed to pay for the children of a family, the last first, with each session."""
    return list(FundAgreement.objects.filter(case=case).select_related("child").prefetch_related("sessions"))


def waiting_extensions(user: User) -> list[Extension]:
    """Give the wishes for more time that this person may answer, the oldest first."""
    if not user.may(Permission.EXTENSION_AGREE):
        return []
    rows = Extension.objects.visible_to(user).filter(answer=Extension.Answer.ASKED)
    return list(rows.select_related("enrolment__case__household", "enrolment__contract", "asked_by"))


def last_place(case: Case, today: date) -> Enrolment | None:
    """Give the place that a family held last, where its contract still runs."""
    places = Enrolment.objects.filter(case=case, contract__starts_on__lte=today, contract__ends_on__gte=today)
    last: Enrolment | None = places.select_related("contract").order_by("-started_on", "-id").first()
    return last


def weigh(case: Case, contract: Contract, on: date) -> Eligibility:
    """Say whether a contract could help a family that is known already, from its own record."""
    return _weighed(facts_of_case(case, on), contract, on, places_used([contract])[contract.pk])


def fitting(case: Case, on: date) -> list[tuple[Contract, Eligibility]]:
    """Give every running contract in which the family has no place now, with whether it could help them."""
    held = Enrolment.objects.filter(case=case, ended_on=None).values("contract")
    contracts = list(running(case.agency_id, on).exclude(pk__in=held))
    used, facts = places_used(contracts), facts_of_case(case, on)
    return [(contract, _weighed(facts, contract, on, used[contract.pk])) for contract in contracts]


def facts_of_case(case: Case, on: date) -> FamilyFacts:
    """Give what eligibility asks of a family, as its record says."""
    code = case.authority.code if case.authority else None
    children = [member for member in family(case.household_id) if member.part == Membership.Part.CHILD]
    return FamilyFacts(
        authority_code=code if code and places.authority_of_code(code) else None,
        family_or_friend=True,
        children=tuple(facts for child in children for facts in _facts_of_child(child, on)),
    )


def _facts_of_child(child: Member, on: date) -> list[ChildFacts]:
    age = whole_years(child.birth_date, on)
    standing_now = [ChildFacts(each.kind, each.stage, each.looked_after_before, age) for each in child.arrangements]
    return standing_now or [ChildFacts(age=age)]


def _weighed(facts: FamilyFacts, contract: Contract, on: date, used: int) -> Eligibility:
    return eligibility(facts, terms_of(contract), on, used)

"""The rows of a contract that readings count: each kind is read once, when it is first asked for."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, TruncDate

from alongside.calc.economics.scenario import Library
from alongside.calc.instruments import Instrument, Subject
from alongside.insight.economics.readings.reading import grade_on
from alongside.insight.economics.readings.spans import Span
from alongside.records.appointments.models import Appointment
from alongside.records.cases.models import Closure, Contact
from alongside.records.measures.models import AnswerSet, Occasion
from alongside.records.measures.usable import measuring
from alongside.records.people.models import Membership, PlanStatus
from alongside.records.programmes.models import Contract, Enrolment

AFTER = (Occasion.REVIEW, Occasion.END)
LIFE = "ons4"
"""The four questions of personal well-being, of which the first is how satisfied one is with life."""
RISKS = (PlanStatus.Kind.CHILD_PROTECTION, PlanStatus.Kind.CHILD_IN_NEED)


class Place(NamedTuple):
    """A family's place, and how it ended; ``touched`` is whether a worker was in touch with them while they had it."""

    id: UUID
    case: UUID
    household: UUID
    started_on: date
    ended_on: date | None
    moved: str | None
    reason: str | None
    touched: bool


class Living(NamedTuple):
    """That somebody lives in a household as a carer or a child."""

    id: UUID
    household: UUID
    person: UUID
    part: str
    since: date | None
    until: date | None
    born: date | None


class Answered(NamedTuple):
    """A carer's scores on one occasion."""

    id: UUID
    case: UUID
    person: UUID
    instrument: str
    edition: str
    occasion: str
    on: date
    scores: dict[str, float | None]


class Spent(NamedTuple):
    """How often workers and families were in touch, of how many of these times the minutes are known, and minutes."""

    times: int
    timed: int
    minutes: int


@dataclass
class Records:
    """A contract's records over some days, read as they are asked for, each kind in one query."""

    contract: Contract
    span: Span
    library: Library
    today: date

    @property
    def grade(self) -> int:
        """How good figures are that an agency's own system counts."""
        return grade_on(self.span.last, self.today)

    @cached_property
    def places(self) -> list[Place]:
        """The places that were held on any of the days, the first one first."""
        why = Closure.objects.filter(case=OuterRef("case"), closed_on=OuterRef("ended_on"))
        rows = self._held().annotate(
            reason=Subquery(why.order_by("-pk").values("reason")[:1]),
            touched=Exists(self._in_place(_spoken())) | Exists(self._in_place(_kept())),
        )
        columns = ("pk", "case", "case__household", "started_on", "ended_on", "move__way", "reason", "touched")
        return [Place._make(row) for row in rows.order_by("started_on", "pk").values_list(*columns)]

    @cached_property
    def begun(self) -> list[Place]:
        """Each family whose first place of these days began in them, once."""
        first: dict[UUID, Place] = {}
        for place in self.places:
            first.setdefault(place.case, place)
        return [place for place in first.values() if self.span.has(place.started_on)]

    @cached_property
    def ended(self) -> list[Place]:
        """Each family whose place ended in these days, once, with the last that did, if they were ever in touch."""
        last = {place.case: place for place in self.places if self.span.has(place.ended_on)}
        return [place for place in last.values() if place.touched]

    @cached_property
    def living(self) -> list[Living]:
        """The carers and children of these families, as far as they had come by the last day."""
        rows = (
            Membership.objects.filter(household__in=self._held().values("case__household"))
            .exclude(part=Membership.Part.OTHER)
            .exclude(since__gt=self.span.last)
        )
        columns = ("pk", "household", "person", "part", "since", "until", "person__birth_date")
        return [Living._make(row) for row in rows.order_by("pk").values_list(*columns)]

    @cached_property
    def at_risk(self) -> set[UUID]:
        """The places whose family had a child on a plan on the day on which it began."""
        children = Membership.objects.filter(
            Q(since=None) | Q(since__lte=OuterRef(OuterRef("started_on"))),
            Q(until=None) | Q(until__gte=OuterRef(OuterRef("started_on"))),
            household=OuterRef(OuterRef("case__household")),
            part=Membership.Part.CHILD,
        )
        plans = PlanStatus.objects.filter(
            Q(ended_on=None) | Q(ended_on__gte=OuterRef("started_on")),
            started_on__lte=OuterRef("started_on"),
            kind__in=RISKS,
            child__in=children.values("person"),
        )
        return set(self._held().filter(Exists(plans)).values_list("pk", flat=True))

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        """What carers answer of which a reading may be made: life satisfaction, and what has an exactness published."""
        known = measuring(self.contract.agency_id)
        return {one.key: one for one in known if one.subject is Subject.CARER and (one.key == LIFE or _exact(one))}

    @cached_property
    def answers(self) -> list[Answered]:
        """What the carers of these families answered to these questionnaires, by the last day."""
        rows = AnswerSet.objects.filter(
            case__in=self._held().values("case"),
            instrument__in=self.instruments.keys(),
            answered_on__lte=self.span.last,
            occasion__in=[Occasion.START, *AFTER],
        )
        columns = ("pk", "case", "person", "instrument", "edition", "occasion", "answered_on", "scores")
        return [Answered._make(row) for row in rows.order_by("pk").values_list(*columns)]

    @cached_property
    def spent(self) -> Spent:
        """What was recorded of being in touch, on these days, while the families had their places.

        An appointment that took place, and of which a contact of the same day tells, is counted once; its way there
        is counted all the same.
        """
        told = _spoken().filter(case=OuterRef("case"), at__date=OuterRef("on"))
        kept = self._on_these_days(_kept())
        alone = kept.filter(~Exists(told)).aggregate(times=Count("pk"), minutes=Sum("minutes", default=0))
        ways = kept.aggregate(minutes=Sum("travel_minutes", default=0))
        spoken = self._on_these_days(_spoken()).aggregate(
            times=Count("pk"), timed=Count("minutes"), minutes=Sum("minutes", default=0)
        )
        return Spent(
            spoken["times"] + alone["times"],
            spoken["timed"] + alone["times"],
            spoken["minutes"] + alone["minutes"] + ways["minutes"],
        )

    def _held(self) -> QuerySet[Enrolment]:
        return Enrolment.objects.filter(
            Q(ended_on=None) | Q(ended_on__gte=self.span.first), contract=self.contract, started_on__lte=self.span.last
        )

    def _in_place(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow to what happened while a place was held, by the last day."""
        return rows.filter(
            case=OuterRef("case"),
            at__date__gte=OuterRef("started_on"),
            at__date__lte=Coalesce(OuterRef("ended_on"), Value(self.span.last)),
            at__lt=self.span.until,
        )

    def _on_these_days(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow to what happened on these days while the family had a place."""
        place = self._held().filter(
            Q(ended_on=None) | Q(ended_on__gte=OuterRef("on")), case=OuterRef("case"), started_on__lte=OuterRef("on")
        )
        found: QuerySet[Any] = (
            rows.filter(case__in=self._held().values("case"), at__gte=self.span.opens_at, at__lt=self.span.until)
            .annotate(on=TruncDate("at"))
            .filter(Exists(place))
        )
        return found


def _exact(instrument: Instrument) -> bool:
    return any(scale.exactness.reliability is not None for scale in instrument.scales)


def _spoken() -> QuerySet[Contact]:
    return Contact.objects.filter(outcome=Contact.Outcome.SPOKE)


def _kept() -> QuerySet[Appointment]:
    return Appointment.objects.filter(status=Appointment.Status.KEPT)

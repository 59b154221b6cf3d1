"""The rows of a contract that readings count: each kind is read once, when it is first asked for."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from alongside.calc.economics.scenario import Library
from alongside.calc.instruments import Instrument, Subject
from alongside.insight.economics.readings.reading import grade_on
from alongside.insight.economics.readings.spans import Span
from alongside.insight.reports.periods import midnight
from alongside.records.appointments.models import Appointment
from alongside.records.cases.models import Closure, Contact
from alongside.records.measures.models import AnswerSet, Occasion
from alongside.records.measures.usable import like, measuring
from alongside.records.people.models import Membership, PlanStatus
from alongside.records.programmes.models import Contract, Enrolment, GroupMember
from alongside.records.programmes.rules.sessions import Touch, meetings

AFTER = (Occasion.REVIEW, Occasion.END)
LIFE = "ons4"
"""The four questions of personal well-being, of which the first is how satisfied one is with life."""
RISKS = (PlanStatus.Kind.CHILD_PROTECTION, PlanStatus.Kind.CHILD_IN_NEED)


class Place(NamedTuple):
    """A family's place, and how it ended."""

    id: UUID
    case: UUID
    household: UUID
    started_on: date
    ended_on: date | None
    moved: str | None
    reason: str | None


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
        rows = self._held().annotate(reason=Subquery(why.order_by("-pk").values("reason")[:1]))
        columns = ("pk", "case", "case__household", "started_on", "ended_on", "move__way", "reason")
        return [Place._make(row) for row in rows.order_by("started_on", "pk").values_list(*columns)]

    def touched(self, place: Place) -> bool:
        """Whether a worker was in touch with a family, or met them, while they had a place."""
        last = min(place.ended_on or self.span.last, self.span.last)
        return any(place.started_on <= touch.on <= last for touch in self.touches.get(place.case, ()))

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
        return [place for place in last.values() if self.touched(place)]

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
    def grouped(self) -> dict[UUID, set[UUID]]:
        """The groups to which somebody of each family went on these days, by case."""
        rows = GroupMember.objects.filter(
            Q(left_on=None) | Q(left_on__gte=self.span.first),
            case__in=self._held().values("case"),
            joined_on__lte=self.span.last,
        )
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for case, group in rows.values_list("case", "group"):
            found[case].add(group)
        return found

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        """What carers answer of which a reading may be made: life satisfaction, and what has an exactness published."""
        known = measuring(self.contract.agency_id)
        return {one.key: one for one in known if one.subject is Subject.CARER and (one.key == LIFE or _exact(one))}

    @cached_property
    def answers(self) -> list[Answered]:
        """What the carers of these families answered to these questionnaires, by the last day, as far as a scale meant
        the same by the edition that was answered.
        """
        rows = AnswerSet.objects.filter(
            case__in=self._held().values("case"),
            instrument__in=self.instruments.keys(),
            answered_on__lte=self.span.last,
            occasion__in=[Occasion.START, *AFTER],
        )
        columns = ("pk", "case", "person", "instrument", "edition", "occasion", "answered_on", "scores")
        found = [Answered._make(row) for row in rows.order_by("pk").values_list(*columns)]
        editions = {(one.instrument, one.edition) for one in found}
        scales = like(self.contract.agency_id, editions, self.instruments.values())
        return [
            one._replace(scores={key: value for key, value in one.scores.items() if key in kept})
            for one in found
            if (kept := scales.get((one.instrument, one.edition)))
        ]

    @cached_property
    def touches(self) -> dict[UUID, list[Touch]]:
        """Each time that workers were in touch with these families or met them, by case, up to the last day.

        An appointment that took place, and of which a contact tells, is one with it.
        """
        told = ("case", "pk", "at", "channel", "minutes")
        spoken, met = defaultdict(list), defaultdict(list)
        for case, pk, at, channel, minutes in self._of_cases(Contact, Contact.Outcome.SPOKE, "outcome", told):
            spoken[case].append(Touch(pk, localdate(at), channel, minutes, ""))
        for case, pk, at, channel, minutes, _ in self._kept:
            met[case].append(Touch(pk, localdate(at), channel, minutes, "", noted=False))
        return {case: meetings(spoken.get(case, ()), met.get(case, ())) for case in spoken.keys() | met.keys()}

    @cached_property
    def spent(self) -> Spent:
        """What was recorded of being in touch, on these days, while the families had their places."""
        homes: dict[UUID, list[Place]] = defaultdict(list)
        for place in self.places:
            homes[place.case].append(place)

        def counts(case: UUID, on: date) -> bool:
            return self.span.has(on) and any(
                place.started_on <= on <= (place.ended_on or self.span.last) for place in homes[case]
            )

        found = [touch.minutes for case, touches in self.touches.items() for touch in touches if counts(case, touch.on)]
        ways = sum(way for case, _, at, _, _, way in self._kept if counts(case, localdate(at)))
        known = [minutes for minutes in found if minutes is not None]
        return Spent(len(found), len(known), sum(known) + ways)

    @cached_property
    def _kept(self) -> list[Any]:
        told = ("case", "pk", "at", "channel", "minutes", "travel_minutes")
        return list(self._of_cases(Appointment, Appointment.Status.KEPT, "status", told))

    def _of_cases(self, model: type[Model], came: str, said: str, told: tuple[str, ...]) -> Any:
        """Read what came about in these cases since the first of their places began.

        Days are told apart here: SQLite asks Python for the day of each moment, which takes ten times as long.
        """
        since = midnight(min((place.started_on for place in self.places), default=self.span.first))
        rows = model._default_manager.filter(case__in=self._held().values("case"), at__lt=self.span.until)
        return rows.filter(at__gte=since, **{said: came}).values_list(*told)

    def _held(self) -> QuerySet[Enrolment]:
        return Enrolment.objects.filter(
            Q(ended_on=None) | Q(ended_on__gte=self.span.first), contract=self.contract, started_on__lte=self.span.last
        )


def _exact(instrument: Instrument) -> bool:
    return any(scale.exactness.reliability is not None for scale in instrument.scales)

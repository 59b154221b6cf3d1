"""How true the work is to its programme, for a family and for a contract, from ordinary records."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from alongside.calc.verdicts import Verdict
from alongside.core.agencies.models import User
from alongside.records.appointments.queries import meetings_offered
from alongside.records.cases.models import Case, Goal
from alongside.records.measures.models import AnswerSet, Occasion
from alongside.records.plans.models import Strength
from alongside.records.programmes.models import Contract, Enrolment, GroupMember, Support, TherapySession
from alongside.records.programmes.offered import Offered
from alongside.records.programmes.rules.clock import Stop
from alongside.records.programmes.rules.practice import GROUP, Had, Ingredient, Work, judge
from alongside.records.programmes.standing import PlaceHeld, places_held

Given = tuple[str, date, date]
"""A kind of help, its first day and its last: the same one but for a group that somebody joined."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One ingredient, and whether the work had it."""

    ingredient: Ingredient
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Practised:
    """A family's place in a programme and how true the work in it was; what has not come yet counts neither way."""

    place: PlaceHeld
    judged: list[Judged]

    @property
    def met(self) -> int:
        """How many ingredients were there."""
        return sum(one.verdict.met is True for one in self.judged)

    @property
    def asked(self) -> int:
        """How many ingredients could be judged by now."""
        return sum(one.verdict.met is not None for one in self.judged)


@dataclass(frozen=True, slots=True)
class Shared:
    """One ingredient over all families of a contract: had by how many, of how many in whom it could be judged."""

    ingredient: Ingredient
    met: int
    asked: int
    waiting: int

    @property
    def percent(self) -> int | None:
        """How many in a hundred; None where nobody could be judged."""
        return round(100 * self.met / self.asked) if self.asked else None


def practised_with(case: Case, offered: Offered, today: date) -> list[Practised]:
    """Give each place of a family, the first one first, with how true the work in it was."""
    given = [(support.kind, support.on, support.on) for support in offered.supports]
    given += [(GROUP, one.asked_on, one.asked_on) for one in offered.meetings if one.was_offered]
    given += [(GROUP, one.since, one.until or today) for one in offered.joined]
    return _practised(_told(Enrolment.objects.filter(case=case), today), {case.pk: given}, today)


def practised_under(contract: Contract, user: User, today: date) -> list[Practised]:
    """Give each place in a contract that somebody may see with how true the work in it was, in five queries."""
    cases = Enrolment.objects.visible_to(user).filter(contract=contract).values("case")
    return [one for one in practised_in(cases, today) if one.place.enrolment.contract_id == contract.pk]


def practised_in(cases: Any, today: date) -> list[Practised]:
    """Give every place of some cases with how true the work in it was, in five queries.

    Whose eyes it is for is for whoever asks to see to.
    """
    given: dict[UUID, list[Given]] = defaultdict(list)
    for case, *one in _given(cases, today):
        given[case].append(tuple(one))
    return _practised(_told(Enrolment.objects.filter(case__in=cases), today), given, today)


def _given(cases: Any, today: date) -> Any:
    """Give what was offered in these cases, in one query: the case, the kind of help, its first day and its last."""
    supports = Support.objects.filter(case__in=cases).order_by().values_list("case", "kind", "on", F("on"))
    group = {"kind": Value(GROUP)}
    asked = meetings_offered(cases).annotate(**group).values_list("case", "kind", "asked_on", F("asked_on"))
    until = Coalesce("left_on", Value(today))
    joined = GroupMember.objects.filter(case__in=cases).order_by().annotate(**group, last=until)
    return supports.union(asked, joined.values_list("case", "kind", "joined_on", "last"))


def shared(practised: Iterable[Practised]) -> list[Shared]:
    """Put each ingredient together over all families, in the order of the programme."""
    verdicts: dict[Ingredient, list[bool | None]] = defaultdict(list)
    for one in practised:
        for judged in one.judged:
            verdicts[judged.ingredient].append(judged.verdict.met)
    return [
        Shared(ingredient, met.count(True), len(met) - met.count(None), met.count(None))
        for ingredient, met in verdicts.items()
    ]


def _told(rows: QuerySet[Enrolment], today: date) -> QuerySet[Enrolment]:
    """Add to each place the first day of what its ingredients ask for."""
    last = Coalesce(OuterRef("ended_on"), Value(today))
    worked_on = (Q(met_on=None) | Q(met_on__gte=OuterRef("started_on"))) & (
        Q(left_on=None) | Q(left_on__gte=OuterRef("started_on"))
    )
    goals = Goal.objects.filter(worked_on, case=OuterRef("case"), set_on__lte=last)
    standing = goals.filter(Q(met_on=None) | Q(met_on__gt=last), Q(left_on=None) | Q(left_on__gt=last))
    reviews = AnswerSet.objects.filter(
        case=OuterRef("case"),
        occasion=Occasion.REVIEW,
        answered_on__gt=OuterRef("started_on"),
        answered_on__lte=last,
    )
    therapy = TherapySession.objects.filter(
        agreement__case=OuterRef("case"),
        outcome=TherapySession.Outcome.ATTENDED,
        on__gte=OuterRef("started_on"),
        on__lte=last,
    )
    strengths = Strength.objects.filter(case=OuterRef("case"), noticed_on__lte=last)
    return rows.annotate(
        strength_on=Subquery(strengths.order_by("noticed_on").values("noticed_on")[:1]),
        goal_on=Subquery(goals.order_by("set_on").values("set_on")[:1]),
        goals_at_once=Subquery(standing.order_by().values("case").annotate(n=Count("pk")).values("n")),
        review_on=Subquery(reviews.order_by("answered_on").values("answered_on")[:1]),
        therapy_on=Subquery(therapy.order_by("on").values("on")[:1]),
        referred_at=F("case__referral__received_at"),
    )


def _practised(rows: QuerySet[Enrolment], given: Mapping[UUID, Sequence[Given]], today: date) -> list[Practised]:
    found = []
    for case, held in places_held(rows, today).items():
        for number, place in enumerate(held):
            work = _work(place, given.get(case, ()), today, first=number == 0)
            ingredients = [Ingredient(**each) for each in place.definition["ingredients"]]
            found.append(Practised(place, [Judged(each, judge(work, each)) for each in ingredients]))
    return found


def _work(place: PlaceHeld, helped: Iterable[Given], today: date, *, first: bool) -> Work:
    row: Any = place.enrolment
    # Only the first time came from the referral; who comes back is waited for from the day on which they came.
    referred = first and row.referred_at is not None
    touched = [each.on for each in place.touches if referred or each.on >= row.started_on]
    met_at_a_group = [(GROUP, each.on, each.on) for each in place.touches if each.channel == GROUP]
    given: dict[str, date] = {}
    for kind, on, until in sorted([*helped, *met_at_a_group], key=lambda each: each[1]):
        if on <= (row.ended_on or today) and until >= row.started_on:  # a group that they went to before lasts into it
            given.setdefault(kind, max(on, row.started_on))
    return Work(
        today=today,
        started_on=row.started_on,
        ended_on=row.ended_on,
        stops=tuple(Stop(pause.since, pause.until) for pause in place.pauses),
        referred_on=timezone.localdate(row.referred_at) if referred else None,
        first_contact_on=min(touched, default=None),
        first_contact_days=row.contract.first_contact_days,
        sessions=tuple(Had(touch.on, touch.worker) for touch in place.sessions),
        goal_on=row.goal_on,
        strength_on=row.strength_on,
        goals_at_once=row.goals_at_once or 0,
        review_weeks=row.contract.review_weeks,
        reviews=(row.review_on,) if row.review_on else (),
        given=given,
        therapy_meant=place.has_therapy,
        therapy_on=row.therapy_on,
        weeks_at_least=place.definition["length"]["weeks_at_least"],
    )

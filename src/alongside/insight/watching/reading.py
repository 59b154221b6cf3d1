"""Counting one month from the records: a few queries a measure, however many families there are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from alongside.calc.instruments import Instrument, Scale, Subject
from alongside.core.base.clocks import working_days_between
from alongside.insight.watching.counts import NONE, Counted, Tally
from alongside.insight.watching.families import Families, family_groups, fifth, told_groups
from alongside.insight.watching.measures import BENEFITS, scale_key, scale_measures
from alongside.insight.watching.periods import Month
from alongside.records.appointments.models import Appointment
from alongside.records.cases.models import Case, Closure, Contact
from alongside.records.measures.models import AnswerSet, Occasion
from alongside.records.measures.usable import like
from alongside.records.programmes.models import Decision
from alongside.records.referrals.models import Referral

Outcome = Decision.Outcome
DECIDED = (Outcome.ACCEPTED, Outcome.SIGNPOSTED, Outcome.DECLINED)
PLANNED = (Closure.Reason.GOAL_REACHED, Closure.Reason.TIME_ENDED)


def count_month(agency: UUID, month: Month, held: Sequence[Instrument]) -> dict[str, Counted]:
    """Count every measure of an agency's month, by its key; ``held`` are the questionnaires of which it has scores."""
    return {
        "referrals": _referrals(agency, month),
        "offered": _offered(agency, month),
        "reached": _reached(agency, month),
        "contacts": _contacts(agency, month),
        "completed": _completed(agency, month),
        **_changes(agency, month, held),
    }


def _referrals(agency: UUID, month: Month) -> Counted:
    latest = Decision.objects.filter(referral=OuterRef("pk"), contract__isnull=False).order_by("-decided_at", "-pk")
    rows = (
        Referral.objects.filter(_in(month, "received_at"), agency=agency)
        .annotate(named=Subquery(latest.values("contract__programme__slug")[:1]))
        .values_list("household__team", "authority", "named", "programme_wanted", "authority__code")
    )
    found = Counted()
    for team, authority, named, wanted, code in rows:
        found.add((_id(team), _id(authority), named or wanted or NONE, fifth(code)), {}, Tally(1))
    return found


def _offered(agency: UUID, month: Month) -> Counted:
    rows = Decision.objects.filter(_in(month, "decided_at"), agency=agency, outcome__in=DECIDED).select_related(
        "referral__authority", "referral__household", "contract__programme"
    )
    decisions = list(rows)
    groups = family_groups({one.referral.household_id for one in decisions if one.referral.household_id})
    found = Counted()
    for one in decisions:
        referral = one.referral
        team = referral.household.team_id if referral.household else None
        programme = one.contract.programme.slug if one.contract else referral.programme_wanted
        code = referral.authority.code if referral.authority else None
        cell = (_id(team), _id(referral.authority_id), programme or NONE, fifth(code))
        found.add(cell, told_groups(referral, groups), Tally(1, int(one.outcome == Outcome.ACCEPTED)))
    return found


def _reached(agency: UUID, month: Month) -> Counted:
    spoken = _spoken(month).filter(agency=agency)
    met = _met(month).filter(agency=agency)
    cases = Case.objects.filter(
        Q(pk__in=spoken.values("case")) | Q(pk__in=met.values("case")), referral__isnull=False
    ).annotate(spoken_at=_first(Contact, SPOKE), met_at=_first(Appointment, MET))
    firsts: dict[UUID, tuple[datetime, datetime]] = {}
    for pk, referred, spoken_at, met_at in cases.values_list("pk", "referral__received_at", "spoken_at", "met_at"):
        first = min(filter(None, (spoken_at, met_at)), default=None)
        if first and month.opens_at <= first < month.after.opens_at:
            firsts[pk] = (referred, first)
    families, found = Families.of(firsts, month), Counted()
    for case, (referred, first) in firsts.items():
        came, on = timezone.localdate(referred), timezone.localdate(first)
        in_time = working_days_between(came, on) <= families.days_promised(case)
        found.add(families.cell(case), families.groups(case), Tally(1, int(in_time), (on - came).days))
    return found


SPOKE = Q(outcome=Contact.Outcome.SPOKE)
MET = Q(status=Appointment.Status.KEPT) & ~Q(channel=Appointment.Channel.GROUP)


def _spoken(month: Month) -> QuerySet[Contact]:
    return Contact.objects.filter(SPOKE, _in(month, "at"))


def _met(month: Month) -> QuerySet[Appointment]:
    return Appointment.objects.filter(MET, _in(month, "at"))


def _first(model: Any, which: Q) -> Subquery:
    """The first of a family's rows since it was referred."""
    since = model.objects.filter(which, case=OuterRef("pk"), at__gte=OuterRef("referral__received_at"))
    return Subquery(since.order_by().values("case").annotate(first=Min("at")).values("first"))


def _contacts(agency: UUID, month: Month) -> Counted:
    rows = _spoken(month).filter(agency=agency).order_by().values("case").annotate(many=Count("pk"))
    many: dict[UUID, int] = {row["case"]: row["many"] for row in rows}
    families, found = Families.of(many, month), Counted()
    for case, contacts in many.items():
        found.add(families.cell(case), {}, Tally(1, 0, contacts))
    return found


def _completed(agency: UUID, month: Month) -> Counted:
    rows = Closure.objects.filter(agency=agency, closed_on__gte=month.first, closed_on__lte=month.last)
    closed = list(rows.values_list("case", "reason"))
    families, found = Families.of({case for case, _ in closed}, month), Counted()
    for case, reason in closed:
        found.add(families.cell(case), families.groups(case), Tally(1, int(reason in PLANNED)))
    return found


Scores = dict[str, float | None]


class Answers(NamedTuple):
    """What somebody answered on one occasion; ``child`` is whom it is about, where that is a child."""

    case: UUID
    person: UUID
    child: UUID | None
    instrument: str
    edition: str
    scores: Scores


def _changes(agency: UUID, month: Month, held: Sequence[Instrument]) -> dict[str, Counted]:
    """Set the answers about each at the end beside the last of the same person at the start, of the same edition.

    Only those who have every score of a questionnaire both times are counted, so that all its scales tell of the same
    people: were one scale's number hidden for a team, and another's not, the other would give it away.
    """
    ends = _answers(
        AnswerSet.objects.filter(
            agency=agency, occasion=Occasion.END, answered_on__gte=month.first, answered_on__lte=month.last
        )
    )
    cases = {one.case for one in ends}
    before = AnswerSet.objects.filter(case__in=cases, occasion=Occasion.START, answered_on__lte=month.last)
    starts = {_what(one): one.scores for one in _answers(before)}
    families = Families.of(cases, month)
    found = {one.key: Counted() for one in (BENEFITS, *scale_measures(held))}
    known = {one.key: one for one in held}
    same = like(agency, {(one.instrument, one.edition) for one in ends}, held)
    for end in {(one.child or one.person, one.instrument): one for one in ends}.values():
        instrument = known.get(end.instrument)
        if instrument is None or (end.child is not None) != (instrument.subject is Subject.CHILD):
            continue
        if not {scale.key for scale in instrument.scales} <= same.get((end.instrument, end.edition), frozenset()):
            continue
        changes = _each_scale(instrument, starts.get(_what(end), {}), end.scores)
        place = families.cell(end.case)
        for scale, change in changes.items():
            found[scale_key(instrument, scale)].add(place, {}, Tally(1, 0, change))
        if changes and instrument.key == BENEFITS.instrument:
            found[BENEFITS.key].add(place, families.groups(end.case), Tally(1, int(_better(changes))))
    return found


def _answers(rows: QuerySet[AnswerSet]) -> list[Answers]:
    return [Answers._make(row) for row in rows.order_by("answered_on", "pk").values_list(*Answers._fields)]


def _what(one: Answers) -> tuple[UUID, UUID | None, str, str]:
    """Who answered what about whom."""
    return one.person, one.child, one.instrument, one.edition


def _each_scale(instrument: Instrument, before: Scores, after: Scores) -> dict[Scale, float]:
    """Give the change on every scale of a questionnaire, or nothing where a score is missing."""
    pairs = {scale: (before.get(scale.key), after.get(scale.key)) for scale in instrument.scales}
    changes = {scale: last - first for scale, (first, last) in pairs.items() if first is not None and last is not None}
    return changes if len(changes) == len(pairs) else {}


def _better(changes: dict[Scale, float]) -> bool:
    """Say whether more scales moved for the better than for the worse."""
    ways = [(1 if scale.higher_is_better else -1) * change for scale, change in changes.items()]
    return sum(way > 0 for way in ways) > sum(way < 0 for way in ways)


def _in(month: Month, field: str) -> Q:
    return Q(**{f"{field}__gte": month.opens_at, f"{field}__lt": month.after.opens_at})


def _id(row: UUID | None) -> str:
    return str(row) if row else NONE

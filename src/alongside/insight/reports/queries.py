"""Reading the rows of one contract's quarter: one query a kind, however many families there are."""

from datetime import date, datetime
from typing import Any

from django.db.models import DateTimeField, F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from alongside.insight.reports.basis import (
    AnswersRow,
    Basis,
    ContactRow,
    EnrolmentRow,
    MemberRow,
    ReferralRow,
    SpellRow,
    Terms,
    pseudonym,
)
from alongside.insight.reports.periods import Period
from alongside.records.appointments.models import Appointment
from alongside.records.cases.models import Contact
from alongside.records.measures.models import AnswerSet, Occasion
from alongside.records.people.models import Arrangement, Membership, PlanStatus
from alongside.records.programmes.models import Contract, Decision, Enrolment
from alongside.records.referrals.models import Referral

AFTER = (Occasion.REVIEW, Occasion.END)


def read_basis(contract: Contract, period: Period) -> Basis:
    """Read what the figures of a quarter are worked out from, as it stood on the last day counted."""
    places = enrolled(contract, period)
    cases = places.values("case")
    households = places.values("case__household")
    members = _members(households, period)
    children = Membership.objects.filter(household__in=households, part=Membership.Part.CHILD).values("person")
    return Basis(
        starts_on=period.starts_on.isoformat(),
        counted_to=period.counted_to.isoformat(),
        terms=Terms(contract.places, contract.first_contact_days, contract.review_weeks),
        referrals=_referrals(contract, period),
        enrolments=_enrolments(places, period),
        members=members,
        arrangements=_spells(Arrangement.objects.filter(child__in=children), period),
        plans=_spells(PlanStatus.objects.filter(child__in=children), period),
        contacts=_contacts(cases, period),
        answers=_answers(cases, period),
    )


def enrolled(contract: Contract, period: Period) -> QuerySet[Enrolment]:
    """Give the places of a contract that were taken up on any day of a period."""
    return Enrolment.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=period.starts_on), contract=contract, started_on__lte=period.counted_to
    )


def _referrals(contract: Contract, period: Period) -> list[ReferralRow]:
    """Referrals whose latest decision names the contract; where none is named, those from its areas.

    A family that nobody has decided on belongs to no contract yet, so it shows in each that could serve it.
    """
    # Listed first, so that PostgreSQL finds either by its index and does not read every referral of the provider.
    areas = list(contract.areas.values_list("pk", flat=True))
    decided = set(contract.decisions.values_list("referral", flat=True))
    made = Decision.objects.filter(referral=OuterRef("pk"), decided_at__lt=period.until)
    latest = made.order_by("-decided_at", "-pk")
    rows = (
        Referral.objects.filter(
            Q(authority__in=areas) | Q(pk__in=decided),
            agency=contract.agency_id,
            received_at__lt=period.until,
        )
        .alias(
            named=Subquery(latest.values("contract")[:1]),
            wanted=F("programme_wanted"),
        )
        .annotate(
            latest_outcome=Subquery(latest.values("outcome")[:1]),
            first_decided_at=Subquery(
                made.order_by().values("referral").annotate(first=Min("decided_at")).values("first"),
                output_field=DateTimeField(),
            ),
        )
        .filter(Q(named=contract.pk) | Q(named=None, wanted__in=["", contract.programme.slug]))
        .filter(Q(received_at__gte=period.opens_at) | Q(first_decided_at__gte=period.opens_at))
    )
    return [
        ReferralRow(pseudonym(pk), _on(received), source, outcome or Referral.Status.NEW, _on(decided))
        for pk, received, source, outcome, decided in rows.order_by("pk").values_list(
            "pk", "received_at", "source", "latest_outcome", "first_decided_at"
        )
    ]


def _enrolments(places: QuerySet[Enrolment], period: Period) -> list[EnrolmentRow]:
    met = Appointment.objects.filter(status=Appointment.Status.KEPT).exclude(channel=Appointment.Channel.GROUP)
    rows = places.annotate(
        spoken_at=_first(Contact.objects.filter(outcome=Contact.Outcome.SPOKE), period), met_at=_first(met, period)
    ).order_by("pk")
    return [
        EnrolmentRow(
            pseudonym(pk),
            pseudonym(case),
            pseudonym(household),
            started_on.isoformat(),
            _by(ended_on, period),
            _on(referred),
            _on(min(filter(None, (spoken, met)), default=None)),
        )
        for pk, case, household, started_on, ended_on, referred, spoken, met in rows.values_list(
            "pk",
            "case",
            "case__household",
            "started_on",
            "ended_on",
            "case__referral__received_at",
            "spoken_at",
            "met_at",
        )
    ]


def _first(rows: QuerySet[Any], period: Period) -> Subquery:
    """Give the first of a family's rows since it was referred."""
    since = rows.filter(case=OuterRef("case"), at__gte=OuterRef("case__referral__received_at"), at__lt=period.until)
    return Subquery(
        since.order_by().values("case").annotate(first=Min("at")).values("first"), output_field=DateTimeField()
    )


def _members(households: QuerySet[Any], period: Period) -> list[MemberRow]:
    rows = (
        Membership.objects.filter(household__in=households)
        .exclude(part=Membership.Part.OTHER)
        .exclude(since__gt=period.counted_to)
    )
    return [
        MemberRow(pseudonym(pk), pseudonym(home), pseudonym(person), part, _iso(since), _by(until, period))
        for pk, home, person, part, since, until in rows.order_by("pk").values_list(
            "pk", "household", "person", "part", "since", "until"
        )
    ]


def _spells(rows: QuerySet[Any], period: Period) -> list[SpellRow]:
    known = rows.exclude(started_on__gt=period.counted_to).order_by("pk")
    return [
        SpellRow(pseudonym(pk), pseudonym(child), kind, _iso(started_on), _by(ended_on, period))
        for pk, child, kind, started_on, ended_on in known.values_list("pk", "child", "kind", "started_on", "ended_on")
    ]


def _contacts(cases: QuerySet[Any], period: Period) -> list[ContactRow]:
    rows = Contact.objects.filter(case__in=cases, at__gte=period.opens_at, at__lt=period.until)
    return [
        ContactRow(pseudonym(pk), pseudonym(case), _on(at), channel, outcome)
        for pk, case, at, channel, outcome in rows.order_by("pk").values_list("pk", "case", "at", "channel", "outcome")
    ]


def _answers(cases: QuerySet[Any], period: Period) -> list[AnswersRow]:
    rows = AnswerSet.objects.filter(
        case__in=cases, answered_on__lte=period.counted_to, occasion__in=[Occasion.START, *AFTER]
    )
    return [
        AnswersRow(
            *(pseudonym(pk), pseudonym(case), pseudonym(person), instrument, edition, occasion, _iso(on), scores),
            child=pseudonym(child) if child else None,
        )
        for pk, case, person, instrument, edition, occasion, on, scores, child in rows.order_by("pk").values_list(
            *("pk", "case", "person", "instrument", "edition", "occasion", "answered_on", "scores", "child")
        )
    ]


def _on(at: datetime | None) -> Any:
    return timezone.localdate(at).isoformat() if at else None


def _iso(day: date | None) -> Any:
    return day.isoformat() if day else None


def _by(day: date | None, period: Period) -> str | None:
    """An ending, where it has come by the last day counted."""
    return day.isoformat() if day and day <= period.counted_to else None

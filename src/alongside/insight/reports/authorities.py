"""The quarter of every contract at once: one query a kind of row, grouped by contract, however many there are.

These are plain counts, for those who may see the records; what leaves the agency is a contract's own report.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest, Least

from alongside.insight.reports.periods import DAY, Quarter, midnight
from alongside.records.people.models import Membership
from alongside.records.programmes.models import Contract, Decision, Enrolment


@dataclass(frozen=True, slots=True)
class Line:
    """What one contract did in a quarter."""

    contract: Contract
    accepted: int
    families: int
    children: int
    contacts: int
    places_used: int


def lines_of(contracts: QuerySet[Contract], quarter: Quarter, today: date) -> list[Line]:
    """Count the quarter of each of these contracts that runs in it, counted as the contract's own report counts."""
    last = min(quarter.ends_on, today)
    running = list(contracts.filter(starts_on__lte=last, ends_on__gte=quarter.starts_on))
    span = _Span(quarter.starts_on, last, midnight(quarter.starts_on), midnight(last + DAY))
    # Listed, so that PostgreSQL looks each up in a hash; asked for by a query, it goes through all for every decision.
    ids = [contract.pk for contract in running]
    families, children = _families(ids, span), _children(ids, span)
    accepted, contacts = _accepted(ids, span), _contacts(ids, span)
    return [
        Line(
            contract,
            accepted.get(contract.pk, 0),
            families.get(contract.pk, (0, 0))[0],
            children.get(contract.pk, 0),
            contacts.get(contract.pk, 0),
            families.get(contract.pk, (0, 0))[1],
        )
        for contract in running
    ]


@dataclass(frozen=True, slots=True)
class _Span:
    """The days of a quarter that are counted."""

    first: date
    last: date
    opens_at: datetime
    until: datetime


def _enrolled(contracts: list[UUID], span: _Span) -> QuerySet[Any]:
    """Places taken up on a day of the quarter on which their contract ran."""
    places: QuerySet[Any] = (
        Enrolment.objects.filter(contract__in=contracts)
        .alias(first=Greatest("contract__starts_on", span.first), last=Least("contract__ends_on", span.last))
        .filter(Q(ended_on=None) | Q(ended_on__gte=F("first")), started_on__lte=F("last"))
        .order_by()
    )
    return places


def _families(contracts: list[UUID], span: _Span) -> dict[UUID, tuple[int, int]]:
    here = Q(ended_on=None) | Q(ended_on__gte=F("last"))
    rows = (
        _enrolled(contracts, span)
        .values("contract")
        .annotate(families=Count("case", distinct=True), used=Count("pk", filter=here))
        .values_list("contract", "families", "used")
    )
    return {contract: (families, used) for contract, families, used in rows}


def _children(contracts: list[UUID], span: _Span) -> dict[UUID, int]:
    member = "case__household__memberships"
    since, until = F(f"{member}__since"), F(f"{member}__until")
    rows = (
        _enrolled(contracts, span)
        .filter(**{f"{member}__part": Membership.Part.CHILD})
        .alias(since=since, until=until)
        .filter(Q(since=None) | Q(since__lte=F("last")), Q(until=None) | Q(until__gte=F("first")))
        .filter(Q(since=None) | Q(ended_on=None) | Q(since__lte=F("ended_on")))
        .filter(Q(until=None) | Q(until__gte=F("started_on")))
        .values("contract")
        .annotate(number=Count(f"{member}__person", distinct=True))
        .values_list("contract", "number")
    )
    return dict(rows)


def _accepted(contracts: list[UUID], span: _Span) -> dict[UUID, int]:
    later = (
        Decision.objects.filter(referral=OuterRef("referral"), decided_at__lt=span.until)
        .order_by("-decided_at", "-pk")
        .values("pk")[:1]
    )
    rows = (
        Decision.objects.filter(contract__in=contracts, outcome=Decision.Outcome.ACCEPTED, pk=Subquery(later))
        .filter(referral__received_at__gte=span.opens_at, referral__received_at__lt=span.until)
        .order_by()
        .values("contract")
        .annotate(number=Count("pk"))
        .values_list("contract", "number")
    )
    return dict(rows)


def _contacts(contracts: list[UUID], span: _Span) -> dict[UUID, int]:
    contact = "case__contacts"
    rows = (
        _enrolled(contracts, span)
        .filter(**{f"{contact}__at__gte": span.opens_at, f"{contact}__at__lt": span.until})
        .alias(on=F(f"{contact}__at__date"))
        .filter(Q(ended_on=None) | Q(on__lte=F("ended_on")), on__gte=F("started_on"))
        .filter(on__gte=F("first"), on__lte=F("last"))
        .values("contract")
        .annotate(number=Count(contact, distinct=True))
        .values_list("contract", "number")
    )
    return dict(rows)

"""Reading a month-by-month figure from the records of the areas that a cohort's contracts serve."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import F, Min, OuterRef, Q, Subquery
from django.utils import timezone

from alongside.core.base.clocks import working_days_between
from alongside.insight.evaluation.freezing.reading import Eligible
from alongside.insight.evaluation.rules import Definition
from alongside.insight.evaluation.series import BACK, IN_TIME, SETTLED, Series
from alongside.insight.watching.periods import Month
from alongside.records.appointments.models import Appointment
from alongside.records.cases.models import Case, Contact
from alongside.records.people.models import Arrangement, Membership
from alongside.records.people.rules import whole_years
from alongside.records.programmes.models import Contract, Decision
from alongside.records.referrals.models import Referral

GROWN_UP = 18
Homes = Collection[UUID]
Found = tuple[Counter[Month], Counter[Month]]


def series_of(found: Eligible, definition: Definition, key: str, since: date, today: date) -> Mapping[str, Series]:
    """Give the months of one figure, from three years before the service until the last that is settled."""
    first, last = Month.of(since).plus(-BACK), Month.of(today - timedelta(days=SETTLED)).plus(-1)
    contracts = Contract.objects.filter(agency=found.agency, pk__in=definition.contracts)
    areas = set(contracts.exclude(areas=None).values_list("areas", flat=True))
    of, held = READ[key](found.agency, areas, (first, last), found.restricted)
    months = [month for month in _months(first, last) if of[month]]
    if not months:
        return {}
    told = list(_months(months[0], last))
    columns = (np.array([count[month] for month in told], dtype=np.int32) for count in (of, held))
    return {key: Series(months[0].year * 12 + months[0].number - 1, *columns)}


def _months(first: Month, last: Month) -> list[Month]:
    found = [first]
    while found[-1] < last:
        found.append(found[-1].after)
    return found


def _referrals(agency: UUID, areas: Homes, span: tuple[Month, Month], restricted: Homes) -> Any:
    hidden = Case.objects.filter(household__in=restricted, referral__isnull=False).values("referral")
    return Referral.objects.filter(
        Q(household=None) | ~Q(household__in=restricted),
        agency=agency,
        authority__in=areas,
        received_at__gte=span[0].opens_at,
        received_at__lt=span[1].after.opens_at,
    ).exclude(pk__in=hidden)


def _accepted(agency: UUID, areas: Homes, span: tuple[Month, Month], restricted: Homes) -> Found:
    decisions = Decision.objects.filter(referral=OuterRef("pk"), outcome=Decision.Outcome.ACCEPTED)
    first = decisions.order_by().values("referral").annotate(first=Min("decided_at")).values("first")
    rows = _referrals(agency, areas, span, restricted).annotate(accepted_at=Subquery(first))
    return _in_time(rows.values_list("received_at", "accepted_at"))


def _reached(agency: UUID, areas: Homes, span: tuple[Month, Month], restricted: Homes) -> Found:
    """Count each family once, with its first conversation or meeting since it was referred."""
    cases = Case.objects.filter(referral__in=_referrals(agency, areas, span, restricted))

    def first(model: Any, **which: Any) -> Subquery:
        since = model.objects.filter(case=OuterRef("pk"), at__gte=OuterRef("referral__received_at"), **which)
        return Subquery(since.order_by().values("case").annotate(first=Min("at")).values("first"))

    rows = cases.annotate(
        spoken_at=first(Contact, outcome=Contact.Outcome.SPOKE),
        met_at=first(Appointment, status=Appointment.Status.KEPT, channel__in=ALONE),
    ).values_list("referral__received_at", "spoken_at", "met_at")
    return _in_time((came, min(filter(None, (spoken, met)), default=None)) for came, spoken, met in rows)


ALONE = [each for each in Appointment.Channel.values if each != Appointment.Channel.GROUP]


def _in_time(rows: Any) -> Found:
    of: Counter[Month] = Counter()
    held: Counter[Month] = Counter()
    for came_at, then in rows:
        came = timezone.localdate(came_at)
        of[Month.of(came)] += 1
        held[Month.of(came)] += then is not None and working_days_between(came, timezone.localdate(then)) <= IN_TIME
    return of, held


def _ended(agency: UUID, areas: Homes, span: tuple[Month, Month], restricted: Homes) -> Found:
    """Count the children of known families: how many arrangements stood on each first, and how many ended."""
    homes = Case.objects.filter(agency=agency, authority__in=areas).exclude(household__in=restricted)
    children = Membership.objects.filter(household__in=homes.values("household"), part=Membership.Part.CHILD)
    followed = Arrangement.objects.filter(
        child=OuterRef("child"), carer=OuterRef("carer"), started_on__gte=OuterRef("ended_on")
    )
    rows = (
        Arrangement.objects.filter(child__in=children.values("person"), started_on__lte=span[1].last)
        .filter(Q(ended_on=None) | Q(ended_on__gte=span[0].first))
        .annotate(next=Subquery(followed.order_by().values("started_on")[:1]), born=F("child__birth_date"))
    )
    of: Counter[Month] = Counter()
    held: Counter[Month] = Counter()
    for started, ended, following, born in rows.values_list("started_on", "ended_on", "next", "born"):
        last = min(Month.of(ended) if ended else span[1], span[1])
        for month in _months(max(span[0], Month.of(started).after), last):
            of[month] += started < month.first
        age = whole_years(born, ended) if ended else None
        if ended and following is None and (age is None or age < GROWN_UP) and started < Month.of(ended).first:
            held[Month.of(ended)] += 1
    return of, held


READ: dict[str, Callable[[UUID, Homes, tuple[Month, Month], Homes], Found]] = {
    "accepted": _accepted,
    "reached": _reached,
    "ended": _ended,
}

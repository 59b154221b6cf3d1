"""Publishing months and half-years, each once, as they become due."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.core.agencies.models import Agency, Team
from alongside.core.audit import ledger
from alongside.insight.watching import protecting
from alongside.insight.watching.counts import Counted, together
from alongside.insight.watching.measures import Measure, in_shares, over_time
from alongside.insight.watching.models import WatchedPeriod
from alongside.insight.watching.periods import Month, due, months_of
from alongside.insight.watching.protecting import half_shown, month_shown
from alongside.insight.watching.reading import count_month
from alongside.insight.watching.shown import shown_from_json, shown_to_json
from alongside.records.measures.usable import measuring
from alongside.records.programmes.models import Programme
from alongside.records.referrals.models import Referral

Span = WatchedPeriod.Span


def publish_due(*, today: date | None = None) -> int:
    """Publish what is due of every agency that serves families; give how many periods. For the system only."""
    day = today or timezone.localdate()
    providers = Agency.objects.filter(kind=Agency.Kind.PROVIDER)
    return sum(_publish_of(agency, day) for agency in providers)


def _publish_of(agency: Agency, today: date) -> int:
    first = Referral.objects.filter(agency=agency).order_by("received_at").values_list("received_at", flat=True).first()
    if first is None:
        return 0
    months = list(due(timezone.localdate(first), today))
    known = set(WatchedPeriod.objects.filter(agency=agency).values_list("span", "starts_on"))
    new = [month for month in months if (Span.MONTH, month.first) not in known]
    made = [_publish_month(agency, month, today) for month in new]
    halves = sorted({month.half for month in months if (Span.HALF, month.half.first) not in known})
    made += [_publish_half(agency, half, months, today) for half in halves if months_of(half)[-1] in months]
    return sum(made)


def _publish_month(agency: Agency, month: Month, today: date) -> bool:
    held = measuring(agency.pk)
    counted = count_month(agency.pk, month, held)
    shown = {
        one.key: shown_to_json(month_shown(counted[one.key], split=one.split), counted[one.key], one.month)
        for one in over_time(held)
    }
    return _keep(agency, Span.MONTH, month, today, counted, shown)


def _publish_half(agency: Agency, half: Month, months: list[Month], today: date) -> bool:
    """Publish a half-year; months before the service's first have nothing in them."""
    starts = [month.first for month in months_of(half) if month in months]
    rows = WatchedPeriod.objects.filter(agency=agency, span=Span.MONTH, starts_on__in=starts)
    counted = {row.starts_on: row for row in rows}
    if len(counted) != len(starts):
        return False
    parts = {one.key: _months(one, counted.values()) for one in in_shares()}
    whole = {key: together(month.counted for month in each.values()) for key, each in parts.items()}
    shown = {
        one.key: shown_to_json(half_shown(parts[one.key], split_months=one.split), whole[one.key], None)
        for one in in_shares()
    }
    return _keep(agency, Span.HALF, half, today, whole, shown)


def _months(one: Measure, rows: Iterable[WatchedPeriod]) -> dict[str, protecting.Month]:
    """Give a measure's months; one that came to the library after a month was published has nothing in it."""
    nothing = Counted().to_json()
    return {
        str(row.starts_on): protecting.Month(
            Counted.from_json(row.counted.get(one.key, nothing)), shown_from_json(row.shown.get(one.key, []))
        )
        for row in rows
    }


def _keep(
    agency: Agency, span: str, month: Month, today: date, counted: dict[str, Counted], shown: dict[str, Any]
) -> bool:
    try:
        with transaction.atomic():
            ledger.create(
                WatchedPeriod,
                by=None,
                what="figures published",
                agency=agency,
                span=span,
                starts_on=month.first,
                published_on=today,
                counted={key: one.to_json() for key, one in counted.items()},
                shown=shown,
                names=_names(agency.pk, counted.values()),
            )
    except IntegrityError:
        return False  # somebody else published it in the same moment; theirs stands
    return True


def _names(agency: UUID, counted: Iterable[Counted]) -> dict[str, dict[str, str]]:
    """Give what the units that were counted are called today."""
    cells = {cell for one in counted for cell in one.cells}
    teams, authorities = ({cell[place] for cell in cells if cell[place]} for place in (0, 1))
    return {
        "team": {str(pk): name for pk, name in Team.objects.filter(pk__in=teams).values_list("pk", "name")},
        "authority": {
            str(pk): name for pk, name in Agency.objects.filter(pk__in=authorities).values_list("pk", "name")
        },
        "programme": dict(Programme.objects.values_list("slug", "name")),
    }

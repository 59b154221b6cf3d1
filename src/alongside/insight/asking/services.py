"""Asking by itself: some months after the end, whoever agreed at the closing is sent the first link when it is due."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from alongside.core.audit import ledger
from alongside.core.base.clocks import is_waking
from alongside.core.base.errors import Refused
from alongside.insight.asking.queries import scheduled
from alongside.insight.asking.rules import Wanted, horizon, schedule_of
from alongside.records.cases.models import Case, Closure
from alongside.records.measures.models import CheckInLink, Occasion
from alongside.records.measures.services.chasing import TOO_LATE_DAYS, safe_to_write_to
from alongside.records.measures.services.linking import make_link
from alongside.records.measures.usable import chosen
from alongside.records.programmes.models import Enrolment, Programme


class Agreed(NamedTuple):
    """A follow-up that is due today, of somebody who agreed to be sent it."""

    closure: Closure
    definition: dict[str, Any]
    wanted: Wanted


def send_follow_ups(base_url: str, now: datetime | None = None) -> int:
    """Send the first link of each follow-up that is due to whoever agreed to it, and give how many were sent.

    The rules of whom it is safe to write to, and when, are those of asking again. What was due more than two weeks ago
    is left to a person, and so is whatever somebody has sent a link for.
    """
    now, sent = now or timezone.now(), 0
    zone = timezone.get_current_timezone()
    if is_waking(now, zone):
        for agreed in _due(now.astimezone(zone).date()):
            sent += _send(agreed, base_url)
    return sent


def _due(today: date) -> Iterator[Agreed]:
    definitions = {row.pk: row.definition for row in Programme.objects.all()}
    schedules = {pk: schedule_of(definition) for pk, definition in definitions.items()}
    _, ended = horizon(schedules.values())
    closures = Closure.objects.filter(
        safe_to_write_to("later_person"),
        later__in=[Closure.Later.TEXT, Closure.Later.EMAIL],
        reopened_on=None,
        closed_on__gte=today - timedelta(days=ended),
    ).select_related("case", "later_person")
    standing: dict[UUID, Closure] = {closure.case_id: closure for closure in closures}
    times = Enrolment.objects.filter(case__in=list(standing), ended_on__isnull=False)
    for case, programme, wanted in scheduled(times, schedules, today):
        if wanted.by_itself and wanted.due <= today <= wanted.due + timedelta(days=TOO_LATE_DAYS):
            yield Agreed(standing[case], definitions[programme], wanted)


def _send(agreed: Agreed, base_url: str) -> bool:
    """Send one link, unless the family has had one for it, from a worker or from another process this minute."""
    closure, schedule = agreed.closure, agreed.definition["schedule"]
    asked = chosen(closure.agency_id, agreed.definition["outcomes"]["instruments"])
    keys = [one.key for one in asked if one.goes_with_others]
    had = CheckInLink.objects.filter(
        case=closure.case_id, occasion=Occasion.FOLLOW_UP, asked_on__gte=agreed.wanted.since
    )
    try:
        with ledger.together():
            case = Case.objects.select_for_update().get(pk=closure.case_id)
            if closure.later_person is None or not keys or had.exists():
                return False
            make_link(
                case=case,
                person=closure.later_person,
                occasion=Occasion.FOLLOW_UP,
                asked=keys,
                by=None,
                base_url=base_url,
                way=closure.later,
                chases=schedule["chases_at_most"],
                chase_days=schedule["chase_after_days"],
            )
    except Refused:  # the phone or the address that they agreed to is gone
        return False
    return True

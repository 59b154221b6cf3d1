"""Asking again, kindly and not often: whoever has not answered a link that they were sent gets a new one."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from alongside.core.audit import ledger
from alongside.core.base.clocks import is_waking
from alongside.core.base.errors import Stale
from alongside.records.measures.models import CheckInLink, Occasion
from alongside.records.measures.services.linking import make_link
from alongside.records.measures.telling import address_of
from alongside.records.people.knowing import to_read_first
from alongside.records.people.models import Membership

TOO_LATE_DAYS = 14  # after which a chase that had to wait comes out of the blue


def chase(base_url: str, now: datetime | None = None) -> int:
    """Send a new link for each that went unanswered until its day, and give how many were sent.

    Nobody is written to while they sleep, whom it may not be safe to write to, nor about the work while it is paused or
    over.
    """
    now, sent = now or timezone.now(), 0
    zone = timezone.get_current_timezone()
    if not is_waking(now, zone):
        return 0
    today = now.astimezone(zone).date()
    due = CheckInLink.objects.filter(
        chase_on__range=(today - timedelta(days=TOO_LATE_DAYS), today), used_at=None, chases_left__gt=0
    )
    over = Q(occasion__in=[Occasion.START, Occasion.REVIEW]) & (
        Q(case__closed_on__isnull=False) | Q(case__paused_since__isnull=False)
    )
    for link in due.filter(safe_to_write_to("person"), ~over).select_related("case", "person"):
        if not address_of(link):
            continue
        try:
            with ledger.together():
                ledger.update(link, by=None, what="check-in chased", chase_on=None)
                make_link(
                    case=link.case,
                    person=link.person,
                    occasion=link.occasion,
                    asked=link.instruments,
                    by=None,
                    base_url=base_url,
                    way=link.way,
                    chases=link.chases_left - 1,
                    chase_days=link.chase_days,
                )
                sent += 1
        except Stale:  # she answers this minute, or another process has just done it
            continue
    return sent


def safe_to_write_to(person: str) -> Q:
    """Narrow rows of a case to those whose ``person`` may be written to though nobody looks at it: of whose family
    nothing must be read before calling, about whom no concern is open, and who has neither died nor left the household.
    """
    home = OuterRef("case__household")
    lives_there = Exists(Membership.objects.filter(household=home, person=OuterRef(person), until=None))
    well = Q(**{"case__concern_since": None, f"{person}__has_died": False})
    return well & lives_there & ~to_read_first("case__household")

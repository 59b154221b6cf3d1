"""Decisions about an appointment on plain values: what to ask about before it is booked, and when to remind."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from urllib.parse import urlsplit

from alongside.core.base.clocks import EARLIEST, LATEST, SATURDAY, is_waking, is_working_day

REMIND_BEFORE = timedelta(hours=24)
Span = tuple[datetime, datetime]


def taken(at: datetime, minutes: int, travel: int) -> Span:
    """Give from when to when an appointment takes its worker, with the way there and back."""
    return at - timedelta(minutes=travel), at + timedelta(minutes=minutes + travel)


def doubts(at: datetime, minutes: int, travel: int, others: Iterable[Span], zone: tzinfo) -> Iterator[str]:
    """Say what to think about before booking. Nothing of it forbids: families live at weekends too."""
    local = at.astimezone(zone)
    if local.weekday() >= SATURDAY:
        yield f"{local:%A} is at the weekend"
    elif not is_working_day(local.date()):
        yield "That day is a bank holiday"
    if not EARLIEST <= local.time() <= LATEST:
        yield f"{local:%H:%M} is early or late for a family"
    start, end = taken(at, minutes, travel)
    if any(start < other_end and other_start < end for other_start, other_end in others):
        yield "You have another appointment then, or are on the way to or from one"


def joins_at(link: str, hosts: Iterable[str]) -> bool:
    """Say whether a link to a video call is safe to send: by https, to a host that the provider allows.

    >>> [joins_at(link, ["meet.example.org"]) for link in ("https://meet.example.org/a", "https://a.meet.example.org",
    ...     "http://meet.example.org", "https://meet.example.org@evil.example", "https://evilmeet.example.org")]
    [True, True, False, False, False]
    """
    try:
        parts = urlsplit(link)
        host, plain = parts.hostname or "", parts.port in (None, 443) and "@" not in parts.netloc
    except ValueError:
        return False
    allowed = any(host == one or host.endswith(f".{one}") for one in hosts)
    return parts.scheme == "https" and plain and allowed


def is_time_to_remind(at: datetime, now: datetime, zone: tzinfo) -> bool:
    """Say whether to remind of an appointment now: on the day before it, and never while people sleep."""
    return now < at <= now + REMIND_BEFORE and is_waking(now, zone)


def initials(name: str) -> str:
    """Give what a calendar on somebody's phone may show of a family.

    >>> initials("Grace Okafor")
    'G. O.'
    """
    return " ".join(f"{word[0].upper()}." for word in name.split()[:3])

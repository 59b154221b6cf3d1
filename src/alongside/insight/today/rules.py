"""Why a family wants something of its worker today, and how urgent that is, decided on plain values."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from enum import IntEnum, StrEnum
from typing import NamedTuple, Protocol
from uuid import UUID

from alongside.insight.clocks.rules import Deadline, State
from alongside.records.cases.queries import Unsaved

CONTACT_SOON, REVIEW_SOON, APPOINTMENT_SOON = timedelta(days=2), timedelta(days=14), timedelta(days=3)
CLOCK_SOON = timedelta(days=14)
QUIET = timedelta(days=42)  # a family that nobody has spoken with for so long is asked after


class Urgency(IntEnum):
    """How soon something wants doing, the most urgent first."""

    SAFETY = 0
    TODAY = 1
    LATE = 2
    SOON = 3
    QUIET = 4


class Kind(StrEnum):
    """What there is to do."""

    CONCERN = "concern"
    APPOINTMENT = "appointment"
    HOW_IT_WENT = "how_it_went"
    REPLY = "reply"
    DRAFT = "draft"
    CORRECTION = "correction"
    PROMISE = "promise"
    STEP = "step"
    CONTACT = "contact"
    REVIEW = "review"
    CLOCK = "clock"
    FOLLOW_UP = "follow_up"
    QUIET = "quiet"


class Facts(Protocol):
    """What is kept of a family that may want something."""

    @property
    def opened_on(self) -> date: ...
    @property
    def last_contact_on(self) -> date | None: ...
    @property
    def next_contact_due(self) -> date | None: ...
    @property
    def review_due(self) -> date | None: ...
    @property
    def next_appointment_at(self) -> datetime | None: ...
    @property
    def coming_at(self) -> datetime | None: ...
    @property
    def promise_due_on(self) -> date | None: ...
    @property
    def step_due_on(self) -> date | None: ...
    @property
    def concern_since(self) -> datetime | None: ...
    @property
    def paused_since(self) -> date | None: ...
    @property
    def reply_since(self) -> date | None: ...
    @property
    def follow_up_on(self) -> date | None: ...


class Reason(NamedTuple):
    """Why a family is on the list; reasons sort by how urgent they are.

    ``what`` names the clock that runs out, ``contact`` the one of which a correction waits.
    """

    urgency: Urgency
    on: date
    minute: int
    kind: Kind
    at: datetime | None = None
    what: str = ""
    contact: UUID | None = None


def reasons(
    facts: Facts,
    now: datetime,
    drafts: Iterable[Unsaved] = (),
    clocks: Iterable[tuple[str, Deadline]] = (),
) -> list[Reason]:
    """Give every reason, the most urgent first. ``now`` is in the zone by whose clocks people here live.

    ``clocks`` are those that run out, each with its child. While the work is paused nothing of its rhythm is due; the
    clocks of law run on.
    """
    today, zone = now.date(), now.tzinfo
    found = [
        *_always(facts, now, today),
        *(_unsaved(each, zone) for each in drafts),
        *(_clock(*each) for each in clocks),
    ]
    if facts.paused_since is None:
        found += _rhythm(facts, today)
    return sorted(found)


def _always(facts: Facts, now: datetime, today: date) -> Iterator[Reason]:
    if facts.concern_since:
        yield _moment(Urgency.SAFETY, facts.concern_since, Kind.CONCERN, now.tzinfo)
    for at in dict.fromkeys((facts.next_appointment_at, facts.coming_at)):
        if at:
            yield from _appointment(at, now, today)
    if facts.reply_since:
        yield Reason(Urgency.TODAY, facts.reply_since, 0, Kind.REPLY)
    if facts.promise_due_on and facts.promise_due_on <= today:
        yield _day(facts.promise_due_on, today, Kind.PROMISE)
    if facts.step_due_on and facts.step_due_on <= today:
        yield _day(facts.step_due_on, today, Kind.STEP)
    if facts.follow_up_on and facts.follow_up_on <= today:
        yield _day(facts.follow_up_on, today, Kind.FOLLOW_UP)


def _unsaved(draft: Unsaved, zone: tzinfo | None) -> Reason:
    kind = Kind.CORRECTION if draft.contact else Kind.DRAFT
    return _moment(Urgency.TODAY, draft.saved_at, kind, zone)._replace(contact=draft.contact)


def _appointment(at: datetime, now: datetime, today: date) -> Iterator[Reason]:
    """One that is over asks how it went; one to come is told of when it is near."""
    on = at.astimezone(now.tzinfo).date()
    if on < today or at < now:
        yield _moment(Urgency.TODAY if on == today else Urgency.LATE, at, Kind.HOW_IT_WENT, now.tzinfo)
    elif on <= today + APPOINTMENT_SOON:
        yield _moment(Urgency.TODAY if on == today else Urgency.SOON, at, Kind.APPOINTMENT, now.tzinfo)


def _rhythm(facts: Facts, today: date) -> Iterator[Reason]:
    due, review = facts.next_contact_due, facts.review_due
    heard = facts.last_contact_on or facts.opened_on
    if due and due <= today + CONTACT_SOON:
        yield _day(due, today, Kind.CONTACT)
    elif due is None and facts.follow_up_on is None and heard <= today - QUIET:
        yield Reason(Urgency.QUIET, heard, 0, Kind.QUIET)
    if review and review <= today + REVIEW_SOON:
        yield _day(review, today, Kind.REVIEW)


def _clock(child: str, deadline: Deadline) -> Reason:
    """A clock that ends at a weekend is one for the last working day before."""
    urgency = {State.LATE: Urgency.LATE, State.TODAY: Urgency.TODAY}.get(deadline.state, Urgency.SOON)
    what = f"{deadline.rule.title} ({child})" if child else deadline.rule.title
    return Reason(urgency, deadline.due, 24 * 60, Kind.CLOCK, what=what)


def _day(on: date, today: date, kind: Kind) -> Reason:
    urgency = Urgency.LATE if on < today else Urgency.TODAY if on == today else Urgency.SOON
    return Reason(urgency, on, 24 * 60, kind)


def _moment(urgency: Urgency, at: datetime, kind: Kind, zone: tzinfo | None) -> Reason:
    local = at.astimezone(zone)
    return Reason(urgency, local.date(), local.hour * 60 + local.minute, kind, at)

"""Which meetings count as sessions of which programme, on plain values.

A session is a contact in which the family was spoken with, or an appointment that was held. The same meeting never
counts twice: where a worker booked it and wrote a note of it too, the note stands for it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID


class Touch(NamedTuple):
    """A time that a family and a worker were in touch.

    ``said`` is true where a worker said what it counts for, and ``noted`` false where it is an appointment that was
    held and of which nobody wrote a note.
    """

    id: UUID
    on: date
    channel: str
    minutes: int | None
    worker: str
    said: bool = False
    enrolment: UUID | None = None
    noted: bool = True


GROUP = "group"
Kind = TypeVar("Kind")
WRITTEN = frozenset({"text", "email", "letter"})


class Span(NamedTuple):
    """A family's time in a programme, and the ways of being in touch that its sessions have."""

    id: UUID
    started_on: date
    ended_on: date | None
    channels: frozenset[str]


def meetings(contacts: Iterable[Touch], held: Iterable[Touch]) -> list[Touch]:
    """Give every contact, and each appointment that was held and that none of them tells of.

    A contact tells of one appointment of the same day: of the one that was booked for the same way, or else of any
    other, as a video call that fails becomes a phone call. But a group is not a talk, and a text is no meeting.
    """
    found = list(contacts)
    notes = Counter((each.on, each.channel) for each in found if each.channel not in WRITTEN)
    unmatched = [each for each in held if not _taken(notes, (each.on, each.channel))]
    others: Counter[tuple[date, bool]] = Counter()
    for (on, channel), number in notes.items():
        others[on, channel == GROUP] += number
    return found + [each for each in unmatched if not _taken(others, (each.on, each.channel == GROUP))]


def _taken(notes: Counter[Kind], kind: Kind) -> bool:
    """Take a note of a kind out of those that are left, and say whether there was one."""
    there_was = notes[kind] > 0
    notes[kind] -= there_was
    return there_was


def shared_out(touches: Iterable[Touch], spans: Iterable[Span]) -> dict[UUID, list[Touch]]:
    """Give the sessions of each span, the earliest first. No contact counts twice.

    Where a family is in two programmes at once, it counts for the one that they came to first and that has sessions of
    this kind, unless a worker said otherwise.
    """
    order = sorted(spans, key=lambda span: (span.started_on, span.id))
    found: dict[UUID, list[Touch]] = defaultdict(list)
    for touch in sorted(touches, key=lambda each: (each.on, each.id)):
        counts_for = touch.enrolment if touch.said else _by_rule(touch, order)
        if counts_for is not None:
            found[counts_for].append(touch)
    return found


def _by_rule(touch: Touch, order: Iterable[Span]) -> UUID | None:
    return next(
        (
            span.id
            for span in order
            if span.started_on <= touch.on
            and (span.ended_on is None or touch.on <= span.ended_on)
            and touch.channel in span.channels
        ),
        None,
    )

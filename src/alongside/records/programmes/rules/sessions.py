"""Which contacts count as sessions of which programme, on plain values."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID


class Touch(NamedTuple):
    """A time that a family and a worker were in touch. ``said`` is true where a worker said what it counts for."""

    id: UUID
    on: date
    channel: str
    minutes: int | None
    worker: str
    said: bool = False
    enrolment: UUID | None = None


class Span(NamedTuple):
    """A family's time in a programme, and the ways of being in touch that its sessions have."""

    id: UUID
    started_on: date
    ended_on: date | None
    channels: frozenset[str]


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

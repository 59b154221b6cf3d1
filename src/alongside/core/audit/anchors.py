"""Heads of the chain that are kept elsewhere, by which a log that was cut at its end is found."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last entry of the log as it was at some time, and its hash."""

    entry: int
    hash: str
    taken_at: datetime

    def __str__(self) -> str:
        return f"{self.entry} {self.hash} {self.taken_at.isoformat(timespec='seconds')}"


def head() -> Anchor:
    """Give the anchor of the log as it is now."""
    last = Entry.objects.order_by("-id").values_list("id", "hash").first()
    if last is None:
        raise Refused("The log is empty, so there is nothing to anchor.")
    return Anchor(*last, taken_at=timezone.now())


def read(text: str) -> list[Anchor]:
    """Read anchors that were kept, one a line; empty lines are passed over."""
    return [_read(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _read(number: int, line: str) -> Anchor:
    try:
        entry, hash, taken_at = line.split()
        return Anchor(int(entry), hash, datetime.fromisoformat(taken_at))
    except ValueError:
        raise Refused(f"Line {number} is not an anchor: it needs an entry's number, a hash and a time.") from None


def first_lost(anchors: list[Anchor]) -> Anchor | None:
    """Give the first anchor whose entry is not in the log any more, or has another hash."""
    kept = dict(Entry.objects.filter(id__in=[anchor.entry for anchor in anchors]).values_list("id", "hash"))
    return next((anchor for anchor in anchors if kept.get(anchor.entry) != anchor.hash), None)

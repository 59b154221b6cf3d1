"""How a concern is told on a page: whom it is about, where it stands, and what is due."""

from dataclasses import dataclass
from datetime import datetime

from alongside.records.concerns.models import Concern
from alongside.records.concerns.queries import due_of
from alongside.records.concerns.rules import Due, late


@dataclass(frozen=True, slots=True)
class Told:
    """A concern in words."""

    concern: Concern
    about: str
    state: str
    due: list[tuple[Due, str]]

    @property
    def first(self) -> tuple[Due, str] | None:
        """What is due first, and how late it is."""
        return self.due[0] if self.due else None


def told(concern: Concern, now: datetime) -> Told:
    """Put a concern in words, as things stand at a moment."""
    about = str(concern.case.household) if concern.case else concern.about
    return Told(concern, about, state(concern), [(due, late(due.by, now)) for due in due_of(concern)])


def state(concern: Concern) -> str:
    """Say where a concern stands."""
    if concern.closed_at:
        return "Closed"
    if concern.seen_at is None:
        return "No manager has read it yet"
    if concern.decided_at is None:
        return "A manager has read it"
    if not concern.told:
        return "Not for the authority"
    return "The authority has answered" if concern.answered_at else "The authority was told"

"""How entries are linked, and how the link is checked: arithmetic only, no database."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

START = "0" * 64


def digest_of(changes: dict[str, Any] | None) -> str:
    """Digest what changed, as canonical JSON; the empty text where nothing did."""
    if changes is None:
        return ""
    canonical = json.dumps(changes, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fact:
    """What an entry says, apart from its place in the chain."""

    at: datetime
    kind: str
    what: str
    actor: UUID | None
    agency: UUID | None
    model: str
    row: str
    changes_digest: str

    def digest(self) -> bytes:
        """Digest the fact; every part is set off by a character that no part can hold."""
        parts = (
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.kind,
            self.what,
            str(self.actor or ""),
            str(self.agency or ""),
            self.model,
            self.row,
            self.changes_digest,
        )
        return sha256("\x1f".join(parts).encode()).digest()


def link(previous: str, fact: Fact) -> str:
    """Give the hash of an entry from the hash of the one before it."""
    return sha256(bytes.fromhex(previous) + fact.digest()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking found: how many entries hold, the last hash, and the first entry that does not fit."""

    checked: int
    head: str
    broken_at: int | None
    why: str


def verify(entries: Iterable[tuple[int, Fact, str, dict[str, Any] | None, bool]], start: str = START) -> Verdict:
    """Walk ``(id, fact, hash, changes, erased)`` in order and stop at the first that does not follow from the last."""
    previous, checked = start, 0
    for number, fact, found, changes, erased in entries:
        if link(previous, fact) != found:
            return Verdict(checked, previous, number, "it does not follow from the entry before it")
        if not erased and digest_of(changes) != fact.changes_digest:
            return Verdict(checked, previous, number, "its changes are not those that were recorded")
        previous, checked = found, checked + 1
    return Verdict(checked, previous, None, "")

"""Drawing a sample that anybody can draw again, and sharing out a caseload: plain values in and out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from uuid import UUID


def draw(seed: str, pool: Iterable[UUID], size: int) -> list[UUID]:
    """Draw from a pool by a seed: the cases whose id, hashed with the seed, comes first.

    Each place depends on the case and the seed alone, so one that left the pool since moves no other.

    >>> ids = [UUID(int=number) for number in range(9)]
    >>> draw("a", ids, 3) == draw("a", reversed(ids), 3)
    True
    """
    return sorted(pool, key=lambda one: (sha256(f"{seed}/{one}".encode()).digest(), one))[:size]


def fingerprint(pool: Iterable[UUID]) -> str:
    """Give what a pool of the same cases always gives, in whatever order."""
    return sha256(",".join(sorted(map(str, pool))).encode()).hexdigest()


def shared_out(
    cases: Sequence[UUID], room: Mapping[UUID, float], ranked: Mapping[UUID, Sequence[UUID]]
) -> dict[UUID, UUID]:
    """Suggest who takes each case: the closest of those with room, and then whoever has most of it left.

    ``ranked`` holds for each case those who may take it, the closest first. A worker without room is given a case only
    where none of them has any.
    """
    left = dict(room)
    given: dict[UUID, UUID] = {}
    for case in cases:
        may = ranked.get(case, ())
        able = [worker for worker in may if left[worker] >= 1]
        chosen = able[0] if able else max(may, key=lambda worker: (left[worker], str(worker)), default=None)
        if chosen is not None:
            given[case] = chosen
            left[chosen] -= 1
    return given


def standing_in(starts_on: date, begun_on: date | None, ends_on: date | None, over_on: date | None, today: date) -> str:
    """Say where an absence stands: ``planned``, ``to begin``, ``away``, ``to end`` or ``over``."""
    if over_on:
        return "over"
    if begun_on is None:
        return "to begin" if starts_on <= today else "planned"
    return "to end" if ends_on and ends_on < today else "away"


def overlapping(starts_on: date, ends_on: date | None, others: Collection[tuple[date, date | None]]) -> bool:
    """Say whether days away meet others; no last day means no end in sight."""
    last = ends_on or date.max
    return any(start <= last and starts_on <= (end or date.max) for start, end in others)

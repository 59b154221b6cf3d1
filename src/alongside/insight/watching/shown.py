"""What is shown of a period, as it is kept: each place with the numbers that may be read of it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from alongside.insight.watching.counts import Counted, Place, Tally
from alongside.insight.watching.measures import Kind
from alongside.insight.watching.protecting import ALL, GOOD, REST, THRESHOLD, N, Shown


class Told(NamedTuple):
    """What may be read at one place: so many, of them well, and the month's sum; none where it is hidden."""

    n: int | None
    good: int | None
    total: float | None

    @property
    def share(self) -> float | None:
        """The share that fared well, in per cent, where both numbers may be read."""
        return None if self.good is None or not self.n else 100 * self.good / self.n


NOBODY = Told(0, 0, 0)
"""A place that a period does not name, of a measure that it counts: nobody was counted there."""


def shown_to_json(shown: Shown, counted: Counted, kind: Kind | None) -> list[list[Any]]:
    """Give what is shown as JSON can hold it.

    A sum is shown where its number of people is, and there are enough of them. No adding and taking away of such sums
    gives that of fewer people: it would give their number as well, which is protected.
    """
    tallies: dict[Place, Tally] = {ALL: counted.all, **counted.units(), **counted.groups}
    rows = []
    for place, parts in sorted(shown.items()):
        n = parts.get(N)
        summed = kind in (Kind.MEAN, Kind.TOTAL) and n is not None and n >= THRESHOLD
        total = tallies[place].total if summed else None
        # Both parts are needed for either: a share of whom one part is hidden tells that part.
        good = parts.get(GOOD) if REST in parts and n is not None else None
        rows.append([list(place), n, good, total])
    return rows


def shown_from_json(rows: Iterable[list[Any]]) -> Shown:
    """Read back which numbers have been shown."""
    found: Shown = {}
    for place, n, good, _ in rows:
        parts = found.setdefault(tuple(place), {})
        if n is not None:
            parts[N] = n
        if n is not None and good is not None:
            parts |= {GOOD: good, REST: n - good}
    return found


def told(rows: Iterable[list[Any]]) -> dict[Place, Told]:
    """Read back what may be read of a period, by place."""
    return {tuple(place): Told(n, good, total) for place, n, good, total in rows}

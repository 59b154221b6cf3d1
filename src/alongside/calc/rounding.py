"""Counts rounded so far that they tell of nobody: another way to publish a table than hiding some of its numbers."""

from dataclasses import dataclass

from alongside.calc.disclosure import Axis, Table

__all__ = ["RoundedTable", "round_count", "round_table"]


@dataclass(frozen=True, slots=True)
class RoundedTable:
    """A table of rounded counts. Each total is the sum of its rounded parts, so it lies off the true one by up to
    ``error`` for each part.
    """

    rows: Axis
    columns: Axis
    counts: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int
    error: float


def round_count(count: int, *, base: int = 5, smallest: int = 8) -> int:
    """Return the multiple of ``base`` nearest to ``count``, and 0 for whatever is below ``smallest``.

    Halves go up. The defaults are those of OpenSAFELY's ehrQL: up to 7 becomes 0, then the nearest 5
    (its tests: 6 and 7 become 0, 8 becomes 10).
    Raises ValueError for a count below 0, a base below 2 or a ``smallest`` below 1.

    >>> [round_count(count) for count in (0, 6, 7, 8, 12, 13)]
    [0, 0, 0, 10, 10, 15]
    >>> [round_count(count, base=10, smallest=5) for count in (4, 5, 24, 25)]
    [0, 10, 20, 30]
    """
    if count < 0:
        raise ValueError(f"{count} is not a count")
    if base < 2:
        raise ValueError("counts have to be rounded to 2 or more")
    if smallest < 1:
        raise ValueError("the smallest count to show has to be 1 or more")
    return 0 if count < smallest else (2 * count + base) // (2 * base) * base


def round_table(table: Table, *, base: int = 5, smallest: int = 8) -> RoundedTable:
    """Return ``table`` with every count rounded as by :func:`round_count`, and totals added up from what is shown.

    A total rounded by itself would narrow its parts down: 7 and 22, shown as 0 and 20, add up to 29, and with a total
    shown as 30 the first can only be 6 or 7. Added up, it tells nothing that the parts do not: each lies somewhere in
    its own span, whatever else is shown.

    >>> shown = round_table(Table.breakdown("order", {"SGO": 41, "CAO": 13, "none": 2}))
    >>> shown.row_totals, shown.total
    ((40, 15, 0), 55)
    """
    counts = tuple(tuple(round_count(each, base=base, smallest=smallest) for each in row) for row in table.counts)
    rows, columns = tuple(map(sum, counts)), tuple(map(sum, zip(*counts, strict=True)))
    error = max(base / 2, smallest - 1)
    return RoundedTable(table.rows, table.columns, counts, rows, columns, sum(rows), error)

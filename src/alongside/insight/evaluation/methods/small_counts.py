"""A table of counts as it may be shown: whatever tells of a few people is hidden, also what would give it away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alongside.calc.disclosure import Axis, Cell, SafeTable, Table, suppress
from alongside.calc.rounding import RoundedTable, round_table
from alongside.insight.evaluation.methods.asked import Method, Options
from alongside.insight.evaluation.sheets import Unusable, read_table, refuse_long

TOTAL = frozenset({"total", "all", "sum"})
ROWS, COLUMNS = "rows", "columns"
LONGEST = 12  # digits of a count
MOST_COVERED = 100_000  # counts of a table in which some are hidden, which takes some ten seconds
ROUND = "Round them with --round-to 5, or give a part of the table."


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it may be shown; ``None`` is a count that is hidden. Each row ends with its total."""

    method: str
    hidden: int
    rows: tuple[Mapping[str, str | int | None], ...]


@dataclass(frozen=True, slots=True)
class Rounded:
    """A table of rounded counts. Each row ends with its total, the sum of what is shown."""

    method: str
    rows: tuple[Mapping[str, str | int], ...]


def table_of(headings: Sequence[str], cells: Mapping[str, Sequence[str]]) -> Table:
    """Read a table of counts.

    A last column and a last row called total are checked against their parts; without them totals are reckoned. Raises
    :class:`Unusable` for what is no count, and for a total that is not the sum of its parts.
    """
    counts = {
        name: [_count(cell, name, heading) for cell, heading in zip(row, headings, strict=True)]
        for name, row in cells.items()
    }
    columns, counts = _without_totals(list(headings), counts)
    return Table(Axis(ROWS, tuple(counts)), Axis(COLUMNS, tuple(columns)), tuple(map(tuple, counts.values())))


def _count(cell: str, row: str, column: str) -> int:
    typed = cell.strip()
    if not typed.isdecimal() or len(typed) > LONGEST:
        raise Unusable(f"Row “{row}”, column “{column}”: found “{typed[:40]}”, expected a count.")
    return int(typed)


def _without_totals(columns: list[str], counts: dict[str, list[int]]) -> tuple[list[str], dict[str, list[int]]]:
    """Take away a last column and a last row that are totals, once they have been checked."""
    if len(columns) > 1 and columns[-1].strip().lower() in TOTAL:
        for name, row in counts.items():
            _check(row[-1], sum(row[:-1]), f"Row “{name}”")
        columns, counts = columns[:-1], {name: row[:-1] for name, row in counts.items()}
    *names, last = counts
    if names and last.strip().lower() in TOTAL:
        for at, column in enumerate(columns):
            _check(counts[last][at], sum(counts[name][at] for name in names), f"Column “{column}”")
        counts.pop(last)
    return columns, counts


def _check(told: int, reckoned: int, where: str) -> None:
    if told != reckoned:
        raise Unusable(f"{where}: the total says {told:,} and its parts come to {reckoned:,}.")


def _shown(safe: SafeTable, threshold: int) -> Shown:
    def row(name: str, cells: Sequence[Cell], total: Cell) -> dict[str, str | int | None]:
        values = dict(zip(safe.columns.labels, (cell.value for cell in cells), strict=True))
        return {"row": name, **values, "total": total.value}

    body = zip(safe.rows.labels, safe.cells, safe.row_totals, strict=True)
    rows = (*(row(*each) for each in body), row("total", safe.column_totals, safe.total))
    hidden = sum(value is None for one in rows for value in one.values())
    method = f"Counts below {threshold} are hidden, and whatever else would give one of them away."
    return Shown(method, hidden, rows)


def _rounded(safe: RoundedTable, base: int, smallest: int) -> Rounded:
    def row(name: str, counts: Sequence[int], total: int) -> dict[str, str | int]:
        return {"row": name, **dict(zip(safe.columns.labels, counts, strict=True)), "total": total}

    body = zip(safe.rows.labels, safe.counts, safe.row_totals, strict=True)
    rows = (*(row(*each) for each in body), row("total", safe.column_totals, safe.total))
    method = f"Counts below {smallest} are shown as 0, others rounded to {base}; totals add up what is shown."
    return Rounded(method, rows)


def _suppress(lines: Iterable[str], options: Options) -> Any:
    table = table_of(*read_table(lines))
    if options.round_to is None:
        if (size := len(table.rows.labels) * len(table.columns.labels)) > MOST_COVERED:
            raise Unusable(f"{size:,} counts are too many to hide some of; {MOST_COVERED:,} can be. {ROUND}")
        return _shown(suppress(table, threshold=options.threshold), options.threshold)
    refuse_long(len(table.rows.labels), "Give a part of the table.")
    smallest = options.threshold
    return _rounded(round_table(table, base=options.round_to, smallest=smallest), options.round_to, smallest)


SUPPRESS = Method("a table of counts by rows and columns; a last one called total is checked", _suppress)

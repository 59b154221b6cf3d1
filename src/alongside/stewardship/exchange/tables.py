"""A table from somebody's file, CSV or Excel: its headings, and its rows one at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from alongside.stewardship.exchange.cell_text import key
from alongside.stewardship.exchange.csv_rows import csv_rows
from alongside.stewardship.exchange.file_kinds import is_workbook
from alongside.stewardship.exchange.problems import Problem, Unreadable
from alongside.stewardship.exchange.raw_rows import MAX_COLUMNS, MAX_ROWS, BadCell, RawCell, RawRow
from alongside.stewardship.exchange.xlsx_rows import xlsx_rows

Cell = str | date


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the spreadsheet, its cells by the key of their heading, and what is wrong."""

    number: int
    cells: Mapping[str, Cell]
    problems: tuple[Problem, ...] = ()

    def text(self, column: str) -> str:
        """The cell under this heading as text, or nothing when the column is not there."""
        cell = self.cells.get(key(column), "")
        return cell.isoformat() if isinstance(cell, date) else cell


@dataclass(frozen=True, slots=True)
class Table:
    """The headings of a file as written, and its rows, which can be read once.

    Reading the rows may still raise `Unreadable`, for faults that show only further down.
    """

    name: str
    headings: tuple[str, ...]
    rows: Iterator[Row]

    def has(self, *columns: str) -> bool:
        known = {key(heading) for heading in self.headings}
        return all(key(column) in known for column in columns)

    def missing(self, *columns: str) -> tuple[str, ...]:
        return tuple(column for column in columns if not self.has(column))


def open_table(stream: BinaryIO, name: str) -> Table:
    """The table in this file. The stream must be able to seek, and stay open while the rows are read."""
    raw = xlsx_rows(stream, name) if is_workbook(stream, name) else csv_rows(stream, name)
    for number, cells in raw:
        if any(cells):
            headings = _headings(cells, number, name)
            return Table(name, tuple(h for h in headings if h), _rows(raw, headings, name))
    raise Unreadable(f"{name} has no rows.")


def _headings(cells: RawRow, number: int, name: str) -> list[str]:
    headings = []
    for cell in cells:
        if isinstance(cell, BadCell):
            raise Unreadable(f"{name}, row {number}: a heading is {cell.found}; it must be plain text.")
        headings.append(" ".join(_text(cell).split()))
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MAX_COLUMNS:
        raise Unreadable(f"{name} has more than {MAX_COLUMNS} columns.")
    first_at: dict[str, int] = {}
    for at, heading in enumerate(headings, start=1):
        if heading and (first := first_at.setdefault(key(heading), at)) != at:
            raise Unreadable(
                f"{name} has the heading “{heading}” twice, in columns {first} and {at}. Rename or remove one."
            )
    return headings


def _rows(raw: Iterator[tuple[int, RawRow]], headings: list[str], name: str) -> Iterator[Row]:
    count = 0
    keys = [key(heading) for heading in headings]
    for number, cells in raw:
        if not any(cells):
            continue
        count += 1
        if count > MAX_ROWS:
            raise Unreadable(f"{name} has more than {MAX_ROWS:,} rows. Split it into smaller files.")
        yield _row(number, cells, headings, keys)


def _row(number: int, cells: RawRow, headings: list[str], keys: list[str]) -> Row:
    values: dict[str, Cell] = dict.fromkeys(keys[len(cells) :], "")
    problems = []
    for at, cell in enumerate(cells):
        if isinstance(cell, BadCell):
            heading = headings[at] if at < len(keys) else ""
            problems.append(Problem(number, heading or f"column {at + 1}", cell.found, cell.expected))
        elif at < len(keys) and keys[at]:
            values[keys[at]] = cell
        elif cell:
            expected = "nothing, as this column has no heading"
            problems.append(Problem(number, f"column {at + 1}", _text(cell), expected))
    return Row(number, values, tuple(problems))


def _text(cell: RawCell) -> str:
    if isinstance(cell, BadCell):
        return cell.found
    return cell.isoformat() if isinstance(cell, date) else cell

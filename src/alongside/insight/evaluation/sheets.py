"""An analyst's figures as they come in: columns of numbers and of words, and what is wrong with them, row by row."""

import csv
import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

MISSING = frozenset({"", "na", "n/a", "nan", "null", ".", "-"})
MOST_TOLD = 20  # faults that are told one by one
MOST_QUOTED = 40  # letters of a cell that are shown back
MOST_ANSWERED = 1_000_000  # rows of an answer that tells of each
COUNTS_ALONE = "Leave out the column “person” to have what holds for all of them together."


class Unusable(Exception):
    """Figures that cannot be used; ``faults`` are sentences for the person who gave them."""

    def __init__(self, *faults: str, more: int = 0) -> None:
        self.faults = faults + ((f"And {more:,} more like these.",) if more else ())
        super().__init__(" ".join(self.faults))


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that were asked for, all of one length: ``numbers``, in which NaN is missing, and ``words``.

    ``rows`` gives the row of the file that each stands in, for what is only found out later.
    """

    numbers: dict[str, NDArray[np.float64]]
    words: dict[str, list[str]]
    rows: Sequence[int] = field(default=())


class _Faults:
    """Faults as they are found, of which only the first are told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.number = 0

    def add(self, fault: str) -> None:
        self.number += 1
        if self.number <= MOST_TOLD:
            self.told.append(fault)

    def stop(self) -> None:
        if self.number:
            raise Unusable(*self.told, more=self.number - len(self.told))


def read_columns(
    lines: Iterable[str],
    numbers: Sequence[str],
    words: Sequence[str] = (),
    optional: Sequence[str] = (),
    *,
    instead: str = "",
) -> Columns:
    """Read columns of a CSV file by their headings, in whatever order they stand; other columns are left aside.

    A number may be missing (an empty cell, NA, a dot). Raises :class:`Unusable` for a heading that is missing, and by
    their rows for text in the place of a number, for what is infinite, and for more or fewer cells than headings.
    ``instead`` says what to give instead of more rows than an answer that tells of each may have.
    """
    rows = _rows(lines)
    headings = [" ".join(cell.split()).lower() for cell in next(rows, (0, []))[1]]
    wanted = {name: _place(headings, name) for name in (*numbers, *words)}
    wanted |= {name: headings.index(name) for name in optional if name in headings}
    figures = {name: array("d") for name in numbers}
    texts: dict[str, list[str]] = {name: [] for name in wanted if name not in figures}
    faults, stands = _Faults(), array("q")
    for number, cells in rows:
        if len(cells) != len(headings):
            faults.add(f"Row {number:,}: {len(cells)} cells under {len(headings)} headings.")
            continue
        stands.append(number)
        if instead:
            refuse_long(len(stands), instead)
        for name, column in figures.items():
            column.append(_number(cells[wanted[name]], number, name, faults))
        for name, held in texts.items():
            held.append(cells[wanted[name]].strip())
    faults.stop()
    if not stands:
        raise Unusable("There are headings and no rows.")
    return Columns({name: np.frombuffer(column) for name, column in figures.items()}, texts, stands)


def read_table(lines: Iterable[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Read a table whose first column names its rows: the other headings, and the cells of each row.

    Raises :class:`Unusable` for rows of unequal length, and for a name that stands twice.
    """
    rows = _rows(lines)
    _, headings = next(rows, (0, []))
    if len(headings) < 2:
        raise Unusable("The first line has to name the columns: what the rows are, then each column.")
    faults, found = _Faults(), dict[str, list[str]]()
    for number, (name, *cells) in rows:
        if len(cells) != len(headings) - 1:
            faults.add(f"Row {number:,}: {len(cells) + 1} cells under {len(headings)} headings.")
        elif name in found:
            faults.add(f"Row {number:,}: there is a row called “{_quoted(name)}” already.")
        else:
            found[name] = cells
    faults.stop()
    if not found:
        raise Unusable("There are headings and no rows.")
    return headings[1:], found


def refuse_twice(columns: Columns, name: str) -> None:
    """Refuse figures in which one name stands twice: somebody would be counted twice."""
    if len(set(columns.words[name])) == len(columns.words[name]):
        return
    first: dict[str, int] = {}
    faults = _Faults()
    for name_of, row in zip(columns.words[name], columns.rows, strict=True):
        if name_of and first.setdefault(name_of, row) != row:
            faults.add(f"Row {row:,}: the {name} “{_quoted(name_of)}” stands in row {first[name_of]:,} already.")
    faults.stop()


def refuse_long(rows: int, instead: str) -> None:
    """Refuse an answer that has a row for each of so many: nobody reads them, and memory may not hold them."""
    if rows > MOST_ANSWERED:
        raise Unusable(f"The answer would have more than {MOST_ANSWERED:,} rows, the most that can be given. {instead}")


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that hold anything, each with its number in the file."""
    reader = csv.reader(lines)
    try:
        for cells in reader:
            if any(cells):
                if reader.line_num == 1:
                    cells[0] = cells[0].removeprefix("\ufeff")
                yield reader.line_num, cells
    except csv.Error as error:
        raise Unusable(f"Row {reader.line_num:,} is no row of a CSV file ({error}).") from error
    except UnicodeDecodeError as error:
        raise Unusable("This is no text in UTF-8. Save the file as CSV in UTF-8, then try again.") from error
    if not reader.line_num:
        raise Unusable("There is nothing in it.")


def _place(headings: Sequence[str], name: str) -> int:
    if headings.count(name) == 1:
        return headings.index(name)
    if name in headings:
        raise Unusable(f"There are {headings.count(name)} columns headed “{name}”. Rename or remove all but one.")
    there = ", ".join(f"“{_quoted(each)}”" for each in headings)
    raise Unusable(f"There is no column headed “{name}”. The headings are {there}.")


def _number(cell: str, row: int, name: str, faults: _Faults) -> float:
    try:
        value = float(cell)
    except ValueError:
        if cell.strip().lower() not in MISSING:
            faults.add(f"Row {row:,}, column “{name}”: found “{_quoted(cell)}”, expected a number.")
        return math.nan
    if math.isinf(value):
        faults.add(f"Row {row:,}, column “{name}”: found “{_quoted(cell)}”, which is infinite.")
    return value


def _quoted(cell: str) -> str:
    line = " ".join(cell.split())
    return f"{line[:MOST_QUOTED]}…" if len(line) > MOST_QUOTED else line

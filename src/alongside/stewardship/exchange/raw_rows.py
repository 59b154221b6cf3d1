"""What the CSV and the Excel reader both hand over: rows of cells, their text cleaned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MAX_ROWS = 100_000
"""Rows of data that one file may have."""

MAX_COLUMNS = 200
"""Columns that one file may have."""

MAX_CELL_CHARACTERS = 32_767
"""Characters in one cell: what Excel itself allows."""


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that is not plain data: what it is, and what is expected in its place."""

    found: str
    expected: str


RawCell = str | date | BadCell
RawRow = Sequence[RawCell]

A_PLAIN_VALUE = "a plain value (in Excel: copy the column, then paste values only)"

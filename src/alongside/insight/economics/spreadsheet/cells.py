"""Cells of a workbook: each formula is written with what it comes to, and is known by where it stands."""

from collections.abc import Sequence
from enum import Enum
from math import ceil, isfinite
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

GIVEN, LINE, SHADED, INK = "#FFF6D6", "#8A8F98", "#EDEBF3", "#1D1033"
LINE_HEIGHT, WIDER = 15, 1.05
"""Points of a line, and how much wider letters are at most than the figures in which widths are told."""
WIDEST_ON_A_PAGE = 18
"""Columns that can still be read when they are drawn onto one landscape page."""


class Look(Enum):
    """How a number is shown."""

    POUNDS = "£#,##0.00;-£#,##0.00"
    SHARE = "0.00%"
    NUMBER = "#,##0.00##"
    PLAIN = "General"
    PEOPLE = "#,##0.000"
    YEAR = "0"
    FACTOR = "0.000000"


class Cell(NamedTuple):
    """Where a cell stands, as a formula names it, and what it holds."""

    at: str
    value: float | str

    @property
    def number(self) -> float:
        """What it holds, where that is a number."""
        return float(self.value)


class Looks:
    """The formats of a workbook: what anybody may change is shaded and framed, and its column says so too."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        self.title = book.add_format(base | {"bold": True, "font_size": 16, "font_color": INK})
        self.head = book.add_format(
            base | {"bold": True, "text_wrap": True, "bg_color": SHADED, "bottom": 1, "border_color": LINE}
        )
        self.text = book.add_format(base | {"text_wrap": True})
        self.plain = book.add_format(base)
        self.section = book.add_format(base | {"bold": True, "font_size": 13, "font_color": INK})
        self.strong = book.add_format(base | {"bold": True, "text_wrap": True})
        self.link = book.add_format(base | {"font_color": "#3B2A8C", "underline": 1})
        self.words_given = book.add_format(base | {"bg_color": GIVEN, "border": 1, "border_color": LINE})
        self.given = {
            look: book.add_format(
                base | {"num_format": look.value, "bg_color": GIVEN, "border": 1} | {"border_color": LINE}
            )
            for look in Look
        }
        self.worked = {look: book.add_format(base | {"num_format": look.value}) for look in Look}
        self.total = {look: book.add_format(base | {"num_format": look.value, "bold": True, "top": 1}) for look in Look}


class Page:
    """One sheet, filled from the top: a title, a sentence, and tables with a row of heads each."""

    def __init__(
        self, book: xlsxwriter.Workbook, looks: Looks, name: str, sentence: str, widths: Sequence[int]
    ) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.looks, self.name, self.row = looks, name, 3
        self.widths, self.heights = widths, dict[int, float]()
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.write_string(0, 0, name, looks.title)
        self.sheet.write_string(1, 0, sentence, looks.plain)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1 if len(widths) <= WIDEST_ON_A_PAGE else 0, 0)
        self.sheet.repeat_columns(0)
        self.sheet.set_footer("&L&F&C&A&RPage &P of &N")
        self.sheet.hide_gridlines(1)

    def heads(self, *titles: str, freeze: bool = False) -> None:
        """Write a row of heads."""
        for column, title in enumerate(titles):
            self._make_room(column, title)
            self.sheet.write_string(self.row, column, title, self.looks.head)
        self.row += 1
        if freeze:
            self.sheet.freeze_panes(self.row, 1)
            self.sheet.repeat_rows(self.row - 1)

    def section(self, title: str) -> None:
        """Leave a row free, and write the title of a further table."""
        self.sheet.write_string(self.row + 1, 0, title, self.looks.section)
        self.row += 2

    def words(self, column: int, text: str, look: Format | None = None) -> Cell:
        """Write words; they stay words, whatever sign they begin with."""
        self._make_room(column, text)
        self.sheet.write_string(self.row, column, text, look or self.looks.text)
        return Cell(self.place(self.row, column), text)

    def given(self, column: int, value: float | str, look: Look = Look.PLAIN) -> Cell:
        """Write what anybody may change."""
        if isinstance(value, str):
            self.sheet.write_string(self.row, column, value, self.looks.words_given)
        else:
            self.sheet.write_number(self.row, column, value, self.looks.given[look])
        return Cell(self.place(self.row, column), value)

    def fixed(self, column: int, value: float, look: Look = Look.PLAIN) -> Cell:
        """Write a number that is not to be changed here."""
        self.sheet.write_number(self.row, column, value, self.looks.worked[look])
        return Cell(self.place(self.row, column), value)

    def formula(
        self, column: int, formula: str, value: float | str, look: Look = Look.PLAIN, *, total: bool = False
    ) -> Cell:
        """Write a formula, without its equals sign, and what it comes to."""
        if isinstance(value, float) and not isfinite(value):
            raise ValueError(f"{formula} comes to no number")
        looks = self.looks.total if total else self.looks.worked
        self.sheet.write_formula(self.row, column, f"={formula}", looks[look], value)
        return Cell(self.place(self.row, column), value)

    def sentence(self, text: str) -> None:
        """Write a sentence that may run on over the columns beside it, and leave a row free."""
        self.sheet.write_string(self.row, 0, text, self.looks.plain)
        self.row += 2

    def _make_room(self, column: int, text: str) -> None:
        """Make the row as high as its longest words need, as nothing else does where a workbook is not drawn anew."""
        lines = ceil(len(text) * WIDER / self.widths[column])
        if lines > self.heights.get(self.row, 1):
            self.heights[self.row] = lines
            self.sheet.set_row(self.row, lines * LINE_HEIGHT)

    def place(self, row: int, column: int) -> str:
        """Give the name of a cell, with its sheet and fixed to its place."""
        return f"{self.name}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"


def span(cells: Sequence[Cell]) -> str:
    """Give the range from the first to the last of cells that stand side by side, or below one another."""
    return cells[0].at if len(cells) == 1 else f"{cells[0].at}:{cells[-1].at.split('!')[1]}"

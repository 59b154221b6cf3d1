"""The spreadsheet of families to fill in, as CSV and as an Excel workbook."""

import io
from datetime import UTC, datetime

import xlsxwriter

from alongside.stewardship.exchange.cell_text import csv_line
from alongside.stewardship.exchange.family_columns import COLUMNS, EXAMPLE_REFERENCE, OFFERED

ROWS_WITH_LISTS = 5_000
"""Rows to which the workbook's lists of answers reach."""

LAYOUT = (
    "Write one row for each child. Rows with the same reference are one family.",
    "Without references, rows are one family when the carer's name is the same and the phone or postcode too.",
    "In the second and later rows of a family you may leave the carer's columns empty if you give the reference.",
    f"Rows whose reference begins with “{EXAMPLE_REFERENCE}” are ours: leave them or delete them, they are not read.",
    "Only the carer's name is needed. Leave empty what you do not know; never guess.",
    "If something in a row cannot be read, we tell you the row and why, and hold back that family only.",
)


def template_csv() -> bytes:
    """The template as CSV in UTF-8, marked so that Excel shows every script as written."""
    examples = [[column.examples[at] for column in COLUMNS] for at in (0, 1)]
    lines = [csv_line(cells) for cells in ([column.heading for column in COLUMNS], *examples)]
    return "".join(lines).encode("utf-8-sig")


def template_xlsx() -> bytes:
    """The template as a workbook: a sheet to fill in, with lists of answers, and a sheet that explains."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": "Families to refer", "created": datetime(2026, 1, 1, tzinfo=UTC)})
        _families_sheet(book)
        _guidance_sheet(book)
    return out.getvalue()


def _families_sheet(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Families")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    example = book.add_format({"italic": True, "font_color": "#505a5f", "num_format": "@"})
    # As text, a telephone number keeps its nought and a year stays a year.
    text = book.add_format({"num_format": "@"})
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, max(14, len(column.heading) * 0.8), text)
        sheet.write_string(0, at, column.heading, bold)
        for row, words in enumerate(column.examples, start=1):
            sheet.write_string(row, at, words, example)
        if column.words:
            sheet.data_validation(
                1,
                at,
                ROWS_WITH_LISTS,
                at,
                {
                    "validate": "list",
                    "source": list(OFFERED[column.words]),
                    "error_type": "information",
                    "error_title": "Not in the list",
                    "error_message": "We may not know this word. The list has those that we are sure of.",
                },
            )
    sheet.freeze_panes(1, 2)


def _guidance_sheet(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("How to fill this in")
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 38, wrapped)
    sheet.set_column(1, 1, 90, wrapped)
    for row, sentence in enumerate(LAYOUT):
        sheet.write_string(row, 1, sentence, wrapped)
    sheet.write_string(0, 0, "The sheet", bold)
    for row, column in enumerate(COLUMNS, start=len(LAYOUT) + 1):
        answers = f" One of: {', '.join(OFFERED[column.words])}." if column.words else ""
        sheet.write_string(row, 0, column.heading, bold)
        sheet.write_string(row, 1, f"{column.meaning}{answers}", wrapped)

"""Reads the rows of an Excel workbook, after making sure that unpacking it cannot hurt."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from alongside.stewardship.exchange.cell_text import clean
from alongside.stewardship.exchange.problems import Unreadable
from alongside.stewardship.exchange.raw_rows import A_PLAIN_VALUE, MAX_COLUMNS, BadCell, RawCell, RawRow

MAX_PARTS = 2_000
"""Files inside the workbook."""

MAX_UNPACKED_BYTES = 200_000_000
"""Size of everything inside when unpacked."""

MAX_RATIO = 100
"""How many times larger than packed a part may be; a sheet of ordinary rows is 5 to 40 times larger."""

RATIO_FREE_BYTES = 2_000_000
"""Parts smaller than this are not measured: they can do no harm."""

MAX_SHEET_ROWS = 1_048_576
"""Rows of a sheet in Excel; a file that counts further is lying."""

MAX_SHEETS = 20

MAX_BLANK_RUN = 10_000
"""After so many blank rows the sheet has ended, whatever its formatting says."""

MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')
CHUNK_BYTES = 65_536

# What openpyxl warns of (extensions that it leaves out, odd dates) is of no use to whoever gave the file.
warnings.filterwarnings("ignore", module=r"openpyxl\.")


def xlsx_rows(stream: BinaryIO, name: str) -> Iterator[tuple[int, RawRow]]:
    """Each row of the first sheet in view, with its number; blank rows come as no cells."""
    _refuse_bomb(stream, name)
    try:
        book = load_workbook(stream, read_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever broke inside a malformed file
        raise _malformed(name) from error
    try:
        yield from _sheet_rows(book, name)
    finally:
        book.close()


def xlsx_sheets(stream: BinaryIO, name: str, most_rows: int) -> dict[str, list[list[str]]]:
    """The rows of every sheet as text, by the sheet's name: for a workbook whose sheets belong together."""
    _refuse_bomb(stream, name)
    try:
        book = load_workbook(stream, read_only=True, keep_links=False)
        found: dict[str, list[list[str]]] = {}
        for sheet in book.worksheets[:MAX_SHEETS]:
            rows = sheet.iter_rows(max_row=most_rows + 1, max_col=MAX_COLUMNS, values_only=True)
            found[sheet.title] = [["" if value is None else clean(str(value)) for value in row] for row in rows]
        book.close()
    except Exception as error:  # see above
        raise _malformed(name) from error
    if long := next((title for title, rows in found.items() if len(rows) > most_rows), None):
        raise Unreadable(f"The sheet “{long}” of {name} has more than {most_rows} rows.")
    return found


def _sheet_rows(book: Workbook, name: str) -> Iterator[tuple[int, RawRow]]:
    sheet: Any = next((s for s in book.worksheets if s.sheet_state == "visible"), None)
    if sheet is None:
        raise Unreadable(f"{name} has no sheet that can be seen. Unhide the one with the table.")
    blanks = 0
    try:
        _refuse_merged(sheet, name)
        rows = sheet.iter_rows(max_row=MAX_SHEET_ROWS, max_col=MAX_COLUMNS + 1)
        for number, cells in enumerate(rows, start=1):
            row = [_cell(cell) for cell in cells]
            blanks = 0 if any(row) else blanks + 1
            if blanks > MAX_BLANK_RUN:
                return
            yield number, row
    except Unreadable:
        raise
    except Exception as error:  # see above: the sheet itself is only parsed here
        raise _malformed(name) from error


def _refuse_bomb(stream: BinaryIO, name: str) -> None:
    """Refuses an archive that unpacks to far more than it is, before anything is unpacked."""
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
    # zipfile raises a kind of RuntimeError for an archive of a newer version of the format than it can read.
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError) as error:
        raise _malformed(name) from error
    finally:
        stream.seek(0)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(f"{name} is protected by a password. Save a copy without one and give that.")
    blown_up = any(p.file_size > RATIO_FREE_BYTES and p.file_size > MAX_RATIO * p.compress_size for p in parts)
    if len(parts) > MAX_PARTS or blown_up or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise Unreadable(f"{name} unpacks to far more than a table needs, so we did not open it.")
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Unreadable(f"{name} is not an Excel workbook (.xlsx), whatever its name says.")


def _refuse_merged(sheet: Any, name: str) -> None:
    """Refuses a sheet with merged cells, in which a value belongs to more than one heading or row."""
    before = b""
    with sheet.parent._archive.open(sheet._worksheet_path) as part:
        while chunk := part.read(CHUNK_BYTES):
            if found := MERGED.search(before + chunk):
                raise Unreadable(
                    f"{name} has merged cells ({found.group(1).decode()}) on the sheet “{sheet.title}”. "
                    "Unmerge them, so that each column has its own heading and each row its own values."
                )
            before = chunk[-200:]


def _cell(cell: Any) -> RawCell:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return BadCell("a formula", A_PLAIN_VALUE)
    if cell.data_type == "e":
        return BadCell(f"the error {value}", A_PLAIN_VALUE)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))


def _malformed(name: str) -> Unreadable:
    return Unreadable(f"{name} is damaged, or is not an Excel workbook. Open it in Excel and save it again as .xlsx.")

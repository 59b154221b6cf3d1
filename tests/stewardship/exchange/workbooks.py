"""Small workbooks for tests, well made and maliciously made."""

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: Iterable[Iterable[Any]], dress: Callable[[Any, Any], None] | None = None) -> bytes:
    """A workbook with these rows on its first sheet; `dress` may do more to the book and that sheet."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        if dress:
            dress(book, sheet)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one of its parts replaced or added, packed as tightly as can be."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def with_sheet(body: str) -> bytes:
    """A workbook whose sheet is this XML."""
    return with_part(workbook([["A"], ["x"]]), SHEET, body.encode())

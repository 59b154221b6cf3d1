"""Reads the rows of a CSV file in any of the encodings and separators that councils' systems write."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from alongside.stewardship.exchange.cell_text import clean
from alongside.stewardship.exchange.problems import Unreadable
from alongside.stewardship.exchange.raw_rows import (
    A_PLAIN_VALUE,
    MAX_CELL_CHARACTERS,
    BadCell,
    RawCell,
    RawRow,
)

CHUNK_BYTES = 65_536
SEPARATORS = ",;\t"
SEPARATOR_HINT = re.compile(r"sep=(.)\s*", re.IGNORECASE)
NUMBER_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')


def csv_rows(stream: BinaryIO, name: str) -> Iterator[tuple[int, RawRow]]:
    """Each row with its number as a spreadsheet program would show it; blank rows come as no cells."""
    text = io.TextIOWrapper(stream, encoding=_encoding(stream, name), newline="")
    try:
        start = text.read(CHUNK_BYTES)
        hint = SEPARATOR_HINT.fullmatch(start.splitlines()[0]) if start.strip() else None
        separator = hint.group(1) if hint else _separator(start)
        text.seek(0)
        reader = csv.reader(text, delimiter=separator, strict=True)
        for number, cells in enumerate(reader, start=1):
            if hint and number == 1:
                continue
            yield number, [_cell(cell) if cell else "" for cell in cells]
    except csv.Error as error:
        raise Unreadable(f"{name} cannot be read near line {reader.line_num}: {_csv_fault(error)}.") from error
    finally:
        if not stream.closed:
            text.detach()  # or the caller's stream would be closed with the wrapper


def _encoding(stream: BinaryIO, name: str) -> str:
    """The encoding in which the whole file can be read, tried from the strictest to the most lenient."""
    head = stream.read(CHUNK_BYTES)
    stream.seek(0)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Unreadable(f"{name} is in UTF-32, which we do not read. Save it as “CSV UTF-8”.")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif b"\x00" in head:
        candidates = ["utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"]
    else:
        candidates = ["utf-8-sig", "cp1252"]
    line = 1
    for encoding in candidates:
        fault = _fault(stream, encoding)
        if fault is None:
            return encoding
        line = fault.line
        if encoding == "utf-8-sig" and fault.saw_accents:
            raise Unreadable(
                f"{name} mixes two encodings: up to line {line} it is UTF-8, and there it is not. "
                "Save it again as “CSV UTF-8”."
            )
    raise Unreadable(
        f"{name} is in an encoding that we cannot read (line {line}); we read UTF-8, UTF-16 and "
        "Windows-1252. Save it as “CSV UTF-8”."
    )


class _Fault:
    """Where a file stops being text in some encoding, and whether it had accented letters before."""

    def __init__(self, line: int, saw_accents: bool) -> None:
        self.line = line
        self.saw_accents = saw_accents


def _fault(stream: BinaryIO, encoding: str) -> _Fault | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    line, saw_accents = 1, False
    stream.seek(0)
    try:
        while chunk := stream.read(CHUNK_BYTES):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                before = error.object[: error.start]
                return _Fault(line + before.count(b"\n"), saw_accents or not before.isascii())
            line += text.count("\n")
            saw_accents = saw_accents or not text.isascii()
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _Fault(line, saw_accents)
    finally:
        stream.seek(0)
    return None


def _separator(start: str) -> str:
    """The separator that stands most often in the first line that says something, outside quotes."""
    first = next((line for line in start.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=bare.count)


def _cell(written: str) -> RawCell:
    text = clean(written)
    if len(text) > MAX_CELL_CHARACTERS:
        return BadCell(text[:100], f"no more than {MAX_CELL_CHARACTERS:,} characters")
    if not text.startswith("="):
        return text
    if kept := NUMBER_KEPT_AS_TEXT.fullmatch(text):
        return kept.group(1)
    return BadCell(f"the formula {text}", A_PLAIN_VALUE)


def _csv_fault(error: csv.Error) -> str:
    if "field larger" in str(error) or "unexpected end" in str(error):
        return "a quotation mark is opened there and never closed"
    return "its quotation marks do not match"

"""Which kind of file was given, told from its first bytes and never from its name."""

from typing import BinaryIO

from alongside.stewardship.exchange.problems import Unreadable

MAX_FILE_BYTES = 50_000_000
"""Largest file that is read at all: a hundred thousand rows of plain text fit twice."""

HEAD_BYTES = 4096

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
OTHER_STARTS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"Rar!": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"{\\rtf": "a text document",
    b"SQLite format 3": "a database",
}
WIDE_TEXT_STARTS = (b"\xff\xfe", b"\xfe\xff")
ASK = "Give a CSV file or an Excel workbook (.xlsx)."


def size_of(stream: BinaryIO) -> int:
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(0)
    return size


def is_workbook(stream: BinaryIO, name: str) -> bool:
    """True for a zip archive that may be an Excel workbook, False for text; anything else is refused."""
    size = size_of(stream)
    if size == 0:
        raise Unreadable(f"{name} is empty.")
    if size > MAX_FILE_BYTES:
        raise Unreadable(f"{name} is larger than {MAX_FILE_BYTES // 1_000_000} MB. Split it into smaller files.")
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return True
    _refuse_known(head, stream, name)
    if b"\x00" in head and not head.startswith(WIDE_TEXT_STARTS) and not _wide_text(head):
        raise Unreadable(f"{name} is not a table: it holds bytes that no text has. {ASK}")
    return False


def _refuse_known(head: bytes, stream: BinaryIO, name: str) -> None:
    if head.startswith(PROGRAM_STARTS):
        raise Unreadable(f"{name} is a program, not a table, whatever its name says. {ASK}")
    if head.startswith(OLE):
        _refuse_ole(stream, name)
    for start, kind in OTHER_STARTS.items():
        if head.startswith(start):
            raise Unreadable(f"{name} is {kind}, not a table. {ASK}")
    opening = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip()[:200].lower()
    if opening.startswith((b"<", b"\xff\xfe<", b"\xfe\xff<")):
        raise Unreadable(f"{name} is a web page or XML file, not a workbook. Open it in Excel and save it as .xlsx.")


def _refuse_ole(stream: BinaryIO, name: str) -> None:
    encrypted = "EncryptedPackage".encode("utf-16-le") in stream.read()
    stream.seek(0)
    if encrypted:
        raise Unreadable(f"{name} is protected by a password. Save a copy without one and give that.")
    raise Unreadable(f"{name} is an old Excel file (.xls). Open it in Excel and save it as .xlsx.")


def _wide_text(head: bytes) -> bool:
    """Text in UTF-16 without a byte order mark has a NUL in nearly every other byte."""
    return max(head[0::2].count(0), head[1::2].count(0)) * 2 > len(head) * 0.6

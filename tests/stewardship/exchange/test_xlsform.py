"""A survey goes out as an XLSForm and comes back the same; a foreign one is read, or refused by its row."""

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings

from alongside.calc.surveys.definition import Comparison, Definition, Kind
from alongside.calc.surveys.reading import read, told
from alongside.records.surveys.library import library
from alongside.stewardship.exchange.problems import Unreadable
from alongside.stewardship.exchange.xlsform import read_xlsform
from alongside.stewardship.exchange.xlsform_writing import xlsform
from tests.calc.surveys.made import SIX, definitions


def workbook(*rows: dict[str, Any], choices: tuple[tuple[str, str, str], ...] = ()) -> io.BytesIO:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("survey")
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.write_row(0, 0, columns)
        for at, row in enumerate(rows, 1):
            sheet.write_row(at, 0, [str(row.get(column, "")) for column in columns])
        sheet = book.add_worksheet("choices")
        for at, choice in enumerate((("list_name", "name", "label"), *choices)):
            sheet.write_row(at, 0, choice)
    out.seek(0)
    return out


def back(definition: Definition) -> Definition:
    found, left_out = read_xlsform(io.BytesIO(xlsform(definition, 1)), "survey.xlsx")
    assert left_out == []
    return found


def test_our_surveys_come_back_as_they_went_out() -> None:
    annual = library()["annual-carer-survey"]
    assert told(back(annual)) == told(annual)
    assert [part.repeat.over for part in back(SIX).parts if part.repeat] == ["children"]
    assert list(back(SIX).questions())[2][1].show_if == list(SIX.questions())[2][1].show_if


@given(definitions())
@settings(max_examples=25)
def test_any_survey_that_asks_something_comes_back(definition: Definition) -> None:
    tidy = read(told(definition))
    if not tidy.parts or not all(part.questions for part in tidy.parts):
        return
    asked = [(q.key, q.kind, q.required, q.low, q.high, q.choices) for _, q in tidy.questions()]
    found = back(tidy)
    assert [(q.key, q.kind, q.required, q.low, q.high, q.choices) for _, q in found.questions()] == asked


YES_NO = (("yn", "1", "Yes"), ("yn", "0", "No"))


def test_a_foreign_form_is_read_with_its_own_names() -> None:
    form = workbook(
        {"type": "deviceid", "name": "device", "label::English (en)": ""},
        {"type": "select_one yn", "name": "Is_Carer", "label::English (en)": "Do you care?", "required": "true()"},
        {"type": "begin repeat", "name": "Kids", "label::English (en)": "Children", "relevant": "${Is_Carer} = '1'"},
        {"type": "integer", "name": "Age", "label::English (en)": "Age?", "constraint": ". > 0 and . < 19"},
        {"type": "text", "name": "W", "label::English (en)": "Work?", "relevant": "${Age} > 15"},
        {"type": "end repeat"},
        choices=YES_NO,
    )
    definition, left_out = read_xlsform(form, "theirs.xlsx")
    asked = [question for _, question in definition.questions()]
    assert [question.key for question in asked] == ["is_carer", "how_many_kids", "age", "w"]
    assert [choice.words for choice in asked[0].choices] == ["Yes", "No"]
    assert (asked[2].low, asked[2].high) == (1, 18)
    assert asked[3].show_if.tests[0].test is Comparison.AT_LEAST  # type: ignore[union-attr]
    assert definition.parts[-1].show_if.tests[0].value == asked[0].choices[0].key  # type: ignore[union-attr]
    assert asked[1].kind is Kind.WHOLE
    assert "gather nothing behind anybody" in left_out[0]
    assert "how many there are first" in left_out[1]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"type": "geopoint", "name": "g", "label": "Where?"}], "Row 2 .* type “geopoint”"),
        ([{"type": "text", "name": "a b", "label": "Q"}], "not a correct XLSForm"),
        ([{"type": "integer", "name": "n", "label": "N"},
          {"type": "text", "name": "t", "label": "T", "relevant": "${n} * 2 = 4"}], "Row 3 of the survey"),
        ([{"type": "text", "name": "t", "label": "T", "relevant": "${u} = 'x'"},
          {"type": "text", "name": "u", "label": "U"}], "Row 2 of the survey"),
        ([{"type": "begin_group", "name": "a", "label": "A"}, {"type": "begin_group", "name": "b", "label": "B"},
          {"type": "text", "name": "t", "label": "T"}, {"type": "end_group"}, {"type": "end_group"}], "inside another"),
        ([{"type": "range", "name": "r", "label": "R", "parameters": "start=0 end=100 step=1"}], "eleven places"),
        ([{"type": "text", "name": f"q{n}", "label": "Q"} for n in range(201)], "at most 200 questions"),
        ([{"type": "text", "name": f"q{n}", "label": "Q"} for n in range(3_100)], "more than 3000 rows"),
    ],
)  # fmt: skip
def test_what_we_cannot_ask_is_refused_by_its_row(rows: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_xlsform(workbook(*rows), "theirs.xlsx")


def test_a_file_that_is_none_or_a_bomb_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 30_000_000)
    for given_file, words in [
        (io.BytesIO(b"hello"), "not an Excel workbook"),
        (bomb, "unpacks to far more"),
        (workbook({"kind": "x"}), "not a correct XLSForm"),
    ]:
        with pytest.raises(Unreadable, match=words):
            read_xlsform(given_file, "theirs.xlsx")

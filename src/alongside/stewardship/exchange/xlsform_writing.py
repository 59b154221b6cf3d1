"""A survey as an XLSForm workbook, which KoboToolbox, ODK and others can ask."""

import io
from datetime import UTC, datetime

import xlsxwriter
from pyxform.xls2xform import convert

from alongside.calc.surveys.definition import Definition, Kind, Part, Question
from alongside.core.agencies.places import authorities
from alongside.stewardship.exchange.xlsform_rules import written

SURVEY = (
    "type", "name", "label", "hint", "guidance_hint", "required", "relevant", "constraint", "appearance",
    "repeat_count", "parameters",
)  # fmt: skip
AREAS = "council_area"
TYPES = {Kind.WHOLE: "integer", Kind.NUMBER: "decimal", Kind.DAY: "date", Kind.TEXT: "text", Kind.WORDS: "text"}
Row = dict[str, str]
Book = dict[str, list[Row]]


def xlsform(definition: Definition, number: int) -> bytes:
    """Write the workbook, after pyxform has made a form of it; raises ``PyXFormError`` where it could not."""
    book = sheets(definition, number)
    convert({name: [dict(row) for row in rows] for name, rows in book.items()}, form_name="survey")
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"title": definition.title, "created": datetime(2026, 1, 1, tzinfo=UTC)})
        for name, rows in book.items():
            sheet = workbook.add_worksheet(name)
            columns = list(dict.fromkeys(column for row in rows for column in row))
            sheet.write_row(0, 0, columns)
            for at, row in enumerate(rows, 1):
                sheet.write_row(at, 0, [row.get(column, "") for column in columns])
    return out.getvalue()


def sheets(definition: Definition, number: int) -> Book:
    """Give the three sheets as rows."""
    survey: list[Row] = [_row(type="note", name="intro", label=definition.intro)]
    choices: list[Row] = []
    for part in definition.parts:
        survey += _part(definition, part)
        for question in part.questions:
            choices += [
                {"list_name": question.key, "name": choice.key, "label": choice.words} for choice in question.choices
            ]
    if any(question.kind is Kind.AREA for _, question in definition.questions()):
        choices += [{"list_name": AREAS, "name": one.code, "label": one.name} for one in authorities()]
    survey.append(_row(type="note", name="thanks", label=definition.thanks))
    settings = {"form_title": definition.title, "form_id": "alongside_survey", "version": str(number)}
    return {"survey": survey, "choices": choices, "settings": [settings]}


def _row(**cells: str) -> Row:
    return {column: cells[column] for column in SURVEY if cells.get(column)}


def _part(definition: Definition, part: Part) -> list[Row]:
    kind = "repeat" if part.repeat else "group"
    count = f"${{{part.repeat.over}}}" if part.repeat else ""
    shown = written(definition, part.show_if)
    each = part.repeat.each if part.repeat else ""
    first = _row(type=f"begin_{kind}", name=f"part_{part.key}", label=part.title, hint=each, repeat_count=count)
    rows = [first | ({"relevant": shown} if shown else {})]
    if part.words:
        rows.append(_row(type="note", name=f"note_{part.key}", label=part.words))
    rows += [_question(definition, question) for question in part.questions]
    return [*rows, {"type": f"end_{kind}"}]


def _question(definition: Definition, question: Question) -> Row:
    more: Row = {}
    kind = question.kind
    if kind in (Kind.ONE, Kind.MANY):
        answered = f"select_{'one' if kind is Kind.ONE else 'multiple'} {question.key}"
    elif kind is Kind.AREA:
        answered, more = f"select_one {AREAS}", {"appearance": "minimal"}
    elif kind is Kind.SCALE:
        answered = "range"
        more["parameters"] = f"start={question.low} end={question.high} step=1"
        more["guidance_hint"] = f"{question.low}: {question.low_words} | {question.high}: {question.high_words}"
    else:
        answered = TYPES[kind]
        more = {"appearance": "multiline"} if kind is Kind.WORDS else {}
        ends = [f". >= {question.low}"] * (question.low is not None)
        ends += [f". <= {question.high}"] * (question.high is not None)
        more["constraint"] = " and ".join(ends)
    return _row(
        type=answered,
        name=question.key,
        label=question.words,
        hint=question.why,
        required="yes" if question.required else "",
        relevant=written(definition, question.show_if),
        **more,
    )

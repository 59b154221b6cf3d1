"""A survey read from an XLSForm workbook: first made sure that it is safe and that pyxform can make a form of it."""

import re
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from alongside.calc.surveys.building import new_key
from alongside.calc.surveys.checking import check
from alongside.calc.surveys.definition import (
    MOST_TIMES,
    Choice,
    Definition,
    DefinitionError,
    Kind,
    Part,
    Question,
    Repeat,
)
from alongside.stewardship.exchange.problems import Unreadable
from alongside.stewardship.exchange.xlsform_rules import NAME, NotOurs, bounds, read_rule
from alongside.stewardship.exchange.xlsform_writing import AREAS
from alongside.stewardship.exchange.xlsx_rows import xlsx_sheets

MOST_ROWS = 3_000
INTRO = "A few questions about how things are for you."
THANKS = "Your answers have reached us."
KINDS = {
    "integer": Kind.WHOLE, "int": Kind.WHOLE, "decimal": Kind.NUMBER, "date": Kind.DAY, "text": Kind.TEXT,
    "string": Kind.TEXT, "range": Kind.SCALE,
}  # fmt: skip
# What a form may gather about a phone and whoever holds it. Ours never do, so it is left out and said.
GATHERED = frozenset(
    ["start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit"]
)
ENDS = re.compile(r"(-?\d+): (.+) \| (-?\d+): (.+)")
Row = dict[str, str]


@dataclass
class Reading:
    """What has been read so far."""

    choices: dict[str, list[Row]]
    title: str = ""
    intro: str = INTRO
    thanks: str = THANKS
    parts: list[Part] = field(default_factory=list)
    inside: str = ""
    keys: dict[str, Question] = field(default_factory=dict)
    named: dict[tuple[str, str], str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def find(self, name: str) -> Question:
        """Give the question of a name in the form, as read before."""
        if name not in self.keys:
            raise NotOurs(name)
        return self.keys[name]

    def key_of(self, question: Question, value: str) -> str:
        """Give our key of a choice's name."""
        return self.named.get((question.key, value), value)


def read_xlsform(stream: BinaryIO, name: str) -> tuple[Definition, list[str]]:
    """Return the survey and what was left out of it; raises :class:`Unreadable` in a sentence that names the row."""
    sheets = {title: rows for title, rows in xlsx_sheets(stream, name, MOST_ROWS).items() if rows}
    tables = {title.lower(): _table(rows) for title, rows in sheets.items()}
    if "survey" not in tables:
        raise Unreadable(f"{name} has no sheet named “survey”, so it is no XLSForm.")
    book = {title: tables[title] for title in ("survey", "choices", "settings") if title in tables}
    try:
        convert({title: [dict(row) for _, row in rows if row] for title, rows in book.items()}, form_name="survey")
    except PyXFormError as error:
        raise Unreadable(f"{name} is not a correct XLSForm: {' '.join(str(error).split())[:300]}") from error
    choices: dict[str, list[Row]] = {}
    for _, row in book.get("choices", []):
        if row:
            choices.setdefault(row.get("list_name", row.get("list name", "")), []).append(row)
    settings = next((row for _, row in book.get("settings", []) if row), {})
    reading = Reading(choices, title=settings.get("form_title") or "A survey")
    for number, row in book["survey"]:
        if row:
            _take(reading, number, row)
    definition = Definition(reading.title[:120], reading.intro, reading.thanks, tuple(reading.parts))
    try:
        return check(definition), reading.left_out
    except DefinitionError as error:
        raise Unreadable(f"{name} cannot be asked as it is. “{error.where}” {error.problem}.") from error


def _table(rows: list[list[str]]) -> list[tuple[int, Row]]:
    """Give the rows under their headings with their numbers; of several languages the first is taken."""
    headings = [heading.strip().partition("::")[0] for heading in rows[0]]
    found = []
    for number, cells in enumerate(rows[1:], 2):
        row: Row = {}
        for heading, cell in zip(headings, cells, strict=False):
            if heading and cell.strip():
                row.setdefault(heading, cell.strip())
        found.append((number, row))
    return found


def _take(reading: Reading, number: int, row: Row) -> None:
    kind = " ".join(row.get("type", "").split()).replace("begin ", "begin_").replace("end ", "end_")
    try:
        if kind in ("begin_group", "begin_repeat"):
            _begin(reading, kind, row)
        elif kind in ("end_group", "end_repeat"):
            reading.inside = ""
        elif kind == "note":
            _note(reading, row)
        elif kind in GATHERED:
            reading.left_out.append(f"row {number}, which gathers “{kind}”: our surveys gather nothing behind anybody")
        else:
            _add(reading, _question(reading, number, kind, row))
    except NotOurs as problem:
        raise Unreadable(f"Row {number} of the survey asks for what our surveys cannot do: {problem}.") from problem


def _begin(reading: Reading, kind: str, row: Row) -> None:
    if reading.inside:
        raise NotOurs("a group inside another group")
    name, title = row.get("name", ""), row.get("label") or row.get("name", "")
    rule = read_rule(row.get("relevant", ""), reading.find, reading.key_of)
    repeat = _repeat(reading, name, title, row) if kind == "begin_repeat" else None
    key = new_key(name.removeprefix("part_"), {part.key for part in reading.parts})
    reading.parts.append(Part(key, title[:200], repeat=repeat, show_if=rule))
    reading.inside = name or key


def _repeat(reading: Reading, name: str, title: str, row: Row) -> Repeat:
    """A repeat without a count asks how many there are first; one counted by a question bounds that question."""
    each = (row.get("hint") or title.lower())[:60]
    if not (count := row.get("repeat_count", "")):
        key = new_key(f"how_many_{name}", {one.key for one in reading.keys.values()})
        over = Question(key, f"{title}: how many are there?"[:500], Kind.WHOLE, low=0, high=MOST_TIMES)
        reading.left_out.append(f"that “{title}” is asked until there is no more: we ask how many there are first")
        reading.keys[f"${key}"] = over
        _add(reading, over)
        return Repeat(key, each)
    named = re.fullmatch(NAME, count)
    if not named:
        raise NotOurs("a repeat that is counted by something else than a question")
    over = reading.find(named.group(1))
    if over.high is None or over.low is None:
        bound = replace(over, low=over.low or 0, high=MOST_TIMES if over.high is None else over.high)
        reading.keys[named.group(1)] = bound
        reading.parts = [
            replace(part, questions=tuple(bound if one.key == over.key else one for one in part.questions))
            for part in reading.parts
        ]
    return Repeat(over.key, each)


def _note(reading: Reading, row: Row) -> None:
    words, name = row.get("label", ""), row.get("name", "")
    if not reading.inside and name in ("intro", "thanks"):
        setattr(reading, name, words)
        return
    if not reading.inside or not reading.parts:
        reading.left_out.append(f"the note “{words[:60]}”, which stands in no group")
        return
    part = reading.parts[-1]
    reading.parts[-1] = replace(part, words=f"{part.words}\n{words}".strip())


def _add(reading: Reading, question: Question) -> None:
    if not reading.inside and (not reading.parts or reading.parts[-1].repeat or reading.parts[-1].show_if):
        key = new_key("questions", {part.key for part in reading.parts})
        reading.parts.append(Part(key, reading.title[:200]))
    part = reading.parts[-1]
    reading.parts[-1] = replace(part, questions=(*part.questions, question))


def _question(reading: Reading, number: int, kind: str, row: Row) -> Question:
    word, _, listed = kind.partition(" ")
    name = row.get("name", "")
    key = new_key(name, {one.key for one in reading.keys.values()})
    question = Question(
        key,
        row.get("label", name),
        _kind(word, listed, row),
        why=row.get("hint", ""),
        required=row.get("required", "").lower() in ("yes", "true", "true()"),
        show_if=read_rule(row.get("relevant", ""), reading.find, reading.key_of),
    )
    if question.kind in (Kind.ONE, Kind.MANY):
        question = replace(question, choices=_choices(reading, key, listed.split()[0]))
    elif question.kind is Kind.SCALE:
        question = _scaled(question, row)
    elif question.kind in (Kind.WHOLE, Kind.NUMBER) and row.get("constraint"):
        found = bounds(row["constraint"])
        if found is None:
            reading.left_out.append(f"the constraint in row {number}: {row['constraint'][:80]}")
        else:
            question = replace(question, low=found[0], high=found[1])
    reading.keys[name] = question
    return question


def _kind(word: str, listed: str, row: Row) -> Kind:
    if word == "select_one":
        return Kind.AREA if listed.split()[0] == AREAS else Kind.ONE
    if word == "select_multiple":
        return Kind.MANY
    if word not in KINDS:
        raise NotOurs(f"a question of the type “{word}”")
    return Kind.WORDS if KINDS[word] is Kind.TEXT and row.get("appearance") == "multiline" else KINDS[word]


def _choices(reading: Reading, question: str, listed: str) -> tuple[Choice, ...]:
    found: list[Choice] = []
    for row in reading.choices.get(listed, []):
        key = new_key(row.get("name", ""), {choice.key for choice in found})
        reading.named[(question, row.get("name", ""))] = key
        found.append(Choice(key, row.get("label", row.get("name", ""))))
    return tuple(found)


def _scaled(question: Question, row: Row) -> Question:
    told = dict(re.findall(r"(start|end)\s*=\s*(-?\d+)", row.get("parameters", "")))
    low, high = int(told.get("start", 1)), int(told.get("end", 10))
    ends = ENDS.fullmatch(row.get("guidance_hint", ""))
    words = (ends.group(2), ends.group(4)) if ends else ("Lowest", "Highest")
    return replace(question, low=low, high=high, low_words=words[0][:80], high_words=words[1][:80])

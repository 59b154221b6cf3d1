"""Responses to a survey as a FHIR Bundle of QuestionnaireResponses, and read from one.

What goes out names nobody: no subject, no author, the week for a time, no words of people's own. Where fewer than ten
of a council area answered, the area is left out too.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from fhir.resources.bundle import Bundle
from fhir.resources.questionnaireresponse import QuestionnaireResponse
from pydantic import ValidationError

from alongside.calc.surveys.answering import Answer, AnswerRefused, check_answer, counted, steps, unanswered
from alongside.calc.surveys.definition import Definition, Kind, Question
from alongside.core.agencies.places import authorities
from alongside.records.surveys.queries import Counted
from alongside.stewardship.exchange.problems import Unreadable

FEWEST = 10
MOST = 5_000
LARGEST = 20_000_000
OWN_WORDS = frozenset({Kind.TEXT, Kind.WORDS})
VALUES = {Kind.DAY: "valueDate", Kind.AREA: "valueString", Kind.NUMBER: "valueDecimal"}
Item = dict[str, Any]


def bundle(rows: Iterable[Counted], editions: dict[int, Definition], survey: str) -> str:
    """Write the responses of a round; ``survey`` is the address under which its questionnaire is known."""
    held = list(rows)
    many = {code for code, number in Counter(row.authority for row in held).items() if number >= FEWEST}
    entries = [{"resource": _response(row, editions[row.edition], survey, row.authority in many)} for row in held]
    made = Bundle.model_validate({"resourceType": "Bundle", "type": "collection", "entry": entries})
    return str(made.model_dump_json(indent=1))


def _response(row: Counted, definition: Definition, survey: str, area: bool) -> Item:
    parts: list[Item] = []
    for step in steps(definition, row.answers):
        if step.address not in row.answers or step.question.kind in OWN_WORDS:
            continue
        if step.question.kind is Kind.AREA and not area:
            continue
        link = (f"part_{step.part.key}", step.time)
        if not parts or parts[-1]["at"] != link:
            parts.append({"at": link, "linkId": link[0], "item": []})
        parts[-1]["item"].append(_item(step.question, row.answers[step.address]))
    whole = {"resourceType": "QuestionnaireResponse", "status": "completed", "authored": row.week.isoformat()}
    items = [{name: part[name] for name in ("linkId", "item")} for part in parts]
    return whole | {"questionnaire": f"{survey}|{row.edition}"} | ({"item": items} if items else {})


def _item(question: Question, answer: Answer) -> Item:
    """That somebody would rather not say is an item without an answer."""
    if answer is None:
        return {"linkId": question.key}
    values = answer if isinstance(answer, list) else [answer]
    return {"linkId": question.key, "answer": [_value(question, value) for value in values]}


def _value(question: Question, value: str | int | float) -> Item:
    if question.kind in (Kind.ONE, Kind.MANY):
        return {"valueCoding": {"code": value, "display": question.choice(str(value))}}
    return {VALUES.get(question.kind, "valueString" if isinstance(value, str) else "valueInteger"): value}


def read_responses(content: bytes, definition: Definition, name: str) -> list[dict[str, Answer]]:
    """Return the answers of each response; raises :class:`Unreadable` naming the response and the question at fault."""
    if len(content) > LARGEST:
        raise Unreadable(f"{name} is larger than {LARGEST // 1_000_000} MB.")
    try:
        whole = Bundle.model_validate_json(content)
    except (ValidationError, ValueError, RecursionError) as error:
        raise Unreadable(f"{name} is no FHIR Bundle of questionnaire responses.") from error
    entries = whole.entry or []
    if len(entries) > MOST or not entries:
        raise Unreadable(f"{name} holds {len(entries)} responses. Give from 1 to {MOST:,} at a time.")
    codes = {one.code for one in authorities()}
    found = []
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry.resource, QuestionnaireResponse):
            raise Unreadable(f"Entry {number} of {name} is no questionnaire response.")
        found.append(_read(entry.resource.model_dump(), definition, codes, f"Response {number}"))
    return found


def _read(data: Item, definition: Definition, codes: set[str], at: str) -> dict[str, Answer]:
    said: dict[str, Answer] = {}
    times: Counter[str] = Counter()
    for group in data.get("item") or ():
        times[group["linkId"]] += 1
        inside = group.get("item") or [group]
        for item in inside:
            _take(said, item, times[group["linkId"]], definition, codes, at)
    if left := unanswered(definition, said):
        raise Unreadable(f"{at} leaves “{left[0].question.words}”, which must be answered.")
    return counted(definition, said)


def _take(said: dict[str, Answer], item: Item, time: int, definition: Definition, codes: set[str], at: str) -> None:
    try:
        part, question = definition.find(str(item["linkId"]))
        values = [_plain(answer) for answer in item.get("answer") or ()]
        address = f"{question.key}.{time}" if part.repeat else question.key
        answer: Answer = None
        if values:
            answer = [str(value) for value in values] if question.kind is Kind.MANY else values[0]
        said[address] = check_answer(question, answer, codes)
    except KeyError:
        raise Unreadable(f"{at} answers “{item['linkId']}”, which this survey does not ask.") from None
    except AnswerRefused as refused:
        raise Unreadable(f"{at}, “{question.words}”: {refused}.") from refused


def _plain(answer: Item) -> str | int | float:
    coding = answer.get("valueCoding")
    if coding:
        return str(coding.get("code", ""))
    value = next((held for name, held in answer.items() if name.startswith("value")), "")
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)

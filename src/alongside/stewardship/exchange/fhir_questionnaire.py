"""A survey as a FHIR R5 Questionnaire, and read from one: the shapes are checked by the FHIR library."""

import json
from typing import Any

from fhir.resources.questionnaire import Questionnaire
from pydantic import ValidationError

from alongside.calc.surveys.building import new_key
from alongside.calc.surveys.checking import check
from alongside.calc.surveys.definition import (
    KEY,
    Ask,
    Choice,
    Comparison,
    Definition,
    DefinitionError,
    Kind,
    Part,
    Question,
    Repeat,
    Rule,
)
from alongside.stewardship.exchange.problems import Unreadable

LONGEST = 2_000_000
TYPES = {
    Kind.ONE: "coding", Kind.MANY: "coding", Kind.SCALE: "integer", Kind.WHOLE: "integer", Kind.NUMBER: "decimal",
    Kind.DAY: "date", Kind.TEXT: "string", Kind.WORDS: "text", Kind.AREA: "string",
}  # fmt: skip
READ = {"integer": Kind.WHOLE, "decimal": Kind.NUMBER, "date": Kind.DAY, "string": Kind.TEXT, "text": Kind.WORDS}
SIGNS = {Comparison.IS: "=", Comparison.IS_NOT: "!=", Comparison.AT_LEAST: ">=", Comparison.AT_MOST: "<="}
# What FHIR has no place for stands in extensions under an address of our own.
OURS = "urn:alongside:survey:"
MIN, MAX = ("http://hl7.org/fhir/StructureDefinition/minValue", "http://hl7.org/fhir/StructureDefinition/maxValue")
Item = dict[str, Any]


def questionnaire(definition: Definition, number: int) -> str:
    """Write it as JSON."""
    items: list[Item] = [{"linkId": "intro", "type": "display", "text": definition.intro}]
    items += [_part(definition, part) for part in definition.parts]
    items.append({"linkId": "thanks", "type": "display", "text": definition.thanks})
    whole = {"resourceType": "Questionnaire", "status": "active", "version": str(number)}
    made = Questionnaire.model_validate(whole | {"title": definition.title, "item": items})
    return str(made.model_dump_json(indent=1))


def _part(definition: Definition, part: Part) -> Item:
    item: Item = {"linkId": f"part_{part.key}", "type": "group", "text": part.title, **_rule(definition, part.show_if)}
    inside = [{"linkId": f"note_{part.key}", "type": "display", "text": part.words}] if part.words else []
    if part.repeat:
        item["repeats"] = True
        item["extension"] = [_said("over", part.repeat.over), _said("each", part.repeat.each)]
    inside += [_question(definition, question) for question in part.questions]
    return item | ({"item": inside} if inside else {})


def _question(definition: Definition, question: Question) -> Item:
    item: Item = {"linkId": question.key, "type": TYPES[question.kind], "text": question.words}
    item |= _rule(definition, question.show_if)
    extra = []
    if question.kind in (Kind.SCALE, Kind.AREA):
        extra.append(_said("kind", question.kind.value))
    for url, bound in ((MIN, question.low), (MAX, question.high)):
        if bound is not None:
            extra.append({"url": url, "valueInteger": bound})
    for name in ("why", "low_words", "high_words"):
        if words := getattr(question, name):
            extra.append(_said(name, words))
    if question.required:
        item["required"] = True
    if question.kind is Kind.MANY:
        item["repeats"] = True
    if question.choices:
        item["answerOption"] = [{"valueCoding": {"code": one.key, "display": one.words}} for one in question.choices]
    return item | ({"extension": extra} if extra else {})


def _said(name: str, words: str) -> Item:
    return {"url": f"{OURS}{name}", "valueString": words}


def _rule(definition: Definition, rule: Rule | None) -> Item:
    if rule is None:
        return {}
    tests = []
    for ask in rule.tests:
        question = definition.find(ask.question)[1]
        if ask.test is Comparison.ANSWERED:
            tests.append({"question": ask.question, "operator": "exists", "answerBoolean": True})
            continue
        value: Item = {"answerCoding": {"code": ask.value}}
        if question.kind not in (Kind.ONE, Kind.MANY):
            value = {"answerDecimal" if question.kind is Kind.NUMBER else "answerInteger": ask.value}
        tests.append({"question": ask.question, "operator": SIGNS[ask.test], **value})
    return {"enableWhen": tests, "enableBehavior": "any" if rule.any else "all"}


def read_questionnaire(content: bytes, name: str) -> Definition:
    """Return the survey; raises :class:`Unreadable` in a sentence that names the item at fault."""
    if len(content) > LONGEST:
        raise Unreadable(f"{name} is larger than a questionnaire needs, so we did not open it.")
    try:
        found = Questionnaire.model_validate_json(content)
    except (ValidationError, ValueError, RecursionError) as error:
        raise Unreadable(f"{name} is no FHIR Questionnaire: {_first(error)}") from error
    data = json.loads(found.model_dump_json())
    words = {item["linkId"]: item.get("text", "") for item in data.get("item", []) if item["type"] == "display"}
    keys: dict[str, Question] = {}
    parts = tuple(_read_parts(data, keys))
    title = (data.get("title") or data.get("name") or "A survey")[:120]
    intro = words.get("intro") or data.get("description") or "A few questions about how things are for you."
    definition = Definition(title, intro, words.get("thanks") or "Your answers have reached us.", parts)
    try:
        return check(definition)
    except DefinitionError as error:
        raise Unreadable(f"{name} cannot be asked as it is. “{error.where}” {error.problem}.") from error


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        problem = error.errors()[0]
        return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"[:300]
    return "it cannot be read."


def _read_parts(data: Item, keys: dict[str, Question]) -> list[Part]:
    found: list[Part] = []
    loose: list[Item] = []
    for item in [*data.get("item", []), {"type": "end"}]:
        if item["type"] not in ("group", "display", "end"):
            loose.append(item)
            continue
        if loose:
            title = data.get("title") or "Questions"
            found.append(_read_part({"linkId": "questions", "text": title, "item": loose}, keys, found))
            loose = []
        if item["type"] == "group":
            found.append(_read_part(item, keys, found))
    return found


def _read_part(item: Item, keys: dict[str, Question], before: list[Part]) -> Part:
    key = new_key(str(item["linkId"]).removeprefix("part_"), {part.key for part in before})
    told = _extras(item)
    rule, words, questions = _read_rule(item, keys), [], []
    repeat = None
    if item.get("repeats"):
        if told.get("over") not in keys:
            raise Unreadable(
                f"“{item.get('text', key)}” is asked again and again without a question that says how often."
            )
        repeat = Repeat(told["over"], told.get("each") or "one")
    for inner in item.get("item", []):
        if inner["type"] == "display":
            words.append(inner.get("text", ""))
        else:
            questions.append(_read_question(inner, keys))
    return Part(key, item.get("text") or key, tuple(questions), "\n".join(words), repeat, rule)


def _read_question(item: Item, keys: dict[str, Question]) -> Question:
    told, link = _extras(item), str(item["linkId"])
    if item.get("item"):
        raise Unreadable(f"“{item.get('text', link)}” has questions inside it, which our surveys cannot ask.")
    question = Question(
        key=link if KEY.fullmatch(link) else new_key(link, set(keys)),
        words=item.get("text") or link,
        kind=_read_kind(item, told),
        why=told.get("why") or "",
        required=bool(item.get("required")),
        choices=_read_choices(item),
        low=told.get(MIN),
        high=told.get(MAX),
        low_words=told.get("low_words") or "",
        high_words=told.get("high_words") or "",
        show_if=_read_rule(item, keys),
    )
    keys[link] = question
    return question


def _read_kind(item: Item, told: dict[str, Any]) -> Kind:
    kind = item["type"]
    if kind in ("coding", "boolean"):
        return Kind.MANY if item.get("repeats") else Kind.ONE
    if kind not in READ:
        raise Unreadable(f"“{item.get('text', item['linkId'])}” is of the type “{kind}”, which our surveys cannot ask.")
    return Kind(told["kind"]) if told.get("kind") in (Kind.SCALE, Kind.AREA) else READ[kind]


def _read_choices(item: Item) -> tuple[Choice, ...]:
    if item["type"] == "boolean":
        return (Choice("true", "Yes"), Choice("false", "No"))
    found: list[Choice] = []
    for option in item.get("answerOption") or () if item["type"] == "coding" else ():
        coding = option.get("valueCoding") or {}
        code = coding.get("code") or coding.get("display") or ""
        key = code if KEY.fullmatch(code) else new_key(code, {choice.key for choice in found})
        found.append(Choice(key, coding.get("display") or code))
    return tuple(found)


def _extras(item: Item) -> dict[str, Any]:
    return {
        one["url"].removeprefix(OURS): one.get("valueString", one.get("valueInteger"))
        for one in item.get("extension", [])
    }


def _read_rule(item: Item, keys: dict[str, Question]) -> Rule | None:
    tests = []
    for one in item.get("enableWhen") or ():
        question = keys.get(one["question"])
        if question is None:
            raise Unreadable(f"“{item.get('text', '')}” depends on “{one['question']}”, which is not asked before it.")
        test = next((test for test, sign in SIGNS.items() if sign == one["operator"]), None)
        if one["operator"] == "exists" and one.get("answerBoolean"):
            tests.append(Ask(question.key, Comparison.ANSWERED))
        elif test is None:
            raise Unreadable(
                f"“{item.get('text', '')}” depends on an answer by “{one['operator']}”, which we cannot ask."
            )
        else:
            tests.append(Ask(question.key, test, _value(one, question)))
    return Rule(tuple(tests), any=item.get("enableBehavior") == "any") if tests else None


def _value(test: Item, question: Question) -> str | int | float:
    if "answerBoolean" in test:
        return "true" if test["answerBoolean"] else "false"
    if "answerCoding" in test:
        code, choices = str(test["answerCoding"].get("code", "")), [choice.key for choice in question.choices]
        return code if code in choices else new_key(code, ())
    value = next((test[name] for name in ("answerInteger", "answerDecimal", "answerString") if name in test), "")
    return float(value) if isinstance(value, str) and value.replace(".", "", 1).isdigit() else value

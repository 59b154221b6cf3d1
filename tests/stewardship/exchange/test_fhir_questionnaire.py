"""A survey goes out as a FHIR Questionnaire and comes back the same; what we cannot ask is refused by its item."""

import json
from typing import Any

import pytest
from fhir.resources.questionnaire import Questionnaire
from hypothesis import given, settings

from alongside.calc.surveys.definition import Definition
from alongside.calc.surveys.reading import read, told
from alongside.records.surveys.library import library
from alongside.stewardship.exchange.fhir_questionnaire import questionnaire, read_questionnaire
from alongside.stewardship.exchange.problems import Unreadable
from tests.calc.surveys.made import SIX, definitions


def back(definition: Definition) -> Definition:
    return read_questionnaire(questionnaire(definition, 1).encode(), "q.json")


def test_our_surveys_come_back_as_they_went_out() -> None:
    annual = library()["annual-carer-survey"]
    assert told(back(annual)) == told(annual)
    assert told(back(SIX)) == told(SIX)
    assert Questionnaire.model_validate_json(questionnaire(annual, 3)).version == "3"


@given(definitions())
@settings(max_examples=25)
def test_any_survey_comes_back(definition: Definition) -> None:
    tidy = read(told(definition))
    assert told(back(tidy))["parts"] == told(tidy)["parts"]


def foreign(*items: dict[str, Any]) -> bytes:
    return json.dumps({"resourceType": "Questionnaire", "status": "draft", "item": list(items)}).encode()


def test_a_foreign_questionnaire_is_read() -> None:
    found = read_questionnaire(
        foreign(
            {"linkId": "1.1", "type": "boolean", "text": "Do you care?", "required": True},
            {
                "linkId": "1.2",
                "type": "integer",
                "text": "For how many?",
                "enableWhen": [{"question": "1.1", "operator": "=", "answerBoolean": True}],
            },
        ),
        "q.json",
    )
    (_, first), (_, second) = found.questions()
    assert (first.key, [choice.words for choice in first.choices]) == ("q_1_1", ["Yes", "No"])
    assert second.show_if.tests[0].value == "true"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "no FHIR Questionnaire"),
        (b"[]", "no FHIR Questionnaire"),
        (b'{"resourceType": "Patient"}', "no FHIR Questionnaire"),
        (b"[" * 100_000, "no FHIR Questionnaire"),
        (b" " * 2_000_001, "larger than a questionnaire needs"),
        (foreign({"linkId": "a", "type": "attachment", "text": "A"}), "“A” is of the type “attachment”"),
        (foreign({"linkId": "a", "type": "group", "text": "A", "repeats": True}), "without a question that says"),
        (foreign({"linkId": "a", "type": "string", "text": "A", "enableBehavior": "all",
                  "enableWhen": [{"question": "b", "operator": "exists", "answerBoolean": True}]},
                 {"linkId": "b", "type": "string", "text": "B"}), "depends on “b”, which is not asked before it"),
        (foreign({"linkId": "a", "type": "string", "text": "A",
                  "item": [{"linkId": "b", "type": "string", "text": "B"}]}), "questions inside it"),
        (foreign(*({"linkId": f"q{n}", "type": "string", "text": "Q"} for n in range(201))), "at most 200 questions"),
    ],
)  # fmt: skip
def test_what_we_cannot_ask_is_refused_by_its_item(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_questionnaire(content, "q.json")

"""Responses are taken away without anything that names somebody, and brought from elsewhere, or refused in words."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.records.surveys.models import Round
from alongside.records.surveys.queries import responses_of
from alongside.records.surveys.services.answering import receive_responses
from tests.cast import Cast
from tests.records.surveys.made import a_round

pytestmark = pytest.mark.usefixtures("clock")
SAID = {
    "area": "E08000034",
    "helped": "yes",
    "how": "Grace Okafor did.",
    "children": 2,
    "age.1": 3,
    "age.2": 9,
    "school.2": 4,
}
FEW = {"area": "E08000033", "helped": None, "children": 0}


def away(browser: Any, round: Round) -> str:
    return str(browser.get(f"/surveys/rounds/{round.pk}/responses/").content.decode())


def test_they_go_out_without_words_or_small_areas_and_come_back(cast: Cast, sign_in: Any) -> None:
    first, second = a_round(cast), a_round(cast)
    receive_responses(round=first, answered=[SAID] * 10 + [FEW], by=cast.morgan)
    browser = sign_in(cast.morgan)
    content = away(browser, first)
    assert "Grace" not in content
    assert "E08000034" in content
    assert "E08000033" not in content
    assert "subject" not in content
    given = {"file": SimpleUploadedFile("r.json", content.encode())}
    assert browser.post(f"/surveys/rounds/{second.pk}/bring/", given).status_code == 302
    kept = [row.answers for row in responses_of(second)]
    assert len(kept) == 11
    assert {key: value for key, value in SAID.items() if key != "how"} in kept
    assert {"helped": None, "children": 0} in kept


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([{"linkId": "gone"}], "answers “gone”, which this survey does not ask"),
        ([{"linkId": "helped", "answer": [{"valueCoding": {"code": "perhaps"}}]}], "Choose one of the answers"),
        ([{"linkId": "children", "answer": [{"valueInteger": 99}]}], "from 0 to 6"),
        ([{"linkId": "children", "answer": [{"valueInteger": 1}]}], "which must be answered"),
    ],
)
def test_what_is_no_response_to_this_round_is_refused(cast: Cast, sign_in: Any, items: list[Any], words: str) -> None:
    response = {"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": "urn:x", "item": items}
    whole = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": response}]}
    given = {"file": SimpleUploadedFile("r.json", json.dumps(whole).encode())}
    said = sign_in(cast.morgan).post(f"/surveys/rounds/{a_round(cast).pk}/bring/", given).content.decode()
    assert words in said


@pytest.mark.parametrize("content", [b"x", b"[]", b'{"resourceType": "Bundle", "type": "collection"}'])
def test_a_file_of_something_else_is_refused(cast: Cast, sign_in: Any, content: bytes) -> None:
    given = {"file": SimpleUploadedFile("r.json", content)}
    said = sign_in(cast.morgan).post(f"/surveys/rounds/{a_round(cast).pk}/bring/", given)
    assert "There is a problem" in said.content.decode()

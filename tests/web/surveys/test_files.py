"""A survey is taken away as a file and brought from one, or refused in words."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.calc.surveys.reading import told
from alongside.core.base.ids import new_id
from alongside.records.surveys.models import Edition
from alongside.records.surveys.queries import last_edition
from tests.calc.surveys.made import SIX
from tests.cast import Cast
from tests.records.surveys.made import a_survey

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize(("kind", "name"), [("xlsform", "s.xlsx"), ("fhir", "s.json")])
def test_it_goes_out_and_comes_back(cast: Cast, sign_in: Any, kind: str, name: str) -> None:
    browser = sign_in(cast.morgan)
    away = browser.get(f"/surveys/editions/{last_edition(a_survey(cast).pk).pk}/{kind}/")
    assert "attachment" in away["Content-Disposition"]
    given = {"submission": str(new_id()), "file": SimpleUploadedFile(name, away.content)}
    there = browser.post("/surveys/bring/", given)
    assert there.status_code == 302
    brought = Edition.objects.exclude(pk=last_edition(Edition.objects.order_by("created_at")[0].survey_id).pk).get()
    assert told(brought.asks)["parts"] == told(SIX)["parts"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("s.xlsx", b"hello", "is damaged, or is not an Excel workbook"),
        ("s.json", b"hello", "no FHIR Questionnaire"),
        ("s.json", b" " * 2_000_001, "larger than 2 MB"),
        ("s.xlsx", b"", "The file is empty"),
    ],
)
def test_what_is_no_survey_is_refused_in_words(cast: Cast, sign_in: Any, name: str, content: bytes, words: str) -> None:
    given = {"submission": str(new_id()), "file": SimpleUploadedFile(name, content)}
    assert words in sign_in(cast.morgan).post("/surveys/bring/", given).content.decode()


def test_a_licensed_title_is_refused_also_from_a_file(cast: Cast, sign_in: Any) -> None:
    content = b'{"resourceType": "Questionnaire", "status": "active", "title": "Outcomes Star"}'
    given = {"submission": str(new_id()), "file": SimpleUploadedFile("s.json", content)}
    assert "may be used only by people" in sign_in(cast.morgan).post("/surveys/bring/", given).content.decode()

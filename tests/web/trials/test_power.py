"""How many families it takes: said in words, with what was typed kept, and mistakes told by the field."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from alongside.core.agencies.models import User
from tests.cast import Cast
from tests.records.trials.trying import evaluator

SignIn = Callable[[User], Client]
ASKED = {"wanted": "families", "kind": "means", "difference": "0.5", "sd": "1", "sure": "80", "lost": "0"}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "You need 64 families in each arm, 128 together."),
        ({"lost": "20"}, "You need 80 families in each arm, 160 together."),
        ({"lost": "20", "per_team": "10", "alike": "0.05"}, "These are 12 teams in each arm."),
        ({"kind": "paired"}, "You need 34 families in all."),
        ({"kind": "proportions", "share": "50", "difference": "25"}, "percentage points"),
        ({"wanted": "sure", "families": "20", "difference": "1"}, "87 of 100 such trials would find it"),
        ({"wanted": "difference", "families": "64"}, "finding is 0.499 points"),
        ({"wanted": "sure", "families": "10"}, "more often miss the difference than find it"),
    ],
)
def test_the_answer_is_said_in_words(cast: Cast, sign_in: SignIn, changed: dict[str, str], words: str) -> None:
    page = unescape(sign_in(evaluator(cast)).get("/trials/power/", {**ASKED, **changed}).content.decode())
    assert words in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"difference": ""}, "Enter the difference that would matter"),
        ({"difference": "0"}, "No number of families finds a difference of 0"),
        ({"difference": "some"}, "Enter a number"),
        ({"sd": "inf"}, "Enter a number"),
        ({"sd": "-1"}, "0.0001"),
        ({"kind": "proportions", "share": ""}, "Enter the share without the support"),
        ({"kind": "proportions", "share": "90", "difference": "20"}, "would not lie between 0 and 1"),
        ({"wanted": "difference", "families": "2", "sure": "90", "lost": "60"}, "so few people"),
        ({"wanted": "everything"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    cast: Cast, sign_in: SignIn, changed: dict[str, str], words: str
) -> None:
    asked = {**ASKED, "alike": "0.0731", **changed}
    answer = sign_in(evaluator(cast)).get("/trials/power/", asked)
    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert words.lower() in page.lower()
    assert 'value="0.0731"' in page


def test_the_page_is_for_those_who_run_trials(cast: Cast, sign_in: SignIn) -> None:
    for user in (cast.asha, cast.ben, cast.carol):
        assert sign_in(user).get("/trials/power/").status_code == 403
    assert "Work it out" in sign_in(evaluator(cast)).get("/trials/power/").content.decode()

"""What a round came to: for whom, when, how little of a few, and as a file."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.audit.models import Entry
from alongside.insight.surveys import protecting
from alongside.records.surveys.models import Round
from alongside.records.surveys.services.answering import receive_responses
from alongside.records.surveys.services.rounds import close_round
from tests.cast import Cast
from tests.insight.evaluation.cohorts import evaluator
from tests.records.surveys.made import a_round, an_invitation

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]
BRADFORD, CALDERDALE, KIRKLEES, LEEDS = "E08000032", "E08000033", "E08000034", "E08000035"


def said(area: str, helped: str, number: int) -> list[Any]:
    return [{"area": area, "helped": helped, "how": f"{area} gave {n} calls", "children": 0} for n in range(number)]


def closed(cast: Cast, answered: list[Any], **facts: Any) -> Round:
    round = a_round(cast, **facts)
    receive_responses(round=round, answered=answered, by=cast.morgan)
    round.refresh_from_db()
    return close_round(round=round, version=round.version, by=cast.morgan)


def at(round: Round) -> str:
    return f"/surveys/rounds/{round.pk}/results/"


MANY = said(KIRKLEES, "yes", 20) + said(KIRKLEES, "no", 3) + said(LEEDS, "yes", 12) + said(LEEDS, "no", 15)
MANY += said(CALDERDALE, "no", 9) + said(BRADFORD, "no", 2)


def test_morgan_reads_what_carers_said_and_a_second_look_works_nothing_out_again(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    round = closed(cast, MANY)
    door = sign_in(cast.morgan)
    assert at(round) in door.get(f"/surveys/rounds/{round.pk}/").content.decode()
    text = door.get(at(round)).content.decode()
    assert "Have we helped?" in text
    assert "52%" in text  # 32 of 61
    assert "40 and 64%" in text
    assert "somebody could answer twice" in text
    assert "Calderdale" not in text
    assert "not shown" in text
    assert f"{KIRKLEES} gave 4 calls" in text
    monkeypatch.setattr(protecting, "protect", None)
    assert "52%" in door.get(at(round)).content.decode()


def test_there_is_nothing_while_it_is_open_or_where_few_answered(cast: Cast, sign_in: SignIn) -> None:
    open_one = a_round(cast)
    receive_responses(round=open_one, answered=MANY, by=cast.morgan)
    door = sign_in(cast.morgan)
    assert b"when the round is closed" in door.get(at(open_one)).content
    assert b"Fewer than 10 answered" in door.get(at(closed(cast, MANY[:9]))).content
    assert door.get(f"{at(open_one)}file/").status_code == 302
    assert not Entry.objects.filter(what="survey results taken away").exists()


def test_the_file_holds_what_the_page_shows_and_is_logged(cast: Cast, sign_in: SignIn) -> None:
    round = closed(cast, MANY)
    content = sign_in(cast.morgan).get(f"{at(round)}file/").content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(content)))
    assert ["Have we helped?", "Everywhere", "Yes", "32", "61", "52", "40", "64", "", "", ""] in rows
    kirklees = [row[3] for row in rows if row[:2] == ["Have we helped?", "Kirklees"]]
    assert kirklees == ["not shown", "not shown"]
    assert "calls" not in content
    assert Entry.objects.filter(what="survey results taken away", kind=Entry.Kind.EXPORT).count() == 1


def test_an_evaluator_reads_numbers_and_no_words(cast: Cast, sign_in: SignIn) -> None:
    text = sign_in(evaluator(cast)).get(at(closed(cast, MANY))).content.decode()
    assert "52%" in text
    assert "gave 4 calls" not in text


def test_a_low_response_is_said(cast: Cast, sign_in: SignIn) -> None:
    round = a_round(cast, way="invited")
    an_invitation(cast, round, "never used")
    receive_responses(round=round, answered=MANY, by=cast.morgan)
    round.refresh_from_db()
    close_round(round=round, version=round.version, by=cast.morgan)
    text = sign_in(cast.morgan).get(at(round)).content.decode()
    assert "0 of 1 who were invited answered (0%)" in text
    assert "Fewer than half of those invited answered" in text


@pytest.mark.parametrize("more", ["", "file/"])
def test_others_have_no_results(cast: Cast, sign_in: SignIn, more: str) -> None:
    at_it = at(closed(cast, MANY)) + more
    manager = User.objects.create(
        agency=cast.other_provider, name="Far Manager", role=Role.MANAGER, email="f@example.org"
    )
    assert sign_in(manager).get(at_it).status_code == 404
    assert sign_in(cast.ben).get(at_it).status_code == 403
    assert sign_in(cast.carol).get(at_it).status_code == 403


def test_reading_many_answers_costs_no_more(cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any) -> None:
    few, many = closed(cast, MANY[:12]), closed(cast, MANY * 3)
    door = sign_in(cast.morgan)
    for round in (few, many):
        with django_assert_max_num_queries(13):  # 12, and on PostgreSQL one of the test's own
            assert door.get(at(round)).status_code == 200

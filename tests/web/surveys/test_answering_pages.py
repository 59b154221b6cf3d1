"""A carer answers a survey on her phone, without an account: every way through, and every mistake."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from alongside.records.surveys.models import Response
from alongside.records.surveys.queries import responses_of
from tests.cast import TODAY, Cast
from tests.records.surveys.made import a_round, an_invitation

pytestmark = pytest.mark.usefixtures("clock")


def begun(client: Client, cast: Cast) -> str:
    """Begin openly; give the address of one's own link."""
    round = a_round(cast)
    front = client.get(f"/survey/{round.address}/").content.decode()
    assert "How we are doing" in front
    assert "not the day or the hour" in front
    assert "at most 6 questions" in front
    return str(client.post(f"/survey/{round.address}/")["Location"]).removesuffix("next/")


def say(client: Client, link: str, at: str, said: object) -> str:
    answer = client.post(f"{link}q/{at}/", {at: said})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).removeprefix(link)


def test_one_question_at_a_time_to_the_end(client: Client, cast: Cast) -> None:
    link = begun(client, cast)
    assert client.get(f"{link}next/")["Location"] == f"{link}q/area/"
    assert "Which council do you live in?" in client.get(f"{link}q/area/").content.decode()
    assert say(client, link, "area", "E08000034") == "q/helped/"
    assert say(client, link, "helped", "yes") == "q/how/"
    assert say(client, link, "how", "Thursdays.") == "q/children/"
    assert say(client, link, "children", "2") == "q/age.1/"
    assert "Your children: child 1 of 2" in client.get(f"{link}q/age.1/").content.decode()
    assert say(client, link, "age.1", "3") == "q/age.2/"
    assert say(client, link, "age.2", "9") == "q/school.2/"
    assert say(client, link, "school.2", "0") == "check/"
    shown = client.get(f"{link}check/").content.decode()
    assert all(words in shown for words in ("Kirklees", "Thursdays.", "Yes", "child 2 of 2"))
    assert "Thank you. We read every answer." in client.post(f"{link}check/", follow=True).content.decode()
    (kept,) = responses_of(Response.objects.get().round)
    assert kept.answers == {
        "area": "E08000034", "helped": "yes", "how": "Thursdays.", "children": 2, "age.1": 3, "age.2": 9, "school.2": 0,
    }  # fmt: skip
    assert client.get(link).status_code == 404, "the link is used up"
    assert not client.session.keys(), "and nothing of it stays in the browser"


def test_a_question_is_skipped_and_another_must_be_answered(client: Client, cast: Cast) -> None:
    link = begun(client, cast)
    assert client.post(f"{link}q/area/", {"skip": "1"})["Location"] == f"{link}q/helped/"
    for sent in ({}, {"skip": "1"}):
        assert "Answer “Have we helped?”" in client.post(f"{link}q/helped/", sent).content.decode()
    assert say(client, link, "helped", "rather_not") == "q/children/"
    wrong = client.post(f"{link}q/children/", {"children": "lots"}).content.decode()
    assert "Enter a whole number" in wrong
    assert 'value="lots"' in wrong, "what was typed stays"
    assert "from 0 to 6" in client.post(f"{link}q/children/", {"children": "7"}).content.decode()
    assert client.post(f"{link}q/children/", {"children": "", "children.not": "on"})["Location"] == f"{link}check/"
    shown = client.get(f"{link}check/").content.decode()
    assert shown.count("I would rather not say") == 2
    assert "You left this blank" in shown
    assert client.post(f"{link}check/")["Location"].endswith("/thanks/")


def test_a_changed_answer_closes_what_hung_on_it(client: Client, cast: Cast) -> None:
    link = begun(client, cast)
    say(client, link, "helped", "yes")
    say(client, link, "how", "Thursdays.")
    say(client, link, "children", "0")
    assert client.post(f"{link}q/helped/?correcting=1", {"helped": "no"})["Location"] == f"{link}check/"
    assert "Thursdays." not in client.get(f"{link}check/").content.decode()
    assert client.get(f"{link}q/how/")["Location"] == f"{link}next/"
    client.post(f"{link}check/")
    assert Response.objects.get().answers == {"helped": "no", "children": 0}


def test_sending_too_soon_says_what_is_missing(client: Client, cast: Cast) -> None:
    link = begun(client, cast)
    said = client.post(f"{link}check/").content.decode()
    assert "Answer “Have we helped?”, or say that you would rather not" in said
    assert f'href="{link}q/helped/?correcting=1"' in said


def test_all_on_one_page_opens_more_where_an_answer_asks_for_it(client: Client, cast: Cast) -> None:
    link = begun(client, cast)
    said = {"area": "E08000034", "helped": "yes", "children": "1"}
    shown = client.post(f"{link}all/", {"helped": "", "children": "x"}).content.decode()
    assert "Answer “Have we helped?”" in shown
    assert "Enter a whole number" in shown
    shown = client.post(f"{link}all/", said).content.decode()
    assert "2 more questions" in shown
    assert "child 1 of 1" in shown
    assert "What helped most?" in shown
    assert client.post(f"{link}all/", said | {"age.1": "2"})["Location"] == f"{link}check/"
    assert client.get(f"{link}all/").status_code == 200


def test_coming_back_leads_on_from_where_one_stopped(client: Client, cast: Cast) -> None:
    link = begun(client, cast)
    say(client, link, "area", "E08000034")
    later = Client()
    assert "Go on where you stopped" in later.get(link).content.decode()
    assert later.post(link)["Location"] == f"{link}next/"
    assert later.get(f"{link}next/")["Location"] == f"{link}q/helped/"
    assert re.search(r'value="E08000034" selected', later.get(f"{link}q/area/").content.decode())


def test_who_is_invited_chooses_whether_the_answers_stay_with_the_record(client: Client, cast: Cast) -> None:
    round = a_round(cast, way="invited", kept="linked")
    an_invitation(cast, round, "mine")
    shown = client.get("/survey/to/mine/").content.decode()
    assert "May we keep your answers" in shown
    assert "Answer “May we keep" in client.post("/survey/to/mine/").content.decode()
    assert client.get("/survey/to/mine/q/area/")["Location"] == "/survey/to/mine/", "nothing before she has chosen"
    client.post("/survey/to/mine/", {"linked": "no"})
    assert Response.objects.get().case is None
    assert "May we keep your answers" not in client.get("/survey/to/mine/").content.decode()


@pytest.mark.parametrize("path", ["", "nowhere/", "to/nobody/", "to/nobody/all/", "to/nobody/q/x/", "nowhere/thanks/"])
def test_an_address_of_nothing_says_kindly_that_it_is_over(client: Client, cast: Cast, path: str) -> None:
    for answer in (client.get(f"/survey/{path}"), client.post(f"/survey/{path}")):
        assert answer.status_code == 404
        assert "This survey is not open" in answer.content.decode()


def test_a_hundred_beginnings_in_an_hour_from_one_place_are_too_many(client: Client, cast: Cast) -> None:
    round = a_round(cast, closes_on=TODAY + timedelta(days=1))
    codes = [client.post(f"/survey/{round.address}/").status_code for _ in range(41)]
    assert set(codes[:40]) == {302}
    assert codes[40] == 429

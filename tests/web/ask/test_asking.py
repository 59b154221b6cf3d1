"""A carer asks for help without an account: may skip, stop, correct; is told what comes next; leaves nothing behind."""

from datetime import date
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client

from alongside.records.referrals.models import Referral
from alongside.records.referrals.queries import children_told
from alongside.records.referrals.rules import reference_words
from alongside.web.ask.questions import QUESTIONS
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("clock", "cast")
REACH = {"carer_phone": "07700 900123"}


@pytest.fixture(autouse=True)
def _no_tries_yet(cast: Cast) -> None:
    cache.clear()


def answer(client: Client, **answers: dict[str, str]) -> None:
    """Answer some questions."""
    for step, said in answers.items():
        assert client.post(f"/ask/{step}/", said).status_code == 302


def test_six_questions_one_after_the_other(client: Client) -> None:
    address = "/ask/help/"
    assert address in client.get("/ask/").content.decode()
    for number, step in enumerate(QUESTIONS, 1):
        assert address == f"/ask/{step}/"
        page = client.get(address).content.decode()
        assert f"Question {number} of 6" in page
        assert "Call <a" in page
        assert "999" in page
        assert ("Skip this question" in page) == (step != "reach")
        address = client.post(address, REACH if step == "reach" else {}).headers["Location"]
    assert address == "/ask/check/"


def test_grace_is_told_what_comes_next_and_nothing_stays(client: Client, cast: Cast) -> None:
    answer(
        client,
        help={"words": "Bedtimes are a battle."},
        who={"relationship": "grandparent"},
        children={"number": "2", "name1": "Tyler", "age1": "7", "name2": "", "age2": "4"},
        order={"arrangement": "special_guardianship"},
        where={"postcode": "hd12ab"},
        reach={**REACH, "carer_name": "Grace Okafor", "safety_words": "Not when Dean is here."},
    )
    page = client.get("/ask/check/").content.decode()
    for words in ("Bedtimes are a battle.", "Tyler, 7", "A child, 4", "HD1 2AB", "Not when Dean is here."):
        assert words in page
    told = client.post("/ask/check/", follow=True).content.decode()
    referral = Referral.objects.get(source="self")
    assert reference_words(referral.pk) in told
    assert "27 November 2026" in told
    assert "Grace" not in told
    assert (referral.agency, referral.authority, referral.consent) == (cast.provider, cast.kirklees, "given")
    assert [(child.name, child.birth_date, child.birth_precision) for child in children_told(referral)] == [
        ("Tyler", date(2019, 1, 1), "about"),
        ("", date(2022, 1, 1), "about"),
    ]
    left = " ".join(str(session.get_decoded()) for session in Session.objects.all())
    for words in ("Bedtimes", "Grace", "900123", "HD1", "Dean", "Tyler"):
        assert words not in left
    assert not mail.outbox


def test_almost_everything_may_be_left_out(client: Client) -> None:
    answer(client, reach=REACH)
    assert client.get("/ask/check/").content.decode().count("You left this blank") == 5
    client.post("/ask/check/")
    referral = Referral.objects.get(source="self")
    assert (referral.carer_phone, referral.carer_name, referral.children) == ("07700 900123", "", [])


def test_two_clicks_send_once(client: Client) -> None:
    answer(client, reach=REACH)
    assert client.post("/ask/check/").headers["Location"] == "/ask/done/"
    assert client.post("/ask/check/").headers["Location"] == "/ask/done/"
    assert Referral.objects.filter(source="self").count() == 1


def test_an_answer_is_corrected_and_the_others_stay(client: Client) -> None:
    answer(client, help={"words": "Money."}, reach=REACH)
    assert "Money." in client.get("/ask/help/?correcting").content.decode()
    assert client.post("/ask/help/?correcting", {"words": "Sleep."}).headers["Location"] == "/ask/check/"
    page = client.get("/ask/check/").content.decode()
    assert "Sleep." in page
    assert "07700 900123" in page


def test_room_for_another_child_without_a_script(client: Client) -> None:
    page = client.post("/ask/children/", {"number": "1", "name1": "Ade", "add": "child"}).content.decode()
    assert "Ade" in page
    assert 'name="age2"' in page
    assert 'name="age3"' not in page


@pytest.mark.parametrize("typed", ["", "x", "-3", "9999999999999", "６"])
def test_a_spoilt_number_of_children_does_no_harm(client: Client, typed: str) -> None:
    assert client.post("/ask/children/", {"number": typed, "name1": "Ade"}).status_code == 302


@pytest.mark.parametrize(
    ("step", "said", "sentence"),
    [
        ("children", {"number": "1", "age1": "seven"}, "whole years"),
        ("where", {"postcode": "HD1"}, "not a whole postcode"),
        ("reach", {}, "Enter a phone number or an e-mail"),
        ("reach", {"carer_email": "grace"}, "with its @"),
        ("who", {"relationship": "landlord"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_kindly_and_kept(client: Client, step: str, said: dict[str, str], sentence: str) -> None:
    page = client.post(f"/ask/{step}/", said)
    assert page.status_code == 200
    assert sentence in page.content.decode()


def test_stopping_keeps_nothing(client: Client) -> None:
    answer(client, help={"words": "Money."}, reach=REACH)
    assert "Nothing is kept" in client.post("/ask/stop/", follow=True).content.decode()
    assert client.get("/ask/check/").headers["Location"] == "/ask/"
    assert "Money." not in str([session.get_decoded() for session in Session.objects.all()])


def test_nothing_to_see_before_or_without_asking(client: Client) -> None:
    assert client.get("/ask/done/").headers["Location"] == "/ask/"
    assert client.get("/ask/check/").headers["Location"] == "/ask/"
    assert client.get("/ask/nonsense/").status_code == 404


def test_a_letter_goes_where_they_said_it_is_safe(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer(client, reach={"carer_email": "grace@example.org"})
        client.post("/ask/check/")
        assert not mail.outbox
        answer(client, reach={"carer_email": "grace@example.org", "safe_to_write": "on"})
        client.post("/ask/check/")
    (letter,) = mail.outbox
    assert letter.to == ["grace@example.org"]


def test_one_address_may_send_five_times_an_hour(client: Client) -> None:
    for _ in range(5):
        answer(client, reach=REACH)
        assert client.post("/ask/check/").status_code == 302
    answer(client, reach=REACH)
    assert client.post("/ask/check/").status_code == 429
    assert "07700 900123" in client.get("/ask/check/").content.decode()
    assert Referral.objects.filter(source="self").count() == 5
    assert Client(REMOTE_ADDR="192.0.2.7").get("/ask/").status_code == 200


def test_the_pages_are_never_kept_by_a_browser(client: Client) -> None:
    answer(client, reach=REACH)
    for address in ("/ask/", "/ask/reach/", "/ask/check/", "/ask/stop/"):
        assert "no-store" in client.get(address).headers["Cache-Control"]

"""The pages of measures: a worker's, and the ones a carer opens from a link."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.measures.library import EXAMPLE_PACK, instrument
from alongside.records.measures.licensing import declare, load_pack
from alongside.records.measures.models import AnswerSet, CheckInLink, NotAsked
from alongside.records.measures.services.answering import record_answers
from alongside.records.measures.services.half_filling import keep_half_filled
from alongside.records.measures.services.linking import make_link
from alongside.records.people.models import Person
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]


@pytest.fixture
def token(cast: Cast) -> str:
    _, address = make_link(
        case=cast.case, person=cast.grace, occasion="review", asked=["five-domains"], by=cast.asha, base_url="/"
    )
    return address.strip("/")


def test_asha_records_the_start_and_sees_it(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    asked = {
        "submission": new_id(),
        "person": cast.grace.pk,
        "occasion": "start",
        "answered_on_day": "20",
        "answered_on_month": "11",
        "answered_on_year": "2026",
        "mode": "with_worker",
        "five-domains.isolation": "7",
        "five-domains.money": "rather_not",
        "ucla-3.left_out": "2",
    }
    saved = asha.post(reverse("measures:ask", args=[cast.case.pk]), asked, follow=True)
    assert "Saved" in saved.text
    assert AnswerSet.objects.get(instrument="five-domains").answers["money"] == "declined"
    assert AnswerSet.objects.get(instrument="ucla-3").scores == {"loneliness": None, "lonely": None}
    assert not AnswerSet.objects.filter(instrument="ons4").exists()


def test_a_second_click_keeps_no_answer_twice(cast: Cast, sign_in: SignIn) -> None:
    asha, page = sign_in(cast.asha), reverse("measures:ask", args=[cast.case.pk])
    for occasion in ("start", "review"):
        asked = {
            "submission": new_id(),
            "person": cast.grace.pk,
            "occasion": occasion,
            "answered_on_day": "20",
            "answered_on_month": "11",
            "answered_on_year": "2026",
            "mode": "with_worker",
            "five-domains.isolation": "7",
            "ucla-3.left_out": "2",
        }
        for _ in range(2):
            assert asha.post(page, asked)["Location"] == reverse("measures:overview", args=[cast.case.pk])
        assert AnswerSet.objects.filter(occasion=occasion).count() == 2


def test_a_mistake_is_told_by_its_field_and_keeps_what_was_said(cast: Cast, sign_in: SignIn) -> None:
    asked = {
        "submission": new_id(),
        "person": cast.grace.pk,
        "occasion": "start",
        "answered_on_day": "31",
        "answered_on_month": "2",
        "answered_on_year": "2026",
        "mode": "paper",
        "five-domains.isolation": "7",
    }
    told = sign_in(cast.asha).post(reverse("measures:ask", args=[cast.case.pk]), asked)
    assert "There is no 31 February in 2026" in told.text
    assert 'name="five-domains.isolation" type="radio" value="7" checked' in told.text
    assert not AnswerSet.objects.exists()


@pytest.mark.parametrize("page", ["overview", "ask", "link"])
def test_strangers_see_no_measures(cast: Cast, sign_in: SignIn, page: str) -> None:
    address = reverse(f"measures:{page}", args=[cast.case.pk])
    assert sign_in(cast.ben).get(address).status_code == 404
    for nobody in (cast.carol, cast.ruth, cast.priya):
        assert sign_in(nobody).get(address).status_code == 403


def test_the_link_is_shown_once_and_sent_without_a_word_about_the_family(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    address = reverse("measures:link", args=[cast.case.pk])
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        made = sign_in(cast.asha).post(address, {"person": cast.grace.pk, "occasion": "review", "way": "email"})
    assert "/check-in/" in made.text
    (letter,) = mail.outbox
    assert letter.to == ["grace@example.org"]
    assert "/check-in/" in letter.body
    for secret in ("Grace", "Tyler", "Amara", "Asha"):
        assert secret not in letter.body + letter.subject
    assert "/check-in/" not in sign_in(cast.asha).get(address).text


def test_grace_answers_skips_comes_back_and_is_thanked(cast: Cast, client: Client, token: str) -> None:
    assert "5 short questions" in client.get(f"/check-in/{token}/").text
    first = client.post(f"/check-in/{token}/1/", {"answer": "5"})
    assert first.headers["Location"] == f"/check-in/{token}/2/"
    client.post(f"/check-in/{token}/2/", {"skip": "1"})
    assert "Go on where you stopped" in client.get(f"/check-in/{token}/").text
    first_again = client.get(f"/check-in/{token}/1/").text
    assert 'value="5" checked' in first_again
    assert "<title>Question 1 of 5: how are things?" in first_again
    client.post(f"/check-in/{token}/3/", {"answer": "rather_not"})
    client.post(f"/check-in/{token}/4/", {})
    thanked = client.post(f"/check-in/{token}/5/", {"answer": "8"}, follow=True)
    assert "Thank you" in thanked.text
    assert AnswerSet.objects.get().answers == {
        "isolation": 5,
        "child": "declined",
        "relationships": None,
        "confidence": 8,
    }
    assert client.get(f"/check-in/{token}/").status_code == 404


@pytest.mark.parametrize("guess", ["", "x/", "0" * 43 + "/", "x/1/"])
def test_a_guess_looks_like_a_link_that_has_ended(client: Client, db: None, guess: str) -> None:
    answer = client.get(f"/check-in/{guess}")
    assert answer.status_code == 404
    assert "This link no longer works" in answer.text


def test_a_nonsense_answer_is_refused_and_nothing_is_kept(cast: Cast, client: Client, token: str) -> None:
    answer = client.post(f"/check-in/{token}/1/", {"answer": "11"})
    assert answer.status_code == 200
    assert CheckInLink.objects.get().answers == {}


def test_two_browsers_on_one_link_lose_no_answer(cast: Cast, token: str) -> None:
    one, other = Client(), Client()
    one.post(f"/check-in/{token}/1/", {"answer": "5"})
    other.post(f"/check-in/{token}/2/", {"answer": "6"})
    assert CheckInLink.objects.get().answers == {"five-domains": {"isolation": 5, "money": 6}}


def test_a_carer_is_thanked_without_a_word_of_what_another_carer_answered(
    cast: Cast, client: Client, token: str
) -> None:
    joy = Person.objects.create(agency=cast.provider, name="Joy Okafor")
    told = {"case": cast.case, "person": joy, "occasion": "start", "answered_on": TODAY, "mode": "paper"}
    answers = {"five-domains": {"isolation": 9}}
    record_answers(**told, answers=answers, by=cast.asha, submission=new_id())  # type: ignore[arg-type]
    client.post(f"/check-in/{token}/1/", {"answer": "5"})
    thanked = client.post(f"/check-in/{token}/5/", {"skip": "1"}, follow=True)
    assert "Thank you" in thanked.text
    assert "at the start" not in thanked.text


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (1, "Better than at the start, by 9 points. This is more than chance"),
        (2, "The same as at the start."),
        (3, "Harder than at the start, by 9 points. This is more than chance"),
    ],
)
def test_asha_reads_whether_a_change_is_more_than_chance(cast: Cast, sign_in: SignIn, later: int, said: str) -> None:
    keys = [item.key for item in instrument("phq-9").items]
    for occasion, on, value in (("start", TODAY - timedelta(weeks=12), 2), ("review", TODAY, later)):
        told = {"case": cast.case, "person": cast.grace, "occasion": occasion, "answered_on": on, "mode": "paper"}
        answers = {"phq-9": dict.fromkeys(keys, value), "five-domains": {"isolation": 5 + value}}
        record_answers(**told, answers=answers, by=cast.asha, submission=new_id())  # type: ignore[arg-type]
    shown = sign_in(cast.asha).get(reverse("measures:overview", args=[cast.case.pk])).text
    assert said in shown
    assert ("We cannot say whether this is more than chance." in shown) == (later != 2)


@pytest.mark.parametrize("name", ["overview", "ask", "link", "paper", "peace", "enter"])
def test_a_family_with_everything_begun_takes_no_more_than_twelve_queries(
    cast: Cast, sign_in: SignIn, name: str
) -> None:
    load_pack(content=EXAMPLE_PACK.read_bytes(), by=cast.morgan)
    declared = {"ground": "permission", "reference": "A letter", "until": None, "submission": new_id()}
    declare(instrument="calm-days", by=cast.morgan, **declared)
    start = {"case": cast.case, "person": cast.grace, "mode": "paper", "by": cast.asha, "answered_on": TODAY}
    for occasion in ("start", "review"):
        answers = {"five-domains": {"isolation": 7}, "calm-days": {"house": 2}}
        record_answers(**start, occasion=occasion, answers=answers, submission=new_id())
    NotAsked.objects.create(agency=cast.provider, case=cast.case, occasion="end", on=TODAY, why="not_now")
    make_link(case=cast.case, person=cast.grace, occasion="review", asked=["ons4"], by=cast.asha, base_url="/")
    keep_half_filled(case=cast.case, values={"person": [str(cast.grace.pk)]}, by=cast.asha)
    asha, page = sign_in(cast.asha), reverse(f"measures:{name}", args=[cast.case.pk, *["calm-days"][: name == "enter"]])
    asha.get(page)
    with CaptureQueriesContext(connection) as captured:
        shown = asha.get(page).text
    frame = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    assert len([one for one in captured if not one["sql"].startswith(frame)]) <= 12
    if name == "overview":
        for said in (
            "has a link",
            "You began to write down answers",
            "Not asked at the end on 20 November 2026: it is not the time",
        ):
            assert said in shown

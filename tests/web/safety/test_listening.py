"""A carer who says that she cannot go on is heard at once: by an answer, on paper or alone, and in her own words."""

from collections.abc import Callable

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.concerns.models import Concern
from alongside.records.concerns.services import listening
from alongside.records.measures.models import AnswerSet, CheckInLink
from alongside.records.measures.services.linking import make_link
from tests.cast import NOW, TODAY, Cast

SignIn = Callable[[User], Client]
NINTH = "better_off_dead"


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def link(cast: Cast, *asked: str) -> str:
    _, address = make_link(
        case=cast.case,
        person=cast.grace,
        occasion="review",
        asked=[*asked] or ["ucla-3"],
        by=cast.asha,
        base_url="/check-in/",
    )
    return address


@pytest.mark.parametrize(("answer", "opens"), [("0", False), ("1", True), ("3", True), ("rather_not", False)])
def test_an_answer_given_alone_is_heard_before_she_has_finished(
    cast: Cast, client: Client, answer: str, opens: bool
) -> None:
    address = link(cast, "phq-9", "ucla-3")
    shown = client.post(f"{address}9/", {"answer": answer}, follow=True).content.decode()
    assert Concern.objects.filter(source="answers", case=cast.case).exists() == opens
    assert ("Thank you for telling us" in shown) == opens
    client.post(f"{address}9/", {"answer": answer})
    client.post(f"{address}13/", {"skip": "1"})
    assert Concern.objects.count() == opens
    assert AnswerSet.objects.filter(instrument="phq-9").exists()
    cast.case.refresh_from_db()
    assert (cast.case.concern_since == NOW) == opens


def test_an_answer_given_with_a_worker_leads_her_to_the_concern(cast: Cast, sign_in: SignIn) -> None:
    address = f"/families/{cast.case.pk}/measures/new/?also=phq-9"
    asha = sign_in(cast.asha)
    assert "better off dead" in asha.get(address).content.decode()
    told = {"person": str(cast.grace.pk), "occasion": "review", "mode": "paper", f"phq-9.{NINTH}": "2"}
    told |= {"submission": str(new_id())}
    told |= {"answered_on_day": "20", "answered_on_month": "11", "answered_on_year": "2026"}
    answer = asha.post(address, told)
    concern = Concern.objects.get()
    assert answer["Location"] == f"/safety/concerns/{concern.pk}/"
    assert "Their answer: More than half the days." in concern.words


def test_answers_and_concern_are_saved_together_or_neither_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(listening, "hear_concern", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        listening.record_answers(
            case=cast.case,
            person=cast.grace,
            occasion="review",
            answers={"phq-9": {NINTH: 1}},
            answered_on=TODAY,
            mode="paper",
            by=cast.asha,
            submission=new_id(),
        )
    assert not AnswerSet.objects.exists()
    link(cast, "phq-9")
    with pytest.raises(RuntimeError), transaction.atomic():
        listening.save_answer(link=CheckInLink.objects.get(), instrument="phq-9", item=NINTH, answer=1)
    assert CheckInLink.objects.get().answers == {}


def test_she_asks_to_talk_and_is_heard_with_or_without_words(
    cast: Cast, client: Client, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    address = link(cast)
    for page in (address, f"{address}1/"):
        assert f'href="{address}talk/"' in client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        shown = client.post(f"{address}talk/", {"words": ""}).content.decode()
    assert "We have told a manager" in shown
    concern = Concern.objects.get()
    assert (concern.source, concern.case, concern.raised_by) == ("carer", cast.case, None)
    assert [letter.to for letter in mail.outbox] == [[cast.morgan.email]]
    assert "Grace" not in mail.outbox[0].body
    client.post(f"{address}talk/", {"words": "Dean is outside."})
    assert Concern.objects.get() == concern
    assert "Dean is outside." in concern.steps.get().words


def test_out_of_hours_she_is_told_who_answers_now(cast: Cast, client: Client, clock: time_machine.Traveller) -> None:
    address = link(cast)
    assert "Our office may be closed" not in client.get(f"{address}talk/").content.decode()
    clock.move_to(NOW.replace(hour=16, minute=55))
    for answer in (client.get(f"{address}talk/"), client.post(f"{address}talk/", {"words": ""})):
        assert "Our office may be closed" in answer.content.decode()
        assert "116 123" in answer.content.decode()


def test_a_link_that_is_no_more_opens_nothing(cast: Cast, client: Client) -> None:
    assert client.get("/check-in/no-such-token/talk/").status_code == 404
    assert client.post("/check-in/no-such-token/talk/", {"words": "x"}).status_code == 404
    assert not Concern.objects.exists()


def test_low_mood_is_asked_only_where_a_worker_chooses_to(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    assert "better off dead" not in asha.get(f"/families/{cast.case.pk}/measures/new/").content.decode()
    told = {"person": str(cast.grace.pk), "occasion": "review", "way": "email", "also": ["phq-9"]}
    asha.post(f"/families/{cast.case.pk}/measures/link/", told)
    assert CheckInLink.objects.get().instruments[-1] == "phq-9"


SEVERE = dict.fromkeys(("interest", "down", "sleep", "tired", "appetite", "failure", "concentrating"), 3)


def test_a_severe_total_is_heard_when_its_last_question_is_answered_whatever_the_ninth_says(
    cast: Cast, client: Client
) -> None:
    address = link(cast, "phq-9")
    for number in range(1, 9):
        client.post(f"{address}{number}/", {"answer": "3" if number < 8 else "0"})
        assert not Concern.objects.exists()
    shown = client.post(f"{address}9/", {"answer": "0"}, follow=True).content.decode()
    assert "A manager has been told" in shown
    concern = Concern.objects.get()
    assert "low mood 21" in concern.words
    assert "from 20 “severe”" in concern.words


@pytest.mark.parametrize(("moving", "opens"), [(0, True), (None, False)])
def test_a_severe_total_told_to_a_worker_opens_a_concern(cast: Cast, moving: int | None, opens: bool) -> None:
    told = {"person": cast.grace, "occasion": "review", "answered_on": TODAY, "mode": "paper", "by": cast.asha}
    answers = {"phq-9": {**SEVERE, "moving": moving, NINTH: 0}}
    _, concern = listening.record_answers(case=cast.case, answers=answers, submission=new_id(), **told)
    assert (concern is not None) == opens


def test_a_total_below_the_band_of_risk_opens_nothing(cast: Cast) -> None:
    told = {"person": cast.grace, "occasion": "review", "answered_on": TODAY, "mode": "paper", "by": cast.asha}
    answers = {"phq-9": {**SEVERE, "down": 1, "moving": 0, NINTH: 0}}
    _, concern = listening.record_answers(case=cast.case, answers=answers, submission=new_id(), **told)
    assert concern is None

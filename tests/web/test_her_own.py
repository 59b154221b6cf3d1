"""What a carer sees from her link of herself, and what she never sees; and that she need not answer."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from alongside.core.base.ids import new_id
from alongside.records.measures.models import AnswerSet, CheckInLink, NotAsked
from alongside.records.measures.services.answering import record_answers
from alongside.records.measures.services.chasing import chase
from alongside.records.measures.services.linking import make_link
from alongside.records.people.models import Membership, Person, SafetyNote
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.usefixtures("clock")
MARCH = date(2026, 3, 3)


def said(cast: Cast, on: date, occasion: str, person: Person | None = None, **five: int) -> None:
    answers = {
        "five-domains": five,
        "phq-9": {"sleep": 3},
        "ucla-3": {"companionship": 3, "left_out": 2, "isolated": 2},
    }
    record_answers(
        case=cast.case,
        person=person or cast.grace,
        occasion=occasion,
        answers=answers,
        answered_on=on,
        mode="with_worker",
        by=cast.asha,
        submission=new_id(),
    )


def link(cast: Cast, **more: object) -> str:
    asked = ["five-domains", "ucla-3", "phq-9"]
    told = {"case": cast.case, "person": cast.grace, "occasion": "review", "asked": asked, "by": cast.asha, **more}
    return make_link(**told, base_url="/")[1].strip("/")  # type: ignore[arg-type]


def shown(client: Client, address: str) -> str:
    return " ".join(unescape(client.get(address).text).split())


def test_she_reads_her_own_line_in_words_first_and_then_sees_it(cast: Cast, client: Client) -> None:
    said(cast, MARCH, "start", isolation=8, confidence=5)
    said(cast, MARCH + timedelta(weeks=12), "review", isolation=4, confidence=5)
    token = link(cast)
    assert f'href="/check-in/{token}/you/"' in shown(client, f"/check-in/{token}/")
    page = shown(client, f"/check-in/{token}/you/")
    words = "Better than the first time. You said 8 on 3 March 2026 and 4 on 26 May 2026, from 0 to 10"
    assert words in page
    assert "The same as the first time. You said 5 on 3 March 2026 and 5 on 26 May 2026" in page
    assert page.index(words) < page.index('aria-label="Feeling alone: 3 March 2026 8, 26 May 2026 4, of 10"')
    assert "from 3 to 9" in page, "what has no line from 0 to 10 is told in words"
    assert "Low mood" not in page, "what tells whether she is safe stays between her and her worker"


def test_she_never_sees_what_somebody_else_said(cast: Cast, client: Client) -> None:
    joy = Person.objects.create(agency=cast.provider, name="Joy Okafor")
    Membership.objects.create(agency=cast.provider, household=cast.household, person=joy, part="carer")
    said(cast, MARCH, "start", person=joy, isolation=9)
    page = shown(client, f"/check-in/{link(cast)}/you/")
    assert "There is nothing to show here" in page
    assert "You said" not in page


def test_where_somebody_else_may_hold_her_phone_nothing_is_shown(cast: Cast, client: Client) -> None:
    said(cast, MARCH, "start", isolation=8)
    SafetyNote.objects.create(agency=cast.provider, household=cast.household, words="He reads it.", checked_on=TODAY)
    token = link(cast)
    assert "You said" not in shown(client, f"/check-in/{token}/you/")
    client.post(f"/check-in/{token}/1/", {"answer": "4"})
    thanked = client.post(f"/check-in/{token}/18/", {"skip": "1"}, follow=True).text
    assert "Thank you" in thanked
    assert "You said" not in thanked


def test_asked_again_she_goes_on_where_she_was_and_sees_her_line_at_the_end(
    cast: Cast, client: Client, django_capture_on_commit_callbacks: Callable[..., object], tmp_path, settings
) -> None:  # type: ignore[no-untyped-def]
    settings.TEXT_FILE_PATH = tmp_path
    said(cast, MARCH, "start", isolation=8, money=6, child=5, relationships=5, confidence=5)
    first = link(cast, asked=["five-domains"], way="text", chases=1, chase_days=5)
    for number, answer in ((1, "4"), (2, "rather_not")):
        client.post(f"/check-in/{first}/{number}/", {"answer": answer})
    with time_machine.travel(NOW + timedelta(days=5), tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            assert chase("/") == 1
        (text,) = (path.read_text() for path in tmp_path.iterdir())
        again = text.split("Go on where you stopped: /")[1].split("/")[0]
        assert "we sent you a newer one" in client.get(f"/check-in/{first}/").text
        assert f'href="/check-in/{again}/3/"' in client.get(f"/check-in/{again}/").text
        for number in (3, 4, 5):
            done = client.post(f"/check-in/{again}/{number}/", {"answer": "5"}, follow=True)
    assert "You said 8 on 3 March 2026 and 4 on 25 November 2026" in unescape(done.text)
    kept = AnswerSet.objects.get(occasion="review").answers
    assert kept == {"isolation": 4, "money": "declined", "child": 5, "relationships": 5, "confidence": 5}


def test_she_need_not_answer_and_is_asked_once_whether_she_means_it(cast: Cast, client: Client) -> None:
    token = link(cast)
    page = f"/check-in/{token}/rather-not/"
    assert "nothing changes in the support that you get" in client.get(page).text
    assert CheckInLink.objects.get().used_at is None
    assert "We do not ask you again this time" in client.post(page).text
    assert NotAsked.objects.get().person == cast.grace
    assert client.post(page).status_code == 404
    cast.case.refresh_from_db()
    assert cast.case.review_due == TODAY + timedelta(weeks=12)

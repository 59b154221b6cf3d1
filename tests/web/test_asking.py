"""A worker's form of answers: a closed laptop loses nothing, somebody may answer for somebody, and nobody must."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.measures.models import AnswerSet, HalfFilled, NotAsked
from alongside.records.people.models import Membership, Person
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]


def typed(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "submission": new_id(),
        "person": cast.grace.pk,
        "occasion": "review",
        "answered_on_day": "19",
        "answered_on_month": "11",
        "answered_on_year": "2026",
        "mode": "paper",
        "proxy": "themselves",
        "proxy_words": "",
        "interpreter": "nobody",
        "five-domains.isolation": "7",
        **more,
    }


def at(cast: Cast, page: str) -> str:
    return reverse(f"measures:{page}", args=[cast.case.pk])


def shown(browser: Client, address: str) -> str:
    return " ".join(unescape(browser.get(address).text).split())


def test_a_half_filled_form_waits_for_the_one_who_filled_it_in(cast: Cast, sign_in: SignIn) -> None:
    asha, told = sign_in(cast.asha), typed(cast, **{"phq-9.sleep": "2"})
    kept = asha.post(at(cast, "keep"), told, headers={"HX-Request": "true"})
    assert kept.text.strip() == "Kept at 10:40, not saved yet."
    asha.post(at(cast, "keep"), told | {"five-domains.money": "rather_not"})
    assert HalfFilled.objects.count() == 1, "the second takes the place of the first"
    page = asha.get(at(cast, "ask")).text
    for box in (
        'name="five-domains.isolation" type="radio" value="7" checked',
        'name="five-domains.money" type="radio" value="rather_not" checked',
        'name="phq-9.sleep" type="radio" value="2" checked',
        'name="mode" type="radio" value="paper" checked',
        f'name="submission" value="{told["submission"]}"',
    ):
        assert box in page, box
    assert "You began this Friday 20 November, 10:40." in page
    assert not AnswerSet.objects.exists()
    assert "You began this" not in sign_in(cast.morgan).get(at(cast, "ask")).text
    assert "You began the form today" in shown(asha, "/families/due/")


def test_what_was_saved_waits_no_more(cast: Cast, sign_in: SignIn) -> None:
    asha, told = sign_in(cast.asha), typed(cast)
    asha.post(at(cast, "keep"), told)
    asha.post(at(cast, "ask"), told)
    assert AnswerSet.objects.get().answered_on == date(2026, 11, 19)
    assert not HalfFilled.objects.exists()


def test_what_was_begun_can_be_thrown_away_and_too_much_is_not_kept(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    asha.post(at(cast, "keep"), typed(cast))
    asha.post(at(cast, "drop"))
    assert "You began this" not in asha.get(at(cast, "ask")).text
    told = asha.post(at(cast, "keep"), typed(cast, proxy_words="x" * 30_000), headers={"HX-Request": "true"})
    assert told.text.strip() == "This is too long to keep."
    assert not HalfFilled.objects.exists()


@pytest.mark.parametrize("page", ["keep", "drop", "peace"])
def test_strangers_keep_nothing(cast: Cast, sign_in: SignIn, page: str) -> None:
    assert sign_in(cast.ben).post(at(cast, page), typed(cast)).status_code == 404
    assert sign_in(cast.carol).post(at(cast, page), typed(cast)).status_code == 403
    assert not HalfFilled.objects.exists()


def test_most_answer_for_themselves_in_their_own_language(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    page = asha.get(at(cast, "ask")).text
    assert 'name="proxy" type="radio" value="themselves" checked' in page
    assert 'name="interpreter" type="radio" value="nobody" checked' in page
    asha.post(at(cast, "ask"), typed(cast))
    kept = AnswerSet.objects.get()
    assert (kept.proxy, kept.proxy_words, kept.interpreter) == (None, "", "")


def test_paper_with_an_interpreter_and_an_answer_for_somebody(cast: Cast, sign_in: SignIn) -> None:
    Person.objects.filter(pk=cast.grace.pk).update(needs_interpreter=True, language="Twi")
    joy = Person.objects.create(agency=cast.provider, name="Joy Mensah")
    Membership.objects.create(agency=cast.provider, household=cast.household, person=joy, part="other")
    asha = sign_in(cast.asha)
    assert "Grace Okafor needs an interpreter: Twi." in shown(asha, at(cast, "ask"))
    assert "Joy Mensah, for them" in shown(asha, at(cast, "ask"))
    asha.post(at(cast, "ask"), typed(cast, proxy=joy.pk, proxy_words="ignored", interpreter="trained"))
    kept = AnswerSet.objects.get()
    assert (kept.person, kept.proxy, kept.proxy_words) == (cast.grace, joy, "")
    assert (kept.mode, kept.interpreter) == ("paper", "trained")


@pytest.mark.parametrize(
    ("proxy", "words", "sentence"),
    [
        ("somebody_else", "", "Say who answered for them, such as “Her sister Comfort”"),
        ("herself", "", "Choose who answered for them, or say that they did themselves"),
        ("nobody we know", "", "Select a valid choice"),
    ],
)
def test_a_proxy_that_cannot_be_is_told_by_its_field(
    cast: Cast, sign_in: SignIn, proxy: str, words: str, sentence: str
) -> None:
    joy = Person.objects.create(agency=cast.provider, name="Joy Okafor")
    Membership.objects.create(agency=cast.provider, household=cast.household, person=joy, part="carer")
    told = typed(cast, proxy=cast.grace.pk if proxy == "herself" else proxy, proxy_words=words)
    page = sign_in(cast.asha).post(at(cast, "ask"), told).text
    assert sentence in unescape(page)
    assert 'value="7" checked' in page
    assert not AnswerSet.objects.exists()


def test_somebody_of_whom_there_is_no_record_answers_in_words(cast: Cast, sign_in: SignIn) -> None:
    told = typed(cast, proxy="somebody_else", proxy_words="Her sister Comfort")
    sign_in(cast.asha).post(at(cast, "ask"), told)
    assert AnswerSet.objects.get().proxy_words == "Her sister Comfort"


def test_who_would_rather_not_is_off_the_list_and_the_review_moves_on(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    assert 'value="start" checked' in asha.get(at(cast, "peace") + "?occasion=start").text
    told = {"submission": new_id(), "occasion": "review", "why": "not_now", "words": "A funeral"}
    for _ in range(2):
        assert asha.post(at(cast, "peace"), told)["Location"] == "/families/due/"
    assert NotAsked.objects.get().words == "A funeral"
    cast.case.refresh_from_db()
    assert cast.case.review_due == date(2027, 2, 12)
    with time_machine.travel("2026-12-20 12:00"):
        assert "Review" not in shown(asha, "/families/due/").split("<table")[-1].split("</table")[0]


def test_the_familys_page_says_how_it_was_answered_and_what_waits(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    asha.post(
        at(cast, "ask"),
        typed(cast, proxy="somebody_else", proxy_words="Her sister Comfort", interpreter="trained"),
    )
    asha.post(at(cast, "keep"), typed(cast))
    asha.post(
        at(cast, "peace"), {"submission": new_id(), "occasion": "end", "why": "rather_not", "words": "Enough now"}
    )
    page = shown(asha, at(cast, "overview"))
    assert "On paper; Her sister Comfort answered for them; interpreted by a trained interpreter" in page
    assert "You began to write down answers Friday 20 November, 10:40." in page
    assert "Not asked at the end on 20 November 2026: they would rather not be asked. “Enough now”" in page

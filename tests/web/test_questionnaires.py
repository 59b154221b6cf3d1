"""A manager declares licences and loads packs; a worker enters scores and reads what they say."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.concerns.models import Concern
from alongside.records.measures.library import EXAMPLE_PACK
from alongside.records.measures.licensing import declare, load_pack
from alongside.records.measures.models import AnswerSet, Declaration, Pack
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]


def licensed(cast: Cast, key: str) -> None:
    declare(instrument=key, ground="terms", reference="Web", until=None, by=cast.morgan, submission=new_id())


def sent(cast: Cast, **more: Any) -> dict[str, Any]:
    told = {"submission": new_id(), "person": cast.grace.pk, "occasion": "start", "mode": "paper"}
    days = {"answered_on_day": "20", "answered_on_month": "11", "answered_on_year": "2026"}
    return {**told, **days, **more}


def test_morgan_declares_a_licence_and_it_is_offered_to_workers(cast: Cast, sign_in: SignIn) -> None:
    morgan, page = sign_in(cast.morgan), reverse("settings:questionnaire", args=["sdq"])
    assert "Licence not declared" in morgan.get(page).text
    offered = reverse("measures:overview", args=[cast.case.pk])
    assert "SDQ" not in sign_in(cast.asha).get(offered).text
    wrong = morgan.post(page, {"submission": new_id(), "ground": "terms", "reference": ""})
    assert "Say where it is written" in wrong.text
    assert not Declaration.objects.exists()
    told = {"submission": new_id(), "ground": "terms", "reference": "Terms of the website, read 20 November"}
    shown = morgan.post(page, told, follow=True).text
    assert "The licence is declared." in shown
    assert "Terms of the website" in shown
    assert "Enter scores: Strengths and difficulties" in sign_in(cast.asha).get(offered).text


def test_a_declaration_is_taken_back(cast: Cast, sign_in: SignIn) -> None:
    licensed(cast, "sdq")
    page = reverse("settings:end-licence", args=[Declaration.objects.get().pk])
    shown = sign_in(cast.morgan).post(page, follow=True).text
    assert "Licence not declared" in shown


def test_a_free_questionnaire_takes_no_declaration(cast: Cast, sign_in: SignIn) -> None:
    page = reverse("settings:questionnaire", args=["phq-9"])
    sign_in(cast.morgan).post(page, {"submission": new_id(), "ground": "terms", "reference": "x"})
    assert not Declaration.objects.exists()


def test_morgan_loads_the_example_and_a_wrong_one_is_refused_by_its_key(cast: Cast, sign_in: SignIn) -> None:
    morgan, page = sign_in(cast.morgan), reverse("settings:load-pack")
    example = morgan.get(reverse("settings:example-pack")).content
    spoilt = example.replace(b'norm = "Made up"', b'norm = ""')
    refused = morgan.post(page, {"file": SimpleUploadedFile("pack.toml", spoilt)})
    assert "In the file, scales[1].norm must not be empty" in refused.text
    star = example.replace(b'title = "Calm days"', b'title = "Family Star"')
    assert "owner has approved" in morgan.post(page, {"file": SimpleUploadedFile("pack.toml", star)}).text
    assert "Choose a file" in morgan.post(page, {}).text
    assert not Pack.objects.exists()
    shown = morgan.post(page, {"file": SimpleUploadedFile("pack.toml", example)}, follow=True).text
    assert "The pack is loaded." in shown
    assert "declare on what ground you may use it" in shown
    ended = morgan.post(reverse("settings:end-pack", args=[Pack.objects.get().pk]), follow=True).text
    assert "Out of use since" in ended


@pytest.mark.parametrize("page", ["questionnaires", "load-pack", "example-pack"])
def test_only_who_may_declare_sees_the_settings(cast: Cast, sign_in: SignIn, page: str) -> None:
    assert sign_in(cast.morgan).get(reverse(f"settings:{page}")).status_code == 200
    for nobody in (cast.asha, cast.carol, cast.ruth, cast.priya):
        assert sign_in(nobody).get(reverse(f"settings:{page}")).status_code == 403


def test_the_list_takes_as_many_queries_for_many_packs(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(20):
        text = EXAMPLE_PACK.read_text().replace('key = "calm-days"', f'key = "calm-{number}"')
        load_pack(content=text.encode(), by=cast.morgan)
        licensed(cast, f"calm-{number}")
    morgan = sign_in(cast.morgan)
    with django_assert_max_num_queries(12):
        assert "calm-19" in morgan.get(reverse("settings:questionnaires")).text


def test_asha_enters_scores_of_a_child_twice_and_reads_their_added_value(cast: Cast, sign_in: SignIn) -> None:
    licensed(cast, "sdq")
    asha, page = sign_in(cast.asha), reverse("measures:enter", args=[cast.case.pk, "sdq"])
    first = {"sdq.total": "20", "sdq.emotional": "6", "sdq.impact": "4"}
    missing = asha.post(page, sent(cast, **first)).text
    assert "Choose which child it is about" in missing
    assert 'value="20"' in missing
    themselves = {"proxy": "themselves", "interpreter": "nobody"}
    asha.post(page, sent(cast, child=cast.tyler.pk, **themselves, **first))
    AnswerSet.objects.update(answered_on=TODAY - timedelta(days=183))
    assert "Added value" not in asha.get(reverse("measures:overview", args=[cast.case.pk])).text
    how = {"proxy": "somebody_else", "proxy_words": "Her sister Comfort", "interpreter": "trained"}
    asha.post(page, sent(cast, child=cast.tyler.pk, occasion="review", **how, **{"sdq.total": "14"}))
    shown = asha.get(reverse("measures:overview", args=[cast.case.pk])).text
    assert "Her sister Comfort answered for them; interpreted by a trained interpreter" in shown
    assert "Added value for Tyler Okafor" in shown
    assert "total difficulties of 17.3 about six months later. Now they are 14: 3.3 points fewer." in shown
    assert "between −6.7 and +13.3 points. This could be chance." in shown
    assert "rough guide" not in shown


@pytest.mark.parametrize(
    ("days", "said"), [(20, "less than a month"), (92, "about 3 months"), (400, "about 13 months")]
)
def test_forms_too_near_or_too_far_apart_are_said_to_be(cast: Cast, sign_in: SignIn, days: int, said: str) -> None:
    sdq = {"agency": cast.provider, "case": cast.case, "person": cast.grace, "child": cast.tyler, "instrument": "sdq"}
    sdq |= {"edition": "parent form, ages 4 to 17", "mode": "paper", "answers": {}}
    scores = {"total": 30, "emotional": 3, "impact": 2}
    AnswerSet.objects.create(**sdq, occasion="start", answered_on=TODAY - timedelta(days=days), scores=scores)
    AnswerSet.objects.create(**sdq, occasion="review", answered_on=TODAY, scores={"total": 10})
    shown = sign_in(cast.asha).get(reverse("measures:overview", args=[cast.case.pk])).text
    assert f"The two forms are {said} apart." in shown
    assert "between +5.8 and +25.8 points. This is more than chance." in shown


def test_without_the_first_forms_other_scores_the_added_value_says_what_it_needs(cast: Cast, sign_in: SignIn) -> None:
    licensed(cast, "sdq")
    asha, page = sign_in(cast.asha), reverse("measures:enter", args=[cast.case.pk, "sdq"])
    asha.post(page, sent(cast, child=cast.tyler.pk, **{"sdq.total": "20"}))
    asha.post(page, sent(cast, child=cast.tyler.pk, occasion="review", **{"sdq.total": "14"}))
    shown = asha.get(reverse("measures:overview", args=[cast.case.pk])).text
    assert "We cannot work it out. It needs total difficulties, emotional difficulties and impact" in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"sdq.total": "41"}, "Total difficulties: enter a number from 0 to 40"),
        ({"sdq.total": "many"}, "Total difficulties: enter a number from 0 to 40"),
        ({"sdq.total": "nan"}, "Total difficulties: enter a number from 0 to 40"),
        (
            {"sdq.total": "17", "sdq.emotional": "4", "sdq.conduct": "4", "sdq.hyperactivity": "4", "sdq.peers": "4"},
            "Total difficulties is 17, but its parts add up to 16",
        ),
        ({}, "Answer at least one question"),
    ],
)
def test_a_score_that_cannot_be_is_told_by_its_field(
    cast: Cast, sign_in: SignIn, typed: dict[str, str], said: str
) -> None:
    licensed(cast, "sdq")
    page = reverse("measures:enter", args=[cast.case.pk, "sdq"])
    shown = sign_in(cast.asha).post(page, sent(cast, child=cast.tyler.pk, **typed)).text
    assert said in shown
    assert not AnswerSet.objects.exists()


def test_another_familys_child_cannot_be_named(cast: Cast, sign_in: SignIn) -> None:
    licensed(cast, "sdq")
    page = reverse("measures:enter", args=[cast.case.pk, "sdq"])
    sign_in(cast.asha).post(page, sent(cast, child=new_id(), **{"sdq.total": "9"}))
    assert not AnswerSet.objects.exists()


def test_a_questionnaire_without_a_licence_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    for key in ("sdq", "no-such"):
        assert sign_in(cast.asha).get(reverse("measures:enter", args=[cast.case.pk, key])).status_code == 404
    licensed(cast, "sdq")
    page = reverse("measures:enter", args=[cast.case.pk, "sdq"])
    assert sign_in(cast.ben).get(page).status_code == 404
    assert sign_in(cast.carol).get(page).status_code == 403


def test_a_pack_is_asked_and_a_score_in_its_band_of_risk_opens_a_concern(cast: Cast, sign_in: SignIn) -> None:
    text = EXAMPLE_PACK.read_text().replace('{ from = 2, words = "loud" }', '{ from = 2, words = "loud", risk = true }')
    load_pack(content=text.encode(), by=cast.morgan)
    licensed(cast, "calm-days")
    asha = sign_in(cast.asha)
    page = f"{reverse('measures:ask', args=[cast.case.pk])}?also=calm-days"
    assert "How calm was the made-up house" in asha.get(page).text
    answered = {"calm-days.house": "1", "calm-days.nights": "1"}
    assert asha.post(page, sent(cast, **answered))["Location"] == f"/safety/concerns/{Concern.objects.get().pk}/"
    assert "calm 2" in Concern.objects.get().words


def test_scores_entered_as_a_review_leave_the_next_review_as_it_was(cast: Cast, sign_in: SignIn) -> None:
    licensed(cast, "wemwbs")
    due = cast.case.review_due
    page = reverse("measures:enter", args=[cast.case.pk, "wemwbs"])
    sign_in(cast.asha).post(page, sent(cast, occasion="review", **{"wemwbs.wellbeing": "44"}))
    cast.case.refresh_from_db()
    assert AnswerSet.objects.get().scores == {"wellbeing": 44.0}
    assert cast.case.review_due == due

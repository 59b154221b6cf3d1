"""A manager makes a survey with a branch and a repeat, sends it, and puts a typo right after answers came."""

import re
from typing import Any

import pytest
from django.test import Client

from alongside.calc.surveys.answering import steps
from alongside.records.surveys.models import Edition, Response, Round, Survey
from alongside.records.surveys.queries import editions_of_round, last_edition, responses_of
from tests.cast import TODAY, Cast
from tests.conftest import Browser
from tests.records.surveys.made import a_round, a_survey

pytestmark = pytest.mark.usefixtures("clock")
SENT = {"name": "Autumn", "way": "open", "kept": "anonymous", "closes_on_day": "31", "closes_on_month": "12"}


class Builder:
    """Morgan's browser in the builder."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser

    def hidden(self, path: str) -> dict[str, str]:
        shown = self.browser.get(path).content.decode()
        return dict(re.findall(r'type="hidden" name="(version|submission)" value="([^"]+)"', shown))

    def send(self, path: str, **told: Any) -> str:
        answer = self.browser.post(path, self.hidden(path) | told)
        assert answer.status_code == 302, re.findall(r"error-summary.*?</ul>", answer.content.decode(), re.S)
        return str(answer["Location"])

    def refused(self, path: str, **told: Any) -> str:
        answer = self.browser.post(path, self.hidden(path) | told)
        assert answer.status_code == 200
        return answer.content.decode()


@pytest.fixture
def morgan(cast: Cast, sign_in: Any) -> Builder:
    return Builder(sign_in(cast.morgan))


def test_six_questions_with_a_branch_and_a_repeat_sent_and_put_right(morgan: Builder, cast: Cast) -> None:
    at = morgan.send("/surveys/new/", title="Our year", begin="blank")
    about = f"{at}parts/questions/questions/new/"
    morgan.send(about, words="Which council do you live in?", kind="area")
    morgan.send(about, words="Have we helpd you?", kind="one", choices="Yes\nNo", required="on")
    morgan.send(about, words="What helped most?", kind="words")
    morgan.send(about, words="How many children do you bring up?", kind="whole", low="0", high="6", required="on")
    morgan.send(f"{at}questions/what_helped_most/when/?on=have_we_helpd_you", test="is", value="yes")
    morgan.send(f"{at}parts/new/", title="Each child", over="how_many_children_do_you_bring_u", each="child")
    each = f"{at}parts/each_child/questions/new/"
    morgan.send(each, words="How old?", kind="whole", low="0", high="25")
    ends = {"low": "0", "high": "10", "low_words": "Badly", "high_words": "Well"}
    morgan.send(each, words="How is school?", kind="scale", **ends)
    shown = morgan.browser.get(at).content.decode()
    assert "Asked if “Have we helpd you?” is “Yes”" in shown
    assert "Asked for each child" in shown
    reached = steps(Edition.objects.get().asks, {"have_we_helpd_you": "yes", "how_many_children_do_you_bring_u": 2})
    assert [step.question.words for step in reached][-2:] == ["How old?", "How is school?"]
    assert len(reached) == 8

    round_at = morgan.send(f"{at}open/", **SENT, closes_on_year="2026")
    round = Round.objects.get()
    assert round.address in morgan.browser.get(round_at).content.decode()
    answer_openly(round)
    assert morgan.refused(f"{at}words/", title="Other", intro="I", thanks="T").count("stays as it was asked")

    second = morgan.send(f"/surveys/{round.survey_id}/")
    assert second != at
    mended = {"words": "Have we helped you?", "kind": "one", "choices": "Yes\nNo, not yet", "required": "on"}
    morgan.send(f"{second}questions/have_we_helpd_you/", **mended)
    assert "Ask edition 2 from now on" in morgan.browser.get(round_at).content.decode()
    morgan.browser.post(round_at)
    answer_openly(Round.objects.get())
    assert sorted(one.edition for one in responses_of(round)) == [1, 2]
    assert {one.answers["have_we_helpd_you"] for one in responses_of(round)} == {"no"}, "counted together by its key"
    asked = editions_of_round(Round.objects.get())
    assert [edition.find("have_we_helpd_you")[1].choice("no") for edition in asked.values()] == ["No", "No, not yet"]


def answer_openly(round: Round) -> None:
    carer = Browser()
    link = carer.post(f"/survey/{round.address}/")["Location"].removesuffix("next/")
    for at, said in (("have_we_helpd_you", "no"), ("how_many_children_do_you_bring_u", "0")):
        carer.post(f"{link}q/{at}/", {at: said})
    assert carer.post(f"{link}check/").status_code == 302


def test_what_is_wrong_is_said_by_its_field_and_what_was_typed_stays(morgan: Builder, cast: Cast) -> None:
    at = f"/surveys/editions/{last_edition(a_survey(cast).pk).pk}/"
    new = f"{at}parts/us/questions/new/"
    for told, words in [
        ({}, "Write the question"),
        ({"words": "Q?"}, "Choose how it is answered"),
        ({"words": "Q?", "kind": "one", "choices": "Yes"}, "Write at least two answers"),
        ({"words": "Q?", "kind": "one", "choices": "Yes\nYes"}, "Two of the answers are the same"),
        ({"words": "Q?", "kind": "scale", "low": "0"}, "Enter the highest number of the scale"),
        ({"words": "Q?", "kind": "whole", "low": "9", "high": "1"}, "a lowest number above its highest"),
        ({"words": "Q?", "kind": "area"}, "asks for the council area once"),
    ]:
        assert words in morgan.refused(new, **told)
    assert 'value="Q?"' in morgan.refused(new, words="Q?")
    assert "Say what one of them is called" in morgan.refused(f"{at}parts/new/", title="P", over="children")
    assert "may be used only by people its owner has trained" in morgan.refused(
        "/surveys/new/", title="Family Star", begin="blank"
    )
    on = f"{at}questions/how/when/?on="
    assert "Choose which answer" in morgan.refused(f"{on}helped", test="is")
    for wrong in ("children", "age", "gone"):
        assert "Which earlier question" in morgan.browser.get(f"{on}{wrong}").content.decode(), "it is asked later"


def test_moving_and_removing_what_something_depends_on_is_refused_in_words(morgan: Builder, cast: Cast) -> None:
    edition = last_edition(a_survey(cast).pk)
    at = f"/surveys/editions/{edition.pk}/"
    said = morgan.browser.post(f"{at}questions/helped/remove/", follow=True).content.decode()
    assert "is asked depending on it" in said
    assert "not asked before it" in morgan.browser.post(at, {"up": "how"}, follow=True).content.decode()
    assert "as often as its answer says" in morgan.browser.post(f"{at}parts/us/remove/", follow=True).content.decode()
    morgan.browser.post(at, {"down": "area"})
    morgan.browser.post(f"{at}questions/school/remove/")
    keys = [question.key for _, question in Edition.objects.get().asks.questions()]
    assert keys == ["helped", "area", "how", "children", "age"]
    morgan.browser.post(f"{at}questions/how/when/", {"always": "1"})
    assert Edition.objects.get().asks.find("how")[1].show_if is None
    assert morgan.browser.get(f"{at}questions/gone/").status_code == 404


def test_two_conditions_are_joined_as_was_said(morgan: Builder, cast: Cast) -> None:
    at = f"/surveys/editions/{last_edition(a_survey(cast).pk).pk}/"
    morgan.send(f"{at}parts/each/when/?on=helped", test="is_not", value="yes")
    morgan.send(f"{at}parts/each/when/?on=children", test="at_least", value="2", join="any")
    shown = morgan.browser.get(at).content.decode()
    assert "Asked if “Have we helped?” is not “Yes” or “How many children do you bring up?” is at least “2”" in shown


def test_who_saved_first_is_told_of(morgan: Builder, cast: Cast) -> None:
    at = f"/surveys/editions/{last_edition(a_survey(cast).pk).pk}/"
    old = morgan.hidden(f"{at}words/")
    morgan.send(f"{at}words/", title="New title", intro="I", thanks="T")
    said = morgan.browser.post(f"{at}words/", old | {"title": "Mine", "intro": "I", "thanks": "T"}).content.decode()
    assert "Somebody else saved this while you were writing" in said
    assert 'value="Mine"' in said
    assert Survey.objects.get().title == "New title"


def test_it_is_tried_before_it_is_sent_and_nothing_is_kept(morgan: Builder, cast: Cast) -> None:
    at = f"/surveys/editions/{last_edition(a_survey(cast).pk).pk}/preview/"
    assert "Which council" in morgan.browser.get(at).content.decode()
    said = morgan.browser.post(at, {"at": "helped", "helped": "yes", "so_far": '{"area": null}'}).content.decode()
    assert "What helped most?" in said
    assert "Answer “Have we helped?”" in morgan.browser.post(at, {"at": "helped", "so_far": "x"}).content.decode()
    so_far = '{"helped": "yes", "children": 0, "gone": 1, "how": "x"}'
    assert (
        "Thank you. We read"
        in morgan.browser.post(at, {"at": "children", "children": "0", "so_far": so_far}).content.decode()
    )
    whole = morgan.browser.post(f"{at}all/", {"helped": "yes", "children": "1"}).content.decode()
    assert "What helped most?" in whole
    assert "child 1 of 1" in whole
    assert not Response.objects.exists()


def test_a_round_is_lengthened_and_closed(morgan: Builder, cast: Cast) -> None:
    round = a_round(cast)
    at = f"/surveys/rounds/{round.pk}/"
    day = {"closes_on_day": "1", "closes_on_month": "2", "closes_on_year": "2027"}
    morgan.send(f"{at}last-day/", **day)
    assert "The last day must be today or later" in morgan.refused(f"{at}last-day/", **day | {"closes_on_year": "2026"})
    assert "Nobody can answer it any more" in morgan.browser.get(f"{at}close/").content.decode()
    morgan.browser.post(f"{at}close/")
    assert Round.objects.get().closed_on == TODAY
    assert "Closed on 20 November 2026" in morgan.browser.get(at).content.decode()
    assert "Only people whom we invite" in morgan.refused(
        f"/surveys/editions/{round.edition_id}/open/", **SENT | {"kept": "linked"}, closes_on_year="2026"
    )


PAGES = ["", "new/", "{survey}/", "editions/{edition}/", "editions/{edition}/open/", "rounds/{round}/"]


def test_who_may_see_them(cast: Cast, sign_in: Any) -> None:
    round = a_round(cast)
    names = {"survey": round.survey_id, "edition": round.edition_id, "round": round.pk}
    for path in PAGES:
        address = "/surveys/" + path.format(**names)
        assert sign_in(cast.morgan).get(address).status_code == 200
        assert sign_in(cast.carol).get(address).status_code == 403
        assert sign_in(cast.asha).get(address).status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_more_rows_take_no_more_queries(
    morgan: Builder, cast: Cast, path: str, django_assert_max_num_queries: Any
) -> None:
    survey = a_survey(cast)
    round = a_round(cast, survey)
    for number in range(3):
        a_round(cast, survey, name=f"Round {number}")
        a_survey(cast)
    address = "/surveys/" + path.format(survey=survey.pk, edition=round.edition_id, round=round.pk)
    with django_assert_max_num_queries(12):
        morgan.browser.get(address)


def test_carers_are_invited_and_links_are_handed_out_without_a_name(morgan: Builder, cast: Cast) -> None:
    at = f"/surveys/rounds/{a_round(cast, way='invited').pk}/"
    shown = morgan.browser.get(f"{at}invite/").content.decode()
    assert "1 carer of open families" in shown
    assert "Grace" not in shown
    morgan.send(f"{at}invite/", authority="")
    morgan.send(f"{at}invite/", remind="1")
    made = morgan.browser.post(f"{at}links/", {"number": "2"}).content.decode()
    assert made.count("/survey/to/") == 2
    assert "200 or less" in morgan.refused(f"{at}links/", number="900")

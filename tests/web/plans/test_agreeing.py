"""A plan that was agreed: kept as it was, in plain English, and sent only where somebody checked that it is safe."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Goal, Reading, Step
from alongside.records.plans.models import AgreedPlan, Need, PlanSending, Promise, Strength
from tests.cast import TODAY, Cast
from tests.insight.reports.pdf_text import words_of

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def goal(cast: Cast) -> Goal:
    ours: dict[str, Any] = {"agency": cast.provider, "case": cast.case}
    with system():
        goal = Goal.objects.create(**ours, words="Calm bedtimes", start=3, set_on=TODAY - timedelta(days=20))
        Reading.objects.create(agency=cast.provider, goal=goal, value=6, on=TODAY)
        Step.objects.create(**ours, goal=goal, words="The picture chart", owner="carer", due_on=TODAY)
        Step.objects.create(**ours, words="Ask for the form", owner="worker")
        Step.objects.create(**ours, words="Long done", owner="worker", done_on=TODAY)
        Strength.objects.create(**ours, words="She laughs easily", said_by="worker", noticed_on=TODAY)
        Need.objects.create(**ours, domain="money", on=TODAY, hard="Debts that Dean left")
        Promise.objects.create(**ours, words="To answer", made_by="authority", made_on=TODAY, due_on=TODAY)
    return goal


def agree(cast: Cast, browser: Client, **changes: str) -> Any:
    day = {"agreed_on_day": "20", "agreed_on_month": "11", "agreed_on_year": "2026"}
    told = {"submission": str(new_id()), "agreed_with": str(cast.grace.pk), "how": "video", "words": "That is us."}
    return browser.post(f"/families/{cast.case.pk}/plan/agree/", {**told, **day, **changes})


def test_a_plan_is_kept_as_it_was_agreed(cast: Cast, sign_in: SignIn, goal: Goal) -> None:
    asha = sign_in(cast.asha)
    assert "The work began on" in agree(cast, asha, agreed_on_year="2024").text, "a slip of the year"
    assert agree(cast, asha).status_code == 302
    plan = AgreedPlan.objects.get()
    with system():
        Goal.objects.filter(pk=goal.pk).update(words="Something else")
        Step.objects.all().update(done_on=TODAY)
    shown = asha.get(f"/families/plans/{plan.pk}/").text
    for words in (
        "Calm bedtimes",
        "The picture chart",
        "Ask for the form",
        "She laughs easily",
        "That is us.",
        "To answer",
    ):
        assert words in shown, words
    assert "You were at 3 of 10 on 31 October 2026, and at 6 on 20 November 2026." in shown
    assert "Long done" not in shown
    agree(cast, asha)
    assert list(AgreedPlan.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_what_is_hard_stays_out_of_the_familys_copy(cast: Cast, sign_in: SignIn, goal: Goal) -> None:
    asha = sign_in(cast.asha)
    agree(cast, asha)
    plan = AgreedPlan.objects.get()
    assert "Dean" not in str(plan.content)
    paper = asha.get(f"/families/plans/{plan.pk}/plan.pdf")
    assert paper["Content-Type"] == "application/pdf"
    words = words_of(paper.content)
    assert "Calm bedtimes" in words
    assert "That is us." in words
    assert paper.content == asha.get(f"/families/plans/{plan.pk}/plan.pdf").content


def test_nothing_is_not_agreed(cast: Cast, sign_in: SignIn) -> None:
    told = agree(cast, sign_in(cast.asha))
    assert "There is nothing to agree yet" in told.text
    assert "That is us." in told.text
    assert not AgreedPlan.objects.exists()


def test_a_double_click_agrees_once(cast: Cast, sign_in: SignIn, goal: Goal) -> None:
    asha, submission = sign_in(cast.asha), str(new_id())
    for _ in range(2):
        assert agree(cast, asha, submission=submission).status_code == 302
    assert AgreedPlan.objects.count() == 1


def test_a_plan_goes_by_email_only_where_it_is_safe(
    cast: Cast, sign_in: SignIn, goal: Goal, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    asha = sign_in(cast.asha)
    agree(cast, asha)
    address = f"/families/plans/{AgreedPlan.objects.get().pk}/send/"
    sent = {"submission": str(new_id()), "how": "email"}
    assert "safe to send it there" in asha.post(address, sent).text
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        assert asha.post(address, {**sent, "safe": "on"}).status_code == 302
        assert asha.post(address, {**sent, "safe": "on"}).status_code == 302
    (letter,) = mail.outbox
    assert letter.to == ["grace@example.org"]
    assert "bedtimes" not in letter.subject + letter.body
    ((name, paper, kind),) = letter.attachments
    assert (name, kind) == ("plan-2026-11-20.pdf", "application/pdf")
    assert "Calm bedtimes" in words_of(paper)
    assert PlanSending.objects.get().sent_to == "grace@example.org"


def test_without_an_address_nothing_is_sent(cast: Cast, sign_in: SignIn, goal: Goal) -> None:
    with system():
        type(cast.grace).objects.filter(pk=cast.grace.pk).update(email="")
    asha = sign_in(cast.asha)
    agree(cast, asha)
    address = f"/families/plans/{AgreedPlan.objects.get().pk}/send/"
    sent = {"submission": str(new_id()), "how": "email", "safe": "on"}
    assert "There is no e-mail address" in asha.post(address, sent).text
    assert asha.post(address, {**sent, "how": "by_hand"}).status_code == 302
    assert PlanSending.objects.get().how == "by_hand"


def test_strangers_see_no_plan(cast: Cast, sign_in: SignIn, goal: Goal) -> None:
    agree(cast, sign_in(cast.asha))
    plan = AgreedPlan.objects.get()
    for rest in ("", "plan.pdf", "send/"):
        assert sign_in(cast.ben).get(f"/families/plans/{plan.pk}/{rest}").status_code == 404
        assert sign_in(cast.carol).get(f"/families/plans/{plan.pk}/{rest}").status_code == 403

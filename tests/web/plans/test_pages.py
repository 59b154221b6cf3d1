"""A family's plan, promises and money: who opens the pages, what they show, and that they keep what was typed."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Goal, Reading, Step
from alongside.records.plans.models import Allowance, Need, OriginEvent, Promise, Strength
from tests.cast import TODAY, Cast
from tests.house.planned import plan_rows

SignIn = Callable[[User], Client]
PAYLOAD = "<script>alert(1)</script>"
pytestmark = pytest.mark.usefixtures("clock")


def boxes(name: str, on: date) -> dict[str, str]:
    """A date as its three boxes send it."""
    return {f"{name}_{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def page(cast: Cast, rest: str) -> str:
    return f"/families/{cast.case.pk}/{rest}"


def test_strangers_see_nothing_of_it(cast: Cast, sign_in: SignIn) -> None:
    with system():
        rows = plan_rows(cast)
    addresses = [page(cast, rest) for rest in ("plan/", "plan/talk/", "plan/talk/money/", "promises/", "promises/new/")]
    addresses += [f"/families/promises/{rows['promise'].pk}/", f"/families/allowances/{rows['allowance'].pk}/"]
    for address in addresses:
        assert sign_in(cast.asha).get(address).status_code == 200, address
        assert sign_in(cast.ben).get(address).status_code == 404, address
        assert sign_in(cast.carol).get(address).status_code == 403, address
    assert sign_in(cast.asha).get(page(cast, "plan/talk/astrology/")).status_code == 404


def test_a_talk_is_written_down_question_by_question_and_skipped_at_will(cast: Cast, sign_in: SignIn) -> None:
    asha, address = sign_in(cast.asha), page(cast, "plan/talk/money/")
    sent = {"submission": str(new_id()), **boxes("on", TODAY), "going_well": "", "one_step": ""}
    told = asha.post(address, {**sent, "hard": "", "going_well": ""})
    assert "Write down at least one thing" in told.text
    kept = asha.post(address, {**sent, "hard": "The gas bill.", "place": "3"})
    assert kept.status_code == 302
    assert asha.post(address, {**sent, "hard": "The gas bill.", "place": "3"}).status_code == 302
    assert Need.objects.get().place == 3
    shown = asha.get(page(cast, "plan/")).text
    assert "The gas bill." in shown
    assert "3 out of 10 at the start" in shown


def test_a_strength_is_shown_first_in_its_own_words(cast: Cast, sign_in: SignIn) -> None:
    asha, address = sign_in(cast.asha), page(cast, "plan/strengths/new/")
    sent = {
        "submission": str(new_id()),
        "words": PAYLOAD,
        "whose": str(cast.grace.pk),
        "said_by": "child",
        **boxes("noticed_on", TODAY),
    }
    assert asha.post(address, sent).status_code == 302
    assert Strength.objects.get().whose == cast.grace
    shown = asha.get(page(cast, "plan/")).text
    assert PAYLOAD not in shown
    assert PAYLOAD in unescape(shown)
    assert shown.index("What they do well") < shown.index("How things are")


def test_somebody_of_another_family_is_nobody_to_choose(cast: Cast, sign_in: SignIn) -> None:
    asha, address = sign_in(cast.asha), page(cast, "plan/strengths/new/")
    sent = {"submission": str(new_id()), "words": "Calm", "whose": str(new_id()), "said_by": "carer"}
    assert asha.post(address, {**sent, **boxes("noticed_on", TODAY)}).status_code == 200
    assert not Strength.objects.exists()


def test_a_goal_is_drawn_over_time_and_told_in_words(cast: Cast, sign_in: SignIn) -> None:
    with system():
        goal = Goal.objects.create(
            agency=cast.provider, case=cast.case, words="Calm bedtimes", start=3, set_on=TODAY - timedelta(days=30)
        )
        for days, value in ((15, 4), (1, 6)):
            on = TODAY - timedelta(days=days)
            Reading.objects.create(agency=cast.provider, goal=goal, value=value, on=on)
    shown = sign_in(cast.asha).get(page(cast, "plan/")).text
    assert "How near they are: 21 October 2026 3, 5 November 2026 4, 19 November 2026 6, of 10" in shown
    assert shown.count('<circle class="over-time__mark') == 3
    assert '<th scope="row">5 November 2026</th>' in shown


def test_a_step_may_stand_beside_the_goals_and_is_put_right_there(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    sent = {"submission": str(new_id()), "words": "Ask for the form", "owner": "worker", "goal": "none"}
    assert asha.post(page(cast, "plan/steps/new/"), sent).status_code == 302
    step = Step.objects.get()
    assert "Ask for the form" in asha.get(page(cast, "plan/")).text
    sent = {"version": "1", "words": "Ask again", "owner": "authority", "came_of_it": ""}
    answer = asha.post(f"/families/steps/{step.pk}/", sent)
    assert answer["Location"] == page(cast, "plan/")


def test_an_overdue_promise_stands_first_until_somebody_says_what_became_of_it(cast: Cast, sign_in: SignIn) -> None:
    asha, address = sign_in(cast.asha), page(cast, "promises/new/")
    promised, due = TODAY - timedelta(days=20), TODAY - timedelta(days=3)
    days = {**boxes("made_on", promised), **boxes("due_on", due)}
    sent = {"submission": str(new_id()), "words": "To answer by Friday", "made_by": "authority", "who": "The panel"}
    assert asha.post(address, {**sent, **days}).status_code == 302
    shown = asha.get(page(cast, "promises/")).text
    assert "1 promise overdue" in shown
    assert "3 days late" in shown
    promise = Promise.objects.get()
    settle = f"/families/promises/{promise.pk}/"
    on = boxes("settled_on", TODAY)
    refused = asha.post(settle, {"version": "1", "outcome": "not_kept", "why": "", **on})
    assert "Say why it was not kept" in refused.text
    assert asha.post(settle, {"version": "1", "outcome": "not_kept", "why": "Nobody rang", **on}).status_code == 302
    shown = asha.get(page(cast, "promises/")).text
    assert "overdue" not in shown
    assert "Not kept 20 November 2026" in shown
    stale = asha.post(settle, {"version": "1", "outcome": "kept", "why": "They rang", **on})
    assert "Somebody else saved this" in stale.text
    assert "Nobody rang" in stale.text
    assert "They rang" in stale.text


def test_money_tells_its_whole_story(cast: Cast, sign_in: SignIn) -> None:
    asha, address = sign_in(cast.asha), page(cast, "allowances/new/")
    sent = {
        "submission": str(new_id()),
        "kind": "special_guardianship",
        "child": str(cast.tyler.pk),
        "paid_by": "Kirklees",
        "pence": "£150",
        "every": "week",
    }
    wrong = asha.post(address, {**sent, "pence": "lots", **boxes("on", date(2024, 4, 1))})
    assert "Enter an amount in pounds" in wrong.text
    assert 'value="lots"' in wrong.text
    assert asha.post(address, {**sent, **boxes("on", date(2024, 4, 1))}).status_code == 302
    paid = Allowance.objects.get()
    later = f"/families/allowances/{paid.pk}/history/new/"
    change = {"submission": str(new_id()), "kind": "changed", "pence": "648.00", "every": "four_weeks"}
    change |= {"why": "The rate rose.", **boxes("on", date(2025, 4, 7))}
    assert asha.post(later, change).status_code == 302
    right = f"/families/allowances/{paid.pk}/"
    version = str(Allowance.objects.get().version)
    expected = {"version": version, "child": str(cast.tyler.pk), "paid_by": "Kirklees", "difference": ""}
    assert asha.post(right, {**expected, "expected_pence_a_week": "198"}).status_code == 302
    shown = asha.get(page(cast, "promises/")).text
    for words in (
        "£162 a week, since 7 April 2025. First paid 1 April 2024.",
        "£36 a week less than the £198 expected",
        "Nobody has explained it yet.",
        "It went up by £12 a week, to £648 every four weeks, £162 a week.",
        "The rate rose.",
        "It began at £150 a week.",
    ):
        assert words in shown, words


def test_a_private_label_on_what_the_authority_did_is_pointed_out(cast: Cast, sign_in: SignIn) -> None:
    def event(**told: object) -> None:
        with system():
            OriginEvent.objects.create(agency=cast.provider, case=cast.case, child=cast.tyler, **told)

    event(kind="called_private", who="authority", on=date(2023, 6, 2))
    address = page(cast, "promises/")
    assert "Worth taking up" not in sign_in(cast.asha).get(address).text
    event(kind="placed", who="authority", on=date(2023, 5, 20), authority_part="arranged", words="At nine at night.")
    shown = sign_in(cast.asha).get(address).text
    assert "Worth taking up" in shown
    assert "The local authority brought the child on 20 May 2023." in shown
    assert shown.index("At nine at night.") < shown.index("2 June 2023")


def cost(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    not_the_page_s = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "select set_config('app.agencies', '*'")
    return sum(not one["sql"].startswith(not_the_page_s) for one in queries)


@pytest.mark.parametrize("rest", ["plan/", "promises/", "plan/talk/"])
def test_a_page_asks_the_database_as_often_for_much_as_for_little(cast: Cast, sign_in: SignIn, rest: str) -> None:
    browser, address = sign_in(cast.asha), page(cast, rest)
    with system():
        plan_rows(cast)
    browser.get(address)
    few = cost(browser, address)
    with system():
        for number in range(2, 20):
            ours = {"agency": cast.provider, "case": cast.case}
            goal = Goal.objects.create(**ours, words="Sleep", start=3, set_on=TODAY)
            Step.objects.create(**ours, goal=goal, words="Chart", owner="carer")
            Need.objects.create(**ours, domain="money", on=TODAY, place=number % 11)
            Strength.objects.create(**ours, words="Calm", said_by="carer", noticed_on=TODAY, whose=cast.grace)
            Promise.objects.create(**ours, words="Ring", made_by="worker", made_on=TODAY)
            OriginEvent.objects.create(**ours, child=cast.tyler, kind="asked", who="police")
    assert cost(browser, address) == few <= 12

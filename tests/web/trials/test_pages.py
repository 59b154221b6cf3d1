"""An evaluator plans a trial and sees no name; a worker takes a family through it in three steps."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.measures.library import EXAMPLE_PACK
from alongside.records.measures.licensing import declare, load_pack
from alongside.records.trials.models import Allocation, Trial, TrialConsent
from alongside.records.trials.services.setting_up import close_trial
from tests.cast import TODAY, Cast
from tests.insight.evaluation.trials import drawn
from tests.insight.evaluation.trials import planned as planned_to_be_analysed
from tests.records.trials.trying import agree, another_family, enter, evaluator, opened, planned

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def said(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return " ".join(unescape(answer.content.decode()).split())


PLAN: dict[str, Any] = {
    "name": "Reach now or later",
    "question": "Does Reach lessen isolation?",
    "programme": "reach",
    "first_arm": "Reach now",
    "second_arm": "Reach in twelve weeks",
    "design": "waiting",
    "waiting_weeks": "12",
    "method": "minimisation",
    "factors": ["children", "order"],
    "criteria": "They live in Kirklees\n\n  Nobody  is in another trial ",
    "instrument": "five-domains",
    "follow_up_weeks": "12",
    "wanted": "40",
}


def test_a_trial_may_be_told_by_a_questionnaire_that_the_agency_loaded(cast: Cast, sign_in: SignIn) -> None:
    mina, plan = sign_in(evaluator(cast)), {**PLAN, "instrument": "calm-days", "submission": new_id()}
    assert "Choose the questions" not in said(mina, "/trials/new/")
    assert mina.post("/trials/new/", plan).status_code == 200, "not before it is loaded"
    load_pack(content=EXAMPLE_PACK.read_bytes(), by=cast.morgan)
    declared = {"ground": "permission", "reference": "A letter", "until": None, "submission": new_id()}
    declare(instrument="calm-days", by=cast.morgan, **declared)
    assert mina.post("/trials/new/", plan)["Location"] == f"/trials/{plan['submission']}/"
    assert "Calm days" in said(mina, f"/trials/{plan['submission']}/")


def test_an_evaluator_plans_a_trial_and_opens_it(cast: Cast, sign_in: SignIn) -> None:
    mina = sign_in(evaluator(cast))
    pk = new_id()
    answer = mina.post("/trials/new/", {**PLAN, "submission": pk})
    assert answer["Location"] == f"/trials/{pk}/"
    trial = Trial.objects.get()
    assert trial.criteria == ["They live in Kirklees", "Nobody is in another trial"]
    assert f"/trials/{pk}/change/" in said(mina, f"/trials/{pk}/")
    changed = {**PLAN, "wanted": "60", "version": trial.version}
    assert mina.post(f"/trials/{pk}/change/", changed).status_code == 302
    assert "No, go back" in said(mina, f"/trials/{pk}/open/")
    mina.post(f"/trials/{pk}/open/")
    page = said(mina, f"/trials/{pk}/")
    trial.refresh_from_db()
    assert trial.seed_fingerprint in page
    assert "60 families" in page
    assert "Reach now or later" in said(mina, "/trials/")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"waiting_weeks": ""}, "Say how many weeks those in the second arm wait"),
        ({"design": "clusters", "level": ""}, "Choose whether teams or authorities are allocated"),
        ({"factors": []}, "Minimisation needs something in which the arms are kept alike"),
        ({"second_arm": "Reach now"}, "The two arms need different names"),
        ({"criteria": "Same\nSame"}, "The same line stands here twice"),
        ({"wanted": "many"}, "Enter a whole number"),
    ],
)
def test_a_plan_that_makes_no_sense_is_told_by_its_field(
    cast: Cast, sign_in: SignIn, wrong: dict[str, Any], words: str
) -> None:
    answer = sign_in(evaluator(cast)).post("/trials/new/", {**PLAN, **wrong, "submission": new_id()})
    page = unescape(answer.content.decode())
    assert words in page
    assert "Does Reach lessen isolation?" in page
    assert not Trial.objects.exists()


def test_a_worker_takes_a_family_through_in_three_steps(cast: Cast, sign_in: SignIn) -> None:
    trial, asha = opened(cast), sign_in(cast.asha)
    here, of = f"/trials/families/{cast.case.pk}/", f"/trials/families/{cast.case.pk}/{trial.pk}/"
    page = said(asha, here)
    assert "Look now" in page
    assert "Let chance decide" not in page
    assert "Say whether it is so" in unescape(asha.post(f"{of}look/", {"so_0": "yes"}).content.decode())
    assert asha.post(f"{of}look/", {"so_0": "yes", "so_1": "yes"}).status_code == 302
    assert "Write down what they said" in said(asha, here)
    told = {"person": cast.grace.pk, "answer": "agreed", "how": "in_person"}
    on = {"said_on_day": "20", "said_on_month": "11", "said_on_year": "2026"}
    assert asha.post(f"{of}ask/", {**told, **on}).status_code == 302
    assert "ask first, as answers change once people know" in said(asha, f"{of}allocate/")
    asha.post(f"{of}allocate/")
    asha.post(f"{of}allocate/")
    made = Allocation.objects.get()
    page = said(asha, here)
    assert trial.arms[made.arm] in page
    assert ("Their turn is on" in page) == (made.arm == 1)
    back = {"withdrawn_on_day": "20", "withdrawn_on_month": "11", "withdrawn_on_year": "2026"}
    consent = TrialConsent.objects.get()
    answer = asha.post(f"{of}take-back/", {**back, "answers_may_stay": "no", "version": consent.version})
    assert answer.status_code == 302
    assert "Taken back 20 November 2026" in said(asha, here)


def test_the_programme_page_leads_to_the_trials_only_where_there_is_one(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    assert "/trials/families/" not in said(asha, reverse("appointments:family", args=[cast.case.pk]))
    opened(cast)
    assert f"/trials/families/{cast.case.pk}/" in said(asha, reverse("appointments:family", args=[cast.case.pk]))


def test_strangers_find_nothing_and_commissioners_are_refused(cast: Cast, sign_in: SignIn) -> None:
    trial = opened(cast)
    of = [f"/trials/families/{cast.case.pk}/", f"/trials/families/{cast.case.pk}/{trial.pk}/look/"]
    for address in of:
        assert sign_in(cast.ben).get(address).status_code == 404
        assert sign_in(cast.carol).get(address).status_code == 403
        assert sign_in(evaluator(cast)).get(address).status_code == 403
    for address in ("/trials/", f"/trials/{trial.pk}/"):
        assert sign_in(cast.asha).get(address).status_code == 403
        assert sign_in(cast.ben).get(address).status_code == 403
    ahead = planned(cast)
    assert sign_in(cast.asha).get(f"/trials/families/{cast.case.pk}/{ahead.pk}/look/").status_code == 404


def test_while_families_enter_nobody_sees_a_name_an_arm_or_an_exact_number(cast: Cast, sign_in: SignIn) -> None:
    trial = opened(cast)
    for number in range(13):
        enter(trial, cast, number)
    mina = sign_in(evaluator(cast))
    page = said(mina, f"/trials/{trial.pk}/")
    assert "About 15" in page
    words = re.sub(r"<[^>]*>", " ", page).replace(trial.seed_fingerprint, "")
    assert not re.search(r"\b13\b|Carer \d", words)
    assert mina.get(f"/trials/{trial.pk}/check/").status_code == 302


def test_a_closed_trial_shows_who_entered_then_the_whole_flow_with_small_numbers_hidden(
    cast: Cast, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    trial = opened(cast)
    for number in range(16):
        enter(trial, cast, number)
    for number in range(20, 23):
        case, _ = another_family(cast, number)
        sign_in(cast.asha).post(f"/trials/families/{case.pk}/{trial.pk}/look/", {"so_0": "yes", "so_1": "no"})
    closed = close_trial(trial=trial, closed_words="Enough", by=evaluator(cast))
    mina = sign_in(evaluator(cast))
    page = said(mina, f"/trials/{closed.pk}/")
    assert "Not so: Nobody in the family is in another trial: hidden" in page
    assert "Allocated by chance: hidden" in page  # else the three could be worked out
    assert "What became of them" not in page
    assert "All 16 draws come out as they were recorded" in said(mina, f"/trials/{closed.pk}/check/")
    clock.move_to(TODAY + timedelta(weeks=17))
    later = said(sign_in(evaluator(cast)), f"/trials/{closed.pk}/")
    assert "What became of them" in later
    assert "Not measured at the start" in later


def cost(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    not_the_page_s = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "select set_config('app.agencies', '*'")
    return sum(not one["sql"].startswith(not_the_page_s) for one in queries)


def test_lists_ask_no_more_of_the_database_for_more_families(cast: Cast, sign_in: SignIn) -> None:
    trial, asha, mina = opened(cast), sign_in(cast.asha), sign_in(evaluator(cast))
    counted: dict[str, list[int]] = {}
    for upto in (range(4), range(4, 24)):
        for number in upto:
            enter(trial, cast, number)
        for browser, address in ((asha, "/trials/turns/"), (mina, f"/trials/{trial.pk}/"), (mina, "/trials/")):
            browser.get(address)
            counted.setdefault(address, []).append(cost(browser, address))
    assert all(few == many <= 12 for few, many in counted.values()), counted


def test_the_family_page_asks_little_of_the_database_however_many_trials(cast: Cast, sign_in: SignIn) -> None:
    asha, here = sign_in(cast.asha), f"/trials/families/{cast.case.pk}/"
    counted = []
    for _ in range(2):
        for _ in range(3):
            agree(opened(cast), cast.case, cast.grace, cast.asha)
        asha.get(here)
        counted.append(cost(asha, here))
    assert counted[0] == counted[1] <= 12


def test_a_trial_is_planned_to_be_analysed_and_says_what_it_found(
    cast: Cast, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    mina = sign_in(evaluator(cast))
    ahead = opened(cast)
    assert "Its analysis is not planned yet" in said(mina, f"/trials/{ahead.pk}/")
    assert "Fix them before the trial closes" in said(mina, f"/trials/{ahead.pk}/analysis/")
    assert mina.post(f"/trials/{ahead.pk}/analysis/")["Location"] == f"/evaluation/cohorts/{ahead.pk}/"
    protocol = said(mina, f"/evaluation/cohorts/{ahead.pk}/protocol/")
    assert "The arms of a trial beside each other" in protocol
    assert "PHQ" not in protocol
    assert "Families still enter this trial" in frozen_by(mina, planned_to_be_analysed(ahead, cast).pk)
    cohort = drawn(cast, clock)
    address = f"/trials/{cohort.pk}/"
    assert "Its data are opened once" in said(mina, address)
    assert "Frozen 20 November 2026" in frozen_by(mina, cohort.pk)
    asked = {"submission": new_id(), "method": "trial", "outcomes": ["five-domains.isolation"]}
    assert mina.post(f"/evaluation/cohorts/{cohort.pk}/run/", asked).status_code == 302
    with CaptureQueriesContext(connection) as seen:
        page = said(mina, address)
    assert "those allocated to the first arm did better" in page
    assert "Analysed, by outcome" in page
    assert "Level 5 of 5" in page
    assert sum(each["sql"].startswith("SELECT") for each in seen) <= 12
    report = said(mina, f"/evaluation/cohorts/{cohort.pk}/report/")
    assert "families were allocated by chance" in report.lower()


def frozen_by(browser: Client, cohort: UUID) -> str:
    answer = browser.post(f"/evaluation/cohorts/{cohort}/freeze/", follow=True)
    return unescape(answer.content.decode())

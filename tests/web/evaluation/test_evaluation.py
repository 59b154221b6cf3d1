"""The pages of the evaluation: Mina's way from a question to a result, and who may see what of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.insight.evaluation.models import AnalysisRun, Cohort
from alongside.insight.evaluation.services import run_method
from tests.cast import Cast
from tests.insight.evaluation.cohorts import ISOLATION, defined, evaluator, frozen
from tests.insight.reports.families import family

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]


def of(name: str, cohort: Cohort) -> str:
    return reverse(f"evaluation:{name}", args=[cohort.pk])


def form(cast: Cast) -> dict[str, Any]:
    day = {"day": "1", "month": "7", "year": "2026"}
    last = {"day": "30", "month": "9", "year": "2026"}
    return {
        "submission": str(new_id()),
        "title": "Summer",
        "question": "Do carers feel less alone?",
        "contracts": [str(cast.contract.pk)],
        **{f"starts_from_{part}": value for part, value in day.items()},
        **{f"starts_until_{part}": value for part, value in last.items()},
        "before_days": "42",
        "after_from_weeks": "8",
        "after_until_weeks": "78",
    }


def test_mina_goes_from_a_question_to_a_result(cast: Cast, sign_in: SignIn) -> None:
    for number in range(12):
        family(cast, number, scores=(8, 7 - number % 3))
    door = sign_in(evaluator(cast))
    typed = form(cast)
    answer = door.post(reverse("evaluation:new"), typed, follow=True)
    cohort = Cohort.objects.get()
    assert b"Being defined" in answer.content
    # She tries to run before anything is promised: she is told, and nothing is run.
    refused = door.post(of("run", cohort), {"submission": new_id(), "method": "paired", "outcomes": [ISOLATION]})
    assert b"Fix the protocol first" in refused.content
    assert not AnalysisRun.objects.exists()
    promise = {"version": cohort.protocol.version, "primary": [ISOLATION], "method": "paired"}
    promise |= {"series": "reached"}
    assert b"Say on which day the monthly figure should change" in door.post(of("protocol", cohort), promise).content
    promise |= {"since_day": "1", "since_month": "7", "since_year": "2026"}
    written = door.post(of("protocol", cohort), promise, follow=True).content
    assert b"Fix the protocol" in written
    assert b"to change from 1 July 2026" in written
    assert b"cannot be undone" in door.get(of("fix", cohort)).content
    assert b"Protocol fixed, data closed" in door.post(of("fix", cohort), follow=True).content
    opened = door.post(of("freeze", cohort), follow=True).content
    assert b"Frozen 20 November 2026" in opened
    found = door.post(
        of("run", cohort), {"submission": new_id(), "method": "paired", "outcomes": [ISOLATION]}, follow=True
    )
    text = found.content.decode()
    assert "Primary outcomes, promised before the data were opened" in text
    assert "Level 1 of 5" in text
    assert "better on average, by 2.0 points" in text
    departure = {"submission": new_id(), "words": "Reviews came late.", "reason": "Illness."}
    assert b"Reviews came late." in door.post(of("deviation", cohort), departure, follow=True).content


def test_what_was_typed_wrong_is_told_by_its_field_and_kept(cast: Cast, sign_in: SignIn) -> None:
    door = sign_in(evaluator(cast))
    answer = door.post(reverse("evaluation:new"), form(cast) | {"after_from_weeks": "2"})
    assert b"The later answers must begin after the last day of the earlier ones" in answer.content
    assert b"Do carers feel less alone?" in answer.content
    cohort = defined(cast)
    nothing = door.post(of("protocol", cohort), {"version": cohort.protocol.version, "method": "paired"})
    assert b"Primary outcomes" in nothing.content
    assert b"error" in nothing.content


def test_an_evaluator_meets_no_name_and_no_id_of_a_record(cast: Cast, sign_in: SignIn) -> None:
    cohort = frozen(cast)
    run = run_method(cohort=cohort, method="paired", outcomes=[ISOLATION], by=evaluator(cast))
    door = sign_in(evaluator(cast))
    result = reverse("evaluation:result", args=[run.pk])
    text = "".join(door.get(address).content.decode() for address in (of("cohort", cohort), result))
    assert not re.search(r"Carer \d|Child \d|Okafor", text)
    for uuid in re.findall(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", text):
        assert uuid in {str(cohort.pk), str(run.pk)}


def test_who_may_see_what(cast: Cast, sign_in: SignIn) -> None:
    cohort = frozen(cast)
    run = run_method(cohort=cohort, method="paired", outcomes=[ISOLATION], by=evaluator(cast))
    seen = [reverse("evaluation:evaluation"), of("cohort", cohort), reverse("evaluation:result", args=[run.pk])]
    changed = [of(name, cohort) for name in ("change", "protocol", "fix", "freeze", "run", "deviation")]
    stranger = User(agency=cast.other_provider, name="Far", role="evaluator", email="far@example.org")
    stranger.set_unusable_password()
    stranger.save()
    for user, pages, status in (
        (evaluator(cast), seen, 200),
        (cast.morgan, seen, 200),
        (cast.morgan, changed, 403),
        (cast.asha, seen, 403),
        (cast.carol, seen, 403),
        (cast.ben, seen, 403),
        (stranger, seen[1:] + changed, 404),
    ):
        for address in pages:
            assert sign_in(user).get(address).status_code == status, (user.name, address)


def test_pages_ask_no_more_of_the_database_for_more_families_or_runs(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    cohort, by = frozen(cast, number=20), evaluator(cast)
    door = sign_in(by)
    for outcomes in ([ISOLATION], ["ons4.anxious"], ["ons4.happy"], ["five-domains.money"]):
        run = run_method(cohort=cohort, method="paired", outcomes=outcomes, by=by)
    result = reverse("evaluation:result", args=[run.pk])
    for address in (reverse("evaluation:evaluation"), of("cohort", cohort), result):
        door.get(address)
        with django_assert_max_num_queries(12):
            door.get(address)


def test_the_authorities_of_a_frozen_cohort_are_put_together(cast: Cast, sign_in: SignIn) -> None:
    door = sign_in(evaluator(cast))
    ahead = defined(cast)
    assert b"Freeze the cohort first" in door.get(of("authorities", ahead), follow=True).content
    cohort = frozen(cast)
    assert of("authorities", cohort) in door.get(of("cohort", cohort)).content.decode()
    asked = {"outcome": ISOLATION, "between": "EE"}
    text = door.post(of("authorities", cohort), asked).content.decode()
    assert "One study: \N{MINUS SIGN}2.00" in text
    assert "not promised of the cohort" in text
    assert (
        b"no authority of which enough"
        in door.post(of("authorities", cohort), asked | {"outcome": "phq-9.low_mood"}).content
    )

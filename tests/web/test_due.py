"""What to ask: who opens the list, what stands on it for whom, and that it stays quick with many families."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case
from alongside.records.measures.models import CheckInLink, NotAsked
from alongside.records.measures.services.answering import record_answers
from alongside.records.measures.services.linking import make_link, save_answer
from alongside.records.people.models import Household, Membership, Person, SafetyNote
from alongside.records.programmes.models import Enrolment
from tests.cast import TODAY, Cast

SignIn = Callable[[User], Client]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def shown(browser: Client, address: str = "/families/due/") -> str:
    return " ".join(unescape(browser.get(address).content.decode()).split())


def start(cast: Cast, on: object = TODAY) -> None:
    record_answers(
        case=cast.case,
        person=cast.grace,
        occasion="start",
        answers={"five-domains": {"isolation": 7}},
        answered_on=on,  # type: ignore[arg-type]
        mode="with_worker",
        by=cast.asha,
        submission=new_id(),
    )


def families(cast: Cast, numbers: range) -> None:
    with system():
        for place in numbers:
            ours = {"agency": cast.provider}
            home = Household.objects.create(**ours, name=f"Family {place:03d}", team=cast.team, worker=cast.asha)
            carer = Person.objects.create(**ours, name=f"Carer {place:03d}")
            Membership.objects.create(**ours, household=home, person=carer, part="carer")
            held = {"household": home, "team": cast.team, "worker": cast.asha, "opened_on": TODAY - 40 * DAY}
            case = Case.objects.create(**ours, **held, review_due=TODAY - place * DAY)
            Enrolment.objects.create(**ours, case=case, contract=cast.contract, started_on=TODAY - 40 * DAY)
            CheckInLink.objects.create(
                **ours, case=case, person=carer, occasion="review", instruments=[],
                token_hash=f"{place:064d}", expires_at=f"{TODAY}T20:00:00Z",
            )  # fmt: skip


def test_workers_and_managers_open_it_and_nobody_else(cast: Cast, sign_in: SignIn) -> None:
    for user in (cast.asha, cast.morgan, cast.ben):
        assert sign_in(user).get("/families/due/").status_code == 200
    for nobody in (cast.carol, cast.ruth, cast.priya):
        assert sign_in(nobody).get("/families/due/").status_code == 403
    assert "Grace" not in shown(sign_in(cast.ben))


def test_asha_sees_what_is_due_of_grace_and_how_late(cast: Cast, sign_in: SignIn) -> None:
    page = shown(sign_in(cast.asha))  # Grace's work began five weeks ago and nobody has asked her yet
    assert "2 times to ask how things are, 1 of them late." in page
    assert "At the start" in page
    assert "7 days late" in page
    assert "Review" in page
    assert "due in 14 days" in page
    assert "Not asked yet" in page
    start(cast)
    page = shown(sign_in(cast.asha))
    assert "At the start" not in page.split("<table")[1]
    assert "Review" in page


def test_the_list_says_what_was_done_and_when_we_ask_again(cast: Cast, sign_in: SignIn) -> None:
    link, _ = make_link(
        case=cast.case, person=cast.grace, occasion="start", asked=["five-domains"], by=cast.asha,
        base_url="/", way="text", chases=2, chase_days=5,
    )  # fmt: skip
    save_answer(link=link, instrument="five-domains", item="money", answer=3)
    page = shown(sign_in(cast.asha))
    assert "Grace Okafor was texted a link today. They have begun to answer. We ask again on 25 November 2026." in page
    SafetyNote.objects.create(agency=cast.provider, household=cast.household, words="He reads it.", checked_on=TODAY)
    with time_machine.travel(f"{TODAY + 6 * DAY} 12:00"):
        page = shown(sign_in(cast.asha))
    assert "Read before calling" in page
    assert "We do not ask again by ourselves now" in page


def test_who_is_left_in_peace_is_off_the_list(cast: Cast, sign_in: SignIn) -> None:
    NotAsked.objects.create(agency=cast.provider, case=cast.case, occasion="start", on=TODAY, why="not_now")
    assert "At the start" not in shown(sign_in(cast.asha)).split("<table")[1]


def test_months_after_the_work_is_over_the_family_is_on_the_list(cast: Cast, sign_in: SignIn) -> None:
    ended = TODAY - 200 * DAY
    Enrolment.objects.filter(case=cast.case).update(started_on=ended - 90 * DAY, ended_on=ended)
    Case.objects.filter(pk=cast.case.pk).update(closed_on=ended, review_due=None)
    page = shown(sign_in(cast.morgan))
    assert "6 months after the end" in page
    assert "Grace Okafor" in page
    Enrolment.objects.create(agency=cast.provider, case=cast.case, contract=cast.contract, started_on=TODAY)
    assert "6 months after the end" not in shown(sign_in(cast.morgan))


def test_it_takes_as_many_queries_for_thirty_families_as_for_two(cast: Cast, sign_in: SignIn) -> None:
    asha, counts = sign_in(cast.asha), []
    for numbers in (range(2), range(2, 30)):
        families(cast, numbers)
        with CaptureQueriesContext(connection) as queries:
            page = shown(asha)
        counts.append(sum(one["sql"].startswith(("SELECT", "INSERT", "UPDATE")) for one in queries))
    assert "Family 0" in page
    assert "?whose=mine&from=20" in page
    assert counts[0] == counts[1] <= 12

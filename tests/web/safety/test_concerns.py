"""The pages of concerns: who may open them, that one is one step away, and that none is lost on the way."""

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
from alongside.core.agencies.permissions import Role
from alongside.core.base.ids import new_id
from alongside.records.concerns.models import Concern
from alongside.records.concerns.services.raising import raise_concern
from tests.cast import NOW, TODAY, Cast
from tests.house.world import furnish

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def raised(cast: Cast, **changes: object) -> Concern:
    facts: dict[str, object] = {"words": "<b>A bruise.</b>", "danger": False, "noticed_on": TODAY, "by": cast.asha}
    with system():
        return raise_concern(**({**facts, "case": cast.case} | changes))  # type: ignore[arg-type]


def sent(**changes: str) -> dict[str, str]:
    day = {"noticed_on_day": "20", "noticed_on_month": "11", "noticed_on_year": "2026"}
    return {"submission": str(new_id()), "words": "A bruise.", "danger": "no", **day, **changes}


def test_every_page_of_a_family_leads_to_a_concern_in_one_step(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    for address in (f"/families/{cast.case.pk}/", f"/families/{cast.case.pk}/measures/"):
        assert f'href="/safety/families/{cast.case.pk}/raise/"' in asha.get(address).content.decode()


@pytest.mark.parametrize("who", ["asha", "morgan", "priya", "omar", "cora", "gil", "vera"])
def test_everybody_who_works_here_is_one_step_from_a_concern_and_can_record_one(
    cast: Cast, sign_in: SignIn, who: str
) -> None:
    browser = sign_in(furnish(cast).people[who])
    assert 'href="/safety/raise/"' in browser.get("/settings/", follow=True).content.decode()
    answer = browser.post("/safety/raise/", sent(about="A boy at the group"), follow=True)
    assert "A boy at the group" in answer.content.decode()
    assert "Your concern is recorded" in answer.content.decode()


def test_who_refers_or_pays_sees_no_such_link(cast: Cast, sign_in: SignIn) -> None:
    for user in (cast.ruth, cast.carol):
        browser = sign_in(user)
        assert "/safety/raise/" not in browser.get("/", follow=True).content.decode()
        assert browser.get("/safety/raise/").status_code == 403


def test_not_being_sure_counts_as_danger(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.asha).post(f"/safety/families/{cast.case.pk}/raise/", sent(danger="unsure"))
    assert Concern.objects.get().danger


def test_what_was_typed_is_kept_where_something_is_missing(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.asha).post(f"/safety/families/{cast.case.pk}/raise/", sent(danger=""))
    words = unescape(answer.content.decode())
    assert "A bruise." in words
    assert "“I am not sure” is an answer" in words
    assert not Concern.objects.exists()


def test_a_concern_is_told_as_words_and_never_as_markup(cast: Cast, sign_in: SignIn) -> None:
    address = f"/safety/concerns/{raised(cast).pk}/"
    assert "&lt;b&gt;A bruise." in sign_in(cast.morgan).get(address).content.decode()
    for user, status in ((cast.ben, 404), (cast.carol, 403), (cast.ruth, 403), (cast.priya, 404)):
        assert sign_in(user).get(address).status_code == status


def test_a_worker_may_tell_the_authority_and_only_a_manager_decides(cast: Cast, sign_in: SignIn) -> None:
    made = raised(cast, danger=True)
    asha, morgan = sign_in(cast.asha), sign_in(cast.morgan)
    told = {"submission": str(new_id()), "whom": "Duty team", "time": "10:30", "words": "All of it."}
    told |= {"day_day": "20", "day_month": "11", "day_year": "2026"}
    assert asha.post(f"/safety/concerns/{made.pk}/write/told/", told).status_code == 302
    for kind in ("seen", "not-told", "closed", "reopened"):
        assert asha.get(f"/safety/concerns/{made.pk}/decide/{kind}/").status_code == 403
        assert morgan.get(f"/safety/concerns/{made.pk}/decide/{kind}/").status_code == 200
    assert morgan.get(f"/safety/concerns/{made.pk}/decide/deleted/").status_code == 404
    made.refresh_from_db()
    assert made.told
    assert made.decided_at == NOW - timedelta(minutes=10)


def test_a_concern_about_nobody_known_is_led_to_its_family(cast: Cast, sign_in: SignIn) -> None:
    world = furnish(cast)
    made = raised(cast, case=None, about="Tyler Okafor", by=world.people["vera"])
    page = sign_in(cast.morgan).get(f"/safety/concerns/{made.pk}/").content.decode()
    assert f'value="{cast.case.pk}"' in page
    assert sign_in(cast.asha).get(f"/safety/concerns/{made.pk}/").status_code == 404
    vera = sign_in(world.people["vera"]).get(f"/safety/concerns/{made.pk}/").content.decode()
    assert str(cast.case.pk) not in vera
    sign_in(cast.morgan).post(f"/safety/concerns/{made.pk}/family/", {"case": str(cast.case.pk)})
    made.refresh_from_db()
    assert made.case == cast.case
    sign_in(cast.morgan).post(f"/safety/concerns/{made.pk}/family/", {"case": "nonsense"})


def test_out_of_hours_pages_say_whom_to_call(cast: Cast, sign_in: SignIn, clock: time_machine.Traveller) -> None:
    asha = sign_in(cast.asha)
    assert "01632 960123" not in asha.get("/safety/raise/").content.decode()
    clock.move_to(NOW.replace(hour=16, minute=55))
    assert "01632 960123" in sign_in(cast.asha).get("/safety/raise/").content.decode()
    address = f"/safety/concerns/{raised(cast).pk}/"
    assert "01632 960123" in sign_in(cast.asha).get(address).content.decode()


def test_the_list_costs_the_same_for_many_and_shows_what_is_late(
    cast: Cast, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    def queries() -> int:
        browser = sign_in(cast.morgan)
        with CaptureQueriesContext(connection) as counted:
            answer = browser.get("/safety/")
        assert answer.status_code == 200
        return len(counted)

    raised(cast)
    raised(cast)
    few = queries()
    for _ in range(18):
        raised(cast)
    assert queries() == few <= 12
    clock.move_to(NOW + timedelta(hours=3))
    assert "2 hours late" in sign_in(cast.morgan).get("/safety/").content.decode()


def test_a_family_s_page_of_safety_costs_the_same_for_many(cast: Cast, sign_in: SignIn) -> None:
    counts = []
    for number in (2, 18):
        for _ in range(number):
            raised(cast)
        browser = sign_in(cast.asha)
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(f"/safety/families/{cast.case.pk}/").status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 12


def test_a_role_that_is_new_cannot_raise_by_accident() -> None:
    assert {role for role in Role if role not in {Role.REFERRER, Role.COMMISSIONER, Role.EVALUATOR}} == {
        role
        for role in Role
        if User(role=role).may("concern_raise")  # type: ignore[arg-type]
    }

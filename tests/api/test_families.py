"""Families and contacts by machine: what their worker sees, and what nobody else does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case, Contact
from alongside.records.people.models import Household
from tests.cast import TODAY, Cast

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("clock")


def told(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "at": "2026-11-20T09:30:00+00:00",
        "channel": "phone",
        "outcome": "spoke",
        "people": [str(cast.grace.pk)],
        "note": "Tyler settled at school.",
        **more,
    }


def send(browser: Client, cast: Cast, contact: dict[str, Any]) -> Any:
    address = f"/api/v1/families/{cast.case.pk}/contacts"
    return browser.post(address, contact, content_type="application/json")


def test_her_worker_sees_the_family_and_others_do_not(cast: Cast, sign_in: SignIn) -> None:
    for user, status in ((cast.asha, 200), (cast.morgan, 200), (cast.ben, 404), (cast.carol, 403), (cast.ruth, 403)):
        for more in ("", "/contacts"):
            assert sign_in(user).get(f"/api/v1/families/{cast.case.pk}{more}").status_code == status
    family = sign_in(cast.asha).get(f"/api/v1/families/{cast.case.pk}").json()
    assert [person["name"] for person in family["people"]] == ["Grace Okafor", "Tyler Okafor", "Amara Okafor"]
    assert family["people"][1]["arrangements"][0]["kind"] == "special_guardianship"


def test_a_contact_is_written_once_and_moves_the_clocks(cast: Cast, sign_in: SignIn) -> None:
    browser, contact = sign_in(cast.asha), told(cast)
    first = send(browser, cast, contact)
    assert first.status_code == 201, first.content
    assert send(browser, cast, contact).json() == first.json()
    assert send(browser, cast, {**contact, "note": "Something else"}).status_code == 409
    assert Contact.objects.filter(case=cast.case).count() == 1
    cast.case.refresh_from_db()
    assert cast.case.last_contact_on == TODAY
    listed = browser.get(f"/api/v1/families/{cast.case.pk}/contacts").json()
    assert listed == {"items": [first.json()], "previous": None, "next": None}
    assert listed["items"][0]["people"] == [{"id": str(cast.grace.pk), "name": "Grace Okafor"}]


@pytest.mark.parametrize(
    "more",
    [
        {"at": "2026-11-21T09:30:00+00:00"},
        {"at": "2026-11-20T09:30:00"},
        {"people": ["019a0000-0000-7000-8000-000000000000"]},
        {"channel": "pigeon"},
        {"minutes": 1441},
        {"next_contact_due": "2026-11-19"},
        {"by": "019a0000-0000-7000-8000-000000000000"},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_saved(cast: Cast, sign_in: SignIn, more: dict[str, Any]) -> None:
    answer = send(sign_in(cast.asha), cast, told(cast, **more))
    assert (answer.status_code, Contact.objects.count()) == (422, 0)
    assert answer.json()["error"]


def test_ben_writes_nothing_into_another_agencys_family(cast: Cast, sign_in: SignIn) -> None:
    assert send(sign_in(cast.ben), cast, told(cast)).status_code == 404
    assert not Contact.objects.exists()


def test_families_are_paged_by_key(cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any) -> None:
    homes = [Household(agency=cast.provider, name=f"Carer {n}", team=cast.team) for n in range(30)]
    Household.objects.bulk_create(homes)
    Case.objects.bulk_create(
        Case(agency=cast.provider, household=home, team=cast.team, opened_on=TODAY) for home in homes
    )
    browser = sign_in(cast.asha)
    with django_assert_max_num_queries(12):
        first = browser.get("/api/v1/families").json()
    second = browser.get(first["next"]).json()
    assert len(first["items"]) + len(second["items"]) == 31
    assert len({item["id"] for item in first["items"] + second["items"]}) == 31
    assert sign_in(cast.ben).get("/api/v1/families").json() == {"items": [], "previous": None, "next": None}
    assert browser.get("/api/v1/families?closed=true").json()["items"] == []

"""Referring a family by machine, and reading what became of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.referrals.models import Referral
from tests.cast import NOW, Cast

SignIn = Callable[[User], Client]
ADDRESS = "/api/v1/referrals"


def family(**more: Any) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "carer_name": "Grace Okafor",
        "carer_birth_date": "1968-03-12",
        "carer_phone": "07700 900123",
        "postcode": "hd12ab",
        "consent": "given",
        "children": [{"name": "Tyler", "birth_date": "2019-05-01", "birth_precision": "month"}],
        **more,
    }


def send(browser: Client, told: dict[str, Any]) -> Any:
    return browser.post(ADDRESS, told, content_type="application/json")


@pytest.mark.usefixtures("clock")
def test_a_family_referred_by_machine_is_what_the_form_would_have_made(cast: Cast, sign_in: SignIn) -> None:
    told = family()
    answer = send(sign_in(cast.ruth), told)
    assert answer.status_code == 201, answer.content
    made = Referral.objects.get(pk=told["id"])
    assert (made.agency, made.source_agency, made.made_by) == (cast.provider, cast.kirklees, cast.ruth)
    assert (made.postcode, made.authority, made.status, made.carer_birth_precision) == (
        "HD1 2AB",
        cast.kirklees,
        "new",
        "exact",
    )
    assert answer.json()["children"][0]["birth_precision"] == "month"
    assert answer.json()["authority"]["name"] == "Kirklees"
    read = sign_in(cast.ruth).get(f"{ADDRESS}/{told['id']}")
    assert read.json() == answer.json()
    assert sign_in(cast.morgan).get(f"{ADDRESS}/{told['id']}").json() == answer.json()


def test_sent_twice_it_is_there_once_and_with_other_words_it_is_refused(cast: Cast, sign_in: SignIn) -> None:
    browser, told = sign_in(cast.ruth), family()
    assert send(browser, told).json()["id"] == send(browser, told).json()["id"]
    assert Referral.objects.filter(carer_phone="07700 900123").count() == 1
    assert send(browser, {**told, "words": "Something else"}).status_code == 409
    assert send(browser, {**told, "children": [{"name": "Amara"}]}).status_code == 409
    assert Referral.objects.get(pk=told["id"]).words == ""


def test_an_id_that_another_agency_used_shows_nothing_of_theirs(cast: Cast, sign_in: SignIn) -> None:
    told = family(words="Kirklees says this")
    send(sign_in(cast.ruth), told)
    answer = send(sign_in(cast.nia), {**told, "words": "Kirklees says this"})
    assert answer.status_code == 409
    assert "Kirklees" not in answer.content.decode()
    assert sign_in(cast.nia).get(f"{ADDRESS}/{told['id']}").status_code == 404


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"carer_name": ""}, "carer_name"),
        ({"consent": "perhaps"}, "consent"),
        ({"children": []}, "children"),
        ({"children": [{"name": "x"}] * 7}, "children"),
        ({"carer_birth_date": "12/3/1968"}, "carer_birth_date"),
        ({"words": "a\x00b"}, "words"),
        ({"words": "\ud800"}, "words"),
        ({"words": "x" * 4001}, "words"),
        ({"carer_email": "grace at home"}, "carer_email"),
        ({"status": "accepted"}, "status"),
        ({"agency": "x"}, "agency"),
        ({"children": [{"name": "Tyler", "version": 9}]}, "children.0.version"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_saved(
    cast: Cast, sign_in: SignIn, more: dict[str, Any], where: str
) -> None:
    answer = send(sign_in(cast.ruth), family(**more))
    assert answer.status_code == 422, answer.content
    assert [problem["where"].removeprefix("told.") for problem in answer.json()["problems"]] == [where]
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"postcode": ""}, "postcode"),
        ({"postcode": "nowhere"}, "postcode"),
        ({"carer_phone": ""}, "carer_phone"),
        ({"carer_phone": "123"}, "carer_phone"),
        ({"carer_birth_date": "2999-01-01"}, None),
    ],
)
def test_the_rules_are_those_of_the_form(cast: Cast, sign_in: SignIn, more: dict[str, Any], field: str) -> None:
    answer = send(sign_in(cast.ruth), family(**more))
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"id": "\\ud800"}', "\x00"])
def test_a_body_that_makes_no_sense_is_refused(cast: Cast, sign_in: SignIn, body: str) -> None:
    answer = sign_in(cast.ruth).post(ADDRESS, body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]


def test_lists_are_paged_by_key_and_give_no_totals(cast: Cast, sign_in: SignIn) -> None:
    rows = [
        Referral(
            agency=cast.provider,
            source="agency",
            source_agency=cast.kirklees,
            carer_name=f"Carer {number}",
            received_at=NOW - timedelta(minutes=number),
            status_at=NOW,
        )
        for number in range(30)
    ]
    Referral.objects.bulk_create(rows)
    browser = sign_in(cast.ruth)
    first = browser.get(ADDRESS).json()
    assert set(first) == {"items", "previous", "next"}
    assert len(first["items"]) == 25
    assert first["previous"] is None
    second = browser.get(first["next"]).json()
    assert second["next"] is None
    names = [item["carer_name"] for item in first["items"] + second["items"]]
    assert names == [*(f"Carer {number}" for number in range(30)), "Grace Okafor"]
    assert browser.get(second["previous"]).json()["items"] == first["items"]
    assert browser.get(ADDRESS, {"at": "nonsense"}).json() == first


def test_query_count_is_flat(cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any) -> None:
    browser = sign_in(cast.ruth)
    with django_assert_max_num_queries(12):
        browser.get(ADDRESS)

"""Contracts: set up and changed by managers, seen by who serves and who pays, and nobody else."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.programmes.models import Contract, Programme
from alongside.records.programmes.services.deciding import accept_referral
from tests.cast import Cast
from tests.records.telling import refer

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]


def typed(cast: Cast, **changes: Any) -> dict[str, Any]:
    """Give what Morgan types for a contract."""
    return {
        "submission": str(new_id()),
        "name": "Reach, two councils",
        "purchaser": str(cast.kirklees.pk),
        "programme": str(cast.reach.pk),
        **dict(zip(("starts_on_day", "starts_on_month", "starts_on_year"), ("1", "4", "2026"), strict=True)),
        **dict(zip(("ends_on_day", "ends_on_month", "ends_on_year"), ("31", "3", "2027"), strict=True)),
        "places": "40",
        "price": "120000.50",
        "payer": "fund",
        "areas": "kirk\nCalderdale",
        "arrangements": ["special_guardianship"],
        "first_contact_days": "5",
        "review_weeks": "12",
    } | changes


def test_a_manager_sets_a_contract_up(cast: Cast, sign_in: SignIn) -> None:
    morgan, data = sign_in(cast.morgan), typed(cast)
    assert morgan.get("/contracts/new/").status_code == 200
    answer = morgan.post("/contracts/new/", data, follow=True)
    morgan.post("/contracts/new/", data)
    contract = Contract.objects.get(name="Reach, two councils")
    assert answer.redirect_chain[-1][0] == f"/contracts/{contract.pk}/"
    assert set(contract.areas.all()) == {cast.kirklees, cast.calderdale}
    assert (contract.price_pence, contract.payer, contract.arrangements) == (
        12_000_050,
        "fund",
        ["special_guardianship"],
    )
    assert (contract.agency, contract.starts_on, contract.ends_on) == (
        cast.provider,
        date(2026, 4, 1),
        date(2027, 3, 31),
    )
    page = answer.content.decode()
    assert "£120,000.50" in page
    assert "Calderdale, Kirklees" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"areas": "Atlantis"}, "no council called “Atlantis”"),
        ({"areas": "north"}, "could be"),
        ({"ends_on_year": "2025"}, "must end on or after"),
        ({"places": "0"}, "Enter 1 or more"),
        ({"price": "lots"}, "number"),
        ({"purchaser": ""}, "purchaser"),
    ],
)
def test_what_is_wrong_is_said_and_kept(cast: Cast, sign_in: SignIn, wrong: dict[str, str], sentence: str) -> None:
    page = sign_in(cast.morgan).post("/contracts/new/", typed(cast, **wrong)).content.decode()
    assert sentence in page
    assert "Reach, two councils" in page
    assert not Contract.objects.filter(name="Reach, two councils").exists()


def test_a_programme_of_six_months_is_not_bought_for_less(cast: Cast, sign_in: SignIn) -> None:
    morgan, connected = sign_in(cast.morgan), str(Programme.objects.get(slug="connected").pk)
    page = morgan.post("/contracts/new/", typed(cast, programme=connected, length_weeks="12")).content.decode()
    assert "Kinship Connected takes 26 weeks or more" in page
    morgan.post("/contracts/new/", typed(cast, programme=connected, length_weeks="26"))
    assert Contract.objects.get(name="Reach, two councils").length_weeks == 26


def test_a_change_is_made_and_a_stale_one_shows_both(cast: Cast, sign_in: SignIn) -> None:
    morgan, address = sign_in(cast.morgan), f"/contracts/{cast.contract.pk}/change/"
    assert "Kirklees" in morgan.get(address).content.decode()
    first = typed(cast, version="1", places="70")
    assert morgan.post(address, first).status_code == 302
    second = morgan.post(address, typed(cast, version="1", places="80")).content.decode()
    assert "Somebody else saved this" in second
    assert "70" in second
    assert "80" in second
    assert Contract.objects.get(pk=cast.contract.pk).places == 70


def test_two_changes_of_areas_alone_do_not_pass_unseen(cast: Cast, sign_in: SignIn) -> None:
    morgan, address = sign_in(cast.morgan), f"/contracts/{cast.contract.pk}/change/"
    morgan.post(address, typed(cast, version="1"))
    now = str(Contract.objects.get(pk=cast.contract.pk).version)
    assert morgan.post(address, typed(cast, version=now, areas="Kirklees")).status_code == 302
    assert "Somebody else saved this" in morgan.post(address, typed(cast, version=now, areas="Leeds")).content.decode()


def test_who_pays_sees_the_places_but_no_small_number(cast: Cast, sign_in: SignIn) -> None:
    carol, morgan = sign_in(cast.carol), sign_in(cast.morgan)
    address = f"/contracts/{cast.contract.pk}/"
    for page in ("/contracts/", address):
        assert "fewer than 5 of 60" in carol.get(page).content.decode()
        assert "1 of 60" in morgan.get(page).content.decode()
    for number in range(5):
        referral = refer(cast, carer_name=f"Carer {number}")
        accept_referral(
            referral=referral,
            version=1,
            contract=cast.contract,
            known_as=None,
            worker=None,
            words="Yes.",
            by=cast.morgan,
        )
    assert "6 of 60" in carol.get(address).content.decode()
    assert "Change this contract" not in carol.get(address).content.decode()


def test_who_pays_for_another_sees_nothing_of_it(cast: Cast, sign_in: SignIn) -> None:
    cast.carol.agency = cast.calderdale
    cast.carol.save()
    carol = sign_in(cast.carol)
    assert "No contracts yet" in carol.get("/contracts/").content.decode()
    assert carol.get(f"/contracts/{cast.contract.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["ben", "asha", "ruth", "nia", "priya"])
@pytest.mark.parametrize("page", ["", "new/", "{}/", "{}/change/"])
def test_nobody_else_comes_here(cast: Cast, sign_in: SignIn, who: str, page: str) -> None:
    assert sign_in(getattr(cast, who)).get(f"/contracts/{page.format(cast.contract.pk)}").status_code == 403


@pytest.mark.parametrize("page", ["new/", "{}/change/"])
def test_who_pays_changes_nothing(cast: Cast, sign_in: SignIn, page: str) -> None:
    assert sign_in(cast.carol).get(f"/contracts/{page.format(cast.contract.pk)}").status_code == 403


def test_the_list_costs_the_same_for_many(cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        Contract.objects.create(
            agency=cast.provider,
            purchaser=cast.kirklees,
            programme=cast.reach,
            name=f"Contract {number}",
            starts_on=date(2026, 1, 1),
            ends_on=date(2027, 1, 1),
            places=5,
        )
    carol = sign_in(cast.carol)
    with django_assert_max_num_queries(13):  # 12, and on PostgreSQL one of the test's own
        assert carol.get("/contracts/").content.decode().count("Kinship Reach") >= 20

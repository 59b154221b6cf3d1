"""Contracts and reports by machine: for both sides of a contract, with the digits of the page."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from alongside.core.agencies.models import User
from tests.cast import Cast

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("clock")


def test_each_side_sees_its_contracts_and_their_reports(cast: Cast, sign_in: SignIn) -> None:
    address = f"/api/v1/reports/{cast.contract.pk}/2026-q4"
    for user, mine, status in ((cast.carol, 1, 200), (cast.morgan, 1, 200)):
        listed = sign_in(user).get("/api/v1/contracts").json()
        assert len(listed["items"]) == mine
        assert sign_in(user).get(address).status_code == status
    assert "price_pence" not in listed["items"][0]
    for user in (cast.asha, cast.ben, cast.ruth, cast.nia):
        assert sign_in(user).get("/api/v1/contracts").status_code == 403
        assert sign_in(user).get(address).status_code == 403


def test_every_figure_reads_as_on_the_page_and_small_ones_are_withheld(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.carol)
    report = browser.get(f"/api/v1/reports/{cast.contract.pk}/2026-q4").json()
    assert report["figures"]
    assert any(figure["withheld"] for figure in report["figures"]), "one family is too few to show"
    for figure in report["figures"]:
        page = browser.get(f"/reports/{cast.contract.pk}/2026-q4/figure/{figure['key']}/").content.decode()
        assert f'<p class="figure__number">{figure["text"]}</p>' in unescape(page)
        assert (figure["text"] == "c") is figure["withheld"]
        assert not (figure["withheld"] and figure["number"] is not None)
        assert "rows" not in figure


@pytest.mark.parametrize("quarter", ["2026-q1", "2026-q5", "2027-q1", "nonsense", "9999-q4", "0000-q1"])
def test_a_quarter_that_is_none_is_not_there(cast: Cast, sign_in: SignIn, quarter: str) -> None:
    assert sign_in(cast.carol).get(f"/api/v1/reports/{cast.contract.pk}/{quarter}").status_code == 404

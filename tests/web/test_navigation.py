"""The header marks the place that a page belongs to, whichever address it has."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from alongside.core.agencies.models import User
from tests.cast import Cast

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("clock")


def marked(browser: Client, address: str) -> str:
    """Give the words of the place in the header that is marked as the one where one is."""
    page = unescape(browser.get(address).content.decode())
    header = page.split("</header>")[0]
    return header.split('aria-current="true">')[1].split(">")[1].split("<")[0] if "aria-current" in header else ""


def test_pages_of_a_family_are_marked_as_my_families(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.morgan)
    case = cast.case.pk
    for address in (f"/safety/families/{case}/", f"/programmes/{case}/", f"/clocks/{case}/", f"/families/{case}/"):
        assert marked(browser, address) == "My families", address
    assert marked(browser, f"/people/{cast.grace.pk}/") == "My families"
    assert marked(browser, "/people/") == "Find somebody"
    assert marked(browser, "/safety/") == "Concerns"
    assert marked(browser, "/programmes/asked/") == "My team"
    assert marked(browser, "/appointments/calendar/") == "Today"
    assert marked(browser, "/team/late/") == "My team"

"""Ruth hands in a spreadsheet of families, and her council's own return, and sends whom she chooses."""

from collections.abc import Callable

import pytest

from alongside.records.referrals.models import Referral
from tests.cast import Cast
from tests.e2e.conftest import Visitor
from tests.e2e.ways import DESK_WAYS
from tests.stewardship.exchange.files import a_return, spreadsheet

Visitors = Callable[..., Visitor]


def file(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "text/csv", "buffer": content}


@pytest.mark.parametrize("way", DESK_WAYS)
def test_a_spreadsheet_of_families(cast: Cast, visitor: Visitors, way: dict[str, bool]) -> None:
    ruth = visitor("Ruth", **way).signs_in(cast.ruth)
    ruth.goes_to("/referrals/upload/")
    families = spreadsheet(
        ("A1", "Joan Hartley", "HD1 2AB", "Kai Hartley", "05/11/2016", "Yes"),
        ("B2", "Pat Doyle", "HD1 2AB", "Lee Doyle", "31/02/2016", "Yes"),
    )
    ruth.page.locator("input[type=file]").set_input_files(file("families.csv", families))  # type: ignore[arg-type]
    ruth.presses("Read the file")
    preview = ruth.page.url.removeprefix(ruth.home)
    ruth.follows("see what is wrong with each")
    assert "31/02/2016" in ruth.page.inner_text("main")
    ruth.goes_to(preview)
    assert not Referral.objects.filter(carer_name="Joan Hartley").exists()
    ruth.presses("Send")
    assert Referral.objects.filter(carer_name="Joan Hartley").count() == 1
    assert not Referral.objects.filter(carer_name="Pat Doyle").exists()


@pytest.mark.parametrize("way", DESK_WAYS)
def test_the_councils_own_return(cast: Cast, visitor: Visitors, way: dict[str, bool]) -> None:
    ruth = visitor("Ruth", **way).signs_in(cast.ruth)
    ruth.goes_to("/referrals/ssda903/")
    files = [file(given.name, given.content) for given in a_return(("C101", "E45"), ("C102", "E41"), ("C103", "E48"))]
    ruth.page.locator("input[type=file]").set_input_files(files)  # type: ignore[arg-type]
    ruth.presses("Read the return")
    words = ruth.page.inner_text("main")
    assert "C101" in words
    assert "C103" not in words
    ruth.page.get_by_role("checkbox").first.check()
    ruth.presses("Pick the ticked children")
    ruth.goes_to("/referrals/ssda903/picked/")
    ruth.page.get_by_role("checkbox").first.check()
    ruth.presses("Add the carer of the ticked children")
    page = ruth.page
    page.get_by_label("The carer’s name").fill("Joan Hartley")
    page.get_by_label("Phone").fill("07700 900321")
    page.get_by_label("Postcode").fill("HD1 2AB")
    page.get_by_label("What is the carer to the children?").select_option("grandparent")
    page.get_by_role("group", name="Did the carer agree").get_by_label("Yes").check()
    ruth.presses("Send the referral")
    assert Referral.objects.get(carer_name="Joan Hartley").children[0]["arrangement"] == "special_guardianship"

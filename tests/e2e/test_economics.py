"""What it is worth, in a real browser: Morgan's way from a template to an edition that she keeps."""

from collections.abc import Callable

import pytest

from alongside.insight.economics.models import EconomicEdition
from tests.cast import Cast
from tests.e2e.conftest import Visitor
from tests.e2e.ways import DESK_WAYS

Visitors = Callable[..., Visitor]
NUMBERS = {
    "families.value": "60", "engaged.value": "80", "retained.value": "75", "deadweight.value": "40",
    "at_risk.value": "12", "stays.value": "20", "points.value": "0.6", "per_family.value": "1,850",
}  # fmt: skip


@pytest.mark.parametrize("way", DESK_WAYS)
def test_morgan_builds_a_case_moves_it_and_keeps_it(cast: Cast, visitor: Visitors, way: dict[str, bool]) -> None:
    who = visitor("Morgan", **way).signs_in(cast.morgan)
    page = who.goes_to("/economics/")
    who.follows_button("Make a case")
    page.get_by_label("What is it called?").fill("Reach")
    page.get_by_label("Kinship Reach for a year").check()
    who.presses("Begin")
    assert "None of these is taken as 0" in page.inner_text("#answer")
    for name, typed in NUMBERS.items():
        page.locator(f"[id='{name}']").fill(typed)
    page.locator("summary").filter(has_text="The contract, and recorded time").click()
    page.locator("[id='per_family.price_year']").fill("2024")
    if not way["scripts"]:
        who.presses("Work it out")
    page.get_by_text("£111,000 is spent").wait_for()
    page.get_by_label("What changed, and why?").fill("Filled in")
    who.presses("Keep these numbers")
    assert "Kept as edition 2" in page.inner_text("main")
    if way["scripts"]:
        slider = page.get_by_role("slider", name="Families offered it in a year")
        slider.focus()
        slider.press("ArrowRight")
        page.get_by_text("£113,000 is spent").wait_for()
    page.locator("[id='at_risk.value']").fill("120")
    if not way["scripts"]:
        who.presses("Work it out")
    page.locator("[id='at_risk.value-wrong']").filter(has_text="from 0 to 100, not 120%").wait_for()
    assert page.locator("[id='at_risk.value']").input_value() == "120"
    assert EconomicEdition.objects.count() == 2
    who.goes_to(f"/economics/{EconomicEdition.objects.latest('number').case_id}/editions/2/")
    assert page.locator(".chart__drawing svg").count() == 3

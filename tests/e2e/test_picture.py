"""A worker draws Grace's family in by saying who is who, and reads its story, in a real browser."""

import re
from collections.abc import Callable

import pytest

from alongside.records.people.models import Partnership, Person, Relationship, Supporter
from tests.cast import Cast
from tests.e2e.conftest import Visitor
from tests.e2e.ways import WAYS

Visitors = Callable[..., Visitor]


@pytest.mark.parametrize("way", WAYS)
def test_a_family_is_drawn_from_what_is_said_of_it(cast: Cast, visitor: Visitors, way: dict[str, bool]) -> None:
    asha = visitor("Asha", **way).signs_in(cast.asha)
    page = asha.goes_to(f"/families/{cast.case.pk}/picture/")
    assert page.locator("svg.genogram text.genogram__name").count() == 3
    asha.presses("Add somebody who lives elsewhere")
    page.get_by_label("Full name").fill("Blessing Okafor")
    page.get_by_label("of", exact=True).select_option(label="Tyler Okafor")
    page.get_by_role("radio", name="Female").check()
    page.get_by_label("Where are they?").fill("in Leeds")
    asha.presses("Save")
    asha.presses("Add somebody who lives elsewhere")
    page.get_by_label("We know only that there is").check()
    page.get_by_label("of", exact=True).select_option(label="Tyler Okafor")
    asha.presses("Save")
    assert Person.objects.filter(unknown=True).count() == 1
    asha.presses("Say who is what to whom")
    page.get_by_label("Who", exact=True).select_option(label="Grace Okafor")
    page.get_by_label("is the").select_option(label="Parent")
    page.get_by_label("of", exact=True).select_option(label="Blessing Okafor")
    asha.presses("Save")
    asha.presses("Say who is a couple")
    page.get_by_label("Who", exact=True).select_option(label="Blessing Okafor")
    page.get_by_label("and whom").select_option(label="Not known")
    page.get_by_role("radio", name="Separated").check()
    asha.presses("Save")
    assert Partnership.objects.get().status == "separated"
    assert page.locator("svg.genogram text.genogram__name").count() == 5
    take_away(asha)
    support(asha)
    read_the_story(asha, cast)


def take_away(asha: Visitor) -> None:
    """What the parents now show, that Grace is the grandmother, need not be said twice."""
    before = Relationship.objects.count()
    asha.goes_by(asha.page.get_by_role("link", name=re.compile("Remove.*Grace Okafor is Tyler Okafor’s grandparent")))
    asha.presses("Yes, remove it")
    assert Relationship.objects.count() == before - 1
    assert "It is removed. The log keeps what it said." in asha.page.inner_text("main")


def support(asha: Visitor) -> None:
    """Grace names what holds her up."""
    asha.presses("Add somebody or something")
    asha.presses("Save")
    assert "Say who or what it is" in asha.page.inner_text("main")
    asha.page.get_by_label("Who or what is it?").fill("The choir")
    asha.page.get_by_role("radio", name="Groups and things they enjoy").check()
    asha.page.get_by_role("radio", name="Strong").check()
    asha.presses("Save")
    assert Supporter.objects.get().name == "The choir"
    assert "The choir: strong." in asha.page.inner_text("main")


def read_the_story(asha: Visitor, cast: Cast) -> None:
    """Everything is there; then only what is about Tyler."""
    page = asha.goes_to(f"/families/{cast.case.pk}/story/")
    assert "The case was opened" in page.inner_text("main")
    page.get_by_label("About whom").select_option(label="Tyler Okafor")
    asha.presses("Show")
    assert "The case was opened" not in page.inner_text("main")
    assert "Arrangement began: Special guardianship order, with Grace Okafor" in page.inner_text("main")
    with page.expect_download() as taken:
        page.get_by_role("link", name="All of this as a PDF").click()
    assert taken.value.suggested_filename.endswith(".pdf")

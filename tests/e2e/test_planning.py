"""Asha talks things over with Grace, agrees the plan, writes down what was promised and paid, and writes a letter."""

from collections.abc import Callable

import pytest

from alongside.records.letters.models import Letter
from alongside.records.plans.models import AgreedPlan, Allowance, Need, Promise, Strength
from tests.cast import Cast
from tests.e2e.conftest import Visitor
from tests.e2e.ways import WAYS


@pytest.mark.parametrize("way", WAYS)
def test_a_plan_from_the_first_talk_to_the_letter(
    cast: Cast, visitor: Callable[..., Visitor], way: dict[str, bool]
) -> None:
    asha = visitor("Asha", **way).signs_in(cast.asha)
    family = f"/families/{cast.case.pk}/"
    asha.goes_to(f"{family}plan/")
    _talk(asha)
    _plan(asha)
    _promises(asha, f"{family}promises/")
    _letter(asha, f"{family}letters/")
    assert Need.objects.get().place == 3
    assert Strength.objects.get().said_by == "carer"
    assert AgreedPlan.objects.get().content["goals"][0]["words"] == "One Saturday a month at choir"
    assert Promise.objects.get().outcome == "kept"
    assert Allowance.objects.get().pence_a_week == 18_000
    assert Letter.objects.get().status == "sent"


def _talk(asha: Visitor) -> None:
    page = asha.page
    asha.presses("Talk about how things are")
    asha.follows("Company and time off")
    page.get_by_label("What is hard?").fill("She misses her choir.")
    page.get_by_role("radio", name="3", exact=True).check()
    asha.presses("Save what was said")
    asha.follows("Money")
    asha.follows("Skip this one")
    asha.follows("Write down something they do well")
    page.get_by_label("What do they do well?").fill("She laughs easily.")
    page.get_by_role("radio", name="The carer", exact=True).check()
    asha.presses("Save")


def _plan(asha: Visitor) -> None:
    page = asha.page
    asha.follows("Set a goal")
    page.get_by_label("What they want to be different").fill("One Saturday a month at choir")
    page.get_by_role("radio", name="3", exact=True).check()
    asha.presses("Save goal")
    asha.follows("Plan")
    asha.follows("Add a next step")
    page.get_by_label("What will be done?").fill("Ask the neighbour")
    page.get_by_role("radio", name="Carer", exact=True).check()
    asha.presses("Save step")
    asha.follows("Agree this plan")
    page.get_by_role("radio", name="On the phone").check()
    page.get_by_label("What did they say about it?").fill("That is us.")
    asha.presses("Keep it as agreed")
    page.emulate_media(media="print")
    assert page.locator("main").locator("a:visible, button:visible").all_inner_texts() == ["Plan 1"], "nothing to press"
    page.emulate_media(media="screen")
    asha.follows("Plan 1")
    assert "One Saturday a month at choir" in page.content()
    asha.presses("Send it to them")
    page.get_by_role("radio", name="By e-mail").check()
    asha.presses("Send, or say that it went")
    assert "safe to send it there" in page.content()
    page.get_by_role("checkbox", name="I have checked with them").check()
    asha.presses("Send, or say that it went")


def _promises(asha: Visitor, address: str) -> None:
    page = asha.goes_to(address)
    asha.presses("Write down a promise")
    page.get_by_label("What was promised?").fill("To answer about the allowance")
    page.get_by_role("radio", name="The local authority").check()
    for part, value in (("Day", "17"), ("Month", "11"), ("Year", "2026")):
        page.get_by_role("group", name="When was it promised?").get_by_label(part).fill(value)
        page.get_by_role("group", name="By when?").get_by_label(part).fill("18" if part == "Day" else value)
    asha.presses("Save promise")
    assert "1 promise overdue" in page.content()
    asha.follows("Say what became of it")
    page.get_by_role("radio", name="Kept", exact=True).check()
    asha.presses("Save")
    asha.follows("Write down money that they are paid")
    page.get_by_role("radio", name="Special guardianship allowance").check()
    page.get_by_role("radio", name="Tyler Okafor").check()
    page.get_by_label("How much, in pounds?").fill("180")
    for part, value in (("Day", "15"), ("Month", "3"), ("Year", "2025")):
        page.get_by_role("group", name="Paid since").get_by_label(part).fill(value)
    asha.presses("Save")
    asha.follows("Write down something that happened")
    page.get_by_role("radio", name="The child came to live there").check()
    page.get_by_role("radio", name="The police").check()
    asha.presses("Save")
    assert "The police brought the child" in page.content()


def _letter(asha: Visitor, address: str) -> None:
    page = asha.goes_to(address)
    asha.presses("Write a letter")
    page.get_by_role("radio", name="We missed you").check()
    asha.presses("Begin")
    page.get_by_label("The letter").fill("Dear Grace,\n\nRing when it suits you.")
    asha.presses("Save and read it")
    page.get_by_role("radio", name="By post").check()
    page.get_by_role("checkbox", name="The family agreed to it").check()
    asha.presses("Send, or say that it went")
    assert "Sent by post" in page.content()
    asha.follows("We missed you")
    assert "Ring when it suits you." in page.content()

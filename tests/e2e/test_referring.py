"""A family is referred, or asks, and is taken on: by form, on a phone and on a desk, with scripts and without."""

from collections.abc import Callable
from datetime import date

import pytest

from alongside.records.cases.models import Case
from alongside.records.people.services.filing import file_person
from alongside.records.referrals.models import Referral
from tests.cast import Cast
from tests.e2e.conftest import Visitor
from tests.records.telling import refer

Visit = Callable[..., Visitor]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_grace_asks_for_help_on_her_phone(cast: Cast, visitor: Visit, scripts: bool) -> None:
    grace = visitor("Grace", phone=True, scripts=scripts)
    page = grace.goes_to("/ask/")
    grace.presses("Start")
    page.get_by_label("What would help?").fill("Bedtimes without a battle.")
    grace.presses("Continue")
    page.get_by_role("radio", name="My grandchild or grandchildren").check()
    grace.presses("Continue")
    page.get_by_label("First name").fill("Tyler")
    grace.presses("Add another child")
    page.get_by_label("Age").nth(1).fill("4")
    grace.presses("Continue")
    grace.follows("Skip this question")
    page.get_by_label("Postcode").fill("HD1")
    grace.presses("Continue")
    assert "not a whole postcode" in page.content()
    page.get_by_label("Postcode").fill("HD1 2AB")
    grace.presses("Continue")
    page.get_by_label("Phone").fill("07700 900123")
    grace.presses("Continue")
    grace.presses("Send")
    assert page.get_by_role("heading", name="What happens next").is_visible()
    page.go_back()
    assert "Bedtimes" not in page.content()
    assert [child["name"] for child in Referral.objects.get(source="self").children] == ["Tyler", ""]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_ruth_refers_a_family_and_sees_what_became_of_it(cast: Cast, visitor: Visit, scripts: bool) -> None:
    ruth = visitor("Ruth", scripts=scripts).signs_in(cast.ruth)
    page = ruth.goes_to("/referrals/new/")
    page.get_by_label("The carer’s name").fill("Marta Novák")
    page.get_by_label("What is the carer to the children?").select_option("grandparent")
    page.get_by_label("Phone (optional)").fill("07700 900456")
    page.get_by_label("Postcode").fill("HD1 2AB")
    page.get_by_label("Name", exact=True).fill("Lily")
    ruth.presses("Send the referral")
    assert "Say whether the carer agreed" in page.content()
    page.get_by_role("radio", name="Yes, they agreed").check()
    ruth.presses("Send the referral")
    assert page.get_by_role("heading", name="Your referral is sent").is_visible()
    ruth.goes_to("/referrals/")
    ruth.follows("Marta Novák")
    assert "have not decided yet" in page.content()


def test_morgan_takes_a_family_on(cast: Cast, visitor: Visit) -> None:
    file_person(cast.grace)
    refer(cast, carer_name="Grase Okafor", carer_birth_date=date(1968, 3, 12), safety_words="Not after six.")
    morgan = visitor("Morgan", phone=True).signs_in(cast.morgan)
    page = morgan.goes_to("/referrals/queue/")
    assert "May be known" in page.content()
    morgan.follows("Grase Okafor")
    page.get_by_role("radio", name="Accept").check()
    page.get_by_role("radio", name="No, a new family").check()
    page.get_by_label("What shall we tell the referrer?").fill("We are glad to help.")
    morgan.presses("Save the decision")
    page.get_by_role("radio", name="Asha Rahman").check()
    morgan.presses("Save")
    morgan.goes_to("/referrals/unallocated/")
    assert Case.objects.get(household__name="Grase Okafor").worker == cast.asha


def test_contracts_are_read_on_a_phone_and_set_up_at_a_desk(cast: Cast, visitor: Visit) -> None:
    carol = visitor("Carol", phone=True).signs_in(cast.carol)
    carol.goes_to("/contracts/")
    carol.follows("Kinship Reach, Kirklees")
    morgan = visitor("Morgan").signs_in(cast.morgan)
    morgan.goes_to("/contracts/")
    morgan.follows("Kinship Reach, Kirklees")
    morgan.goes_to(f"/contracts/{cast.contract.pk}/change/")
    morgan.page.get_by_label("How many families can have a place at one time?").fill("61")
    morgan.presses("Save the contract")
    assert "1 of 61" in morgan.page.content()

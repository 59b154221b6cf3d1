"""One family all the way: referred, taken on, helped, asked, closed, reopened and counted, each as the right person."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from alongside.records.cases.models import Case, Contact
from alongside.records.measures.models import AnswerSet
from alongside.records.referrals.models import Referral
from tests.cast import Cast
from tests.e2e.conftest import Visitor
from tests.e2e.ways import WAYS

Visitors = Callable[..., Visitor]


@pytest.mark.parametrize("way", WAYS)
def test_one_family_all_the_way(cast: Cast, visitor: Visitors, way: dict[str, bool]) -> None:
    ruth = visitor("Ruth", **way).signs_in(cast.ruth)
    refer(ruth)
    take_on(visitor("Morgan", **way).signs_in(cast.morgan))
    ruth.goes_to("/referrals/")
    ruth.follows("Sara Quinn")
    assert "Asha will call you this week." in ruth.page.inner_text("main")
    case = Case.objects.get(household__name="Sara Quinn")
    asha = visitor("Asha", **way).signs_in(cast.asha)
    work(asha, case)
    answer_by_link(visitor("Sara", phone=True, scripts=way["scripts"]), asha, case)
    close_and_reopen(asha, case)
    count(visitor("Carol", **way).signs_in(cast.carol), cast)
    find_nothing(visitor("Ben", **way).signs_in(cast.ben), case)


def refer(ruth: Visitor) -> None:
    """Ruth refers Sara, who brings up Leo under a special guardianship order."""
    ruth.goes_to("/referrals/new/")
    ruth.presses("Send")
    assert "Enter the carer’s name" in ruth.page.inner_text("main")
    page = ruth.page
    page.get_by_label("The carer’s name").fill("Sara Quinn")
    page.get_by_label("Phone").fill("07700 900777")
    page.get_by_label("Postcode").fill("hd1 2ab")
    page.get_by_label("What is the carer to the children?").select_option("grandparent")
    page.get_by_label("Name", exact=True).fill("Leo")
    page.get_by_label("On what footing does the child live with the carer?").select_option(
        label="Special guardianship order"
    )
    page.get_by_role("group", name="Was the child looked after").get_by_label("Yes").check()
    page.get_by_role("group", name="Did the carer agree").get_by_label("Yes").check()
    ruth.presses("Send")
    assert Referral.objects.get(carer_name="Sara Quinn").postcode == "HD1 2AB"


def take_on(morgan: Visitor) -> None:
    """Morgan sees why the contract fits, takes the family on and gives it to Asha."""
    morgan.goes_to("/referrals/queue/")
    morgan.follows("Sara Quinn")
    assert "Kirklees is in this contract" in morgan.page.inner_text("main")
    page = morgan.page
    page.get_by_role("radio", name="Accept").check()
    page.get_by_role("radio", name="Kinship Reach, Kirklees").check()
    page.get_by_label("Who will work with them?").select_option(index=1)
    page.get_by_label("What shall we tell the referrer?").fill("Asha will call you this week.")
    morgan.presses("Save the decision")
    assert Referral.objects.get(carer_name="Sara Quinn").status == "accepted"


def work(asha: Visitor, case: Case) -> None:
    """Asha logs a call, sets the goal and asks how things are."""
    asha.goes_to("/families/")
    asha.follows("Sara Quinn")
    asha.follows("Household and people")
    asha.goes_to(f"/families/{case.pk}/contacts/new/")
    page = asha.page
    page.get_by_role("radio", name="Phone call").check()
    page.get_by_label("Minutes").fill("35")
    page.get_by_label("What happened").fill("She sounded tired, and laughed about the dog.")
    asha.presses("Save")
    assert "laughed about the dog" in page.inner_text("main")
    assert Contact.objects.filter(case=case).count() == 1
    asha.goes_to(f"/families/{case.pk}/goals/new/")
    page.get_by_label("What they want to be different").fill("One evening a week to myself.")
    page.get_by_role("radio", name="3", exact=True).check()
    asha.presses("Save")
    asha.goes_to(f"/families/{case.pk}/measures/new/")
    for question in ("How alone", "How worried are you about money", "How confident"):
        page.get_by_role("group", name=question).get_by_role("radio", name="7", exact=True).check()
    asha.presses("Save the answers")
    assert AnswerSet.objects.get(case=case).scores["isolation"] == 7


def answer_by_link(sara: Visitor, asha: Visitor, case: Case) -> None:
    """Sara answers the review from the link that Asha gave her."""
    asha.goes_to(f"/families/{case.pk}/measures/link/")
    asha.presses("Make the link")
    address = asha.page.locator("code").inner_text()
    sara.goes_to(address[address.index("/check-in/") :])
    sara.presses("Start")
    while sara.page.get_by_role("button", name="Skip this question").count():
        if sara.page.get_by_role("radio", name="4", exact=True).count():
            sara.page.get_by_role("radio", name="4", exact=True).check()
            sara.presses("Continue")
        else:
            sara.presses("Skip this question")
    assert "Thank you" in sara.page.inner_text("main")
    review = AnswerSet.objects.get(case=case, instrument="five-domains", occasion="review")
    assert (review.mode, review.scores["isolation"]) == ("link", 4)
    asha.goes_to(f"/families/{case.pk}/")
    assert "7 → 4, better" in asha.page.inner_text("main")


def close_and_reopen(asha: Visitor, case: Case) -> None:
    """The work ends with an agreed follow-up; the family comes back and its history is there."""
    asha.goes_to(f"/families/{case.pk}/close/")
    page = asha.page
    page.get_by_role("radio", name="They got where they wanted to").check()
    asha.presses("Close")
    case.refresh_from_db()
    assert case.closed_on is not None
    asha.goes_to(f"/families/{case.pk}/reopen/")
    page.get_by_label("Why have they come back?").fill("Leo has changed school.")
    asha.presses("Open")
    asha.goes_to(f"/families/{case.pk}/")
    assert "Leo has changed school." in page.inner_text("main")
    assert "laughed about the dog" in page.inner_text("main")


def count(carol: Visitor, cast: Cast) -> None:
    """Carol opens the quarter and one of its figures, and takes both files away."""
    carol.goes_to("/reports/")
    carol.goes_by(carol.page.locator("main").get_by_role("link", name="2026"))
    words = carol.page.inner_text("main")
    assert "There is no comparison group" in words
    assert "Sara" not in words
    for name in ("PDF", "Spreadsheet"):
        with carol.page.expect_download() as download:
            carol.page.get_by_role("link", name=name).first.click()
        assert download.value.path().stat().st_size > 1000
    carol.follows("How we count this")


def find_nothing(ben: Visitor, case: Case) -> None:
    """Ben works elsewhere: not by address, not by search, not in his list, not by API."""
    assert ben.page.goto(ben.home + f"/families/{case.pk}/").status == 404  # type: ignore[union-attr]
    ben.looks()
    for address in ("/families/", "/api/v1/families"):
        ben.page.goto(ben.home + address)
        assert "Leo" not in ben.page.content()
        assert str(case.pk) not in ben.page.content()
    ben.goes_to("/people/")
    ben.page.get_by_label("Name, date of birth or postcode").fill("Sara Quinn")
    ben.page.get_by_role("button", name="Find").click()
    expect(ben.page.get_by_role("status")).to_contain_text("Nobody you work with was found")

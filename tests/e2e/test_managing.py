"""A manager's week in a real browser: who works with a family, supervision, reading records, days away, whose turn."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from alongside.core.agencies.models import User
from alongside.records.cases.models import Case
from alongside.records.oversight.models import CaseAudit, Priority, Supervision
from alongside.records.people.models import SafetyNote
from alongside.records.referrals.models import Referral
from tests.cast import NOW, TODAY, Cast
from tests.e2e.conftest import Visitor

Visitors = Callable[..., Visitor]
WAYS = [pytest.param(True, id="scripts"), pytest.param(False, id="no scripts")]


@pytest.fixture
def lee(cast: Cast) -> User:
    """A colleague of Asha's with room."""
    facts = {"agency": cast.provider, "role": "family_worker", "team": cast.team, "capacity": 9}
    found: User = User.objects.create(name="Lee Marsh", email="lee@example.org", **facts)
    return found


def fills_day(who: Visitor, question: str, day: date) -> None:
    group = who.page.get_by_role("group", name=question)
    for part in ("Day", "Month", "Year"):
        group.get_by_label(part, exact=True).fill(str(getattr(day, part.lower())))


@pytest.mark.parametrize("scripts", WAYS)
def test_a_family_gets_a_worker_and_the_worker_supervision(
    cast: Cast, lee: User, visitor: Visitors, scripts: bool
) -> None:
    Case.objects.filter(pk=cast.case.pk).update(worker=None)
    morgan = visitor("Morgan", scripts=scripts).signs_in(cast.morgan)
    page = morgan.goes_to("/team/")
    assert "1 family has nobody working with them" in page.inner_text("main")
    morgan.follows("Choose who does")
    morgan.follows("Grace Okafor")
    morgan.presses("Save")
    assert page.get_by_text("Choose somebody").first.is_visible()
    assert "of 9 families" in page.inner_text("main"), "each is named with the room they have"
    page.get_by_role("radio", name="Lee Marsh").check()
    morgan.presses("Save")
    assert "Lee Marsh works with this family now" in page.inner_text("main")
    morgan.goes_to("/team/")
    morgan.follows("Lee Marsh")
    morgan.follows_button("Write down supervision")
    page.get_by_label("How is the worker").fill("Well, and learning fast.")
    page.locator("summary", has_text="Grace Okafor").click()
    page.get_by_label("What did you say about Grace Okafor").fill("Begin with bedtimes.")
    page.get_by_label("What was agreed?").fill("Shadow Asha on Thursday")
    fills_day(morgan, "When do you meet next?", TODAY - timedelta(days=1))
    morgan.presses("Save supervision")
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    assert page.get_by_label("What did you say about Grace Okafor").input_value() == "Begin with bedtimes."
    fills_day(morgan, "When do you meet next?", TODAY + timedelta(days=28))
    morgan.presses("Save supervision")
    morgan.follows("20 November 2026")
    said = page.inner_text("main")
    assert "Begin with bedtimes." in said
    assert "Shadow Asha on Thursday" in said
    assert Supervision.objects.get().worker == lee


@pytest.mark.parametrize("scripts", WAYS)
def test_records_are_drawn_by_chance_and_read(cast: Cast, visitor: Visitors, scripts: bool) -> None:
    morgan = visitor("Morgan", scripts=scripts).signs_in(cast.morgan)
    page = morgan.goes_to("/team/audits/")
    page.get_by_label("How many families?").fill("3")
    morgan.presses("Draw")
    morgan.follows("Read")
    morgan.presses("Save what you found")
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    for group in page.get_by_role("radio", name="Yes", exact=True).all():
        group.check()
    page.get_by_label("What stands out").fill("Her own words are there.")
    morgan.presses("Save what you found")
    assert "Her own words are there." in page.inner_text("main")
    assert CaseAudit.objects.get().case == cast.case


@pytest.mark.parametrize("scripts", WAYS)
def test_a_caseload_is_handed_over_and_a_family_put_first(
    cast: Cast, lee: User, visitor: Visitors, scripts: bool
) -> None:
    SafetyNote.objects.create(agency=cast.provider, household=cast.household, words="Mornings only.", checked_on=TODAY)
    facts = {"source": "self", "received_at": NOW, "status": "waiting", "status_at": NOW}
    Referral.objects.create(agency=cast.provider, carer_name="Ida Berg", **facts)
    morgan = visitor("Morgan", scripts=scripts).signs_in(cast.morgan)
    page = morgan.goes_to(f"/team/workers/{cast.asha.pk}/")
    morgan.follows("Plan days away")
    assert "Read before calling" in page.inner_text("main")
    fills_day(morgan, "What is their first day away?", TODAY)
    fills_day(morgan, "And their last?", TODAY - timedelta(days=3))
    page.get_by_label("Who takes the families?").select_option(label="Lee Marsh takes all of them")
    morgan.presses("Save and hand over")
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    fills_day(morgan, "And their last?", TODAY + timedelta(days=7))
    morgan.presses("Save and hand over")
    assert "Mornings only." in page.inner_text("main")
    assert Case.objects.get(pk=cast.case.pk).worker == lee
    morgan.presses("They are back")
    assert Case.objects.get(pk=cast.case.pk).worker == cast.asha
    morgan.goes_to("/team/waiting/")
    morgan.goes_by(page.locator("main").get_by_role("link", name="Change"))
    page.get_by_role("radio", name=str(Priority.Level.choices[0][1])).check()
    morgan.presses("Save")
    assert page.get_by_text("Say why, so that others can see that it is fair").first.is_visible()
    page.get_by_label("Why?").fill("A baby came on Friday.")
    morgan.presses("Save")
    assert "A baby came on Friday." in page.inner_text("main")

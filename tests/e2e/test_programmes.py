"""Two families through their programmes in a real browser: Reach for twelve weeks, Connected for nine months."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import time_machine

from alongside.core.agencies.models import Team, User
from alongside.core.agencies.permissions import Role
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Contact
from alongside.records.cases.services.contacts import log_contact
from alongside.records.cases.services.goals import set_goal
from alongside.records.measures.models import AnswerSet
from alongside.records.programmes.models import Contract, Enrolment, Move, Pause, Programme
from alongside.records.programmes.services.loading import load_programmes
from alongside.records.programmes.services.supporting import record_support
from tests.cast import LONDON, NOW, TODAY, Cast
from tests.e2e.conftest import Visitor
from tests.e2e.ways import AT_A_DESK, ON_A_PHONE

Visitors = Callable[..., Visitor]
WEEK = timedelta(weeks=1)


def on(day: date) -> Any:
    """Set the clock to a morning, and let it run."""
    return time_machine.travel(datetime.combine(day, time(10, 40), LONDON), tick=True)


def call(cast: Cast, day: date, by: User, channel: str = "phone") -> Contact:
    """Log a call as the page does."""
    at = datetime.combine(day, time(10), LONDON)
    facts = {"channel": channel, "outcome": "spoke", "minutes": 40, "note": "", "came_of_it": ""}
    return log_contact(
        case=cast.case, people=[cast.grace], next_contact_due=None, by=by, submission=new_id(), at=at, **facts
    )


def begin(cast: Cast, slug: str, **facts: Any) -> date:
    """Put Grace in a programme that starts today."""
    load_programmes()
    Contract.objects.filter(pk=cast.contract.pk).update(programme=Programme.objects.get(slug=slug), **facts)
    Enrolment.objects.filter(case=cast.case).update(started_on=TODAY)
    type(cast.referral).objects.filter(pk=cast.referral.pk).update(received_at=NOW - timedelta(days=2))
    return TODAY


def offer(cast: Cast, day: date, *kinds: str) -> None:
    for kind in kinds:
        record_support(
            case=cast.case, kind=kind, on=day, words="As agreed.", reply="yes", by=cast.asha, submission=new_id()
        )


def review(cast: Cast, occasion: str, day: date, alone: int) -> None:
    AnswerSet.objects.create(
        agency=cast.provider, case=cast.case, person=cast.grace, instrument="five-domains", edition="1",
        occasion=occasion, answered_on=day, mode="with_worker", answers={}, scores={"isolation": alone},
    )  # fmt: skip


def test_reach_for_twelve_weeks(cast: Cast, visitor: Visitors) -> None:
    start = begin(cast, "reach", sessions=8, length_weeks=12)
    address = f"/programmes/{cast.case.pk}/"
    call(cast, start, cast.asha)
    set_goal(case=cast.case, words="Calm bedtimes", start=3, set_on=start, by=cast.asha, submission=new_id())
    review(cast, "start", start, 7)
    asha = visitor("Asha", **ON_A_PHONE).signs_in(cast.asha)
    asha.goes_to(address)
    assert "Week 1 of 12" in asha.page.inner_text("main")
    with on(start + 5 * WEEK):
        pause(asha.signs_in(cast.asha), address)
    with on(start + 7 * WEEK):
        go_on(asha.signs_in(cast.asha), address)
    with on(start + 8 * WEEK):
        asha.signs_in(cast.asha)
        for week in (7, 8):
            call(cast, start + week * WEEK, cast.asha, "video")
        asha.goes_to(address)
        assert "Week 7 of 12" in asha.page.inner_text("main"), "two of the eight weeks do not count"
        assert "5 sessions left" in asha.page.inner_text("main")
        ask_for_more(asha)
    with on(start + 8 * WEEK):
        agree(visitor("Morgan", **ON_A_PHONE).signs_in(cast.morgan))
    with on(start + 14 * WEEK):
        offer(cast, start + 13 * WEEK, "peer", "advice", "entitlements")
        review(cast, "review", start + 14 * WEEK, 4)
        asha.signs_in(cast.asha).goes_to(address)
        said = asha.page.inner_text("main")
        assert "Week 13 of 14" in said
        assert "7 → 4, better" in asha.page.inner_text("body")
        assert "All 3 sessions were with Asha Rahman." in said
    assert "Court is in March" in said
    assert Pause.objects.get().until == start + 7 * WEEK


def pause(asha: Visitor, address: str) -> None:
    """Grace asks for a pause."""
    asha.goes_to(address)
    asha.follows("Pause the clock")
    asha.presses("Pause the clock")
    assert "Write down what was agreed" in asha.page.inner_text("main")
    asha.page.get_by_label("What was agreed with the family").fill("They are away until half-term ends.")
    asha.presses("Pause the clock")
    assert "The clock stands still" in asha.page.inner_text("main")


def go_on(asha: Visitor, address: str) -> None:
    """Two weeks later they go on."""
    asha.goes_to(address)
    assert "Week 6 of 12" in asha.page.inner_text("main")
    asha.follows("Go on with the work")
    asha.presses("Go on")
    assert "The clock runs again" in asha.page.inner_text("body")


def ask_for_more(asha: Visitor) -> None:
    asha.follows("Ask for more time")
    asha.page.get_by_label("How many weeks more?").fill("2")
    asha.page.get_by_label("Why do they need more time?").fill("Court is in March")
    asha.presses("Ask your manager")
    assert "waits for a manager" in asha.page.inner_text("main")


def agree(morgan: Visitor) -> None:
    """Morgan finds it in the team's week, and agrees."""
    morgan.goes_to("/team/")
    morgan.follows("More time asked for")
    morgan.follows("Grace Okafor")
    morgan.page.get_by_role("radio", name="Yes, I agree").check()
    morgan.presses("Save the answer")
    assert "Agreed by" in morgan.page.inner_text("main")


def test_connected_for_nine_months_with_a_handover(cast: Cast, visitor: Visitors) -> None:
    start = begin(cast, "connected", length_weeks=39, name="Kinship Connected, Kirklees")
    ear = Contract.objects.create(
        agency=cast.provider, purchaser=cast.kirklees, programme=Programme.objects.get(slug="listening-ear"),
        name="A listening ear, Kirklees", starts_on=start, ends_on=start + 80 * WEEK, places=30,
    )  # fmt: skip
    ear.areas.add(cast.kirklees)
    sol = User(agency=cast.provider, name="Sol Marsh", role=Role.FAMILY_WORKER, email="sol@example.org", team=cast.team)
    sol.set_password("a long walk by the canal")
    sol.save()
    Team.objects.filter(pk=cast.team.pk).update(sits_with=cast.kirklees)
    address = f"/programmes/{cast.case.pk}/"
    asha = visitor("Asha", **AT_A_DESK).signs_in(cast.asha)
    call(cast, start, cast.asha)
    write_on_both_sides(asha, address)
    with on(start + 30 * WEEK):
        for week in range(4, 30, 4):
            call(cast, start + week * WEEK, cast.asha, "home" if week % 8 else "phone")
        offer(cast, start + 10 * WEEK, "group", "entitlements", "plans")
        asha.signs_in(cast.asha).goes_to(address)
        said = asha.page.inner_text("main")
        assert "Week 31 of 39" in said
        assert "30 weeks of at least 26." in said
        assert "A group was offered" in said
        hand_over(visitor("Morgan", **AT_A_DESK).signs_in(cast.morgan), cast)
    with on(start + 39 * WEEK):
        call(cast, start + 32 * WEEK, sol, "home")
        step_down(visitor("Sol", **AT_A_DESK).signs_in(sol), address)
        read(asha.signs_in(cast.asha), address)
    move = Move.objects.get()
    assert (move.way, move.left.ended_on) == ("step_down", start + 39 * WEEK)


def write_on_both_sides(asha: Visitor, address: str) -> None:
    asha.goes_to(address)
    asha.follows("Our record and Kirklees")
    asha.presses("Write on Kirklees")
    asha.page.get_by_label("Who in the authority").fill("Dot Hale")
    asha.page.get_by_label("What they said or decided").fill("The panel meets in May.")
    asha.presses("Save on Kirklees")
    theirs = asha.page.locator("section[aria-labelledby=theirs]").inner_text()
    assert "The panel meets in May." in theirs
    assert "The panel meets in May." not in asha.page.locator("section[aria-labelledby=ours]").inner_text()


def hand_over(morgan: Visitor, cast: Cast) -> None:
    """Asha goes on leave; Morgan gives the family to Sol."""
    morgan.goes_to(f"/families/{cast.case.pk}/")
    morgan.follows("Give it to somebody else")
    morgan.page.get_by_role("radio", name="Sol Marsh").check()
    morgan.presses("Save")
    assert "Worker: Sol Marsh" in morgan.goes_to(f"/families/{cast.case.pk}/").inner_text("body")


def step_down(sol: Visitor, address: str) -> None:
    """Grace agrees to go to the listening ear, and Sol writes what the next person must know."""
    sol.goes_to(address)
    assert "2 workers had sessions with them: Asha Rahman 8, Sol Marsh 1." in sol.page.inner_text("main")
    sol.follows("Move to other support")
    page = sol.page
    page.get_by_role("radio", name="A listening ear, Kirklees").check()
    page.get_by_label("Why?").fill("Bedtimes are calm, and the group is there.")
    page.get_by_role("radio", name="They agreed").check()
    page.get_by_label("What did the carer say?").fill("I know where you are.")
    sol.presses("Move them")
    assert "Write down what the next person must know" in page.inner_text("main")
    page.get_by_label("Handover note").fill("Thursdays at the group. Ring before ten.")
    sol.presses("Move them")
    said = page.inner_text("body")
    assert "There is nothing to close." in said
    assert "anybody in the team answers" in said


def read(asha: Visitor, address: str) -> None:
    asha.goes_to(address)
    asha.page.get_by_text("Handover note").click()
    said = asha.page.inner_text("main")
    assert "Thursdays at the group. Ring before ten." in said
    assert "I know where you are." in said
    assert "A listening ear" in said

"""Today: who opens it, what stands on it and why, in how many queries, and that what is done from it is done."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.access import system
from alongside.core.agencies.models import Team, User
from alongside.core.base.ids import new_id
from alongside.insight.today.queries import MOST
from alongside.records.appointments.models import Appointment
from alongside.records.cases.models import Case, Contact, Draft
from alongside.records.cases.services.closing import close_case
from alongside.records.cases.services.contacts import log_contact
from alongside.records.cases.services.goals import add_step, edit_step, finish_goal, set_goal
from alongside.records.measures.models import CheckInLink
from alongside.records.measures.services.answering import finish_link
from alongside.records.measures.services.linking import make_link, save_answer
from alongside.records.people.models import Arrangement, Flag, Household, Relationship, SafetyNote
from tests.cast import NOW, TODAY, Cast

SignIn = Callable[[User], Client]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def put(cast: Cast, **facts: object) -> None:
    with system():
        Case.objects.filter(pk=cast.case.pk).update(**{"review_due": None} | facts)


def shown(browser: Client, address: str = "/today/") -> str:
    return " ".join(unescape(browser.get(address).content.decode()).split())


def families(cast: Cast, number: int, **facts: object) -> None:
    with system():
        for place in range(number):
            home = Household.objects.create(
                agency=cast.provider, name=f"Family {place:03d}", team=cast.team, worker=cast.asha
            )
            Case.objects.create(
                **{"agency": cast.provider, "household": home, "team": cast.team, "worker": cast.asha}
                | {"opened_on": TODAY - 9 * DAY, "next_contact_due": TODAY - place * DAY}
                | facts
            )


def test_workers_and_managers_open_it_first_and_nobody_else_opens_it(cast: Cast, sign_in: SignIn) -> None:
    for user in (cast.asha, cast.morgan):
        assert sign_in(user).get("/")["Location"] == "/today/"
        assert sign_in(user).get("/today/").status_code == 200
    for user in (cast.carol, cast.ruth, cast.priya):
        assert sign_in(user).get("/today/").status_code == 403
    assert Client().get("/today/").status_code == 302


def test_the_most_urgent_comes_first_and_each_says_why(cast: Cast, sign_in: SignIn) -> None:
    put(cast, review_due=TODAY + 3 * DAY, concern_since=NOW - timedelta(hours=2))
    families(cast, 3)
    page = shown(sign_in(cast.asha))
    order = [page.index(words) for words in ("Safety first", "Grace Okafor", "Family 000", "Family 002", "Family 001")]
    assert order == sorted(order)
    for words in ("A concern is open since Friday 20 November, 08:40", "Review due in 3 days", "Contact 2 days late"):
        assert words in page
    assert "4 families want something of you" in page


def test_a_family_is_nobodys_business_elsewhere(cast: Cast, sign_in: SignIn) -> None:
    put(cast, next_contact_due=TODAY, reply_since=TODAY)
    with system():
        north = Team.objects.create(agency=cast.provider, name="North")
        nora = User.objects.create(
            agency=cast.provider, team=north, role="family_worker", name="Nora", email="nora@example.org"
        )
    for user in (cast.ben, nora):
        for whose in ("mine", "team", "all"):
            assert "Grace" not in shown(sign_in(user), f"/today/?whose={whose}")
        assert sign_in(user).post(f"/today/{cast.case.pk}/read/").status_code == 404
    assert sign_in(cast.carol).post(f"/today/{cast.case.pk}/read/").status_code == 403


def test_a_colleagues_families_are_the_teams_but_not_mine(cast: Cast, sign_in: SignIn) -> None:
    put(cast, next_contact_due=TODAY, worker=cast.morgan)
    assert "Grace" not in shown(sign_in(cast.asha))
    assert "Grace" in shown(sign_in(cast.asha), "/today/?whose=team")
    assert "Grace" in shown(sign_in(cast.morgan))


def test_a_clock_that_runs_out_says_which_and_leads_to_the_familys_clocks(cast: Cast, sign_in: SignIn) -> None:
    put(cast, paused_since=TODAY - 9 * DAY)
    clocks = f'href="/clocks/{cast.case.pk}/"'
    with system():
        Relationship.objects.filter(relative=cast.amara).update(kind="friend")
    for started, words in ((12, "due in 16 days"), (20, "due in 8 days"), (31, "3 days late")):
        with system():
            Arrangement.objects.filter(child=cast.amara).update(
                kind="informal", started_on=TODAY - started * DAY, authority_told_on=None
            )
        for user in (cast.asha, cast.morgan):
            page = shown(sign_in(user))
            assert (f"(Amara Okafor): {words}" in page) == (clocks in page) == (started > 14), started
        assert "Amara" not in shown(sign_in(cast.ben))


def test_a_warning_stands_by_the_name(cast: Cast, sign_in: SignIn) -> None:
    put(cast, next_contact_due=TODAY)
    with system():
        SafetyNote.objects.create(agency=cast.provider, household=cast.household, words="At 10", checked_on=TODAY)
    assert "Read before calling" in shown(sign_in(cast.asha))


@pytest.mark.parametrize(
    ("facts", "seen"),
    [
        ({"seen_by": "all"}, {"Asha", "Lee", "Morgan"}),
        ({"seen_by": "worker"}, {"Asha", "Morgan"}),
        ({"seen_by": "managers"}, {"Morgan"}),
        ({"seen_by": "all", "expires_on": TODAY - DAY}, set()),
        ({"seen_by": "all", "ended_on": TODAY}, set()),
    ],
)
def test_a_flag_warns_by_the_name_those_whom_it_is_for(
    cast: Cast, sign_in: SignIn, facts: dict[str, object], seen: set[str]
) -> None:
    put(cast, next_contact_due=TODAY)
    with system():
        lee = User.objects.create(
            agency=cast.provider, team=cast.team, role="family_worker", name="Lee", email="lee@example.org"
        )
        Flag.objects.create(
            **{
                "agency": cast.provider,
                "household": cast.household,
                "kind": "visits",
                "words": "Two of you",
                "reason": "x",
            }
            | {"set_by": cast.morgan, "review_on": TODAY, "expires_on": TODAY}
            | facts
        )
    for address in ("/today/?whose=team", "/families/?whose=team"):
        warned = {
            user.name.split()[0]
            for user in (cast.asha, lee, cast.morgan)
            if "Read before calling" in shown(sign_in(user), address)
        }
        assert warned == seen, address


def test_a_step_of_ours_waits_until_it_is_taken_or_its_goal_let_go(cast: Cast, sign_in: SignIn) -> None:
    put(cast)
    browser, words = sign_in(cast.asha), "Our next step is 3 days late"
    with system():
        cast.case.refresh_from_db()
    goal = set_goal(case=cast.case, words="Sleep", start=3, set_on=TODAY - 20 * DAY, by=cast.asha, submission=new_id())
    told = {"case": cast.case, "goal": goal, "words": "Ask the school", "by": cast.asha}
    add_step(**told, owner="carer", due_on=TODAY - 9 * DAY, submission=new_id())
    assert "next step" not in shown(browser)
    step = add_step(**told, owner="worker", due_on=TODAY - 3 * DAY, submission=new_id())
    assert words in shown(browser)
    facts = {"words": "Ask the school", "owner": "worker", "came_of_it": "They will meet", "by": cast.asha}
    edit_step(step=step, version=1, due_on=step.due_on, done_on=TODAY, **facts)
    assert words not in shown(browser)
    edit_step(step=step, version=2, due_on=step.due_on, done_on=None, **facts)
    assert words in shown(browser)
    finish_goal(goal=goal, version=goal.version, met=False, on=TODAY, by=cast.asha)
    assert words not in shown(browser)


def test_a_correction_that_was_not_saved_leads_back_to_it(cast: Cast, sign_in: SignIn) -> None:
    put(cast)
    with system():
        contact = Contact.objects.create(
            agency=cast.provider, case=cast.case, at=NOW - DAY, channel="phone", outcome="spoke", by=cast.asha
        )
        Draft.objects.create(
            agency=cast.provider, case=cast.case, by=cast.asha, about=contact.pk, correcting=True,
            values={"note": ["She"]}, saved_at=NOW - timedelta(minutes=25),
        )  # fmt: skip
    page = shown(sign_in(cast.asha))
    assert "You began to put a note right today at 10:15 and have not saved it" in page
    assert f'href="/families/contacts/{contact.pk}/"' in page
    assert "put a note right" not in shown(sign_in(cast.morgan))


def test_an_answered_check_in_waits_until_somebody_has_read_it(cast: Cast, sign_in: SignIn) -> None:
    put(cast)
    with system():
        link, _ = make_link(
            case=cast.case, person=cast.grace, occasion="review", asked=["ucla-3"], by=cast.asha, base_url="/"
        )
        save_answer(link=link, instrument="ucla-3", item="companionship", answer=2)
        finish_link(link=CheckInLink.objects.get(pk=link.pk), next_review=None)
    browser = sign_in(cast.asha)
    assert "They answered a check-in today; nobody has read it yet" in shown(browser)
    browser.post(f"/today/{cast.case.pk}/read/")
    assert "check-in" not in shown(browser).split("<h1")[1].split("empty")[0]
    assert Case.objects.get(pk=cast.case.pk).reply_since is None


def test_a_follow_up_stays_until_somebody_was_in_touch_about_it(cast: Cast, sign_in: SignIn) -> None:
    with system():
        close_case(
            case=cast.case, closed_on=TODAY - 30 * DAY, reason="goal_reached", words="", follow_up_on=TODAY - DAY,
            follow_up_words="", by=cast.asha, submission=new_id(),
        )  # fmt: skip
    browser = sign_in(cast.asha)
    assert "Follow-up agreed for 19 November 2026" in shown(browser)
    facts = {"channel": "phone", "minutes": None, "note": "", "came_of_it": ""}
    for outcome, still in (("no_answer", True), ("spoke", False)):
        log_contact(
            case=cast.case, people=[], next_contact_due=None, by=cast.asha, submission=new_id(), at=NOW,
            outcome=outcome, **facts,
        )  # fmt: skip
        assert ("Follow-up agreed" in shown(browser)) is still


def test_three_taps_write_down_that_nobody_answered(cast: Cast, sign_in: SignIn) -> None:
    put(cast, next_contact_due=TODAY)
    browser = sign_in(cast.asha)
    address = f"/families/{cast.case.pk}/tried/"
    assert address in shown(browser)
    page = browser.get(address).content.decode()
    assert page.count("checked") >= 2, "nothing need be chosen where it is as usual"
    sent = {"submission": str(new_id()), "channel": "phone", "again": "tomorrow"}
    for _ in range(2):
        assert browser.post(address, sent)["Location"] == "/today/"
    attempt = Contact.objects.get(case=cast.case)
    assert (attempt.outcome, attempt.at, attempt.by_id) == ("no_answer", NOW, cast.asha.pk)
    case = Case.objects.get(pk=cast.case.pk)
    assert case.next_contact_due == TODAY + 3 * DAY, "tomorrow is a Saturday"
    assert case.last_contact_on is None, "an attempt is not a contact"


def test_the_number_of_queries_does_not_grow(cast: Cast, sign_in: SignIn) -> None:
    counts = []
    put(cast)
    with system():  # a clock, and nothing else, brings Grace onto the list
        Arrangement.objects.filter(child=cast.amara).update(
            kind="connected_foster", temporarily_approved_on=TODAY - 110 * DAY
        )
    for number in (2, 40):
        families(cast, number)
        browser = sign_in(cast.morgan)
        browser.get("/today/")
        with CaptureQueriesContext(connection) as queries:
            assert "Temporary approval runs out" in shown(browser)
        counts.append(
            len([each for each in queries if each["sql"].split()[0] not in ("BEGIN", "SAVEPOINT", "RELEASE")])
        )
    assert counts[0] == counts[1] <= 12, counts


def test_what_is_for_today_is_not_crowded_out_by_all_that_is_late(cast: Cast, sign_in: SignIn) -> None:
    put(cast, next_appointment_at=NOW + timedelta(hours=1))
    families(cast, MOST + 1, next_contact_due=TODAY - 50 * DAY)
    page = shown(sign_in(cast.asha))
    assert page.index("Grace Okafor") < page.index("Family 0")


def test_todays_appointment_is_shown_though_nobody_said_how_the_last_one_went(cast: Cast, sign_in: SignIn) -> None:
    facts = {"agency": cast.provider, "case": cast.case, "worker": cast.asha, "minutes": 45, "channel": "phone"}
    with system():
        for at in (NOW - DAY, NOW + timedelta(hours=2), NOW + 2 * DAY):
            Appointment.objects.create(at=at, tell="nobody", **facts)
    put(cast, next_appointment_at=NOW - DAY)
    page = shown(sign_in(cast.asha))
    assert "Appointment today at 12:40" in page
    assert "Thursday 19 November, 10:40: how did it go?" in page
    assert "Sunday 22 November" not in page


def test_a_long_day_is_shown_in_parts(cast: Cast, sign_in: SignIn) -> None:
    put(cast)
    families(cast, 35)
    browser = sign_in(cast.asha)
    first, second = shown(browser), shown(browser, "/today/?from=20")
    assert "Family 034" in first
    assert "Family 001" not in first
    assert "Family 001" in second
    for nonsense in ("-1", "999999", "x", "٣"):
        assert browser.get("/today/", {"from": nonsense}).status_code == 200

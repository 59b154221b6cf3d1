"""Every page of a family's case: who may open it, what it shows, and that it keeps what was typed."""

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
from alongside.records.cases.models import Case, Closure, Contact, Goal, Reading, Step
from alongside.records.people.models import Household, Membership, Person, SafetyNote
from alongside.records.programmes.models import Enrolment
from tests.cast import NOW, TODAY, Cast

SignIn = Callable[[User], Client]
PAYLOAD = "<script>alert(1)</script>"
NAMES = [PAYLOAD, "\u202eokafor", "שרה כהן", "O’Brien & Søn", "李"]


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def contact(cast: Cast, **changes: object) -> Contact:
    facts = {"at": NOW - timedelta(hours=1), "channel": "phone", "outcome": "spoke", "note": "First words."}
    with system():
        return Contact.objects.create(agency=cast.provider, case=cast.case, by=cast.asha, **(facts | changes))


def goal(cast: Cast) -> Goal:
    with system():
        return Goal.objects.create(
            agency=cast.provider, case=cast.case, words="Calm bedtimes", start=3, set_on=TODAY - timedelta(days=30)
        )


def addresses(cast: Cast) -> list[str]:
    aim = goal(cast)
    with system():
        step = Step.objects.create(agency=cast.provider, case=cast.case, goal=aim, words="Picture chart", owner="carer")
    case = f"/families/{cast.case.pk}/"
    return [
        case,
        *(f"{case}{page}/" for page in ("contacts/new", "goals/new", "close", "reopen")),
        f"/families/contacts/{contact(cast).pk}/",
        f"/families/goals/{aim.pk}/",
        *(f"/families/goals/{aim.pk}/{page}/" for page in ("change", "reading", "finish", "step")),
        f"/families/steps/{step.pk}/",
    ]


def elsewhere(cast: Cast) -> User:
    """A worker of the same agency in another team."""
    with system():
        team = Team.objects.create(agency=cast.provider, name="South")
        return User.objects.create(
            agency=cast.provider, team=team, role="family_worker", name="Sol", email="sol@example.org"
        )


def test_each_page_opens_for_the_worker_and_the_manager_and_for_nobody_else(cast: Cast, sign_in: SignIn) -> None:
    browsers = {
        sign_in(cast.asha): 200,
        sign_in(cast.morgan): 200,
        sign_in(cast.ben): 404,
        sign_in(elsewhere(cast)): 404,
        sign_in(cast.carol): 403,
        sign_in(cast.ruth): 403,
        sign_in(cast.priya): 403,
    }
    for address in addresses(cast):
        for browser, status in browsers.items():
            assert browser.get(address).status_code == status, address
    assert Client().get(f"/families/{cast.case.pk}/").status_code == 302


def test_the_caseload_shows_each_family_once_with_what_is_due(cast: Cast, sign_in: SignIn) -> None:
    with system():
        SafetyNote.objects.create(agency=cast.provider, household=cast.household, words="Ring at 10", checked_on=TODAY)
        Case.objects.filter(pk=cast.case.pk).update(
            last_contact_on=TODAY - timedelta(days=6), next_contact_due=TODAY - timedelta(days=2)
        )
    shown = sign_in(cast.asha).get("/families/").content.decode()
    for words in (
        f'href="{cast.case.pk}/"',
        "Grace Okafor",
        "Kinship Reach",
        "Week 6 of 12",
        "2 children",
        "6 days ago",
        "2 days late",
    ):
        assert words in shown
    assert "Read before calling" in shown
    assert "due in 14 days" in shown
    assert "Grace" not in sign_in(cast.ben).get("/families/").content.decode()
    assert "Grace" not in sign_in(elsewhere(cast)).get("/families/?whose=team").content.decode()


def families(cast: Cast, number: int) -> None:
    with system():
        for place in range(number):
            household = Household.objects.create(
                agency=cast.provider, name=f"Family {place:03d}", team=cast.team, worker=cast.asha
            )
            child = Person.objects.create(agency=cast.provider, name="Child")
            Membership.objects.create(agency=cast.provider, household=household, person=child, part="child")
            case = Case.objects.create(
                agency=cast.provider,
                household=household,
                team=cast.team,
                worker=cast.asha,
                opened_on=TODAY - timedelta(days=100 + place // 3),
                next_contact_due=TODAY + timedelta(days=place // 4),
            )
            Enrolment.objects.create(agency=cast.provider, case=case, contract=cast.contract, started_on=case.opened_on)


def cost(browser: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get(address).status_code == 200
    not_the_page_s = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "select set_config('app.agencies', '*'")
    return sum(not one["sql"].startswith(not_the_page_s) for one in queries)


def test_a_caseload_asks_the_database_as_often_for_many_as_for_few(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    families(cast, 1)
    browser.get("/families/")
    few = cost(browser, "/families/")
    families(cast, 40)
    assert cost(browser, "/families/") == few <= 12


@pytest.mark.parametrize("order", ["newest", "oldest", "due"])
def test_every_family_is_on_exactly_one_page(cast: Cast, sign_in: SignIn, order: str) -> None:
    families(cast, 60)
    browser, address, seen = sign_in(cast.asha), f"/families/?order={order}", []
    for _ in range(3):
        shown = browser.get(address).content.decode()
        seen += [line.split("</bdi>")[0] for line in shown.split("<bdi>Family ")[1:]]
        after = shown.partition('rel="next" href="')[2].partition('"')[0]
        if not after:
            break
        address = "/families/" + unescape(after)
    assert sorted(seen) == [f"{place:03d}" for place in range(60)]


@pytest.mark.parametrize(
    "query",
    ["?whose=nobody", "?order=name;drop", "?page=rubbish", "?page=after.2026-13-45.x", "?whose=closed&order=due"],
)
def test_an_address_that_makes_no_sense_shows_the_list(cast: Cast, sign_in: SignIn, query: str) -> None:
    assert sign_in(cast.asha).get("/families/" + query).status_code == 200


def test_the_case_page_tells_who_they_are_and_what_has_happened(cast: Cast, sign_in: SignIn) -> None:
    aim = goal(cast)
    with system():
        Reading.objects.create(agency=cast.provider, goal=aim, value=6, on=TODAY)
        Step.objects.create(
            agency=cast.provider, case=cast.case, goal=aim, words="the picture chart.", owner="carer", due_on=TODAY
        )
        SafetyNote.objects.create(
            agency=cast.provider, household=cast.household, words="Say you are from the library.", checked_on=TODAY
        )
    contact(cast, minutes=35).people.add(cast.grace)
    shown = sign_in(cast.asha).get(f"/families/{cast.case.pk}/").content.decode()
    for words in (
        "Say you are from the library.",
        "3 out of 10 at the start, 6 now",
        "the picture chart.",
        "Phone call, 35 minutes",
        "First words.",
        "58, grandparent and carer",
        "Special guardianship order, March 2024. Was looked after before.",
        "Informal, no order, January 2025.",
    ):
        assert words in shown


def test_a_case_page_asks_the_database_as_often_for_much_as_for_little(cast: Cast, sign_in: SignIn) -> None:
    browser, address = sign_in(cast.asha), f"/families/{cast.case.pk}/"
    contact(cast)
    browser.get(address)
    few = cost(browser, address)
    for number in range(20):
        contact(cast, at=NOW - timedelta(days=number + 1)).people.add(cast.grace, cast.tyler)
        goal(cast)
        with system():
            Closure.objects.create(
                agency=cast.provider, case=cast.case, closed_on=TODAY, reason="other", reopened_on=TODAY
            )
    assert cost(browser, address) == few <= 12


def test_the_timeline_is_read_to_its_end_with_no_contact_twice(cast: Cast, sign_in: SignIn) -> None:
    made = {str(contact(cast, at=NOW - timedelta(days=number // 3 + 1)).pk) for number in range(25)}
    browser, address, seen = sign_in(cast.asha), f"/families/{cast.case.pk}/", []
    while address:
        shown = browser.get(address).content.decode()
        seen += [part.split('"')[0] for part in shown.split('id="contact-')[1:]]
        after = shown.partition('href="?before=')[2].partition("#")[0]
        address = f"/families/{cast.case.pk}/?before={after}" if after else ""
    assert len(seen) == 25
    assert set(seen) == made


@pytest.mark.parametrize("name", NAMES)
def test_names_and_notes_are_words_and_nothing_else(cast: Cast, sign_in: SignIn, name: str) -> None:
    with system():
        Household.objects.filter(pk=cast.household.pk).update(name=name)
        Person.objects.filter(pk=cast.grace.pk).update(name=name, known_as=name)
        SafetyNote.objects.create(agency=cast.provider, household=cast.household, words=name, checked_on=TODAY)
    contact(cast, note=name, came_of_it=name).people.add(cast.grace)
    browser = sign_in(cast.asha)
    for address in (
        "/families/",
        *addresses(cast),
        f"/people/{cast.grace.pk}/",
        f"/people/households/{cast.household.pk}/",
    ):
        shown = browser.get(address).content.decode()
        assert PAYLOAD not in shown, address
    shown = browser.get("/families/").content.decode()
    assert f"<bdi>{name}</bdi>" in unescape(shown)


def typed(**changes: object) -> dict[str, object]:
    return {
        "submission": str(new_id()),
        "channel": "video",
        "outcome": "spoke",
        "people": [],
        "day_day": "20",
        "day_month": "11",
        "day_year": "2026",
        "time": "10:05",
        "minutes": "35",
        "note": "Two calm bedtimes out of five.",
        "came_of_it": "",
        "next_contact_due_day": "",
        "next_contact_due_month": "",
        "next_contact_due_year": "",
    } | changes


def test_a_contact_is_logged_in_one_form_and_a_double_click_logs_it_once(cast: Cast, sign_in: SignIn) -> None:
    browser, address = sign_in(cast.asha), f"/families/{cast.case.pk}/contacts/new/"
    fresh = browser.get(address).content.decode()
    assert 'value="10:40"' in fresh
    sent = typed(people=[str(cast.grace.pk)])
    for _ in range(2):
        assert browser.post(address, sent).status_code == 302
    with system():
        made = Contact.objects.get()
        assert (made.channel, made.minutes, made.by_id) == ("video", 35, cast.asha.pk)
        assert list(made.people.all()) == [cast.grace]
        assert Case.objects.get(pk=cast.case.pk).last_contact_on == TODAY


def test_an_id_that_another_agency_used_is_refused_in_words(cast: Cast, sign_in: SignIn) -> None:
    home = Household.objects.create(agency=cast.other_provider, name="Theirs")
    case = Case.objects.create(agency=cast.other_provider, household=home, opened_on=TODAY)
    theirs = Contact.objects.create(agency=cast.other_provider, case=case, at=NOW, channel="phone", by=cast.ben)
    answer = sign_in(cast.asha).post(f"/families/{cast.case.pk}/contacts/new/", typed(submission=str(theirs.pk)))
    assert answer.status_code == 200
    assert "This form cannot be sent again" in unescape(answer.content.decode())
    assert Contact.objects.get(pk=theirs.pk).note == ""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day_day": "21"}, "today or in the past"),
        ({"time": "10:41"}, "now or in the past"),
        ({"time": "25:00"}, "Enter a time like 10:40"),
        ({"time": "13pm"}, "Enter a time like 10:40"),
        ({"minutes": "half an hour"}, "Enter the minutes as a number"),
        ({"day_day": "31"}, "There is no 31 November"),
        ({"people": ["nobody"]}, "Select a valid choice"),
        ({"submission": "x"}, "valid UUID"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_the_words(
    cast: Cast, sign_in: SignIn, changes: dict[str, object], sentence: str
) -> None:
    answer = sign_in(cast.asha).post(f"/families/{cast.case.pk}/contacts/new/", typed(**changes))
    shown = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert sentence in shown
    assert "Two calm bedtimes out of five." in shown
    with system():
        assert not Contact.objects.exists()


@pytest.mark.parametrize(("words", "hour"), [("9am", 9), ("2:15pm", 14), ("1015", 10), ("10.15", 10), ("12 am", 0)])
def test_a_time_may_be_typed_in_many_ways(cast: Cast, sign_in: SignIn, words: str, hour: int) -> None:
    sign_in(cast.asha).post(f"/families/{cast.case.pk}/contacts/new/", typed(time=words, day_day="19"))
    with system():
        assert Contact.objects.get().at.hour == hour


def test_the_hour_that_came_twice_is_asked_about(cast: Cast, sign_in: SignIn) -> None:
    browser, address = sign_in(cast.asha), f"/families/{cast.case.pk}/contacts/new/"
    sent = typed(day_day="25", day_month="10", time="01:30")
    assert "comes twice" in browser.post(address, sent).content.decode()
    assert browser.post(address, sent | {"which": "second"}).status_code == 302
    with system():
        assert Contact.objects.get().at.hour == 1  # universal time: the second 01:30


def test_the_hour_that_never_was_is_asked_about(cast: Cast, sign_in: SignIn, clock: time_machine.Traveller) -> None:
    clock.move_to(NOW + timedelta(days=200))
    sent = typed(day_day="28", day_month="3", day_year="2027", time="01:30")
    answer = sign_in(cast.asha).post(f"/families/{cast.case.pk}/contacts/new/", sent)
    assert "There is no 01:30 on 28 March 2027" in answer.content.decode()


def test_a_stale_change_shows_both_texts_and_saves_on_the_next_try(cast: Cast, sign_in: SignIn) -> None:
    made = contact(cast)
    address = f"/families/contacts/{made.pk}/"
    sent = {key: value for key, value in typed().items() if not key.startswith(("submission", "next"))}
    assert sign_in(cast.morgan).post(address, sent | {"version": 1, "note": "Morgan wrote this."}).status_code == 302
    browser = sign_in(cast.asha)
    shown = browser.post(address, sent | {"version": 1, "note": "Asha wrote that."}).content.decode()
    assert "Morgan wrote this." in shown
    assert "Asha wrote that." in shown
    assert 'name="version" value="2"' in shown
    both = "Morgan wrote this. Asha wrote that."
    assert browser.post(address, sent | {"version": 2, "note": both}).status_code == 302
    with system():
        assert Contact.objects.get().note == both


def test_a_second_send_with_other_words_leads_to_both_texts(cast: Cast, sign_in: SignIn) -> None:
    browser, address = sign_in(cast.asha), f"/families/{cast.case.pk}/contacts/new/"
    sent = typed()
    browser.post(address, sent)
    shown = browser.post(address, sent | {"note": "I remembered more."}).content.decode()
    assert "Two calm bedtimes out of five." in shown
    assert "I remembered more." in shown
    with system():
        assert f'action="/families/contacts/{Contact.objects.get().pk}/"' in shown


def test_a_goal_is_set_read_stepped_towards_and_reached(cast: Cast, sign_in: SignIn) -> None:
    browser, today = sign_in(cast.asha), {"on_day": "20", "on_month": "11", "on_year": "2026"}
    set_on = {
        f"set_on_{part}": value for part, value in zip(("day", "month", "year"), ("1", "11", "2026"), strict=True)
    }
    sent = {"submission": str(new_id()), "words": "“Bedtimes without a battle”", "start": "3", **set_on}
    assert browser.post(f"/families/{cast.case.pk}/goals/new/", sent).status_code == 302
    with system():
        aim = Goal.objects.get()
    home = f"/families/goals/{aim.pk}/"
    browser.post(f"{home}reading/", {"submission": str(new_id()), "value": "6", **today})
    browser.post(f"{home}step/", {"submission": str(new_id()), "words": "Picture chart", "owner": "carer"})
    with system():
        step = Step.objects.get()
    done = {"done_on_day": "20", "done_on_month": "11", "done_on_year": "2026", "came_of_it": "He chose the story."}
    browser.post(f"/families/steps/{step.pk}/", {"version": 1, "words": "Picture chart", "owner": "carer", **done})
    shown = browser.get(home).content.decode()
    for words in ("3 out of 10 at the start, 6 now", "Done 20 November 2026", "He chose the story."):
        assert words in shown
    browser.post(f"{home}finish/", {"version": 1, "how": "met", **today})
    assert "Reached 20 November 2026" in browser.get(f"/families/{cast.case.pk}/").content.decode()


def test_a_case_is_closed_with_a_reason_and_opened_again_with_its_place(cast: Cast, sign_in: SignIn) -> None:
    browser, home = sign_in(cast.asha), f"/families/{cast.case.pk}/"
    last_day = {"closed_on_day": "20", "closed_on_month": "11", "closed_on_year": "2026"}
    sent = {"submission": str(new_id()), "reason": "goal_reached", "words": "She feels ready.", **last_day}
    form = browser.get(f"{home}close/").content.decode()
    assert "6 months after the end" in form
    assert 'value="not_asked" checked' in form
    refused = browser.post(f"{home}close/", {**sent, "later": "text-nobody"}).content.decode()
    assert "Choose one of these" in refused
    assert "She feels ready." in refused
    for _ in range(2):
        assert browser.post(f"{home}close/", {**sent, "later": f"text-{cast.grace.pk}"}).status_code == 302
    with system():
        closure = Closure.objects.get()
        assert (closure.later, closure.later_person) == ("text", cast.grace)
        assert Enrolment.objects.get().ended_on == TODAY
    assert "Grace" in browser.get("/families/?whose=closed").content.decode()
    assert "Grace" not in browser.get("/families/").content.decode()
    assert browser.post(f"{home}reopen/", {"words": "School rang.", "again": "on"}).status_code == 302
    shown = browser.get(home).content.decode()
    assert "She feels ready." in shown
    assert "School rang." in shown
    with system():
        assert Enrolment.objects.filter(ended_on=None).count() == 1

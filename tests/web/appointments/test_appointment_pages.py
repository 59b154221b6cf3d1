"""The pages of appointments: who opens them, what is asked again, and the private calendar."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.appointments.models import Appointment, Attendance
from alongside.records.cases.models import Contact
from alongside.records.people.models import SafetyNote
from tests.cast import NOW, TODAY, Cast

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def sent(cast: Cast, **changes: Any) -> dict[str, Any]:
    day = {"day_day": "23", "day_month": "11", "day_year": "2026", "time": "10:00", "minutes": "45"}
    more = {"travel_minutes": "0", "channel": "phone", "person": str(cast.grace.pk), "tell": "nobody"}
    return {"submission": str(new_id()), **day, **more, **changes}


def made(cast: Cast, **changes: Any) -> Appointment:
    facts = {"case": cast.case, "worker": cast.asha, "at": NOW + timedelta(days=2), "minutes": 45, "channel": "phone"}
    with system():
        return Appointment.objects.create(**{"agency": cast.provider, "tell": "nobody"} | facts | changes)


def shown(browser: Client, address: str) -> str:
    return " ".join(unescape(browser.get(address).content.decode()).split())


def test_booked_it_stands_on_the_familys_page_and_on_today(cast: Cast, sign_in: SignIn) -> None:
    browser, address = sign_in(cast.asha), f"/families/{cast.case.pk}/appointments/"
    typed = sent(cast)
    for _ in range(2):
        assert browser.post(f"{address}new/", typed)["Location"] == address
    assert Appointment.objects.count() == 1
    assert "Monday 23 November, 10:00" in shown(browser, address)
    assert "Appointment Monday 23 November, 10:00" in shown(browser, "/today/")


def test_what_stands_in_the_form_can_be_sent_back_as_it_is(cast: Cast, sign_in: SignIn) -> None:
    one = made(cast, at=NOW + timedelta(days=3), link="https://zoom.us/j/1")
    browser, address = sign_in(cast.asha), f"/appointments/{one.pk}/"
    assert 'value="10:40"' in shown(browser, address), "hours and minutes, as people type them"
    typed = sent(cast, time="10:40", version="1", link=one.link, words="Bedtimes")
    assert browser.post(address, typed)["Location"] == f"/families/{cast.case.pk}/appointments/"
    one.refresh_from_db()
    assert (one.at, one.words) == (NOW + timedelta(days=3), "Bedtimes")


def test_a_doubtful_time_is_asked_about_once(cast: Cast, sign_in: SignIn) -> None:
    browser, address = sign_in(cast.asha), f"/families/{cast.case.pk}/appointments/new/"
    christmas = sent(cast, day_day="25", day_month="12")
    page = unescape(browser.post(address, christmas).content.decode())
    assert "That day is a bank holiday" in page
    assert not Appointment.objects.exists()
    assert browser.post(address, christmas | {"sure": "on"}).status_code == 302


def test_an_hour_that_the_clocks_skip_or_repeat_is_asked_about(cast: Cast, sign_in: SignIn) -> None:
    browser, address = sign_in(cast.asha), f"/families/{cast.case.pk}/appointments/new/"
    spring = sent(cast, day_day="28", day_month="3", day_year="2027", time="01:30", sure="on")
    assert "There is no 01:30" in unescape(browser.post(address, spring).content.decode())
    autumn = sent(cast, day_day="31", day_month="10", day_year="2027", time="01:30", sure="on")
    assert "comes twice" in unescape(browser.post(address, autumn).content.decode())
    assert browser.post(address, autumn | {"which": "second"}).status_code == 302
    assert Appointment.objects.get().at.hour == 1


def test_what_to_know_stands_first_and_nobody_is_told_by_default(cast: Cast, sign_in: SignIn) -> None:
    with system():
        SafetyNote.objects.create(agency=cast.provider, household=cast.household, words="Only at 10", checked_on=TODAY)
    page = shown(sign_in(cast.asha), f"/families/{cast.case.pk}/appointments/new/")
    assert page.index("Only at 10") < page.index("Whom shall we tell")
    assert 'value="nobody" checked' in page


def test_safe_times_are_asked_about_before_a_time_is_booked(cast: Cast, sign_in: SignIn) -> None:
    with system():
        SafetyNote.objects.create(
            agency=cast.provider, household=cast.household, words="x", safe_times="10 to 2 only", checked_on=TODAY
        )
    answer = sign_in(cast.asha).post(f"/families/{cast.case.pk}/appointments/new/", sent(cast))
    assert "Safe times for this family: 10 to 2 only" in unescape(answer.content.decode())
    assert not Appointment.objects.exists()


def test_kept_it_leads_on_to_the_note(cast: Cast, sign_in: SignIn) -> None:
    one = made(cast, at=NOW - timedelta(hours=1), channel="video")
    browser = sign_in(cast.asha)
    answer = browser.post(f"/appointments/{one.pk}/settle/", {"version": "1", "status": "kept"})
    assert answer["Location"].startswith(f"/families/{cast.case.pk}/contacts/new/?channel=video")
    page = shown(browser, answer["Location"])
    assert 'value="video" checked' in page
    assert 'name="time" type="text" value="09:40"' in page, "the note begins as the appointment that it tells of"
    assert 'name="minutes" type="text" value="45"' in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day_day": "19"}, "must be to come"),
        ({"channel": "video", "link": "https://zoom.us.example.org/j/1"}, "Only links to these places"),
        ({"tell": "text"}, "no phone number for Grace"),
    ],
)
def test_what_cannot_be_is_said_before_a_doubtful_time_is_asked_about(
    cast: Cast, sign_in: SignIn, changes: dict[str, str], sentence: str
) -> None:
    type(cast.grace).objects.filter(pk=cast.grace.pk).update(phone="")
    address, early = f"/families/{cast.case.pk}/appointments/new/", {"time": "06:00"}
    page = unescape(sign_in(cast.asha).post(address, sent(cast, **early | changes)).content.decode())
    assert sentence in page
    assert "early or late" not in page


def test_a_group_says_who_of_the_family_came(cast: Cast, sign_in: SignIn) -> None:
    one = made(cast, at=NOW - timedelta(hours=3), channel="group")
    browser, address = sign_in(cast.asha), f"/appointments/{one.pk}/settle/"
    grace, tyler = f"came_{cast.grace.pk.hex}", f"came_{cast.tyler.pk.hex}"
    assert "Grace Okafor at the group" in shown(browser, address)
    kept = {"version": "1", "status": "kept"}
    for refused, why in (
        (kept | {tyler: "sorry"}, "Say who of the family came"),
        (kept | {"status": "missed", grace: "came"}, "Somebody came, so it took place"),
    ):
        page = unescape(browser.post(address, refused).content.decode())
        assert why in page
    assert not Attendance.objects.exists()
    assert browser.post(address, kept | {grace: "came", tyler: "sorry"}).status_code == 302
    for page in (f"/families/{cast.case.pk}/appointments/", f"/programmes/{cast.case.pk}/"):
        assert "<bdi>Grace Okafor</bdi>: came. <bdi>Tyler Okafor</bdi>: said sorry." in shown(browser, page)
    assert "They were asked 1 time. They came 1 time, last on 20 November 2026." in shown(
        browser, f"/programmes/{cast.case.pk}/"
    )
    page = shown(browser, address)
    assert f'name="{grace}" type="radio" value="came" checked' in page


def test_who_came_is_put_right_and_nobody_is_followed_up_twice(cast: Cast, sign_in: SignIn) -> None:
    one = made(cast, at=NOW - timedelta(hours=3), channel="group")
    browser, address = sign_in(cast.asha), f"/appointments/{one.pk}/settle/"
    grace, amara = f"came_{cast.grace.pk.hex}", f"came_{cast.amara.pk.hex}"
    browser.post(address, {"version": "1", "status": "missed", grace: "did_not", amara: "did_not"})
    browser.post(address, {"version": "2", "status": "missed", grace: "sorry"})
    assert list(Attendance.objects.values_list("person__name", "came")) == [("Grace Okafor", "sorry")]
    assert Contact.objects.filter(outcome="did_not_attend").count() == 1
    answer = browser.post(address, {"version": "1", "status": "kept", grace: "came"})
    assert answer.status_code == 200, "somebody else said otherwise in the meantime"
    assert Attendance.objects.get().came == "sorry"
    assert sign_in(cast.ben).get(address).status_code == 404


def test_the_calendar_opens_to_whoever_has_its_address_until_it_is_ended(cast: Cast, sign_in: SignIn) -> None:
    made(cast)
    browser = sign_in(cast.asha)
    page = unescape(browser.post("/appointments/calendar/").content.decode())
    address = page[page.index("/appointments/calendar/", page.index("<code")) :].partition("<")[0]
    feed = Client().get(address)
    assert feed.status_code == 200
    assert feed["Content-Type"].startswith("text/calendar")
    assert b"G. O." in feed.content
    assert b"Grace" not in feed.content
    browser.post("/appointments/calendar/", {"end": "1"})
    assert Client().get(address).status_code == 404
    assert Client().get("/appointments/calendar/guess.ics").status_code == 404


def test_the_number_of_queries_does_not_grow(cast: Cast, sign_in: SignIn) -> None:
    browser, counts = sign_in(cast.asha), []
    for number in (2, 20):
        for _ in range(number):
            made(cast, person=cast.grace)
            group = made(cast, channel="group", status="kept", at=NOW - timedelta(days=1))
            with system():
                Attendance.objects.create(agency=cast.provider, appointment=group, person=cast.grace, came="came")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/families/{cast.case.pk}/appointments/")
        counts.append(len([one for one in queries if one["sql"].split()[0] not in ("BEGIN", "SAVEPOINT", "RELEASE")]))
    assert counts[0] == counts[1] <= 12

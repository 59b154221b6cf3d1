"""Appointments: what is doubted, what is sent and to whom, when it is reminded of, and what a calendar is told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.icalendar import Event, calendar
from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.records.appointments.models import Appointment
from alongside.records.appointments.queries import calendar_at
from alongside.records.appointments.rules import doubts, is_time_to_remind
from alongside.records.appointments.services import (
    book_appointment,
    change_appointment,
    end_calendar,
    open_calendar,
    send_reminders,
    settle_appointment,
)
from alongside.records.cases.models import Case, Contact
from alongside.records.cases.services.guarding import restrict_family
from tests.cast import LONDON, NOW, Cast

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=LONDON)


@pytest.fixture
def rows(cast: Cast, clock: time_machine.Traveller) -> Iterator[Cast]:
    with system():
        yield cast


def book(cast: Cast, **changes: Any) -> Appointment:
    facts = {"at": MONDAY, "minutes": 45, "travel_minutes": 0, "channel": "phone", "place": "", "link": ""}
    facts |= {"person": cast.grace, "tell": "nobody", "words": "Tyler and school"}
    return book_appointment(case=cast.case, by=cast.asha, submission=new_id(), **facts | changes)


def said(at: datetime, others: list[tuple[datetime, datetime]] | None = None) -> str:
    return " ".join(doubts(at, 60, 30, others or [], LONDON))


def test_what_gives_doubts_and_what_does_not() -> None:
    assert said(MONDAY) == ""
    assert "weekend" in said(datetime(2026, 11, 21, 10, tzinfo=LONDON))
    assert "bank holiday" in said(datetime(2026, 12, 25, 10, tzinfo=LONDON))
    assert "early or late" in said(datetime(2026, 11, 23, 7, tzinfo=LONDON))
    hour = timedelta(hours=1)
    assert "another appointment" in said(MONDAY, [(MONDAY + hour, MONDAY + 2 * hour)]), "on the way back"
    assert said(MONDAY, [(MONDAY + 1.5 * hour, MONDAY + 2 * hour)]) == ""


@given(st.integers(0, 700_000), st.integers(-5000, 5000))
def test_nobody_is_reminded_by_night_or_of_what_has_been(start: int, minutes: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=start)
    now = at - timedelta(minutes=minutes)
    if is_time_to_remind(at, now, LONDON):
        assert now < at
        assert 8 <= now.astimezone(LONDON).hour <= 20


@pytest.mark.parametrize(
    ("link", "fine"),
    [
        ("https://zoom.us/j/1", True),
        ("https://eu.zoom.us/j/1", True),
        ("http://zoom.us/j/1", False),
        ("https://notzoom.us/j/1", False),
        ("https://zoom.us@evil.example/", False),
        ("javascript:alert(1)", False),
        ("https://[", False),
    ],
)
def test_only_links_to_places_on_the_list_are_sent(rows: Cast, settings: Any, link: str, fine: bool) -> None:
    settings.VIDEO_HOSTS = ["zoom.us"]
    if fine:
        assert book(rows, channel="video", link=link).link == link
    else:
        with pytest.raises(Refused):
            book(rows, channel="video", link=link)


def test_the_case_knows_its_next_appointment(rows: Cast) -> None:
    def next_at() -> datetime | None:
        return Case.objects.get(pk=rows.case.pk).next_appointment_at

    later = book(rows, at=MONDAY + timedelta(days=7))
    first = book(rows)
    assert next_at() == MONDAY
    facts = {name: getattr(first, name) for name in ("minutes", "channel", "place", "link", "person", "tell")}
    change_appointment(appointment=first, version=1, by=rows.asha, at=MONDAY + timedelta(days=9), **facts)
    assert next_at() == later.at
    for one in (later, first):
        settle_appointment(
            appointment=one, version=one.version, status="they_called_off", kind_words=False, by=rows.asha
        )
    assert next_at() is None


def test_an_invitation_says_who_when_and_how_and_nothing_of_the_family(
    rows: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        book(rows, tell="email")
    (sent,) = mail.outbox
    assert sent.to == ["grace@example.org"]
    assert sent.subject == "Your phone call with Asha"
    assert "Monday 23 November at 10:00" in sent.body
    for word in ("Tyler", "Amara", "school", "Okafor", "Rahman", "kinship"):
        assert word not in sent.subject + sent.body


def test_a_carer_who_speaks_welsh_is_told_in_welsh(
    rows: Cast, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TEXT_FILE_PATH = tmp_path
    rows.grace.language = "Welsh"
    with django_capture_on_commit_callbacks(execute=True):
        book(rows, tell="text")
    (message,) = [file.read_text() for file in tmp_path.iterdir()]
    assert message.startswith("To: 07700 900123")
    assert "galwad ffôn gyda Asha dydd Llun 23 Tachwedd am 10:00" in message


def test_nobody_is_written_to_unless_somebody_chose_it(rows: Cast, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        book(rows)
        rows.grace.email = ""
        with pytest.raises(Refused, match="no e-mail address"):
            book(rows, tell="email")
    assert not mail.outbox


def test_a_reminder_goes_once_the_day_before_and_again_only_for_a_new_time(
    rows: Cast, clock: time_machine.Traveller, django_capture_on_commit_callbacks: Any
) -> None:
    booked = book(rows, tell="email")
    assert send_reminders() == 0
    clock.move_to(MONDAY - timedelta(hours=20))
    with django_capture_on_commit_callbacks(execute=True):
        assert [send_reminders(), send_reminders()] == [1, 0]
    assert "reminder" in mail.outbox[-1].subject
    booked.refresh_from_db()
    facts = {name: getattr(booked, name) for name in ("minutes", "channel", "place", "link", "person", "tell")}
    change_appointment(
        appointment=booked, version=booked.version, by=rows.asha, at=MONDAY + timedelta(hours=2), **facts
    )
    assert send_reminders() == 1


def test_somebody_who_could_not_make_it_is_tried_again_and_told_that_nothing_is_wrong(
    rows: Cast, clock: time_machine.Traveller, django_capture_on_commit_callbacks: Any
) -> None:
    booked = book(rows, tell="email")
    with pytest.raises(Refused, match="still to come"):
        settle_appointment(appointment=booked, version=1, status="missed", kind_words=True, by=rows.asha)
    booked.refresh_from_db()
    clock.move_to(MONDAY + timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        settle_appointment(appointment=booked, version=1, status="missed", kind_words=True, by=rows.asha)
    assert Contact.objects.get(case=rows.case).outcome == "did_not_attend"
    case = Case.objects.get(pk=rows.case.pk)
    assert case.next_contact_due == date(2026, 11, 25)
    assert case.last_contact_on is None
    assert "Nothing is wrong" in mail.outbox[-1].body
    written = len(mail.outbox)
    with django_capture_on_commit_callbacks(execute=True):
        settle_appointment(appointment=booked, version=2, status="missed", kind_words=True, by=rows.asha)
    assert Contact.objects.filter(case=rows.case).count() == 1, "once is enough"
    assert len(mail.outbox) == written


def test_a_calendar_shows_times_and_initials_until_its_address_is_ended(rows: Cast) -> None:
    book(rows, place="14 Larkrise Terrace")
    token = open_calendar(by=rows.asha)
    words = calendar_at(token)
    assert words is not None
    assert "DTSTART:20261123T100000Z" in words
    assert "SUMMARY:Phone call\\, G. O." in words
    for word in ("Grace", "Okafor", "school", "Larkrise"):
        assert word not in words
    another = open_calendar(by=rows.asha)
    assert calendar_at(token) is None, "a new address ends the old one"
    end_calendar(by=rows.asha)
    assert calendar_at(another) is None


def test_a_calendar_says_nothing_of_a_family_that_its_worker_may_no_longer_know_of(rows: Cast) -> None:
    sol = User.objects.create(agency=rows.provider, team=rows.team, role="family_worker", name="S", email="s@e.org")
    book(rows)
    token, review = open_calendar(by=rows.asha), date(2027, 1, 5)
    restrict_family(case=rows.case, reason="Kin.", knowing=[sol], review_on=review, by=rows.morgan, submission=new_id())
    assert "SUMMARY" not in (calendar_at(token) or "")


def test_a_calendar_of_somebody_who_left_is_shut(rows: Cast) -> None:
    token = open_calendar(by=rows.asha)
    rows.asha.is_active = False
    rows.asha.save()
    assert calendar_at(token) is None


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300), st.integers(1, 600))
def test_a_calendar_holds_whatever_a_title_holds(title: str, minutes: int) -> None:
    event = Event("1@x", datetime(2026, 7, 1, 10, tzinfo=LONDON), minutes, title, NOW, 1)
    written = calendar("Families", [event])
    lines = written.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = written.replace("\r\n ", "")
    (summary,) = [line.removeprefix("SUMMARY:") for line in whole.split("\r\n") if line.startswith("SUMMARY:")]
    plain = summary.replace("\\\\", "\0").replace("\\;", ";").replace("\\,", ",").replace("\\n", "\n")
    assert plain.replace("\0", "\\") == title
    assert "DTSTART:20260701T090000Z" in lines, "summer time is told in universal time"

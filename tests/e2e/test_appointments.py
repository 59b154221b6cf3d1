"""A video call booked on a phone, for which nobody came, and what follows kindly; and a calendar of one's own."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import time_machine
from django.core import mail

from alongside.core.agencies.models import User
from alongside.records.appointments.models import Appointment
from tests.cast import LONDON, TODAY, Cast
from tests.e2e.conftest import Visitor

Visitors = Callable[..., Visitor]
TUESDAY = TODAY + timedelta(days=4)
LINK = "https://meet.google.com/abc-defg-hij"


def fills_day(asha: Visitor, day: date) -> None:
    for part in ("Day", "Month", "Year"):
        box = asha.page.get_by_role("group", name="Day").get_by_label(part, exact=True)
        box.fill(str(getattr(day, part.lower())))


def books(asha: Visitor) -> None:
    """A link to a place that nobody knows is refused by its field, with all that was typed still there."""
    page = asha.page
    page.get_by_role("radio", name="Video call").check()
    fills_day(asha, TUESDAY)
    page.get_by_label("Time").fill("14:30")
    page.get_by_label("Link to the video call").fill("https://elsewhere.example/room")
    page.get_by_role("radio", name="E-mail").check()
    asha.presses("Book it")
    assert page.get_by_text("Only links to these places can be sent").first.is_visible()
    assert page.get_by_label("Time").input_value() == "14:30"
    page.get_by_label("Link to the video call").fill(LINK)
    asha.presses("Book it")
    assert page.get_by_role("link", name="Join the video call").get_attribute("href") == LINK


def test_a_video_call_for_which_nobody_came_and_the_kind_words_after_it(cast: Cast, visitor: Visitors) -> None:
    asha = visitor("Asha", phone=True).signs_in(cast.asha)
    asha.goes_to(f"/families/{cast.case.pk}/appointments/")
    asha.follows_button("Book an appointment")
    books(asha)
    (invited,) = mail.outbox
    assert invited.to == ["grace@example.org"]
    assert LINK in invited.body
    assert "14:30" in invited.body
    with time_machine.travel(datetime(TUESDAY.year, TUESDAY.month, TUESDAY.day, 15, 30, tzinfo=LONDON), tick=True):
        asha.signs_in(cast.asha)
        page = asha.goes_to("/today/")
        assert "Grace Okafor" in page.inner_text("main")
        asha.goes_to(f"/families/{cast.case.pk}/appointments/")
        asha.follows("Say how it went")
        asha.presses("Save")
        assert page.get_by_text("What became of it").first.is_visible()
        page.get_by_role("radio", name="They could not make it").check()
        asha.presses("Save")
        assert "They could not make it" in page.inner_text("main")
        page = asha.goes_to(f"/families/{cast.case.pk}/")
        assert "Next contact due in 2 days" in page.inner_text("main"), "somebody tries again soon"
    kind = mail.outbox[-1]
    assert len(mail.outbox) == 2
    assert LINK not in kind.body
    assert Appointment.objects.get().status == Appointment.Status.MISSED


def test_a_calendar_of_ones_own_is_opened_read_and_ended(cast: Cast, visitor: Visitors) -> None:
    asha = visitor("Asha", phone=True).signs_in(cast.asha)
    book_for(cast, cast.asha)
    asha.goes_to(f"/families/{cast.case.pk}/appointments/")
    asha.follows("Show my appointments in my own calendar")
    asha.presses("Make an address")
    address = asha.page.locator("code.address").inner_text()
    path = "/appointments/" + address.split("/appointments/")[1]
    feed = asha.context.request.get(asha.home + path)
    assert feed.status == 200
    assert "BEGIN:VEVENT" in feed.text()
    assert "G. O." in feed.text()
    assert "Grace" not in feed.text()
    asha.goes_to("/appointments/calendar/")
    assert path not in asha.page.content(), "it is shown once"
    asha.presses("End the address")
    assert asha.context.request.get(asha.home + path).status == 404


def book_for(cast: Cast, worker: User) -> None:
    Appointment.objects.create(
        agency=cast.provider, case=cast.case, worker=worker, person=cast.grace, channel="video", minutes=45,
        at=datetime(TUESDAY.year, TUESDAY.month, TUESDAY.day, 14, 30, tzinfo=LONDON), link=LINK,
    )  # fmt: skip

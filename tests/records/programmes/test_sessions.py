"""What counts as a session: a note of having spoken, or an appointment that was held, and no meeting twice."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from alongside.records.appointments.models import Appointment
from alongside.records.cases.models import Contact
from alongside.records.programmes.models import Enrolment
from alongside.records.programmes.rules.sessions import Touch, meetings
from alongside.records.programmes.services.supporting import count_session
from alongside.records.programmes.standing import PlaceHeld, places_held
from tests.cast import NOW, TODAY, Cast

WAYS = ("phone", "video", "home", "group", "text")
told = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(WAYS)), max_size=8)


def touches(rows: list[tuple[int, str]], noted: bool) -> list[Touch]:
    start = 100 * noted
    return [
        Touch(UUID(int=start + number), TODAY + timedelta(days=day), how, 30, "Asha", noted=noted)
        for number, (day, how) in enumerate(rows)
    ]


@given(told, told.map(lambda rows: [(day, how) for day, how in rows if how != "text"]))
def test_each_day_has_as_many_meetings_as_notes_or_as_bookings_whichever_are_more(
    notes: list[tuple[int, str]], bookings: list[tuple[int, str]]
) -> None:
    found = meetings(touches(notes, noted=True), touches(bookings, noted=False))
    assert len({each.id for each in found}) == len(found)
    assert sum(each.noted for each in found) == len(notes), "no note is lost"

    def talks(rows: list[tuple[int, str]], at_a_group: bool) -> Counter[date]:
        return Counter(TODAY + timedelta(days=d) for d, how in rows if how != "text" and (how == "group") == at_a_group)

    for at_a_group in (True, False):
        met = Counter(each.on for each in found if each.channel != "text" and (each.channel == "group") == at_a_group)
        assert met == talks(notes, at_a_group) | talks(bookings, at_a_group)


def test_a_note_tells_of_the_booking_of_its_own_way_first() -> None:
    booked = touches([(0, "home"), (0, "phone")], noted=False)
    found = meetings(touches([(0, "phone")], noted=True), booked)
    assert sorted(each.channel for each in found) == ["home", "phone"]


def place(cast: Cast) -> PlaceHeld:
    (held,) = places_held(Enrolment.objects.filter(case=cast.case), TODAY)[cast.case.pk]
    return held


def spoke(cast: Cast, days: int, channel: str = "phone") -> Contact:
    made: Contact = Contact.objects.create(
        agency=cast.provider, case=cast.case, at=NOW - timedelta(days=days), channel=channel, outcome="spoke",
        by=cast.asha,
    )  # fmt: skip
    return made


def booked(cast: Cast, days: int, status: str, channel: str = "phone") -> Appointment:
    made: Appointment = Appointment.objects.create(
        agency=cast.provider, case=cast.case, worker=cast.asha, at=NOW - timedelta(days=days, minutes=20), minutes=45,
        channel=channel, tell="nobody", status=status,
    )  # fmt: skip
    return made


def test_sessions_used_are_notes_and_held_appointments_each_meeting_once(cast: Cast, clock: object) -> None:
    spoke(cast, 9)
    booked(cast, 9, "kept", "video")  # failed, and became the call of which there is a note
    booked(cast, 8, "kept", "video")
    for number, status in enumerate(("booked", "missed", "they_called_off", "we_called_off")):
        booked(cast, 7 - number, status)
    spoke(cast, 2, "text")
    booked(cast, 1, "kept", "home")  # no session of Reach, which is worked by phone and video
    held = place(cast)
    assert [(each.on, each.noted) for each in held.sessions] == [
        (TODAY - timedelta(days=9), True),
        (TODAY - timedelta(days=8), False),
    ]
    assert held.standing.sessions_used == 2


def test_a_meeting_that_a_worker_does_not_count_does_not_come_back_as_its_booking(cast: Cast, clock: object) -> None:
    contact = spoke(cast, 3)
    booked(cast, 3, "kept")
    assert place(cast).standing.sessions_used == 1
    count_session(contact=contact, enrolment=None, by=cast.asha)
    assert place(cast).standing.sessions_used == 0

"""An appointment that took place is being in touch, and is so no longer where it is put right."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.core.access import system
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.records.appointments.models import Appointment
from alongside.records.appointments.services import change_appointment, settle_appointment
from alongside.records.cases.models import Case
from alongside.records.cases.services.contacts import edit_contact, log_contact
from tests.cast import NOW, TODAY, Cast

DAY = timedelta(days=1)
OVER = ("kept", "missed", "they_called_off", "we_called_off")


@pytest.fixture
def rows(cast: Cast, clock: time_machine.Traveller) -> Iterator[Cast]:
    with system():
        Case.objects.filter(pk=cast.case.pk).update(last_contact_on=None, next_contact_due=TODAY)
        yield cast


def met(cast: Cast, ago: int, channel: str = "home") -> Appointment:
    facts = {"at": NOW - ago * DAY, "minutes": 45, "channel": channel, "tell": "nobody"}
    return Appointment.objects.create(agency=cast.provider, case=cast.case, worker=cast.asha, **facts)


def settle(cast: Cast, appointment: Appointment, status: str) -> None:
    appointment.refresh_from_db()
    settle_appointment(
        appointment=appointment, version=appointment.version, status=status, kind_words=False, by=cast.asha
    )


def touch(cast: Cast, ago: int, outcome: str = "spoke") -> Any:
    facts = {"at": NOW - ago * DAY, "channel": "phone", "outcome": outcome, "people": [], "next_contact_due": None}
    return log_contact(case=cast.case, by=cast.asha, submission=new_id(), **facts)


def dates(cast: Cast) -> tuple[date | None, date | None]:
    case = Case.objects.get(pk=cast.case.pk)
    return case.last_contact_on, case.next_contact_due


def test_whoever_was_met_was_in_touch_without_a_note(rows: Cast) -> None:
    settle(rows, met(rows, 2), "kept")
    assert dates(rows) == (TODAY - 2 * DAY, None), "what was due has happened"


def test_an_outcome_put_right_takes_it_back_and_somebody_is_to_be_in_touch(rows: Cast) -> None:
    visit = met(rows, 2)
    settle(rows, visit, "kept")
    settle(rows, visit, "they_called_off")
    assert dates(rows) == (None, TODAY)


def test_a_contact_put_right_as_an_attempt_is_taken_back_too(rows: Cast) -> None:
    contact = touch(rows, 1)
    assert dates(rows) == (TODAY - DAY, None)
    facts = {"at": contact.at, "channel": "phone", "outcome": "no_answer", "people": []}
    edit_contact(contact=contact, version=contact.version, by=rows.asha, **facts)
    assert dates(rows) == (None, TODAY)


def test_a_day_of_a_contact_put_right_makes_nothing_due(rows: Cast) -> None:
    contact = touch(rows, 1)
    facts = {"at": contact.at - DAY, "channel": "phone", "outcome": "spoke", "people": []}
    edit_contact(contact=contact, version=contact.version, by=rows.asha, **facts)
    assert dates(rows) == (TODAY - 2 * DAY, None)


def test_a_group_is_being_in_touch_but_not_the_call_that_was_agreed(rows: Cast) -> None:
    settle(rows, met(rows, 2, "group"), "kept")
    assert dates(rows) == (TODAY - 2 * DAY, TODAY)


def test_what_took_place_cannot_be_moved(rows: Cast) -> None:
    visit = met(rows, 2)
    settle(rows, visit, "kept")
    with pytest.raises(Refused, match="said already"):
        change_appointment(appointment=visit, version=visit.version, by=rows.asha, at=NOW + DAY)


STEPS = st.lists(
    st.tuples(st.just("touch"), st.integers(0, 9), st.sampled_from(["spoke", "no_answer"]))
    | st.tuples(st.just("settle"), st.integers(0, 3), st.sampled_from(OVER)),
    max_size=8,
)


def test_the_last_day_is_always_that_of_the_last_talk_or_meeting(rows: Cast) -> None:
    @settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def hold(steps: list[tuple[str, int, str]]) -> None:
        with transaction.atomic():
            visits = [met(rows, ago) for ago in (1, 3, 5, 7)]
            spoken: list[int] = []
            for kind, number, said in steps:
                if kind == "settle":
                    settle(rows, visits[number], said)
                else:
                    touch(rows, number, said)
                    spoken += [number] if said == "spoke" else []
            held = Appointment.objects.filter(status="kept").values_list("at", flat=True)
            known = [NOW - ago * DAY for ago in spoken] + list(held)
            assert dates(rows)[0] == (max(known).date() if known else None)
            transaction.set_rollback(True)

    hold()

"""Contacts, goals and closing: what is kept, what is refused, and that nobody's words are lost."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from alongside.core.access import system
from alongside.core.audit import queries as log
from alongside.core.base.errors import Refused, Stale
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case, Closure, Contact, Goal
from alongside.records.cases.services import closing, contacts, goals
from tests.cast import LONDON, NOW, TODAY, Cast


@pytest.fixture(autouse=True)
def _rows(db: None, clock: time_machine.Traveller):  # type: ignore[no-untyped-def]
    with system():
        yield


def log_one(cast: Cast, *, submission: UUID | None = None, **changes: Any) -> Contact:
    facts = {
        "at": NOW - timedelta(minutes=40),
        "channel": "video",
        "outcome": "spoke",
        "minutes": 35,
        "note": "Two calm bedtimes out of five.",
        "came_of_it": "",
        "people": [cast.grace],
        "next_contact_due": None,
    } | changes
    return contacts.log_contact(case=cast.case, by=cast.asha, submission=submission or new_id(), **facts)


def test_a_contact_moves_the_clocks_of_its_case(cast: Cast) -> None:
    Case.objects.filter(pk=cast.case.pk).update(next_contact_due=TODAY)
    log_one(cast)
    cast.case.refresh_from_db()
    assert (cast.case.last_contact_on, cast.case.next_contact_due) == (TODAY, None)
    log_one(cast, next_contact_due=TODAY + timedelta(days=7))
    cast.case.refresh_from_db()
    assert cast.case.next_contact_due == TODAY + timedelta(days=7)


def test_an_attempt_is_not_the_last_contact(cast: Cast) -> None:
    Case.objects.filter(pk=cast.case.pk).update(next_contact_due=TODAY)
    log_one(cast, outcome="no_answer")
    cast.case.refresh_from_db()
    assert (cast.case.last_contact_on, cast.case.next_contact_due) == (None, TODAY)


def test_an_older_contact_written_down_later_does_not_move_the_last_one_back(cast: Cast) -> None:
    log_one(cast)
    log_one(cast, at=NOW - timedelta(days=9))
    cast.case.refresh_from_db()
    assert cast.case.last_contact_on == TODAY


def test_a_contact_to_come_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="now or in the past"):
        log_one(cast, at=NOW + timedelta(minutes=1))


def test_only_people_of_the_family_can_be_in_a_contact(cast: Cast) -> None:
    stranger = type(cast.grace).objects.create(agency=cast.provider, name="Somebody Else")
    with pytest.raises(Refused, match="people of this family"):
        log_one(cast, people=[stranger])


def test_a_second_click_writes_one_contact(cast: Cast) -> None:
    submission = new_id()
    assert log_one(cast, submission=submission) == log_one(cast, submission=submission)
    assert Contact.objects.count() == 1


def test_a_form_sent_again_with_other_words_loses_neither(cast: Cast) -> None:
    submission = new_id()
    log_one(cast, submission=submission)
    with pytest.raises(Stale) as stale:
        log_one(cast, submission=submission, note="And then I remembered more.")
    assert stale.value.current.note == "Two calm bedtimes out of five."


def test_a_corrected_contact_keeps_what_it_said_in_the_log(cast: Cast) -> None:
    contact = log_one(cast)
    contacts.edit_contact(
        contact=contact,
        version=1,
        by=cast.morgan,
        people=[cast.grace, cast.tyler],
        at=contact.at,
        channel="video",
        outcome="spoke",
        minutes=35,
        note="Three calm bedtimes.",
        came_of_it="",
    )
    changes = [entry.changes for entry in log.of(contact) if entry.changes]
    assert {"note": ["Two calm bedtimes out of five.", "Three calm bedtimes."]} in changes
    assert set(contact.people.all()) == {cast.grace, cast.tyler}


def test_a_goal_and_its_readings(cast: Cast) -> None:
    goal = goals.set_goal(
        case=cast.case, words="Bedtimes", start=3, set_on=date(2026, 11, 1), by=cast.asha, submission=new_id()
    )
    read = {"goal": goal, "by": cast.asha, "submission": new_id()}
    with pytest.raises(Refused, match="cannot be before"):
        goals.read_goal(value=6, on=date(2026, 10, 1), **read)
    assert goals.read_goal(value=6, on=date(2026, 11, 15), **read).value == 6
    with pytest.raises(Refused, match="It was set by then"):
        goals.edit_goal(goal=goal, version=1, words="Bedtimes", start=3, set_on=TODAY, by=cast.asha)
    goals.finish_goal(goal=goal, version=1, met=True, on=TODAY, by=cast.asha)
    with pytest.raises(Stale):
        goals.finish_goal(goal=Goal.objects.get(pk=goal.pk), version=1, met=False, on=TODAY, by=cast.asha)


def close(cast: Cast, **changes: Any) -> Closure:
    facts: dict[str, Any] = {
        "closed_on": TODAY,
        "reason": "goal_reached",
        "words": "She feels ready.",
        "follow_up_on": TODAY + timedelta(weeks=12),
        "follow_up_words": "Asha rings.",
        "submission": new_id(),
    }
    return closing.close_case(case=cast.case, by=cast.asha, **(facts | changes))


def test_closing_and_coming_back_leave_a_history(cast: Cast) -> None:
    submission = new_id()
    assert close(cast, submission=submission) == close(cast, submission=submission)
    with pytest.raises(Refused, match="already closed"):
        close(cast)
    closing.reopen_case(case=cast.case, words="School rang.", next_contact_due=TODAY, by=cast.asha)
    closure = Closure.objects.get()
    assert (closure.reopened_on, closure.reopened_words) == (TODAY, "School rang.")
    assert Case.objects.get(pk=cast.case.pk).closed_on is None
    with pytest.raises(Refused, match="already open"):
        closing.reopen_case(case=cast.case, words="Again", next_contact_due=None, by=cast.asha)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closed_on": TODAY + timedelta(days=1)}, "closed_on"),
        ({"closed_on": date(2020, 1, 1)}, "closed_on"),
        ({"follow_up_on": TODAY - timedelta(days=1)}, "follow_up_on"),
    ],
)
def test_days_of_closing_that_make_no_sense_are_refused(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        close(cast, **changes)
    assert refused.value.field == field


def test_a_case_stays_open_while_a_concern_about_it_is(cast: Cast) -> None:
    Case.objects.filter(pk=cast.case.pk).update(concern_since=NOW)
    with pytest.raises(Refused, match="Close the concern first"):
        close(cast)
    assert not Closure.objects.exists()
    Case.objects.filter(pk=cast.case.pk).update(concern_since=None)
    assert close(cast).reopened_on is None


def test_the_clock_change_is_kept_to_the_minute(cast: Cast, clock: time_machine.Traveller) -> None:
    second = datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON).astimezone(UTC)
    assert Contact.objects.get(pk=log_one(cast, at=second).pk).at == second

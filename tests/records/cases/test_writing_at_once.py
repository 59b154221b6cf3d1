"""Eight people who write at the same time: nobody's words are lost, on either database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from alongside.core.access import system
from alongside.core.base.errors import Stale
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case, Contact
from alongside.records.cases.services import contacts
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 8
FACTS = {"at": NOW - timedelta(days=1), "channel": "phone", "outcome": "spoke", "minutes": 5, "came_of_it": ""}


@pytest.fixture
def crowd(cast: Cast, clock: object) -> Cast:
    return cast


def all_at_once(work) -> list[str]:  # type: ignore[no-untyped-def]
    def one(number: int) -> str:
        try:
            with system():
                work(number)
            return "kept"
        except Stale as stale:
            return str(stale.current.note)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(WRITERS)))


def test_of_eight_edits_one_is_kept_and_seven_are_told(crowd: Cast) -> None:
    with system():
        contact = Contact.objects.create(
            agency=crowd.provider, case=crowd.case, by=crowd.asha, note="As it was.", **FACTS
        )

    def edit(number: int) -> None:
        mine = Contact.objects.get(pk=contact.pk)
        contacts.edit_contact(
            contact=mine, version=1, people=[], by=crowd.asha, note=f"Words of writer {number}.", **FACTS
        )

    told = all_at_once(edit)
    with system():
        contact.refresh_from_db()
    assert told.count("kept") == 1
    assert told.count(contact.note) == WRITERS - 1
    assert contact.version == 2


def test_eight_contacts_at_once_are_eight_contacts(crowd: Cast) -> None:
    def write(number: int) -> None:
        contacts.log_contact(
            case=crowd.case,
            people=[crowd.grace],
            next_contact_due=None,
            by=crowd.asha,
            submission=new_id(),
            note=f"Words of writer {number}.",
            **FACTS,
        )

    assert all_at_once(write) == ["kept"] * WRITERS
    with system():
        assert set(Contact.objects.values_list("note", flat=True)) == {
            f"Words of writer {number}." for number in range(WRITERS)
        }
        assert Case.objects.get(pk=crowd.case.pk).last_contact_on == FACTS["at"].date()  # type: ignore[attr-defined]


def test_one_form_sent_eight_times_is_one_contact(crowd: Cast) -> None:
    submission = new_id()

    def write(number: int) -> None:
        contacts.log_contact(
            case=crowd.case,
            people=[],
            next_contact_due=None,
            by=crowd.asha,
            submission=submission,
            note="Once.",
            **FACTS,
        )

    assert all_at_once(write) == ["kept"] * WRITERS
    with system():
        assert Contact.objects.count() == 1

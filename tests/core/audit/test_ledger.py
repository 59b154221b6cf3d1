"""Writing through the ledger: what is kept, what is refused, and what a race leaves behind."""

from datetime import date
from threading import Thread

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.core.audit import ledger, queries
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Stale
from alongside.core.base.ids import new_id
from alongside.core.base.rows import EVERY_AGENCY, open_rows
from alongside.records.people.models import Person
from tests.cast import Cast


def test_a_new_row_leaves_an_entry_with_its_values(cast: Cast) -> None:
    person = ledger.create(
        Person, by=cast.asha, what="person added", agency=cast.provider, name="Bisi", birth_date=date(2015, 2, 28)
    )
    entry = queries.of(person).get()
    assert (entry.what, entry.actor, entry.kind) == ("person added", cast.asha.id, "write")
    assert entry.changes is not None
    assert entry.changes["birth_date"] == [None, "2015-02-28"]
    assert queries.check().broken_at is None


def test_an_update_keeps_what_was_there_before(cast: Cast) -> None:
    ledger.update(cast.grace, by=cast.asha, what="person corrected", phone="07700 900456")
    entry = queries.of(cast.grace).first()
    assert entry is not None
    assert entry.changes == {"phone": ["07700 900123", "07700 900456"]}
    cast.grace.refresh_from_db()
    assert (cast.grace.phone, cast.grace.version) == ("07700 900456", 2)


def test_an_update_that_changes_nothing_writes_nothing(cast: Cast) -> None:
    ledger.update(cast.grace, by=cast.asha, what="person corrected", phone=cast.grace.phone)
    assert not queries.of(cast.grace).exists()


def test_a_stale_update_changes_nothing_and_shows_what_is_there(cast: Cast) -> None:
    mine = Person.objects.get(pk=cast.grace.pk)
    ledger.update(cast.grace, by=cast.morgan, what="person corrected", known_as="Gran")
    with pytest.raises(Stale) as stale:
        ledger.update(mine, by=cast.asha, what="person corrected", known_as="Nan")
    assert stale.value.current.known_as == "Gran"
    assert Person.objects.get(pk=cast.grace.pk).known_as == "Gran"


def test_the_same_submission_twice_makes_one_row_and_one_entry(cast: Cast) -> None:
    submission = new_id()
    rows = [
        ledger.create(Person, by=cast.asha, what="person added", id=submission, agency=cast.provider, name="Bisi")
        for _ in range(10)
    ]
    assert {row.pk for row in rows} == {submission}
    assert queries.of(rows[0]).count() == 1


def test_a_failure_takes_its_entries_with_it(cast: Cast) -> None:
    before = Entry.objects.count()

    def fail_half_way() -> None:
        with ledger.together():
            ledger.create(Person, by=cast.asha, what="person added", agency=cast.provider, name="Bisi")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("statement", ["delete from audit_entry", "update audit_entry set what = 'nothing'"])
def test_the_database_refuses_to_change_the_log(cast: Cast, statement: str) -> None:
    ledger.note(by=cast.asha, what="case opened", about=cast.case)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_of_many_writers_at_once_none_overwrites_another(cast: Cast) -> None:
    """Sixteen people add a letter each to one name, trying again when they were late: no letter is lost."""
    lost: list[str] = []

    def add(letter: str) -> None:
        open_rows(EVERY_AGENCY)
        try:
            for _ in range(400):
                person = Person.objects.get(pk=cast.grace.pk)
                try:
                    ledger.update(person, by=None, what="person corrected", known_as=person.known_as + letter)
                    return
                except Stale:
                    continue
            lost.append(letter)
        finally:
            connection.close()

    threads = [Thread(target=add, args=(letter,)) for letter in "abcdefghijklmnop"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not lost
    assert sorted(Person.objects.get(pk=cast.grace.pk).known_as) == list("abcdefghijklmnop")
    assert queries.check().broken_at is None

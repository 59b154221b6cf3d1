"""Contacts as a file: complete, in order, harmless in a spreadsheet, and only of those families that one may see."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.audit.models import Entry
from alongside.records.cases.models import Contact
from alongside.stewardship.exchange.cell_text import safe_cell
from alongside.stewardship.exchange.contact_file import contact_file
from tests.cast import Cast

SignIn = Callable[[User], Client]
SPAN = {
    **{f"first_{part}": value for part, value in zip(("day", "month", "year"), ("1", "7", "2026"), strict=True)},
    **{f"last_{part}": value for part, value in zip(("day", "month", "year"), ("31", "10", "2026"), strict=True)},
}


def contact(cast: Cast, at: datetime, **facts: object) -> Contact:
    given = {"channel": "phone", "outcome": "spoke", "minutes": 25, "by": cast.asha, "note": "Private words."} | facts
    return Contact.objects.create(agency=cast.provider, case=cast.case, at=at, **given)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def taken(browser: Client) -> bytes:
    answer = browser.post("/reports/contacts/", SPAN)
    assert answer["Content-Type"].startswith("text/csv")
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def test_every_contact_of_the_days_is_in_the_file_in_local_time_and_no_note(cast: Cast, sign_in: SignIn) -> None:
    Contact.objects.all().delete()
    contact(cast, datetime(2026, 7, 1, 22, 59, tzinfo=UTC), channel="video")  # 23:59 in summer
    contact(cast, datetime(2026, 6, 30, 22, 59, tzinfo=UTC))  # 23:59 on the day before
    contact(cast, datetime(2026, 10, 31, 9, 5, tzinfo=UTC), minutes=None, outcome="no_answer")
    contact(cast, datetime(2026, 11, 1, 0, 0, tzinfo=UTC))
    content = taken(sign_in(cast.morgan))
    first, second = rows(content)
    assert first == {
        "When": "2026-07-01 23:59", "Family": cast.household.name, "Worker": cast.asha.name,
        "How": "Video call", "What came of it": "We were in touch", "Minutes": "25",
        "Case": str(cast.case.pk),
    }  # fmt: skip
    assert (second["When"], second["Minutes"]) == ("2026-10-31 09:05", "")
    assert b"Private words" not in content


def test_that_it_was_taken_away_is_logged_even_where_nobody_reads_on(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.morgan).post("/reports/contacts/", SPAN)
    with system():
        entry = Entry.objects.filter(kind=Entry.Kind.EXPORT).latest("id")
    assert (entry.actor, entry.what) == (cast.morgan.pk, "contacts taken away, 1 July 2026 to 31 October 2026")


def test_only_a_manager_takes_contacts_away_and_only_of_their_own_agency(cast: Cast, sign_in: SignIn) -> None:
    contact(cast, datetime(2026, 9, 1, 12, 0, tzinfo=UTC))
    for stranger in (cast.asha, cast.carol, cast.ruth, cast.omar):
        assert sign_in(stranger).post("/reports/contacts/", SPAN).status_code == 403
    User.objects.filter(pk=cast.ben.pk).update(role="manager")
    assert rows(taken(sign_in(User.objects.get(pk=cast.ben.pk)))) == []


def test_a_last_day_before_the_first_is_refused_and_what_was_typed_stays(cast: Cast, sign_in: SignIn) -> None:
    shown = sign_in(cast.morgan).post("/reports/contacts/", SPAN | {"last_year": "2025"}).content.decode()
    assert "The last day must not be before the first" in shown
    assert 'value="2025"' in shown


HARMLESS = ["Grace Okafor", "Ødegård", "Łucja", "आशा", "김민준", "'t Hooft", "’Abd", "7 Oaks", 'a "quoted", name']
HARMFUL = ["=1+1", "+cmd", "@SUM(A1)", "-2+3", "|calc", "\uff1d1+1"]


@pytest.mark.parametrize("name", [*HARMLESS, *HARMFUL])
def test_a_name_in_the_file_is_what_safe_cell_makes_of_it(cast: Cast, name: str) -> None:
    contact(cast, datetime(2026, 9, 1, 12, 0, tzinfo=UTC))
    cast.case.household.name = name
    cast.case.household.save()
    (row, *_) = rows(b"".join(contact_file(Contact.objects.filter(case=cast.case))))
    assert row["Family"] == safe_cell(name) == (name if name in HARMLESS else f"'{name}")

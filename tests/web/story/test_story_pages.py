"""The story's page and its file: who opens them, what is asked for is kept, and a file that is taken is in the log."""

from collections.abc import Callable
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.agencies.models import User
from alongside.core.audit.models import Entry
from alongside.records.cases.models import Contact
from tests.cast import NOW, Cast
from tests.insight.reports.pdf_text import words_of

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def talk(cast: Cast, words: str, times: int = 1) -> None:
    for _ in range(times):
        contact = Contact.objects.create(
            agency=cast.provider, case=cast.case, at=NOW, channel="phone", outcome="spoke", note=words, by=cast.asha
        )
        contact.people.add(cast.grace)


def home(cast: Cast) -> str:
    return f"/families/{cast.case.pk}/story/"


def test_the_story_opens_for_her_workers_only_on_the_page_and_as_a_file(cast: Cast, sign_in: SignIn) -> None:
    for user, status in ((cast.asha, 200), (cast.morgan, 200), (cast.ben, 404), (cast.carol, 403)):
        for address in (home(cast), home(cast) + "pdf/"):
            assert sign_in(user).get(address).status_code == status


def test_it_tells_when_what_with_whom_and_by_whom(cast: Cast, sign_in: SignIn) -> None:
    talk(cast, "She laughed <b>loud</b>.")
    shown = unescape(sign_in(cast.asha).get(home(cast)).content.decode())
    assert "Friday 20 November, 10:40" in shown
    assert "Phone call</strong>: <bdi>Grace Okafor</bdi>. <bdi>Asha Rahman</bdi>" in shown
    assert "Arrangement began: Special guardianship order, with Grace Okafor" in shown
    assert "15 March 2024" in shown
    assert "She laughed &lt;b&gt;" in sign_in(cast.asha).get(home(cast)).content.decode()


def test_what_is_asked_for_stays_in_the_form_in_the_pages_and_in_the_file(cast: Cast, sign_in: SignIn) -> None:
    talk(cast, "Talked.", times=60)
    browser = sign_in(cast.asha)
    query = f"?kind=contact&person={cast.grace.pk}&since=2026-11-01&until=2026-11-30"
    shown = unescape(browser.get(home(cast) + query).content.decode())
    assert '<option value="contact" selected>' in shown
    assert 'value="2026-11-01"' in shown
    assert shown.count('class="happened__event"') == 50
    later = shown.split('rel="next" href="')[1].split('"')[0]
    assert "kind=contact" in later
    assert "since=2026-11-01" in later
    assert unescape(browser.get(home(cast) + later).content.decode()).count('class="happened__event"') == 10
    nothing = browser.get(home(cast) + "?kind=contact&until=2020-01-01").content.decode()
    assert "Nothing is recorded of what you asked for" in nothing


@pytest.mark.parametrize("query", ["?kind=x", "?person=x", "?since=x&until=2026-13-40", "?after=x", "?order=x"])
def test_what_makes_no_sense_is_left_out(cast: Cast, sign_in: SignIn, query: str) -> None:
    assert sign_in(cast.asha).get(home(cast) + query).status_code == 200


def test_the_file_holds_everything_asked_for_and_who_took_it_is_in_the_log(cast: Cast, sign_in: SignIn) -> None:
    talk(cast, "She laughed #strong[loud].", times=55)
    answer = sign_in(cast.asha).get(home(cast) + "pdf/?kind=contact")
    assert answer["Content-Type"] == "application/pdf"
    words = words_of(answer.content)
    assert words.count("She laughed #strong[loud].") == 55
    assert "Contacts, appointments and letters. 55 entries" in words
    assert "Taken by Asha Rahman" in words
    entry = Entry.objects.get(kind=Entry.Kind.EXPORT)
    assert (entry.actor, entry.row) == (cast.asha.pk, str(cast.case.pk))
    assert entry.what == "story taken away (pdf): contact, 55 entries"
    assert "Grace" not in answer["Content-Disposition"]


def test_a_long_story_takes_no_more_queries(cast: Cast, sign_in: SignIn) -> None:
    talk(cast, "Talked.", times=2)
    browser = sign_in(cast.asha)
    few = queries(browser, home(cast))
    talk(cast, "Talked.", times=40)
    assert queries(browser, home(cast)) == few <= 12


def queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    frame = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(1 for each in captured if not each["sql"].startswith(frame))

"""The story's page and its file: who opens them, what is asked for is kept, and a file that is taken is in the log."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.audit.models import Entry
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Contact
from alongside.records.letters.models import Enclosure, Letter
from alongside.records.people.models import Person, SafetyNote
from tests.cast import NOW, TODAY, Cast
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
    assert shown.count('class="happened__event"') == 40
    later = shown.split('rel="next" href="')[1].split('"')[0]
    assert "kind=contact" in later
    assert "since=2026-11-01" in later
    assert unescape(browser.get(home(cast) + later).content.decode()).count('class="happened__event"') == 20
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
    talk(cast, "Talked.", times=30)
    assert queries(browser, home(cast)) == few <= 12


def queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    frame = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(1 for each in captured if not each["sql"].startswith(frame))


def give(cast: Cast, browser: Client, query: str = "", **told: str) -> HttpResponse:
    sent = {"to": str(cast.grace.pk), "purpose": "You asked for it", "guarded": "on", "submission": str(new_id())}
    return browser.post(f"{home(cast)}send/{query}", {**sent, **told})


def test_a_story_goes_with_a_letter_and_both_are_kept_as_they_went(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    talk(cast, "She laughed.")
    asha = sign_in(cast.asha)
    assert give(cast, asha, "?kind=contact").status_code == 302
    letter = Letter.objects.get()
    assert (letter.to_name, letter.to_email) == ("Grace Okafor", "grace@example.org")
    assert "contacts, appointments and letters: 1 entry, as it stood on 20 November 2026" in letter.body
    assert "You receive it for this reason: You asked for it" in letter.body
    talk(cast, "Written after it was put in.")
    kept = asha.get(f"/families/letters/{letter.pk}/enclosed.pdf")
    assert "She laughed." in words_of(kept.content)
    assert "Read what is enclosed from beginning to end" in asha.get(f"/families/letters/{letter.pk}/send/").text
    with django_capture_on_commit_callbacks(execute=True):
        asha.post(f"/families/letters/{letter.pk}/send/", {"version": letter.version, "how": "email", "safe": "on"})
    (message,) = mail.outbox
    assert message.to == ["grace@example.org"]
    assert [name for name, _, _ in message.attachments] == ["letter.pdf", "enclosed.pdf"]
    assert message.attachments[1][1] == kept.content
    assert "She laughed" not in message.body
    noted = Entry.objects.filter(kind=Entry.Kind.EXPORT).values_list("what", flat=True)
    assert "story enclosed in a letter: contact, 1 entry" in noted
    assert "enclosure taken away (pdf)" in noted


def test_concerns_and_safety_notes_stay_behind_unless_somebody_lets_them_in(cast: Cast, sign_in: SignIn) -> None:
    SafetyNote.objects.create(agency=cast.provider, household=cast.household, words="Not after six", checked_on=TODAY)
    talk(cast, "She laughed.")
    asha = sign_in(cast.asha)
    for guarded in ("on", ""):
        letter = str(new_id())
        give(cast, asha, guarded=guarded, submission=letter)
        enclosure = Enclosure.objects.get(letter=letter)
        words = words_of(bytes(enclosure.content))
        assert "She laughed." in words
        assert ("Not after six" in words) is (guarded == "")
        assert ("without concerns and safety notes" in enclosure.title) is (guarded == "on")


def test_a_story_is_not_sent_without_a_reason_to_nobody_or_with_nothing_in_it(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    answer = give(cast, asha, to="", purpose="")
    assert "Choose who it is for" in answer.text
    assert "Write down why they receive it" in answer.text
    answer = give(cast, asha, "?kind=safety", purpose="The court asks for it")
    assert "There is nothing of what you asked for" in answer.text
    assert "The court asks for it" in answer.text
    assert not Letter.objects.exists()


def test_a_second_click_makes_one_letter_with_one_enclosure(cast: Cast, sign_in: SignIn) -> None:
    asha, once = sign_in(cast.asha), str(new_id())
    for _ in range(2):
        assert give(cast, asha, to="else", submission=once).status_code == 302
    assert Letter.objects.get().to_name == "To whom it may concern"
    assert Enclosure.objects.count() == 1


def test_what_is_enclosed_is_for_the_familys_workers_only(cast: Cast, sign_in: SignIn) -> None:
    give(cast, sign_in(cast.asha))
    letter = Letter.objects.get()
    for user, status in ((cast.asha, 200), (cast.morgan, 200), (cast.ben, 404), (cast.carol, 403)):
        assert sign_in(user).get(f"/families/letters/{letter.pk}/enclosed.pdf").status_code == status
    with system():
        Enclosure.objects.all().delete()
    assert sign_in(cast.asha).get(f"/families/letters/{letter.pk}/enclosed.pdf").status_code == 404


def test_the_longest_that_may_be_asked_for_is_still_told_of_what_is_enclosed(cast: Cast, sign_in: SignIn) -> None:
    Person.objects.filter(pk=cast.tyler.pk).update(name="T" * 200, known_as="")
    query = f"?kind=living&person={cast.tyler.pk}&since=2000-09-30&until=2026-09-30"
    assert give(cast, sign_in(cast.asha), query).status_code == 302
    Enclosure.objects.get().full_clean()

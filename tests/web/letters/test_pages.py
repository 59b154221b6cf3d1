"""Letters: begun from a template with what is known, read before they go, and kept exactly as they were sent."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.letters.models import Letter, LetterPaper
from alongside.records.plans.models import Allowance, AllowanceEntry, Promise
from tests.cast import TODAY, Cast
from tests.insight.reports.pdf_text import words_of

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("clock")


def begin(cast: Cast, browser: Client, template: str) -> Letter:
    sent = {"template": template, "carer": str(cast.grace.pk), "child": str(cast.tyler.pk), "submission": str(new_id())}
    assert browser.post(f"/families/{cast.case.pk}/letters/new/", sent).status_code == 302
    return Letter.objects.get(pk=sent["submission"])


def edit(browser: Client, letter: Letter, **changes: Any) -> Any:
    names = ("version", "to_name", "to_address", "to_email", "subject", "body")
    now = {name: getattr(Letter.objects.get(pk=letter.pk), name) for name in names}
    return browser.post(f"/families/letters/{letter.pk}/", {**now, **changes})


def send(browser: Client, letter: Letter, **changes: Any) -> Any:
    version = Letter.objects.get(pk=letter.pk).version
    told = {"version": version, "how": "post", "safe": "on", **changes}
    return browser.post(f"/families/letters/{letter.pk}/send/", told)


def test_a_letter_knows_what_the_record_knows(cast: Cast, sign_in: SignIn) -> None:
    letter = begin(cast, sign_in(cast.asha), "welcome")
    assert letter.to_name == "Grace Okafor"
    assert letter.to_email == "grace@example.org"
    assert "I am Asha Rahman" in letter.body
    assert "You are bringing up Tyler Okafor and Amara Okafor" in letter.body


def test_what_is_missing_is_said_and_no_letter_goes_out_with_it(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    letter = begin(cast, asha, "allowance-review")
    assert "[Missing: what the child&#39;s allowance is]" in asha.get(f"/families/letters/{letter.pk}/").text
    assert "The arrangement is: special guardianship order, since 15 March 2024." in letter.body
    assert "Something is still missing" in send(asha, letter).text
    assert Letter.objects.get().status == "draft"


def test_money_and_promises_come_into_a_letter_from_the_record(cast: Cast, sign_in: SignIn) -> None:
    ours: dict[str, Any] = {"agency": cast.provider, "case": cast.case}
    with system():
        paid = Allowance.objects.create(
            **ours, child=cast.tyler, kind="special_guardianship", paid_by="Kirklees", pence_a_week=18000,
            began_on=TODAY, amount_since=TODAY, expected_pence_a_week=21600,
        )  # fmt: skip
        AllowanceEntry.objects.create(**ours, allowance=paid, kind="began", on=TODAY, pence=18000)
        then = TODAY - timedelta(days=20)
        Promise.objects.create(
            **ours, words="To answer", made_by="authority", made_on=then, due_on=TODAY - timedelta(days=2)
        )
        Promise.objects.create(**ours, words="To ring", made_by="worker", made_on=then, due_on=then)
    asha = sign_in(cast.asha)
    letter = begin(cast, asha, "allowance-review")
    assert "is £180 a week, since 20 November 2026. It was last reviewed: not since it began." in letter.body
    assert "it should come to £216 a week" in letter.body
    letter = begin(cast, asha, "promises-overdue")
    assert "- To answer (promised 31 October 2026, for 18 November 2026)" in letter.body
    assert "To ring" not in letter.body


def test_a_letter_is_kept_exactly_as_it_was_sent(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    letter = begin(cast, asha, "missed-you")
    assert edit(asha, letter, body="Dear Grace,\n\nRing when it suits you.\n").status_code == 302
    assert "Ring when it suits you." in asha.get(f"/families/letters/{letter.pk}/send/").text
    assert send(asha, letter).status_code == 302
    kept = LetterPaper.objects.get()
    assert sha256(bytes(kept.content)).hexdigest() == Letter.objects.get().paper_digest
    assert "Ring when it suits you." in words_of(bytes(kept.content))
    edit(asha, letter, body="Something else")
    send(asha, letter, how="by_hand")
    with system():
        Letter.objects.filter(pk=letter.pk).update(to_name="Somebody else")
    assert "Ring when it suits you." in Letter.objects.get().body
    assert Letter.objects.get().how == "post"
    assert asha.get(f"/families/letters/{letter.pk}/letter.pdf").content == bytes(kept.content)
    assert "Sent by post" in asha.get(f"/families/{cast.case.pk}/letters/").text


def test_a_letter_goes_by_email_only_where_it_is_safe_and_says_nothing_outside_its_paper(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    asha = sign_in(cast.asha)
    letter = begin(cast, asha, "missed-you")
    assert "Check that it is safe" in send(asha, letter, how="email", safe="").text
    edit(asha, letter, to_email="")
    assert "There is no e-mail address" in send(asha, letter, how="email").text
    edit(asha, letter, to_email="grace@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        assert send(asha, letter, how="email").status_code == 302
    (message,) = mail.outbox
    assert message.to == ["grace@example.org"]
    assert "could not reach you" not in message.body
    assert "could not reach you" in words_of(message.attachments[0][1])


def test_two_who_write_one_letter_see_both_texts(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    letter = begin(cast, asha, "missed-you")
    edit(asha, letter, body="Mine")
    told = edit(asha, letter, body="Yours", version=1)
    assert "Somebody else saved this" in told.text
    assert "Mine" in told.text
    assert "Yours" in told.text


def test_a_letter_that_is_not_sent_is_put_away(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    letter = begin(cast, asha, "missed-you")
    assert "Put this letter away?" in asha.get(f"/families/letters/{letter.pk}/away/").text
    assert asha.post(f"/families/letters/{letter.pk}/away/").status_code == 302
    assert "We missed you" not in asha.get(f"/families/{cast.case.pk}/letters/").text
    assert send(asha, letter).status_code == 302
    assert Letter.objects.get().status == "put_away"


def test_strangers_see_no_letter(cast: Cast, sign_in: SignIn) -> None:
    letter = begin(cast, sign_in(cast.asha), "welcome")
    addresses = [f"/families/{cast.case.pk}/letters/", f"/families/{cast.case.pk}/letters/new/"]
    addresses += [f"/families/letters/{letter.pk}/{rest}" for rest in ("", "send/", "away/", "letter.pdf")]
    for address in addresses:
        assert sign_in(cast.morgan).get(address).status_code == 200
        assert sign_in(cast.ben).get(address).status_code == 404
        assert sign_in(cast.carol).get(address).status_code == 403


def test_a_list_of_letters_asks_the_database_as_often_for_many_as_for_few(cast: Cast, sign_in: SignIn) -> None:
    asha, address = sign_in(cast.asha), f"/families/{cast.case.pk}/letters/"

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert asha.get(address).status_code == 200
        not_the_page_s = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "select set_config('app.agencies', '*'")
        return sum(not one["sql"].startswith(not_the_page_s) for one in queries)

    begin(cast, asha, "welcome")
    asha.get(address)
    few = cost()
    for _ in range(8):
        begin(cast, asha, "welcome")
    assert cost() == few <= 12

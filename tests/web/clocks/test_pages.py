"""A family's clocks are seen by those who work with it, and the dates that start them are kept."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from alongside.core.agencies.models import User
from alongside.records.people.models import Arrangement, SafetyNote
from tests.cast import TODAY, Cast

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def amara(kind: str, **facts: object) -> Arrangement:
    found: Arrangement = Arrangement.objects.get(kind="informal")
    for name, value in {"kind": kind, **facts}.items():
        setattr(found, name, value)
    found.save()
    return found


def said(browser: Client, address: str) -> str:
    return " ".join(unescape(browser.get(address).content.decode()).split())


def test_the_page_says_what_runs_out_how_it_was_counted_and_whether_to_trust_it(cast: Cast, sign_in: SignIn) -> None:
    amara("connected_foster", temporarily_approved_on=date(2026, 8, 3), reviewed_on=date(2026, 11, 2))
    SafetyNote.objects.create(agency=cast.provider, household=cast.household, words="Mornings only.", checked_on=TODAY)
    words = said(sign_in(cast.asha), f"/clocks/{cast.case.pk}/")
    assert "Mornings only." in words
    assert "16 weeks from the temporary approval, on 3 August 2026" in words
    assert "due in 3 days" in words
    assert "Not verified" in words
    assert "Source: Care Planning" in words
    assert words.index("Temporary approval runs out") < words.index("Another council becomes responsible")


def test_a_day_on_which_offices_are_closed_is_said_with_the_one_before(cast: Cast, sign_in: SignIn) -> None:
    amara("connected_foster", temporarily_approved_on=TODAY, visited_on=TODAY + timedelta(days=-5))
    assert "22 November 2026, when offices are closed: do it by 20 November 2026" in said(
        sign_in(cast.asha), f"/clocks/{cast.case.pk}/"
    )


def test_what_is_not_known_is_asked_where_it_can_be_said(cast: Cast, sign_in: SignIn) -> None:
    row = amara("connected_foster")
    asha = sign_in(cast.asha)
    assert "We do not know the temporary approval." in said(asha, f"/clocks/{cast.case.pk}/")
    form = said(asha, f"/clocks/arrangements/{row.pk}/")
    assert "When was the carer approved temporarily?" in form
    assert "fund" not in form, "a footing is asked only what matters to it"
    day = {"temporarily_approved_on_day": "9", "temporarily_approved_on_month": "11"}
    sent = asha.post(
        f"/clocks/arrangements/{row.pk}/", {**day, "temporarily_approved_on_year": "2026", "version": row.version}
    )
    assert sent.headers["Location"] == f"/clocks/{cast.case.pk}/"
    row.refresh_from_db()
    assert row.temporarily_approved_on == date(2026, 11, 9)
    assert "Temporary approval runs out" in said(asha, f"/clocks/{cast.case.pk}/")


def test_dates_that_cannot_be_are_refused_and_kept_as_typed(cast: Cast, sign_in: SignIn) -> None:
    row = amara("connected_foster", temporarily_approved_on=date(2026, 11, 9))
    asha, address = sign_in(cast.asha), f"/clocks/arrangements/{row.pk}/"
    typed = {"version": row.version}
    for name, value in (("temporarily_approved_on", "9 11 2026"), ("approval_decided_on", "2 11 2026")):
        typed |= {f"{name}_{part}": one for part, one in zip(("day", "month", "year"), value.split(), strict=True)}
    words = unescape(asha.post(address, typed).content.decode())
    assert "This cannot be before 9 November 2026" in words
    assert 'value="2"' in words
    row.refresh_from_db()
    assert row.approval_decided_on is None


def test_two_who_write_at_once_see_both_texts(cast: Cast, sign_in: SignIn) -> None:
    row = amara("private_fostering")
    typed = {f"authority_told_on_{part}": one for part, one in (("day", "2"), ("month", "11"), ("year", "2026"))}
    asha, address = sign_in(cast.asha), f"/clocks/arrangements/{row.pk}/"
    asha.post(address, {**typed, "version": row.version})
    again = asha.post(address, {**typed, "authority_told_on_day": "3", "version": row.version})
    assert "Somebody else saved this" in again.content.decode()
    row.refresh_from_db()
    assert row.authority_told_on == date(2026, 11, 2)


def test_strangers_find_no_clocks(cast: Cast, sign_in: SignIn) -> None:
    row = amara("private_fostering")
    for address in (f"/clocks/{cast.case.pk}/", f"/clocks/arrangements/{row.pk}/"):
        assert sign_in(cast.ben).get(address).status_code == 404
        assert sign_in(cast.carol).get(address).status_code == 403
    Arrangement.objects.filter(pk=row.pk).update(kind="unknown")
    assert sign_in(cast.asha).get(f"/clocks/arrangements/{row.pk}/").status_code == 404

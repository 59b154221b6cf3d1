"""The pages of extracts: Mina asks, Omar answers, Mina takes; who else may not, and how many questions a page asks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.base.ids import new_id
from alongside.stewardship.exchange.models import Extract
from alongside.stewardship.exchange.services.extracting import ask_for_extract
from tests.cast import Cast
from tests.insight.evaluation.cohorts import ISOLATION, evaluator, frozen

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]


def at(name: str, pk: Any = None) -> str:
    return reverse(f"extracts:{name}", args=[pk] if pk else [])


def asked(cast: Cast) -> Extract:
    cohort = frozen(cast)
    return ask_for_extract(
        cohort=cohort, project="Thesis", purpose="What helps.", columns=[ISOLATION], by=evaluator(cast)
    )


def test_mina_asks_omar_approves_and_mina_takes_it(cast: Cast, sign_in: SignIn) -> None:
    cohort, mina, omar = frozen(cast), sign_in(evaluator(cast)), sign_in(cast.omar)
    assert b"Extracts" in mina.get(reverse("evaluation:evaluation")).content
    assert at("ask", cohort.pk).encode() in mina.get(at("extracts")).content
    typed = {"submission": new_id(), "project": "Thesis", "purpose": "What helps.", "columns": [ISOLATION, "weeks"]}
    shown = mina.post(at("ask", cohort.pk), typed, follow=True).content
    assert b"Waiting for an answer" in shown
    extract = Extract.objects.get()
    assert b"It has not been approved" in mina.get(at("take", extract.pk), follow=True).content
    assert at("decide", extract.pk).encode() in omar.get(at("decisions")).content
    assert b"What helps." in omar.get(at("decide", extract.pk)).content
    names = {f"expires_on_{part}": value for part, value in (("day", "1"), ("month", "2"), ("year", "2027"))}
    answer = {"version": extract.version, "answer": "approved", **names}
    assert b"Approved until 1 February 2027" in omar.post(at("decide", extract.pk), answer, follow=True).content
    assert b"Take it" in mina.get(at("extract", extract.pk)).content
    taken = mina.get(at("take", extract.pk))
    assert taken["Content-Type"] == "application/zip"
    assert taken.content.startswith(b"PK")


def test_omar_refuses_with_a_reason_that_mina_reads(cast: Cast, sign_in: SignIn) -> None:
    extract, omar = asked(cast), sign_in(cast.omar)
    typed = {"version": extract.version, "answer": "refused", "reason": ""}
    assert b"Say why" in omar.post(at("decide", extract.pk), typed).content
    omar.post(at("decide", extract.pk), typed | {"reason": "Ask for less."})
    assert b"Ask for less." in sign_in(evaluator(cast)).get(at("extract", extract.pk)).content
    again = omar.post(at("decide", extract.pk), typed | {"answer": "approved"}).content
    assert b"Send your answer" not in again
    assert Extract.objects.get().answer == Extract.Answer.REFUSED


def test_what_is_lacking_is_told_by_its_field_and_what_was_typed_is_kept(cast: Cast, sign_in: SignIn) -> None:
    extract, omar = asked(cast), sign_in(cast.omar)
    typed = {"version": extract.version, "answer": "approved", "reason": "Perhaps."}
    shown = omar.post(at("decide", extract.pk), typed).content
    assert b"Give a last day from today on, within a year" in shown
    assert b"Perhaps." in shown
    mina = sign_in(evaluator(cast))
    form = {"submission": new_id(), "project": "Thesis", "purpose": ""}
    shown = mina.post(at("ask", extract.cohort_id), form).content
    assert b"There is a problem" in shown
    assert b"Thesis" in shown


def test_who_may_not_is_refused_and_another_agency_finds_nothing(cast: Cast, sign_in: SignIn) -> None:
    extract = asked(cast)
    for who in (cast.carol, cast.asha, cast.morgan):
        door = sign_in(who)
        for name in ("extract", "take", "decide"):
            assert door.get(at(name, extract.pk)).status_code == 403
    assert sign_in(cast.omar).get(at("take", extract.pk)).status_code == 403
    assert sign_in(evaluator(cast)).get(at("decide", extract.pk)).status_code == 403
    # Ben's agency has an evaluator and a data protection lead of its own: to them it is not there.
    for role, names in ((Role.EVALUATOR, ("extract", "take")), (Role.PRIVACY_LEAD, ("decide",))):
        User.objects.filter(pk=cast.ben.pk).update(role=role)
        door = sign_in(User.objects.get(pk=cast.ben.pk))
        assert [door.get(at(name, extract.pk)).status_code for name in names] == [404] * len(names)
    User.objects.filter(pk=cast.ben.pk).update(role=Role.EVALUATOR)
    assert sign_in(User.objects.get(pk=cast.ben.pk)).get(at("ask", extract.cohort_id)).status_code == 404


def test_the_lists_ask_the_same_however_long_they_are(cast: Cast, sign_in: SignIn) -> None:
    extract, mina, omar = asked(cast), sign_in(evaluator(cast)), sign_in(cast.omar)

    def counted() -> list[int]:
        found = []
        for door, address in (
            (mina, at("extracts")),
            (omar, at("decisions")),
            (mina, at("extract", extract.pk)),
            (mina, at("ask", extract.cohort_id)),
            (omar, at("decide", extract.pk)),
        ):
            with CaptureQueriesContext(connection) as seen:
                assert door.get(address).status_code == 200
            found.append(len(seen))
        return found

    before = counted()
    for number in range(5):
        ask_for_extract(
            cohort=extract.cohort, project=f"{number}", purpose="More.", columns=["weeks"], by=evaluator(cast)
        )
    assert counted() == before
    assert max(before) <= 12

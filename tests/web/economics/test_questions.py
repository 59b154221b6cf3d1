"""The two questions beside the case: answered at once, mistakes told by field, nothing small told, kept as a file."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.calc.economics.capacity_file import read_capacity
from alongside.calc.economics.staying_file import read_staying
from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.base.ids import new_id
from alongside.insight.economics.library import library, rates
from alongside.records.cases.models import Closure
from alongside.records.programmes.models import Decision
from tests.cast import Cast
from tests.insight.reports.families import at, family

SignIn = Callable[[User], Client]
SERVICE = {
    "families": "1", "workers": "1", "places": "8", "weeks": "26", "spread": "0.5", "leaving": "20", "absent": "10",
    "spell": "3", "aim": "4",
}  # fmt: skip
CHILDREN = {
    "number": "50", "age": "6", "order": "special_guardianship", "support": "900", "lasts": "1", "effect_low": "40",
    "effect_high": "100", "level": "1", "kinship": "9000", "parents": "1500", "kinship_care": "",
    "kinship_parents": "3", "care_parents": "3", "care_kinship": "3", "parents_care": "", "parents_kinship": "3",
}  # fmt: skip


def read(door: Client, page: str, asked: dict[str, str] | None = None) -> str:
    answer = door.get(reverse(f"economics:{page}"), asked or {})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_waits_are_told_at_once_and_kept_as_a_file(cast: Cast, sign_in: SignIn) -> None:
    door = sign_in(cast.morgan)
    assert read(door, "economics").count("one more worker would buy") == 1
    found = read(door, "capacity", SERVICE)
    assert "With 1 worker, a family waits " in found
    assert "1 worker (now)" in found
    kept = read_capacity(read(door, "capacity", {**SERVICE, "file": "1"})).service
    assert (kept.workers, kept.absent, kept.programmes[0].leaving) == (1, 0.1, 0.2)
    swamped = read(door, "capacity", {**SERVICE, "families": "9"})
    assert "so the wait grows for as long as it goes on. It needs 7 workers at the least." in swamped


def test_stays_are_told_as_far_as_the_design_goes_and_kept_as_a_file(cast: Cast, sign_in: SignIn) -> None:
    door = sign_in(cast.who(Role.COMMISSIONER))
    found = read(door, "staying", CHILDREN)
    assert "Nobody was compared when the effect was found: if the change was due to the support, 50 children" in found
    assert "57 in 1,000 return to care within five years" in found
    kept = read_staying(read(door, "staying", {**CHILDREN, "file": "1"}), library(), rates())
    kept.check()
    assert kept.children == 50
    assert "Nobody was compared when" not in read(door, "staying", {**CHILDREN, "level": "5", "kinship_care": "2"})


@pytest.mark.parametrize(
    ("page", "asked", "words"),
    [
        ("capacity", {**SERVICE, "workers": "0"}, "Enter 1 or more"),
        ("capacity", {**SERVICE, "weeks": ""}, "How many weeks does support last?"),
        ("capacity", {**SERVICE, "leaving": "101"}, "Enter 100 or less"),
        ("staying", {**CHILDREN, "order": "informal"}, "Nothing is published for these children: say how many"),
        ("staying", {**CHILDREN, "effect_high": "30"}, "The most must not be less than the least"),
        ("staying", {**CHILDREN, "age": "18"}, "Enter 17 or less"),
    ],
)
def test_what_cannot_be_is_told_by_its_field_and_what_was_typed_stays(
    cast: Cast, sign_in: SignIn, page: str, asked: dict[str, str], words: str
) -> None:
    found = read(sign_in(cast.morgan), page, {**asked, "support": "913", "spell": "3.7"})
    assert "There is a problem" in found
    assert words in found
    assert ('value="913"' in found) or ('value="3.7"' in found)


@pytest.mark.usefixtures("clock")
def test_a_contracts_records_fill_in_what_is_not_too_few_to_tell(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    door, chosen = sign_in(cast.morgan), {"contract": str(cast.contract.pk)}
    with django_assert_max_num_queries(12):
        few = read(door, "capacity", chosen)
    assert "Too few to tell without giving someone away: families who were taken on or put on the list" in few
    gone = date(2026, 8, 31)
    with system():
        for number in range(18):
            case = family(cast, number, ended_on=gone)
            reason = Closure.Reason.GOAL_REACHED if number < 9 else Closure.Reason.LOST_TOUCH
            Closure.objects.create(agency=cast.provider, case=case, closed_on=gone, reason=reason)
        for decision in list(Decision.objects.filter(contract=cast.contract, words="Yes")):  # once on the list before
            decision.pk, decision.outcome, decision.decided_at = new_id(), "waiting", at(date(2026, 7, 3))
            decision.save(force_insert=True)
    found = read(door, "capacity", chosen)
    assert "20 families were taken on or put on the list between " in found
    assert ('value="3.3"' in found, 'value="50"' in found) == (True, True)
    bought = read(sign_in(cast.carol), "capacity", chosen)
    assert "Only the agency that serves a contract has records of who comes to it." in bought

"""The gate: what it lets through, what it refuses, and the wall behind it."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from alongside.core import access
from alongside.core.agencies.models import User
from alongside.core.audit import queries
from alongside.core.audit.models import Entry
from alongside.core.base.rows import EVERY_AGENCY, open_rows, rows_of
from alongside.records.cases.models import Case
from alongside.records.people.models import Arrangement, Household, Person
from alongside.records.programmes.models import Contract
from alongside.records.referrals.models import Referral
from tests.cast import Cast

walled = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row-level security")


def ask(user: User) -> access.HttpRequest:
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_a_page_that_declares_nothing_does_not_run() -> None:
    with pytest.raises(ImproperlyConfigured):
        access.rule_of(lambda request: HttpResponse())


def test_her_worker_finds_the_family_and_the_look_is_logged(cast: Cast) -> None:
    assert access.get(ask(cast.asha), Case, cast.case.pk) == cast.case
    entry = queries.of(cast.case).get()
    assert (entry.kind, entry.actor) == ("read", cast.asha.id)


@pytest.mark.parametrize("who", ["ben", "ruth", "carol", "nia", "priya", "omar"])
def test_to_anybody_else_the_family_is_not_there(cast: Cast, who: str) -> None:
    stranger = getattr(cast, who)
    for row in (cast.case, cast.household, cast.grace, cast.tyler, Arrangement.objects.first()):
        assert row is not None
        with pytest.raises(Http404):
            access.get(ask(stranger), type(row), row.pk)
    assert Entry.objects.filter(kind="denied", actor=stranger.id).count() == 5


def test_each_side_of_a_referral_sees_it_and_nobody_else(cast: Cast) -> None:
    sees = {
        name
        for name in vars(cast)
        if isinstance(getattr(cast, name), User) and access.visible(ask(getattr(cast, name)), Referral).exists()
    }
    assert sees == {"morgan", "ruth"}


def test_one_sees_colleagues_and_nobody_else(cast: Cast) -> None:
    seen = {user.name for user in access.visible(ask(cast.ruth), User)}
    assert seen == {"Ruth Barker", "Carol Whitfield"}


def test_each_side_of_a_contract_sees_it_and_nobody_else(cast: Cast) -> None:
    sees = {
        name
        for name in vars(cast)
        if isinstance(getattr(cast, name), User) and access.visible(ask(getattr(cast, name)), Contract).exists()
    }
    assert sees == {"morgan", "carol"}


def test_a_worker_of_another_team_does_not_see_the_family(cast: Cast) -> None:
    cast.asha.team = None
    cast.asha.save()
    Case.objects.update(worker=None)
    Household.objects.update(worker=None)
    assert not access.visible(ask(cast.asha), Case).exists()
    assert not access.visible(ask(cast.asha), Person).exists()


@walled
def test_behind_the_gate_the_wall_shows_only_the_agency_that_is_named(cast: Cast) -> None:
    open_rows("")
    assert not Case.objects.exists()
    with rows_of(cast.provider.pk):
        assert Case.objects.exists()
    with rows_of(cast.other_provider.pk):
        assert not Person.objects.exists()
        assert not Referral.objects.exists()
    with rows_of(cast.kirklees.pk):
        assert Referral.objects.exists()
        assert not Case.objects.exists()
    open_rows(EVERY_AGENCY)


@walled
def test_the_wall_refuses_a_row_written_for_another_agency(cast: Cast) -> None:
    with rows_of(cast.other_provider.pk), pytest.raises(DatabaseError), transaction.atomic():
        Person.objects.create(agency=cast.provider, name="Smuggled")

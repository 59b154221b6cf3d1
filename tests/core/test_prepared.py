"""Queries built once: other values find other rows, and what decides who sees what is never kept from another call."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import TextField, Value
from django.test.utils import CaptureQueriesContext

from alongside.core.agencies.models import Agency, User
from alongside.core.base.prepared import Prepared
from alongside.records.cases.models import Case
from alongside.records.people.models import Person
from tests.cast import Cast


@Prepared
def people(ids: Sequence[UUID]) -> Any:
    """Names and birth dates by id."""
    return Person.objects.filter(pk__in=ids).order_by("name").values_list("pk", "name", "birth_date")


@Prepared
def born(name: str, after: date | None) -> Any:
    """Those of a name, born after a day where one is given."""
    rows = Person.objects.filter(name=name).values_list("pk", "birth_date")
    return rows if after is None else rows.filter(birth_date__gt=after)


@Prepared
def made_before(moment: datetime) -> Any:
    """People written before a moment."""
    return Person.objects.filter(created_at__lt=moment).values_list("pk", "created_at")


@Prepared
def cases(user: User) -> Any:
    """The cases that somebody may see."""
    return Case.objects.visible_to(user).values_list("pk")


def test_other_values_find_other_rows(cast: Cast) -> None:
    assert people([cast.grace.pk]) == [(cast.grace.pk, "Grace Okafor", cast.grace.birth_date)]
    assert people([cast.tyler.pk]) == [(cast.tyler.pk, "Tyler Okafor", cast.tyler.birth_date)]
    assert [row[0] for row in people([cast.tyler.pk, cast.amara.pk])] == [cast.amara.pk, cast.tyler.pk]
    assert people([]) == []


def test_a_value_that_is_none_asks_another_question(cast: Cast) -> None:
    assert len(born("Grace Okafor", None)) == 1
    assert born("Grace Okafor", date(1968, 3, 12)) == []
    assert len(born("Grace Okafor", date(1968, 3, 11))) == 1
    assert born("Nobody", None) == []


def test_moments_are_compared_as_moments(cast: Cast) -> None:
    written = Person.objects.get(pk=cast.grace.pk).created_at
    assert made_before(datetime(2000, 1, 1, tzinfo=UTC)) == []
    assert (cast.grace.pk, written) in made_before(datetime(2100, 1, 1, tzinfo=UTC))


def test_who_sees_what_is_asked_for_each_person(cast: Cast) -> None:
    """The manager, the worker, a referrer and a stranger, in an order that would show what was kept from another."""
    expected = [(cast.morgan, 1), (cast.asha, 1), (cast.ben, 0), (cast.ruth, 0), (cast.asha, 1), (cast.morgan, 1)]
    assert [(user, len(cases(user))) for user, _ in expected] == expected
    cast.asha.team = None
    cast.asha.save()
    Case.objects.update(worker=None)
    assert cases(cast.asha) == []
    assert len(cases(cast.morgan)) == 1


def test_a_value_that_could_not_be_told_from_a_shape_is_refused(cast: Cast) -> None:
    with pytest.raises(TypeError, match="cannot take"):
        born("Grace Okafor", 1.5)


def _rows(ids: list[UUID]):  # type: ignore[no-untyped-def]
    return Agency.objects.filter(pk__in=ids, kind="authority").order_by().values_list("pk", "name", "created_at")


@pytest.mark.parametrize("number", [0, 1, 4, 5, 9, 40])
def test_it_gives_the_same_rows_for_any_number_of_ids(db: None, number: int) -> None:
    ids = list(Agency.objects.values_list("pk", flat=True)[:number])
    assert sorted(Prepared(_rows, slots=4)(ids)) == sorted(_rows(ids))


def test_each_run_answers_for_its_own_ids(db: None) -> None:
    prepared = Prepared(_rows)
    one, other = Agency.objects.values_list("pk", flat=True)[:2]
    assert [row[0] for row in prepared([one])] == [one]
    assert [row[0] for row in prepared([other])] == [other]
    with CaptureQueriesContext(connection) as queries:
        prepared([one, other])
    assert len(queries) == 1


@Prepared
def told_of(name: str) -> Any:
    """Words that never change, with all that means something else to a database."""
    said = Value('50 % of "O\'Hara" %s \\ ; --', TextField())
    return Person.objects.filter(name=name).exclude(name__contains="%'").annotate(said=said).values_list("said")


def test_words_that_never_change_come_out_as_they_were_written(cast: Cast) -> None:
    for _ in range(2):
        assert told_of("Grace Okafor") == [('50 % of "O\'Hara" %s \\ ; --',)]
    assert told_of("%s") == []

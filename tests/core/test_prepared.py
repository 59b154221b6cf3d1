"""A query that is worked out once gives what the same query gives when it is worked out each time."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.core.agencies.models import Agency
from alongside.core.base.prepared import Prepared


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

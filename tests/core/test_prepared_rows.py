"""One row by a ready query is the row that the ORM would give, with the rows it leads to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.core.base.ids import new_id
from alongside.core.base.prepared_rows import OneRow
from alongside.records.cases.models import Case, Goal
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db


def test_the_row_and_what_it_leads_to_take_one_query(cast: Cast) -> None:
    goal = Goal.objects.create(agency=cast.provider, case=cast.case, words="Sleep through", set_on=TODAY, start=3)
    one = OneRow(Goal, ("case__household__team", "case__worker"))
    with CaptureQueriesContext(connection) as asked:
        found = one(cast.asha, goal.pk)
        assert found.case.household.team == cast.team
        assert found.case.worker == cast.asha
    assert len(asked) == 1
    for field in Goal._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(Goal.objects.get(pk=goal.pk), field.attname)


def test_what_is_not_there_is_none(cast: Cast) -> None:
    one = OneRow(Case, ("worker", "team"))
    assert one(cast.asha, cast.case.pk).worker == cast.asha
    Case.objects.filter(pk=cast.case.pk).update(worker=None)
    assert one(cast.asha, cast.case.pk).worker is None
    assert one(cast.asha, new_id()) is None
    assert one(cast.ben, cast.case.pk) is None, "asked by a query that was built for Asha, who has his role"


def test_a_row_so_fetched_can_be_saved(cast: Cast) -> None:
    found = OneRow(Case, ("household",))(cast.asha, cast.case.pk)
    found.review_due = TODAY
    found.save(update_fields=["review_due"])
    assert Case.objects.get(pk=cast.case.pk).review_due == TODAY
    found.refresh_from_db()
    assert found.household == cast.household

"""Filling PostgreSQL fast takes nothing away for good."""

import pytest
from django.db import connection

from alongside.stewardship.demo.quick_loading import INDEXES, REFERENCES, quick_loading
from alongside.stewardship.demo.tables import ORDER

MODELS = [table.model for table in ORDER]


def held() -> list[list[object]]:
    found = []
    with connection.cursor() as cursor:
        for statement in (REFERENCES, INDEXES):
            cursor.execute(statement, [[model._meta.db_table for model in MODELS]])
            found.append(cursor.fetchall())
    return found


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite loads as it is")
def test_references_and_indexes_are_back_afterwards(db: None) -> None:
    before = held()
    with quick_loading(MODELS):
        assert held() == [[], []]
    assert held() == before
    assert all(before)

"""``alongside migrate`` makes the tables, columns, indexes and triggers in which all other tests run."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

NAMES = "select type, name from sqlite_master where name not like 'sqlite_%' and name not like 'django_migrations%'"
COLUMNS = """select m.name || '.' || c.name, c.type, c."notnull", c.pk from sqlite_master m, pragma_table_info(m.name) c
    where m.type = 'table' and m.name <> 'django_migrations'"""
GUARDS = "select name, sql from sqlite_master where type = 'trigger'"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="compares files of SQLite")
def test_migrations_make_the_same_database(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "alongside", "migrate"],
        env={**os.environ, "ALONGSIDE_VAR": str(tmp_path)},
        check=True,
        capture_output=True,
    )
    with sqlite3.connect(tmp_path / "alongside.sqlite3") as migrated, connection.cursor() as ours:

        def both(query: str) -> tuple[set[Any], set[Any]]:
            ours.execute(query)
            return set(migrated.execute(query)), set(ours.fetchall())

        for query in (NAMES, COLUMNS, GUARDS):
            there, here = both(query)
            assert there == here, query
        assert both(GUARDS)[0], "the log and the concerns are guarded"

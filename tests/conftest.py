"""What every test may ask for: the cast, a browser of the fast kind, a still clock, and all rows in sight."""

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings

from alongside.core.agencies.models import User
from alongside.core.agencies.services import load_authorities
from alongside.core.base.rows import EVERY_AGENCY, open_rows
from alongside.core.base.statements import Statements
from alongside.records.programmes.services.loading import load_programmes
from tests.cast import NOW, Cast, assemble

# No test fails because a machine is busy; and where a change is judged, it is judged by the same examples each time.
CHANGE = "CI" in os.environ
EXAMPLES = 30 if CHANGE else 100
settings.register_profile("untimed", deadline=None, derandomize=CHANGE, max_examples=EXAMPLES)
# Rules are shown on SQLite; a second database need only store and read the same.
settings.register_profile("second database", settings.get_profile("untimed"), max_examples=15)
settings.load_profile("untimed" if connection.vendor == "sqlite" else "second database")


class Browser(Client):
    """A test client after whose requests the test itself sees every row again."""

    def request(self, **request: Any) -> Any:
        try:
            return super().request(**request)
        finally:
            open_rows(EVERY_AGENCY)


def signed_in(user: User) -> Browser:
    """Open a browser in which somebody is signed in, past their second step."""
    browser = Browser()
    browser.force_login(user)
    session = browser.session
    session["second_step"] = True
    session.save()
    return browser


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", default="", help="folder to keep a picture of every page in")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run only what the database may decide: the rest has been shown on SQLite already."""
    if connection.vendor == "sqlite":
        return
    touching = [item for item in items if touches_database(item) and not item.get_closest_marker("anywhere")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(touching)])
    items[:] = touching


def touches_database(item: pytest.Item) -> bool:
    """Say whether a test uses the database at all."""
    asked = {"db", "transactional_db", "live_server", "standing"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


def load_project_data() -> None:
    """Load what ``alongside migrate`` loads."""
    load_authorities()
    load_programmes()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """Make the database of the tests, whichever of them ask for it, with what ``alongside migrate`` loads."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["MIGRATE"] = False
        made = setup_databases(verbosity=0, interactive=False)
        guard_tables()
        load_project_data()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def guard_tables() -> None:
    """Run what the migrations say in plain SQL: the tables are made from the models at once, which is much quicker.

    That both ways give the same database is a test of its own (``tests/core/test_migrations.py``).
    """
    for app in apps.get_app_configs():
        if not app.name.startswith("alongside.") or not find_spec(f"{app.name}.migrations"):
            continue
        for module in iter_modules(import_module(f"{app.name}.migrations").__path__):
            migration = import_module(f"{app.name}.migrations.{module.name}").Migration
            with connection.schema_editor() as editor:
                for step in migration.operations:
                    if isinstance(step, Statements):
                        step.database_forwards(app.label, editor, None, None)


def commits(request: pytest.FixtureRequest) -> bool:
    """Say whether a test commits what it writes, as a race or a live server must."""
    marker = request.node.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(asked or (marker and marker.kwargs.get("transaction")))


@pytest.fixture(autouse=True)
def _all_rows_in_sight(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test write and count rows of any agency; what a page shows is narrowed while it is asked only."""
    if commits(request):
        request.getfixturevalue("transactional_db")
        open_rows(EVERY_AGENCY)
        load_project_data()  # the test before may have emptied the tables
        yield
        _empty_the_log()
    elif "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        open_rows(EVERY_AGENCY)
        yield
    else:
        yield


def _empty_the_log() -> None:
    """Empty as nobody else may the log, the concerns and the trials, so that tables can be emptied after a commit."""
    if connection.vendor != "sqlite":
        return
    guard = import_module("alongside.core.audit.migrations.0002_append_only")
    concerns = import_module("alongside.records.concerns.migrations.0003_kept")
    trials = import_module("alongside.records.trials.migrations.0003_drawn_once")
    with connection.cursor() as cursor:
        cursor.execute("drop trigger audit_no_delete")
        cursor.execute("delete from audit_entry")
        cursor.execute(guard.SQLITE[0])
        for table, trigger in (("concernstep", "concern_step_no_delete"), ("concern", "concern_no_delete")):
            cursor.execute(f"drop trigger {trigger}")
            cursor.execute(f"delete from concerns_{table}")
            cursor.execute(f"create trigger {trigger} {concerns.SQLITE[trigger]}")
        for table in ("trials_allocation", "trials_cluster", "trials_trial"):
            cursor.execute(f"drop trigger {table}_no_delete")
        for table in ("allocation", "cluster", "trialconsent", "assessment", "trial"):
            cursor.execute(f"delete from trials_{table}")
        for table in ("trials_allocation", "trials_cluster", "trials_trial"):
            cursor.execute(f"create trigger {table}_no_delete {trials.SQLITE[f'{table}_no_delete']}")


@pytest.fixture
def cast(db: None, _all_rows_in_sight: None) -> Cast:
    """Everybody, recorded."""
    return assemble()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock on a Friday morning in November 2026."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client() -> Client:
    """A browser in which nobody is signed in."""
    return Browser()


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """Open a browser in which somebody is signed in, past their second step."""
    return signed_in

"""What every test may ask for: the cast, a signed-in browser of the fast kind, and a still clock."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.agencies.services import load_authorities
from alongside.records.programmes.services import load_programmes
from tests.cast import NOW, Cast, assemble


@pytest.fixture(scope="session", autouse=True)
def _somewhere_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep files that the program writes out of the working tree."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Load the project's own data into the test database once, as ``alongside migrate`` does."""
    with django_db_blocker.unblock():
        load_authorities()
        load_programmes()


@pytest.fixture(autouse=True)
def _no_rows_left_open() -> Iterator[None]:
    """Start every test with no agency's rows open, where the database has that wall."""
    yield


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, recorded."""
    return assemble()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock on a Friday morning in November 2026."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """Give a browser in which somebody is signed in, past their second step."""

    def signed_in(user: User) -> Client:
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = browser.session
        session["second_step"] = True
        session.save()
        return browser

    return signed_in

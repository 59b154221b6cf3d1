"""One world for all tests of a file: to furnish it anew for each of hundreds of addresses took most of their time."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import time_machine
from django.db import transaction

from alongside.core.base.rows import EVERY_AGENCY, open_rows
from tests.cast import NOW, assemble
from tests.conftest import Browser, load_project_data, signed_in
from tests.house.world import World, furnish


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Everybody and everything, in a transaction that is taken back after the file."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        open_rows(EVERY_AGENCY)
        load_project_data()  # a test before that committed may have emptied the tables
        yield furnish(assemble())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def doors(standing: World) -> dict[str, Browser]:
    """A browser for everybody in which they are signed in, and one for nobody."""
    return {who: signed_in(user) for who, user in standing.people.items()} | {"nobody": Browser()}


@pytest.fixture
def world(standing: World, django_db_blocker: Any, clock: object) -> Iterator[World]:
    """The world to do with as a test likes: what it wrote is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        open_rows(EVERY_AGENCY)
        yield deepcopy(standing)
        transaction.set_rollback(True)

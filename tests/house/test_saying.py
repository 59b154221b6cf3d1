"""Whoever saves something is told so on the next page: every form of every page, sent as a hasty person would."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client

from alongside.core.agencies.models import User
from tests.house.forms import forms_open_to
from tests.house.world import World

# What is sent here only leads to another page, or that page shows how far it has come.
SHOWN_OTHERWISE = {"people:search", "imports:picked", "imports:families"}


@pytest.mark.anywhere
@pytest.mark.parametrize(("who", "fewest"), [("asha", 30), ("morgan", 30), ("priya", 3), ("ruth", 1)])
def test_every_form_that_saves_says_so(world: World, sign_in: Callable[[User], Client], who: str, fewest: int) -> None:
    browser = sign_in(world.people[who])
    said, silent = set(), set()
    for address, form in forms_open_to(who, world, browser):
        browser.cookies.pop("messages", None)
        with transaction.atomic():
            answer = browser.post(address.of(world), form)
            transaction.set_rollback(True)
        if answer.status_code == 302:
            (said if list(get_messages(answer.wsgi_request)) else silent).add(address.name)
    assert not silent - SHOWN_OTHERWISE
    assert len(said) >= fewest, f"too few forms were taken to prove anything: {said}"

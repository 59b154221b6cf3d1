"""Every address, for everybody, by GET and by POST: exactly what the table of roles and the register say."""

from copy import deepcopy

import pytest
from django.db import transaction
from django.urls import reverse

from alongside.core.access import rule_of
from alongside.core.agencies.models import User
from tests.conftest import Browser
from tests.house.addresses import NOBODYS, PAGES, SEEN_BY, THING_OF, Address, addresses
from tests.house.world import World

ALL = addresses()
# The pages that need no sign-in, each for the reason that its view states.
OPEN = {
    "appointments:feed",
    "home:home",
    "gallery:gallery",
    "ask:start",
    "ask:check",
    "ask:done",
    "ask:stop",
    "ask:question",
    "check_in:front",
    "check_in:done",
    "check_in:start",
    "check_in:talk",
    "check_in:you",
    "check_in:rather_not",
    "check_in:question",
    "survey:front",
    "survey:open",
    "survey:start",
    "survey:next",
    "survey:question",
    "survey:whole",
    "survey:check",
    "survey:thanks",
    "invitation",
    "invitation_through",
    "mfa_index",
    "api:openapi",
    "api:nothing",
}
# A page that is not there even for those who see what it is about, until something has happened.
NOT_YET = {"reports:moved"}  # nothing is frozen
ASKS_AGAIN = {"settings:remove-step"}  # for the password, before anything else
FOR_SCRIPTS = {"cases:draft"}  # an empty request makes no sense to it


def test_every_address_that_names_something_is_registered() -> None:
    missing = [address.name for address in ALL if address.arguments and address.name not in THING_OF]
    assert not missing, f"say in tests/house/addresses.py what these open, and who sees it: {missing}"


def test_nothing_is_registered_that_is_gone() -> None:
    names = {address.name for address in ALL}
    assert set(THING_OF) <= names
    assert names >= OPEN | NOT_YET | ASKS_AGAIN
    assert set(SEEN_BY) | NOBODYS == set(PAGES)


def test_only_these_pages_need_no_sign_in_and_each_says_why() -> None:
    unlocked = {address.name for address in ALL if rule_of(address.view).permission is None}
    assert unlocked == OPEN
    assert all(rule_of(address.view).reason for address in ALL if address.name in OPEN)


def expected(address: Address, who: str, user: User | None, method: str) -> set[int]:
    """What the table of roles and the register say that somebody gets."""
    rule, machine = rule_of(address.view, method), address.name.startswith("api:")
    if rule.permission is None:
        return {200, 302, 403, 404, 405, 410}
    if user is None or not user.is_active:
        return {401} if machine else {302}
    if not user.may(rule.permission):
        return {403}
    if machine and method not in address.view.rule:
        return {405}
    if address.name in ASKS_AGAIN:
        return {302, 404}
    thing = THING_OF.get(address.name)
    if thing and thing not in NOBODYS and who not in SEEN_BY[thing]:
        return {404, 422} if machine and method == "POST" else {404, 405}
    if address.name in NOT_YET:
        return {404}
    if address.name in FOR_SCRIPTS:
        return {400, 405}
    return {422} if machine and method == "POST" else {200, 302, 405}


@pytest.mark.parametrize("address", ALL, ids=lambda address: address.name)
def test_everybody_gets_what_the_table_says(world: World, doors: dict[str, Browser], address: Address) -> None:
    surprises = []
    for who, door in doors.items():
        user, kept = world.people.get(who), deepcopy(door.cookies)
        for method in ("GET", "POST"):
            with transaction.atomic():
                kind = {"content_type": "application/json"} if address.name.startswith("api:") else {}
                answer = getattr(door, method.lower())(address.of(world), {}, **(kind if method == "POST" else {}))
                transaction.set_rollback(True)
            door.cookies = deepcopy(kept)  # who signed out is signed in again
            to_sign_in = answer.status_code == 302 and reverse("account_login") in answer["Location"]
            wanted = expected(address, who, user, method)
            locked = not (user and user.is_active) and wanted == {302}
            if answer.status_code not in wanted or (rule_of(address.view).permission and to_sign_in is not locked):
                surprises.append(f"{method} by {who}: {answer.status_code}, not {sorted(wanted)}")
    assert not surprises

"""Fields that a form does not ask for are not written, and ids and keys that make no sense break nothing."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.core.access import rule_of
from alongside.core.agencies.models import User
from tests.house.addresses import addresses
from tests.house.forms import forms_open_to
from tests.house.world import World

SignIn = Callable[[User], Client]
OURS = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
AUTHORS = ("asha", "morgan", "ruth", "priya")
EVERY: set[Any] = {"every value"}
FEWEST_WRITES = {"asha": 12, "morgan": 12, "ruth": 1, "priya": 2}
# Only whoever looks after sign-ins is asked for these.
ASKED = {"priya": {"role", "team", "agency", "invited_to"}, "morgan": {"worker", "team", "purchaser"}}


def planted(world: World) -> dict[str, str]:
    """What nobody may choose: another agency, another role, another maker, an end, an age of the row."""
    cast = world.cast
    foreign = dict.fromkeys(("agency", "source_agency", "purchaser", "invited_to", "authority"), cast.other_provider.pk)
    foreigners = dict.fromkeys(("by", "made_by", "worker", "actor", "picked_by"), cast.ben.pk)
    ids = {f"{name}_id": value for name, value in {**foreign, **foreigners}.items()}
    return {
        **{name: str(value) for name, value in {**foreign, **foreigners, **ids}.items()},
        "role": "administrator",
        "is_active": "",
        "is_staff": "1",
        "is_superuser": "1",
        "status": "declined",
        "created_at": "1999-01-01",
        "token_hash": "0" * 64,
        "import_key": "planted",
        "answer": "planted",
        "legs": "planted",
    }


def state(world: World) -> dict[str, set[Any]]:
    """What must not move: who holds what, who did what, who is what, and where a planted value stands."""
    foreign, found = {world.cast.other_provider.pk, world.cast.ben.pk}, {}
    for model in OURS:
        fields = {field.attname: _planted_in(model, field, foreign) for field in model._meta.concrete_fields}
        fields = {name: values for name, values in fields.items() if values}
        for pk, *row in model._default_manager.values_list("pk", *fields):
            for (name, values), value in zip(fields.items(), row, strict=True):
                if values == EVERY or value in values:
                    found.setdefault(f"{model.__name__}.{name.removesuffix('_id')}", set()).add((pk, value))
    return found


def _planted_in(model: Any, field: Any, foreign: set[Any]) -> set[Any]:
    """Say which values of a field would be a planted one: all of them, where every change counts."""
    if field.related_model and field.name != "agency_ptr":
        return foreign
    if model is User and field.name in ("role", "is_active"):
        return EVERY
    return {"planted", "0" * 64} if field.name in ("import_key", "token_hash", "answer") else set()


@pytest.mark.anywhere
@pytest.mark.parametrize("who", AUTHORS)
def test_no_form_writes_what_it_does_not_ask_for(world: World, sign_in: SignIn, who: str) -> None:
    browser, before = sign_in(world.people[who]), state(world)
    written, wrong = [], []
    for address, form in forms_open_to(who, world, browser):
        extra = {name: value for name, value in planted(world).items() if name not in form}
        with transaction.atomic():
            answer = browser.post(address.of(world), {**extra, **form})
            if answer.status_code == 302:
                written.append(address.name)
            after = state(world)
            moved = {key for key in before | after if before.get(key) != after.get(key)}
            moved = {key for key in moved if key.partition(".")[2] not in form and key != "User.is_active"}
            transaction.set_rollback(True)
        wrong += [f"{address.name} wrote {key}" for key in moved if not key.startswith("Entry.")]
    assert not wrong
    assert len(set(written)) >= FEWEST_WRITES[who], f"too few forms were taken to prove anything: {written}"


HOSTILE = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "99999999999999999999",
        "null",
        "\x00",
        "'; drop table cases_case; --",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "%00",
        "=cmd|' /C calc'!A0",
        "\ud7ff\u202e\ufeff",
        "after.2026-01-01.019a0000-0000-7000-8000-000000000000",
        "after.0001-01-01T00:00:00+14:00.019a0000-0000-7000-8000-000000000000",
        "0001-01-01T00:00:00+14:00|019a0000-0000-7000-8000-000000000000",
        "9999-12-31",
        "2026-q4",
        "a" * 5000,
    ]
)
VALUES = HOSTILE | st.text(max_size=20) | st.builds(lambda: str(uuid4()))
NAMES = (
    "at",
    "before",
    "after",
    "q",
    "name",
    "known_as",
    "born_0",
    "born_day",
    "born_year",
    "postcode",
    "page",
    "whose",
)
MORE_NAMES = (
    "order",
    "status",
    "place",
    "show",
    "child",
    "closed",
    "agency",
    "role",
    "kind",
    "day",
    "who",
    "row",
    "year",
)
ASKED_FOR = st.dictionaries(st.sampled_from([*NAMES, *MORE_NAMES]), VALUES, max_size=4)


@pytest.mark.parametrize("who", ["asha", "morgan", "ruth", "carol", "priya", "omar"])
def test_nothing_in_an_address_or_a_form_breaks_a_page(world: World, sign_in: SignIn, who: str) -> None:
    user, browser = world.people[who], sign_in(world.people[who])
    mine = [one for one in addresses() if (needed := rule_of(one.view).permission) and user.may(needed)]

    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(address=st.sampled_from(mine), asked=ASKED_FOR, sent=ASKED_FOR, posts=st.booleans())
    def ask(address: Any, asked: dict[str, str], sent: dict[str, str], posts: bool) -> None:
        with transaction.atomic():
            if posts:
                answer = browser.post(address.of(world), sent, query_params=asked)
            else:
                answer = browser.get(address.of(world), asked)
            transaction.set_rollback(True)
        assert answer.status_code < 500

    ask()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "people"]), inner),
    max_leaves=5,
)
CONTACT = ("id", "at", "channel", "outcome", "people", "minutes", "note", "next_contact_due", "by", "agency")
REFERRAL = ("id", "carer_name", "children", "postcode", "consent", "carer_birth_date", "status", "made_by", "version")


@pytest.mark.parametrize(
    ("who", "name", "fields"), [("asha", "api:contacts", CONTACT), ("ruth", "api:referrals", REFERRAL)]
)
def test_nothing_in_a_body_breaks_the_door_for_machines(
    world: World, sign_in: SignIn, who: str, name: str, fields: tuple[str, ...]
) -> None:
    browser = sign_in(world.people[who])
    address = next(one for one in addresses() if one.name == name).of(world)

    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(body=st.dictionaries(st.sampled_from(fields), JSON) | JSON)
    def send(body: Any) -> None:
        with transaction.atomic():
            answer = browser.post(address, body, content_type="application/json")
            transaction.set_rollback(True)
        assert answer.status_code in (400, 422)

    send()

"""The pages on which a worker says that somebody of a family joined a group or left it."""

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.programmes.models import Group, GroupMember
from tests.cast import Cast
from tests.web.programmes.test_pages import day, shown

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]
NAMED = {"group": "another", "name": "Carers in Batley", "place": "The library", "times": "Thursdays, 10am to noon"}


def typed(cast: Cast, **told: str) -> dict[str, str]:
    return {"submission": str(new_id()), "person": str(cast.grace.pk), **NAMED, **day("joined_on", 20), **told}


def join(cast: Cast, browser: Client, **told: str) -> str:
    answer = browser.post(f"/programmes/{cast.case.pk}/groups/join/", typed(cast, **told), follow=True)
    return str(answer.content.decode())


def test_somebody_joins_a_group_that_is_named_and_the_next_chooses_it(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    assert "A group that you name" in shown(asha, f"/programmes/{cast.case.pk}/groups/join/")
    once = str(new_id())
    for _ in range(2):
        page = join(cast, asha, submission=once)
    for words in ("Carers in Batley", "has been going since 31 October 2026", "The library. Thursdays, 10am to noon"):
        assert words in page
    group = Group.objects.get()
    assert "The library. Thursdays" in shown(asha, f"/programmes/{cast.case.pk}/groups/join/")
    page = join(cast, asha, person=str(cast.tyler.pk), group=str(group.pk), name="")
    assert page.count("has been going since") == GroupMember.objects.count() == 2
    assert Group.objects.count() == 1


def test_what_is_wrong_is_said_by_its_field_and_what_was_typed_stays(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    page = join(cast, asha, place=" ", times="", **day("joined_on", -1))
    for words in ("Enter where it meets", "Enter when it meets", 'value="Carers in Batley"'):
        assert words in page
    assert 'href="#id_joined_on_0"' in page
    join(cast, asha)
    page = join(cast, asha, group=str(Group.objects.get().pk))
    assert "They go there already, since 31 October 2026" in page
    page = join(cast, asha, person=str(new_id()), name="carers in batley")
    assert 'href="#id_person"' in page
    assert "There is a group of this name" in join(cast, asha, name="carers in batley")
    assert GroupMember.objects.count() == 1


def test_who_left_stands_below_with_why_and_that_can_be_put_right(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    join(cast, asha)
    member = GroupMember.objects.get()
    address, left = f"/programmes/groups/{member.pk}/", {"version": "1", "why": "New shifts at work"}
    page = asha.post(address, left | day("left_on", 21)).content.decode()
    assert "They joined on 31 October 2026; they cannot have left before that" in page
    assert "New shifts at work" in page
    for _ in range(2):
        page = asha.post(address, left | day("left_on", 3), follow=True).content.decode()
    for words in ("Groups that they left", "31 October 2026 to 17 November 2026", "New shifts at work"):
        assert words in page
    assert "has been going since" not in page
    page = asha.post(address, {**left, **day("left_on", 3), "version": "2", "why": "Night shifts"}, follow=True)
    assert "Night shifts" in page.content.decode()
    stale = asha.post(address, left | day("left_on", 4)).content.decode()
    assert "Somebody else saved this" in stale


def test_they_are_for_who_works_with_the_family_alone(cast: Cast, sign_in: SignIn) -> None:
    join(cast, sign_in(cast.asha))
    member = GroupMember.objects.get()
    for address in (f"/programmes/{cast.case.pk}/groups/join/", f"/programmes/groups/{member.pk}/"):
        assert sign_in(cast.ben).get(address).status_code == 404
        assert sign_in(cast.carol).get(address).status_code == 403

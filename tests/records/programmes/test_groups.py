"""Joining a group and leaving it: what is kept, and what is refused by which field."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused, Stale
from alongside.core.base.ids import new_id
from alongside.records.people.models import Membership, Person
from alongside.records.programmes.models import Group, GroupMember
from alongside.records.programmes.offered import offered_to
from alongside.records.programmes.services.grouping import join_group, leave_group
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.usefixtures("clock")
DAY = timedelta(days=1)
NAMED = {"name": "Carers in Batley", "place": "The library", "times": "Thursdays, 10am to noon"}


def join(cast: Cast, days_ago: int = 30, **told: Any) -> GroupMember:
    facts: dict[str, Any] = {
        "case": cast.case,
        "person": cast.grace,
        "group": None,
        **NAMED,
        "joined_on": TODAY - days_ago * DAY,
        "by": cast.asha,
        "submission": new_id(),
    }
    return join_group(**(facts | told))


def leave(cast: Cast, member: GroupMember, days_ago: int, why: str = "New shifts at work") -> GroupMember:
    return leave_group(member=member, version=member.version, left_on=TODAY - days_ago * DAY, why=why, by=cast.asha)


def test_a_group_is_named_once_joined_and_left_and_joined_again(cast: Cast) -> None:
    first = join(cast, 400)
    assert first.joined_on < cast.case.opened_on, "a carer may have gone before anybody worked with them"
    leave(cast, first, 300)
    again = join(cast, 20, group=first.group)
    assert Group.objects.get() == first.group == again.group
    shown = [(one.who, one.group, one.since, one.until, one.why) for one in offered_to(cast.case).joined]
    assert shown == [
        ("Grace Okafor", "Carers in Batley", TODAY - 20 * DAY, None, ""),
        ("Grace Okafor", "Carers in Batley", TODAY - 400 * DAY, TODAY - 300 * DAY, "New shifts at work"),
    ]
    logged = Entry.objects.filter(what__startswith="group ").order_by("id").values_list("what", flat=True)
    assert list(logged) == ["group named", "group joined", "group left", "group joined"]


def test_a_second_click_joins_and_leaves_once(cast: Cast) -> None:
    once = new_id()
    member = join(cast, submission=once)
    assert join(cast, submission=once) == member
    assert Group.objects.count() == GroupMember.objects.count() == 1
    version = member.version
    for _ in range(2):
        leave_group(member=member, version=version, left_on=TODAY, why="Moved", by=cast.asha)
    assert Entry.objects.filter(what="group left").count() == 1
    as_others_read_it = GroupMember.objects.get()
    with pytest.raises(Stale):
        leave_group(member=as_others_read_it, version=version, left_on=TODAY, why="Tired", by=cast.morgan)


def test_what_makes_no_sense_is_refused_by_its_field(cast: Cast) -> None:
    member = join(cast)
    stranger = Person.objects.create(agency=cast.provider, name="Somebody else")
    left_home = Person.objects.create(agency=cast.provider, name="Used to live here")
    Membership.objects.create(
        agency=cast.provider, household=cast.household, person=left_home, part="other", until=TODAY
    )
    refused: list[tuple[str, dict[str, Any]]] = [
        ("joined_on", {"joined_on": TODAY + DAY}),
        ("person", {"person": stranger}),
        ("person", {"person": left_home}),
        ("group", {"group": member.group}),
        ("name", {"name": "carers in BATLEY"}),
    ]
    for field, told in refused:
        with pytest.raises(Refused) as refusal:
            join(cast, **told)
        assert refusal.value.field == field
    for days_ago in (-1, 31):
        with pytest.raises(Refused) as refusal:
            leave(cast, member, days_ago)
        assert refusal.value.field == "left_on"
    assert Group.objects.count() == GroupMember.objects.count() == 1


def test_another_of_the_family_may_join_the_same_group(cast: Cast) -> None:
    member = join(cast)
    join(cast, group=member.group, person=cast.tyler)
    assert GroupMember.objects.filter(group=member.group, left_on=None).count() == 2


def test_the_database_itself_holds_one_open_membership_and_no_leaving_before_joining(cast: Cast) -> None:
    member = join(cast)
    for wrong in ({"left_on": None}, {"left_on": member.joined_on - DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GroupMember.objects.create(
                agency=cast.provider, case=cast.case, group=member.group, person=cast.grace,
                joined_on=member.joined_on, **wrong,
            )  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(-2, 60), st.integers(0, 3)), max_size=9))
def test_times_in_a_group_never_overlap_nor_lie_ahead(cast: Cast, tried: list[tuple[bool, int, int]]) -> None:
    with transaction.atomic():
        group = Group.objects.create(agency=cast.provider, **NAMED)
        for joins, days_ago, which in tried:
            one = GroupMember.objects.order_by("-joined_on", "-id")[which : which + 1].first()
            try:
                if joins:
                    join(cast, days_ago, group=group)
                elif one:
                    leave(cast, one, days_ago)
            except Refused:
                continue
        spans: list[tuple[date, date | None]] = list(
            GroupMember.objects.order_by("joined_on", "id").values_list("joined_on", "left_on")
        )
        transaction.set_rollback(True)
    assert all(joined <= (left or TODAY) <= TODAY for joined, left in spans)
    assert all(before[1] and before[1] <= after[0] for before, after in pairwise(spans))

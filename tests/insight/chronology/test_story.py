"""A story: everything is in it once and in order, page by page, and nothing that somebody may not know."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.core.agencies.models import User
from alongside.insight.chronology.entries import Kind, Scope
from alongside.insight.chronology.queries import Line, story
from alongside.insight.chronology.sources import ALL
from alongside.records.appointments.models import Appointment
from alongside.records.cases.models import Closure, Contact, Goal, Reading, Step
from alongside.records.concerns.models import Concern, ConcernStep
from alongside.records.letters.models import Letter
from alongside.records.measures.models import AnswerSet
from alongside.records.people.models import Membership, PlanStatus, SafetyNote
from alongside.records.plans.models import (
    AgreedPlan,
    Allowance,
    AllowanceEntry,
    Need,
    OriginEvent,
    PlanSending,
    Promise,
    Strength,
)
from alongside.records.programmes.models import Decision, Enrolment, Extension, Group, GroupMember, Move, Pause
from tests.cast import NOW, TODAY, Cast


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def scope(cast: Cast, user: User | None = None, **more: object) -> Scope:
    return Scope(user or cast.asha, cast.case.pk, cast.household.pk, **more)  # type: ignore[arg-type]


def lines(asked: Scope, kind: Kind | None = None) -> list[Line]:
    """Give all of a story, page by page."""
    found, key = [], ""
    while True:
        page = story(asked, kind, key)
        found += page.lines
        key = page.after
        if not key:
            return found


def live(cast: Cast) -> None:
    """Let something of every kind happen to Grace's family."""
    ours = {"agency": cast.provider}
    case = {**ours, "case": cast.case}
    contact = Contact.objects.create(
        **case,
        at=NOW,
        channel="phone",
        outcome="no_answer",
        minutes=5,
        note="Rang.",
        came_of_it="Rings back",
        by=cast.asha,
    )
    contact.people.add(cast.grace)
    goal = Goal.objects.create(**case, words="Sleep", set_on=TODAY, start=3, met_on=TODAY, left_on=TODAY)
    Reading.objects.create(**ours, goal=goal, value=5, on=TODAY)
    Step.objects.create(**case, goal=goal, words="Ring", owner="worker", done_on=TODAY)
    Closure.objects.create(**case, closed_on=TODAY, reason="goal_reached", reopened_on=TODAY)
    PlanStatus.objects.create(
        **ours, child=cast.tyler, kind="child_in_need", started_on=TODAY, ended_on=TODAY, said_by="School"
    )
    SafetyNote.objects.create(**ours, household=cast.household, words="Not Dean", checked_on=TODAY, ended_on=TODAY)
    Membership.objects.filter(person=cast.tyler).update(since=date(2023, 1, 2), until=TODAY)
    cast.tyler.arrangements.update(ended_on=TODAY)
    type(cast.grace).objects.filter(pk=cast.grace.pk).update(has_died=True, died_on=TODAY, died_precision="month")
    AnswerSet.objects.create(
        **case,
        person=cast.grace,
        instrument="ucla-3",
        edition="1",
        occasion="start",
        answered_on=TODAY,
        mode="link",
        answers={},
        scores={},
    )
    _write(cast, case)
    _plan(cast, ours, case)
    _take_part(cast, ours)


def _write(cast: Cast, case: dict[str, object]) -> None:
    Appointment.objects.create(
        **case, worker=cast.asha, person=cast.grace, at=NOW, minutes=30, channel="video", tell="nobody", status="missed"
    )
    letter = {**case, "template": "welcome", "edition": "1", "about": cast.tyler, "to_name": "Grace", "by": cast.asha}
    Letter.objects.create(**letter, subject="Not yet", body="Not yet")
    Letter.objects.create(
        **letter, subject="Welcome", body="Hello", status="sent", how="post", sent_at=NOW, paper_digest="a" * 64
    )


def _plan(cast: Cast, ours: dict[str, object], case: dict[str, object]) -> None:
    Need.objects.create(**case, domain="money", on=TODAY, going_well="Rent", hard="Food", place=4)
    Strength.objects.create(**case, words="Laughs", said_by="worker", noticed_on=TODAY, whose=cast.tyler)
    plan = AgreedPlan.objects.create(
        **case, number=1, agreed_on=TODAY, agreed_with=cast.grace, how="phone", content={}, by=cast.asha
    )
    PlanSending.objects.create(**case, plan=plan, how="post", at=NOW, by=cast.asha)
    Promise.objects.create(
        **case, words="A grant", made_by="authority", made_on=TODAY, settled_on=TODAY, outcome="kept"
    )
    allowance = Allowance.objects.create(**case, child=cast.tyler, kind="child-benefit", paid_by="HMRC")
    AllowanceEntry.objects.create(**case, allowance=allowance, kind="began", on=TODAY, pence_a_week=2705)
    OriginEvent.objects.create(**case, child=cast.tyler, kind="asked", on=TODAY, precision="year", who="authority")
    concern = Concern.objects.create(**case, words="A bruise", danger=False, noticed_on=TODAY, raised_by=cast.asha)
    ConcernStep.objects.create(**ours, concern=concern, kind="seen", at=NOW, by=cast.morgan)


def _take_part(cast: Cast, ours: dict[str, object]) -> None:
    place = Enrolment.objects.get(case=cast.case)
    Enrolment.objects.filter(pk=place.pk).update(ended_on=TODAY)
    Pause.objects.create(**ours, enrolment=place, since=TODAY, until=TODAY, reason="Hospital")
    Extension.objects.create(**ours, enrolment=place, weeks=2, reason="Court", asked_by=cast.asha, asked_on=TODAY)
    moved = {"way": Move.Way.values[0], "moved_on": TODAY, "reason": "More", "agreement": "agreed", "by": cast.asha}
    Move.objects.create(**ours, case=cast.case, left=place, **moved)
    Decision.objects.create(
        **ours, referral=cast.referral, contract=cast.contract, outcome="accepted", decided_at=NOW, by=cast.morgan
    )
    group = Group.objects.create(**ours, name="Carers in Batley", place="The library", times="Thursdays")
    GroupMember.objects.create(
        **ours, case=cast.case, group=group, person=cast.grace, joined_on=TODAY, left_on=TODAY, why="New shifts"
    )


def test_something_of_every_source_is_told_to_the_manager(cast: Cast) -> None:
    live(cast)
    found = lines(scope(cast, cast.morgan, size=7))
    assert {line.entry.source for line in found} == {source.key for source in ALL}
    assert all(line.said.line for line in found)


def test_every_page_goes_on_where_the_one_before_ended_in_both_directions(cast: Cast) -> None:
    live(cast)
    whole = [(line.entry.pk, line.entry.source) for line in lines(scope(cast, size=1000))]
    assert len(set(whole)) == len(whole) > 30
    for size in (7, 50):
        assert [(line.entry.pk, line.entry.source) for line in lines(scope(cast, size=size))] == whole
        turned = lines(scope(cast, size=size, newest=False))
        assert [(line.entry.pk, line.entry.source) for line in turned] == whole[::-1]


def test_the_newest_comes_first_and_days_stand_among_moments(cast: Cast) -> None:
    live(cast)
    moments = [line.entry.at for line in lines(scope(cast))]
    assert moments == sorted(moments, reverse=True)
    assert all(isinstance(moment, datetime) and moment.tzinfo for moment in moments)


def test_a_kind_narrows_to_that_kind(cast: Cast) -> None:
    live(cast)
    kinds = {source.key: source.kind for source in ALL}
    everything = lines(scope(cast, size=1000))
    for kind in Kind:
        found = lines(scope(cast), kind)
        assert [one.entry for one in found] == [one.entry for one in everything if kinds[one.entry.source] == kind]


def test_a_person_s_story_holds_what_is_about_them_only(cast: Cast) -> None:
    live(cast)
    found = lines(scope(cast, person=cast.tyler.pk))
    assert {line.entry.about for line in found} == {cast.tyler.pk}
    assert {"born", "arrangement", "status", "moved in", "money", "origin", "strength", "letter"} <= {
        line.entry.source for line in found
    }
    grace = {line.entry.source for line in lines(scope(cast, person=cast.grace.pk))}
    assert {"contact", "answers", "died", "plan", "appointment", "group joined", "group left"} <= grace
    assert not grace & {"arrangement", "opened", "concern"}


def test_days_are_those_of_the_clock_on_the_wall(cast: Cast) -> None:
    """A call at half past midnight in summer time belongs to its own day, though it is the day before in UTC."""
    ours = {"agency": cast.provider, "case": cast.case, "channel": "phone", "outcome": "spoke", "by": cast.asha}
    late = Contact.objects.create(**ours, at=datetime.fromisoformat("2026-07-02T00:30:00+01:00"))
    found = [line.entry.pk for line in lines(scope(cast, since=date(2026, 7, 2), until=date(2026, 7, 2)))]
    assert found == [late.pk]
    assert not lines(scope(cast, since=date(2026, 7, 1), until=date(2026, 7, 1)))
    on = [line.entry.source for line in lines(scope(cast, since=date(2024, 3, 15), until=date(2024, 3, 15)))]
    assert on == ["arrangement"]


def test_what_only_those_who_decide_may_read_is_not_told_to_a_worker(cast: Cast) -> None:
    live(cast)
    type(cast.referral).objects.filter(pk=cast.referral.pk).update(words="In her own words")
    told = {line.entry.source: line.said for line in lines(scope(cast))}
    assert "decision" not in told
    assert told["referral"].words == ("",)
    told = {line.entry.source: line.said for line in lines(scope(cast, cast.morgan))}
    assert told["referral"].words == ("In her own words",)


def test_an_appointment_says_what_became_of_it_and_only_a_letter_that_went_is_told(cast: Cast) -> None:
    live(cast)
    told = {line.entry.source: line for line in lines(scope(cast), Kind.CONTACT)}
    assert told["appointment"].said.line == "Appointment (video call): they could not make it"
    assert told["appointment"].people == ["Grace Okafor"]
    assert told["letter"].said.line == "A letter to Grace went by post"
    assert told["letter"].said.words == ("Welcome",)
    assert not {"appointment", "letter"} & {line.entry.source for line in lines(scope(cast, cast.ben))}


def test_joining_a_group_and_leaving_it_are_told_with_who_and_why(cast: Cast) -> None:
    live(cast)
    told = {line.entry.source: line for line in lines(scope(cast), Kind.PROGRAMME)}
    joined, left = told["group joined"], told["group left"]
    assert (joined.said.line, joined.people) == ("Joined a group: Carers in Batley", ["Grace Okafor"])
    assert (left.said.line, left.said.words) == ("Left a group: Carers in Batley", ("New shifts",))
    assert not {"group joined", "group left"} & {line.entry.source for line in lines(scope(cast, cast.ben))}


def test_a_concern_is_told_to_those_only_who_may_know_of_it(cast: Cast) -> None:
    live(cast)
    for user, expected in ((cast.asha, {"concern", "concern step"}), (cast.ben, set())):
        found = {line.entry.source for line in lines(scope(cast, user), Kind.CONCERN)}
        assert found == expected


def test_another_family_s_story_stays_its_own(cast: Cast) -> None:
    live(cast)
    assert lines(Scope(cast.morgan, UUID(int=1), UUID(int=2))) == []


def test_a_key_that_makes_no_sense_gives_the_first_page(cast: Cast) -> None:
    first = story(scope(cast))
    for key in ("x", "|", "2026-01-01|no|no", f"2026-01-01T00:00:00|{UUID(int=1)}|x", "9999-99-99T00:00:00Z||"):
        assert story(scope(cast), key=key).lines == first.lines


def test_two_thousand_entries_take_as_many_queries_as_twenty(cast: Cast) -> None:
    live(cast)
    few = queries(cast)
    made = [
        Contact(
            agency=cast.provider,
            case=cast.case,
            at=NOW - timedelta(days=number),
            channel="phone",
            outcome="spoke",
            note="Talked.",
            by=cast.asha,
        )
        for number in range(2000)
    ]
    Contact.objects.bulk_create(made)
    assert queries(cast) == few <= 3
    assert len(lines(scope(cast, size=500))) > 2000


def queries(cast: Cast) -> int:
    with CaptureQueriesContext(connection) as captured:
        story(scope(cast))
    return len(captured)

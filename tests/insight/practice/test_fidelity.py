"""Practice as designed, read from ordinary records, for a family and for a contract."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.insight.practice.fidelity import practised_under, practised_with, shared
from alongside.insight.practice.outcomes import changes_beside
from alongside.records.appointments.models import Appointment
from alongside.records.cases.models import Case, Contact, Goal
from alongside.records.measures.models import AnswerSet
from alongside.records.people.models import Household, Membership, Person
from alongside.records.plans.models import Strength
from alongside.records.programmes.models import Contract, Enrolment, Group, GroupMember, Programme, Support
from alongside.records.programmes.offered import offered_to
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.usefixtures("clock")


def family(cast: Cast, number: int) -> Case:
    home = Household.objects.create(agency=cast.provider, name=f"Carer {number}", team=cast.team)
    carer = Person.objects.create(agency=cast.provider, name=f"Carer {number}")
    Membership.objects.create(agency=cast.provider, household=home, person=carer, part="carer")
    made: Case = Case.objects.create(agency=cast.provider, household=home, team=cast.team, opened_on=TODAY)
    Enrolment.objects.create(
        agency=cast.provider, case=made, contract=cast.contract, started_on=TODAY - timedelta(weeks=5)
    )
    work(cast, made, carer)
    return made


def work(cast: Cast, case: Case, carer: Person) -> None:
    """Two sessions, a goal and a strength by the second, peer support and a check, asked before and after."""
    ours: dict[str, Any] = {"agency": cast.provider, "case": case}
    for days in (33, 26):
        Contact.objects.create(
            **ours, at=NOW - timedelta(days=days), channel="phone", outcome="spoke", by=cast.asha, minutes=40
        )
    Goal.objects.create(**ours, words="Calm bedtimes", start=3, set_on=TODAY - timedelta(days=26))
    Strength.objects.create(**ours, words="She laughs easily", said_by="worker", noticed_on=TODAY - timedelta(days=33))
    for kind in ("peer", "entitlements"):
        Support.objects.create(**ours, kind=kind, on=TODAY - timedelta(days=20), reply="yes")
    for occasion, days, alone in (("start", 33, 7), ("review", 1, 5)):
        AnswerSet.objects.create(
            **ours, person=carer, instrument="five-domains", edition="1", occasion=occasion, mode="with_worker",
            answered_on=TODAY - timedelta(days=days), answers={}, scores={"isolation": alone},
        )  # fmt: skip


def judged(cast: Cast) -> dict[str, bool | None]:
    (one,) = practised_with(cast.case, offered_to(cast.case), TODAY)
    return {each.ingredient.rule: each.verdict.met for each in one.judged}


def test_a_family_with_no_work_yet_lacks_only_what_is_overdue(cast: Cast) -> None:
    found = judged(cast)
    assert found["first_contact_in_time"] is False
    assert {met for rule, met in found.items() if rule != "first_contact_in_time"} == {None}


def test_ordinary_records_show_the_practice(cast: Cast) -> None:
    work(cast, cast.case, cast.grace)
    found = judged(cast)
    for rule in ("same_worker", "goal_agreed", "strengths_recorded", "one_goal_at_a_time", "review_on_time"):
        assert found[rule] is True, rule
    assert found["peer_support_offered"] is True
    assert found["advice_recorded"] is None
    Contact.objects.create(
        agency=cast.provider, case=cast.case, at=NOW, channel="video", outcome="spoke", by=cast.morgan
    )
    assert judged(cast)["same_worker"] is False


def test_what_was_done_in_another_time_counts_for_that_time(cast: Cast) -> None:
    Enrolment.objects.filter(case=cast.case).update(started_on=TODAY - timedelta(days=19))
    work(cast, cast.case, cast.grace)
    assert judged(cast)["peer_support_offered"] is None, "it was offered before this place began"


def asked_to_a_group(cast: Cast, days: int, status: str) -> Appointment:
    made: Appointment = Appointment.objects.create(
        agency=cast.provider, case=cast.case, worker=cast.asha, at=NOW - timedelta(days=days), minutes=90,
        channel="group", tell="nobody", status=status,
    )  # fmt: skip
    return made


def connected(cast: Cast) -> None:
    programme = Programme.objects.get(slug="connected")
    Contract.objects.filter(pk=cast.contract.pk).update(programme=programme, length_weeks=None)


def test_a_group_that_they_were_asked_to_was_offered_unless_we_called_it_off(cast: Cast) -> None:
    connected(cast)
    asked_to_a_group(cast, 9, "we_called_off")
    assert judged(cast)["group_offered"] is None
    asked_to_a_group(cast, 4, "missed")
    assert judged(cast)["group_offered"] is True
    (one,) = practised_under(cast.contract, cast.morgan, TODAY)
    assert {each.ingredient.rule: each.verdict.met for each in one.judged} == judged(cast)


@pytest.mark.parametrize(
    ("joined", "left", "offered"),
    [(3, None, True), (400, None, True), (400, 3, True), (400, 300, None)],
    ids=["joined since", "goes there still", "left since", "left before"],
)
def test_a_group_that_somebody_goes_to_was_offered(
    cast: Cast, joined: int, left: int | None, offered: bool | None
) -> None:
    connected(cast)
    group = Group.objects.create(agency=cast.provider, name="Batley", place="The library", times="Thursdays")
    GroupMember.objects.create(
        agency=cast.provider, case=cast.case, group=group, person=cast.grace, joined_on=TODAY - timedelta(days=joined),
        left_on=None if left is None else TODAY - timedelta(days=left),
    )  # fmt: skip
    assert judged(cast)["group_offered"] is offered
    (one,) = practised_under(cast.contract, cast.morgan, TODAY)
    assert {each.ingredient.rule: each.verdict.met for each in one.judged} == judged(cast)


def test_a_note_at_a_group_shows_that_it_was_offered_and_a_group_is_peer_support(cast: Cast) -> None:
    asked_to_a_group(cast, 2, "booked")
    assert judged(cast)["peer_support_offered"] is True
    connected(cast)
    Appointment.objects.all().delete()
    Contact.objects.create(agency=cast.provider, case=cast.case, at=NOW, channel="group", outcome="spoke", by=cast.asha)
    assert judged(cast)["group_offered"] is True


def test_the_first_meeting_is_in_time_without_a_note_of_it(cast: Cast) -> None:
    Case.objects.filter(pk=cast.case.pk).update(referral=None)
    started = Enrolment.objects.get(case=cast.case).started_on
    asked_to_a_group(cast, (TODAY - started).days - 1, "kept")
    assert judged(cast)["first_contact_in_time"] is True


def test_a_contract_puts_its_families_together(cast: Cast) -> None:
    for number in range(3):
        family(cast, number)
    found = practised_under(cast.contract, cast.morgan, TODAY)
    assert len(found) == 4
    by_rule = {one.ingredient.rule: one for one in shared(found)}
    assert (by_rule["goal_agreed"].met, by_rule["goal_agreed"].asked, by_rule["goal_agreed"].waiting) == (3, 3, 1)
    assert by_rule["goal_agreed"].percent == 100
    assert (by_rule["advice_recorded"].asked, by_rule["advice_recorded"].percent) == (0, None)
    beside = changes_beside(cast.provider.pk, found, ["five-domains"])
    (alone,) = [one for one in beside if one.scale.key == "isolation"]
    assert (alone.most.n, alone.less.n) == (3, 0)
    assert (alone.most.mean_before, alone.most.mean_after) == (7, 5)


def test_a_contract_of_many_families_asks_the_database_no_more_often(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = practised_under(cast.contract, cast.morgan, TODAY)
            changes_beside(cast.provider.pk, found, ["five-domains"])
        return len(queries)

    family(cast, 0)
    few = asked()
    for number in range(1, 20):
        family(cast, number)
    assert asked() == few <= 6

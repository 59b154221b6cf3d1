"""What a team holds is counted from the record, one family like another, in queries that do not grow."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.core.agencies.models import User
from alongside.insight.workload.closeness import suggestions
from alongside.insight.workload.lateness import late_families
from alongside.insight.workload.queries import families_of, team_work
from alongside.insight.workload.waiting import first_in_line, in_turn
from alongside.records.cases.models import Case, Contact
from alongside.records.oversight.models import Absence, Priority
from alongside.records.people.models import Household, Membership, Person, PlanStatus
from alongside.records.programmes.models import Decision, Enrolment
from alongside.records.referrals.models import Referral
from tests.cast import NOW, TODAY, Cast


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def lee(cast: Cast, **more: object) -> User:
    facts = {"agency": cast.provider, "name": "Lee Marsh", "email": "lee@example.org", "role": "family_worker"}
    found: User = User.objects.create(**{**facts, "team": cast.team, "capacity": 20, **more})
    return found


def family(cast: Cast, number: int, **more: object) -> Case:
    """Give Asha one more family."""
    home = Household.objects.create(
        agency=cast.provider, name=f"Carer {number}", authority=cast.kirklees, team=cast.team, worker=cast.asha
    )
    facts = {
        "authority": cast.kirklees,
        "team": cast.team,
        "worker": cast.asha,
        "opened_on": TODAY - timedelta(days=90),
    }
    case: Case = Case.objects.create(agency=cast.provider, household=home, **{**facts, **more})
    Enrolment.objects.create(agency=cast.provider, case=case, contract=cast.contract, started_on=case.opened_on)
    return case


def test_a_team_adds_up_to_what_its_families_weigh_one_by_one(cast: Cast) -> None:
    family(cast, 1, concern_since=NOW)
    paused = family(cast, 2, paused_since=TODAY)
    Enrolment.objects.filter(case=paused).delete()
    late = family(cast, 3, next_contact_due=TODAY - timedelta(days=1), last_contact_on=TODAY - timedelta(days=30))
    child = Person.objects.create(agency=cast.provider, name="Kit")
    Membership.objects.create(agency=cast.provider, household=late.household, person=child, part="child")
    PlanStatus.objects.create(
        agency=cast.provider, child=child, kind="child_protection", started_on=TODAY, said_by="The school"
    )
    Person.objects.filter(pk=cast.grace.pk).update(needs_interpreter=True)
    family(cast, 4, closed_on=TODAY)
    family(cast, 5, worker=None)
    work = team_work(cast.morgan, cast.team.pk, TODAY)
    (asha,) = work.workers
    assert (asha.families, asha.paused, asha.new, asha.concerns, asha.late) == (4, 1, 1, 1, 1)
    one_by_one = families_of(cast.asha.pk, cast.morgan, TODAY)
    assert asha.weight == pytest.approx(sum(one.weighed.weight for one in one_by_one))
    assert {one.family: one.weighed.reasons for one in one_by_one} == {
        "Carer 1": ("an open concern",),
        "Carer 2": ("paused",),
        "Carer 3": ("a child protection plan",),
        "Grace Okafor": ("the first weeks", "an interpreter"),
    }
    assert (work.families, work.late["contact"], work.late["concern"], work.late["review"]) == (5, 1, 1, 0)
    assert team_work(cast.morgan, None, TODAY).families == 5
    assert team_work(cast.ben, None, TODAY).families == 0


def test_late_families_come_with_what_the_record_shows_of_why(cast: Cast) -> None:
    Case.objects.filter(pk=cast.case.pk).update(next_contact_due=TODAY - timedelta(days=9))
    for days, outcome in ((12, "no_answer"), (3, "left_message"), (60, "no_answer")):
        Contact.objects.create(
            agency=cast.provider,
            case=cast.case,
            at=NOW - timedelta(days=days),
            channel="phone",
            outcome=outcome,
            by=cast.asha,
        )
    Absence.objects.create(agency=cast.provider, worker=cast.asha, by=cast.morgan, starts_on=TODAY)
    _, (late,) = late_families(cast.morgan, cast.team.pk, "first_contact", "", TODAY)
    assert late.reasons == ("Asha Rahman is away.", "Tried 2 times without an answer, last on 17 November.")
    assert not late_families(cast.morgan, cast.team.pk, "contact", "", TODAY)[1]


def test_somebody_is_suggested_by_place_language_and_experience(cast: Cast) -> None:
    other = lee(cast, languages="Welsh, Urdu", kinship_carer_too=True)
    Person.objects.filter(pk=cast.grace.pk).update(language="urdu")
    Case.objects.filter(pk=cast.case.pk).update(worker=None)
    cast.case.refresh_from_db()
    first, second = suggestions(cast.case, cast.morgan, TODAY)
    assert first.worker == other
    assert first.words == "0 of 20 families. Room for 20 more. Speaks Urdu. Has been a kinship carer too."
    assert second.words == "0 of 25 families. Room for 25 more."
    family(cast, 1)
    Absence.objects.create(agency=cast.provider, worker=other, by=cast.morgan, starts_on=TODAY, ends_on=TODAY)
    found = suggestions(cast.case, cast.morgan, TODAY)
    assert [one.worker for one in found] == [cast.asha, other]
    assert "Works with 1 family in Kirklees." in found[0].words
    assert found[1].close.reasons[0] == "Away until 20 November."


def test_waits_come_from_those_who_came_off_the_same_list(cast: Cast) -> None:
    def refer(days: int, status: str) -> Referral:
        referral: Referral = Referral.objects.create(
            agency=cast.provider,
            source="self",
            carer_name=f"Waits {days}",
            received_at=NOW - timedelta(days=days),
            status=status,
            status_at=NOW,
        )
        decided = {"agency": cast.provider, "referral": referral, "contract": cast.contract, "by": cast.morgan}
        Decision.objects.create(**decided, outcome="waiting", decided_at=NOW - timedelta(days=days - 1))
        if status == "accepted":
            Decision.objects.create(**decided, outcome="accepted", decided_at=NOW)
        return referral

    first = refer(50, "waiting")
    refer(60, "waiting")
    Priority.objects.create(
        agency=cast.provider, referral=first, level=1, reason="A baby", set_on=TODAY, by=cast.morgan
    )
    for days in range(20, 27):
        refer(days, "accepted")
    ((row,), (ahead,)) = in_turn(cast.morgan, "", TODAY)[1], first_in_line(cast.morgan, TODAY)
    assert (row.referral.carer_name, row.days, ahead.referral.carer_name) == ("Waits 60", 60, "Waits 50")
    assert "Too few" in row.expected
    refer(40, "accepted")
    assert "Of the last 8 families, the middle half waited" in in_turn(cast.morgan, "", TODAY)[1][0].expected


def test_the_queries_of_the_week_do_not_grow(cast: Cast) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            team_work(cast.morgan, cast.team.pk, TODAY)
        return len(asked)

    count()
    few = count()
    for number in range(20):
        family(cast, number)
    assert count() == few <= 3

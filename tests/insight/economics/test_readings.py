"""What a contract's records say of the inputs of a case, and that nothing small ever stands in one."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.economics.beta import Counted
from alongside.calc.economics.distributions import Fixed, Normal
from alongside.calc.economics.scenario import Origin, Scenario
from alongside.calc.economics.scenario_file import read_scenario
from alongside.calc.economics.scenario_text import write_scenario
from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.insight.economics.library import library, templates
from alongside.insight.economics.readings.filling import READINGS, costed, read_inputs, read_records, spans_for
from alongside.insight.economics.readings.reading import share
from alongside.insight.economics.readings.spans import Span
from alongside.insight.evaluation.models import AnalysisRun, Cohort
from alongside.insight.evaluation.results import Effect, Result
from alongside.insight.evaluation.rules import Definition
from alongside.insight.reports.periods import Quarter, period_of
from alongside.insight.reports.services import freeze_quarter
from alongside.records.appointments.models import Appointment
from alongside.records.cases.models import Case, Closure, Contact
from alongside.records.measures.models import AnswerSet
from alongside.records.people.models import Membership
from alongside.records.programmes.models import Group, GroupMember
from tests.cast import NOW, TODAY, Cast
from tests.insight.reports.families import at, family

pytestmark = pytest.mark.usefixtures("clock")
YEAR = Span(date(2025, 10, 1), date(2026, 9, 30))


@pytest.fixture
def eighteen(cast: Cast) -> Cast:
    """Eighteen families who began on 6 July, were called that day for an hour, and left on 31 August.

    The call was booked, with twenty minutes on the way; on 20 July they were met for two hours, of which nobody wrote.

    Nine had a child on a plan, reached their goal, said at a review that they were more satisfied (five by two points,
    four by one), and their child moved out on 1 August, when they joined a group; with the other nine touch was lost.
    """
    with system():
        group = Group.objects.create(agency=cast.provider, name="Tuesdays", place="The library", times="At ten")
        for number in range(18):
            good = number < 9
            case = family(cast, number, ended_on=date(2026, 8, 31), plan="child_in_need" if good else "")
            reason = Closure.Reason.GOAL_REACHED if good else Closure.Reason.LOST_TOUCH
            for day, minutes, way in ((date(2026, 7, 6), 45, 20), (date(2026, 7, 20), 120, 0)):
                Appointment.objects.create(
                    agency=cast.provider, case=case, worker=cast.asha, at=at(day), minutes=minutes, travel_minutes=way,
                    channel="home", tell="nobody", status="kept",
                )  # fmt: skip
            Closure.objects.create(agency=cast.provider, case=case, closed_on=date(2026, 8, 31), reason=reason)
            if good:
                carer = Membership.objects.get(household=case.household, part="carer").person
                GroupMember.objects.create(
                    agency=cast.provider, group=group, case=case, person=carer, joined_on=date(2026, 8, 1)
                )
                _answer(cast, case, 4, 6 if number < 5 else 5)
                Membership.objects.filter(household=case.household, part="child").update(until=date(2026, 8, 1))
        Contact.objects.filter(case__enrolments__contract=cast.contract).update(minutes=60)
    return cast


def _answer(cast: Cast, case: Case, before: int, after: int) -> None:
    carer = Membership.objects.get(household=case.household, part="carer").person
    for occasion, day, score in (("start", date(2026, 7, 6), before), ("review", date(2026, 8, 30), after)):
        AnswerSet.objects.create(
            agency=cast.provider, case=case, person=carer, instrument="ons4",
            edition="harmonised standard, May 2020", occasion=occasion, answered_on=day, mode="with_worker",
            answers={}, scores={"satisfied": score},
        )  # fmt: skip


def test_every_reading_tells_what_it_counted_rounded_and_out_of_what(eighteen: Cast) -> None:
    with system(), CaptureQueriesContext(connection) as queries:
        found = read_records(eighteen.contract, None, READINGS, by=eighteen.morgan)
        year = read_records(eighteen.contract, YEAR, ["left_home"], by=eighteen.morgan)
    assert len(queries) <= 14, "ten of them for the term, the rest for the year"
    made = {key: reading.made for key, reading in found.items()}
    assert made["families"] == Fixed(40), "20 in half a year"
    assert found["families"].words == (
        "20 families began between 1 April 2026 and 30 September 2026, rounded to the nearest 5, in 0.5 years."
    )
    assert made["retained"] == made["on_a_plan"] == year["left_home"].made == Counted(10, 20)
    assert made["engaged"] is None, "everybody did, and none is told as a number below 8"
    assert made["left_home"] is None, "half a year is not a year"
    assert made["joined_group"] == Counted(10, 20)
    assert made["groups"] == Fixed(1)
    assert made["contacts"] == Fixed(1.8), "35 for 20: what was booked and written is one"
    assert made["points"] == Normal(1.6, 0.18)
    assert (found["points"].grade, found["points"].level) == (4, 1)
    assert made["cost_from_price"] == Fixed(round(180_000 * 183 / 731 / 20, 2))
    assert (made["cost_from_time"], found["cost_from_time"].price_year) == (Fixed(90.0), 2013)


def test_a_template_takes_what_the_records_say_and_keeps_blank_what_they_may_not_tell(eighteen: Cast) -> None:
    scenario = _filled(eighteen, eighteen.morgan)
    assert scenario.inputs["families"].made == Fixed(40)
    assert (scenario.inputs["families"].origin, scenario.inputs["families"].grade) == (Origin.RECORD, 1)
    assert scenario.inputs["points"].level == 1
    engaged = scenario.inputs["engaged"]
    assert engaged.made is None
    assert "Too few to tell" in engaged.source
    assert read_scenario(write_scenario(scenario), library()) == scenario


def test_what_a_frozen_cohort_was_judged_by_comes_with_the_level_of_its_design(cast: Cast) -> None:
    ours: dict[str, Any] = {"agency": cast.provider}
    definition = Definition((str(cast.contract.pk),), date(2026, 4, 1), date(2026, 6, 30)).to_json()
    effect = Effect("ons4.satisfied", "Life satisfaction", "40", "points", 0.7, 0.2, 1.2, way=1)
    with system():
        cohort = Cohort.objects.create(
            **ours, title="Spring", question="?", definition=definition, made_by=cast.morgan, frozen_at=NOW
        )
        AnalysisRun.objects.create(
            **ours, cohort=cohort, method="beside", outcomes=["ons4.satisfied"], standing="primary", seed=1,
            program="1", fingerprint="f", result=Result("Beside", 3, "Alike.", effects=(effect,)).to_json(),
            at=NOW, by=cast.morgan,
        )  # fmt: skip
        found = read_records(cast.contract, None, ["points"], by=cast.morgan)["points"]
    assert found.made == Normal(0.7, 0.26), "the interval is 1.0 wide: 1.0 / 2 / 1.96"
    assert (found.level, found.grade) == (3, 3)
    assert "“Spring”" in found.words


def test_the_cost_of_a_family_is_read_either_way(eighteen: Cast) -> None:
    scenario = costed(read_scenario(templates()["reach"], library()), "cost_from_time")
    with system():
        found = read_inputs(scenario, eighteen.contract, None, by=eighteen.morgan).inputs["per_family"]
    assert (found.made, found.record, found.price_year) == (Fixed(90.0), "cost_from_time", 2013)


def test_who_pays_reads_the_price_and_what_frozen_reports_gave_it(eighteen: Cast) -> None:
    assert {each.made for each in _filled(eighteen, eighteen.carol).inputs.values() if each.record} == {None}
    for quarter in (Quarter(2026, 2), Quarter(2026, 3)):
        period = period_of(eighteen.contract.starts_on, eighteen.contract.ends_on, quarter, TODAY)
        assert period
        with system():
            freeze_quarter(contract=eighteen.contract, period=period, by=eighteen.morgan)
    inputs = _filled(eighteen, eighteen.carol).inputs
    assert inputs["families"].made == Fixed(36)
    assert inputs["per_family"].made == Fixed(round(180_000 * 183 / 731 / 18, 2))
    assert inputs["retained"].made is None
    assert {each.made for each in _filled(eighteen, eighteen.ben).inputs.values() if each.record} == {None}


def _filled(cast: Cast, by: User) -> Scenario:
    scenario = read_scenario(templates()["reach"], library())
    with system():
        return read_inputs(scenario, cast.contract, spans_for(cast.contract)[0], by=by)


def test_every_record_that_a_template_names_can_be_read() -> None:
    scenarios = [read_scenario(text, library()) for text in templates().values()]
    named = {each.record for scenario in scenarios for each in scenario.inputs.values() if each.record}
    assert named <= READINGS.keys()


@pytest.mark.anywhere
@settings(max_examples=30)
@given(st.integers(0, 200), st.integers(0, 200))
def test_no_share_tells_of_few(some: int, others: int) -> None:
    made = share(some, others)
    if made is None:
        assert min(some, others) < 8
    else:
        assert min(made.events, made.of - made.events) >= 10
        assert (made.events % 5, made.of % 5) == (0, 0)

"""What law gives people time for is counted as the law counts it, in each nation by its own rules."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.base.clocks import clock, is_working_day
from alongside.insight.clocks.reading import rules
from alongside.insight.clocks.rules import (
    Facts,
    Rule,
    State,
    Unit,
    deadlines,
    last_working_day,
    later,
    runs_from,
    state_on,
    wanting,
)

TODAY = date(2026, 11, 20)
LAW = {(rule.nation, rule.slug): rule for rule in rules()}
days = st.dates(date(2004, 1, 1), date(2060, 12, 31))
counts = st.integers(-60, 60)
calendar_days = st.dates(date(2019, 1, 1), date(2027, 12, 31))  # for which bank holidays are known


@given(days, counts, st.sampled_from([Unit.MONTHS, Unit.YEARS]))
def test_a_month_on_is_the_same_day_or_the_last_of_a_shorter_month(day: date, count: int, unit: Unit) -> None:
    found = later(day, count, unit)
    months = (found.year - day.year) * 12 + found.month - day.month
    assert months == count * (12 if unit == Unit.YEARS else 1)
    last = monthrange(found.year, found.month)[1]
    assert found.day == day.day if day.day <= last else found.day == last


@given(days, counts, counts, st.sampled_from(Unit))
def test_more_time_is_never_earlier_and_a_later_start_never_ends_sooner(day: date, a: int, b: int, unit: Unit) -> None:
    fewer, more = sorted((a, b))
    assert later(day, fewer, unit) <= later(day, more, unit)
    assert later(day, a, unit) <= later(day + timedelta(days=1), a, unit)


@pytest.mark.parametrize(
    ("day", "count", "unit", "due"),
    [
        (date(2024, 2, 29), 3, Unit.YEARS, date(2027, 2, 28)),  # no such day that year
        (date(2024, 2, 29), 4, Unit.YEARS, date(2028, 2, 29)),
        (date(2026, 10, 31), 4, Unit.MONTHS, date(2027, 2, 28)),
        (date(2027, 10, 31), 4, Unit.MONTHS, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, Unit.MONTHS, date(2027, 2, 28)),
        (date(2026, 12, 31), -1, Unit.MONTHS, date(2026, 11, 30)),
        (date(2026, 1, 15), -1, Unit.YEARS, date(2025, 1, 15)),
        (date(2026, 10, 24), 16, Unit.WEEKS, date(2027, 2, 13)),  # over a clock change, which moves no day
    ],
)
def test_leap_days_and_ends_of_months(day: date, count: int, unit: Unit, due: date) -> None:
    assert later(day, count, unit) == due


@given(calendar_days)
def test_one_acts_on_the_last_day_that_offices_are_open(due: date) -> None:
    act_by = last_working_day(due)
    assert act_by <= due
    assert is_working_day(act_by)
    between = (act_by + timedelta(days=n) for n in range(1, (due - act_by).days + 1))
    assert not any(is_working_day(day) for day in between)


@pytest.mark.parametrize(
    ("due", "act_by"),
    [
        (date(2026, 12, 28), date(2026, 12, 24)),  # Christmas, a weekend and Boxing Day in their stead
        (date(2027, 3, 29), date(2027, 3, 25)),  # Easter Monday; St David's Day is no bank holiday in Wales
        (date(2027, 3, 1), date(2027, 3, 1)),
        (date(2026, 11, 22), TODAY),
    ],
)
def test_bank_holidays_of_both_nations(due: date, act_by: date) -> None:
    assert last_working_day(due) == act_by


@given(days, st.integers(-400, 400), st.sampled_from(rules()))
def test_a_clock_only_ever_grows_more_urgent(due: date, ahead: int, rule: Rule) -> None:
    order = [State.AHEAD, State.SOON, State.TODAY, State.PASSED if rule.turn else State.LATE]
    today, act_by = due + timedelta(days=ahead), last_working_day(due)
    now, tomorrow = (state_on(day, due, act_by, rule) for day in (today, today + timedelta(days=1)))
    assert order.index(now) <= order.index(tomorrow)
    assert (now == order[-1]) == (today > due)


@given(calendar_days, st.integers(0, 23), st.integers(0, 59), st.integers(0, 10))
def test_a_first_contact_counts_from_the_day_here_whatever_the_hour(
    day: date, hour: int, minute: int, target: int
) -> None:
    """Half past midnight in summer is the evening before by universal time; the family's day is what counts."""
    here = ZoneInfo("Europe/London")
    received = datetime(day.year, day.month, day.day, hour, minute, tzinfo=here).astimezone(ZoneInfo("UTC"))
    on = received.astimezone(here).date()
    assert clock(on, target, TODAY).due == clock(day, target, TODAY).due or on != day  # an hour that the spring skips


def standing(kind: str, nation: str = "england", **more: object) -> Facts:
    dates = {name: day for name, day in more.items() if isinstance(day, date) and name != "born"}
    rest = {name: value for name, value in more.items() if name not in dates}
    return Facts(kind=kind, dates=dates, home=nation, placing=nation, **rest)  # type: ignore[arg-type]


def told(facts: Facts) -> dict[str, date]:
    return {one.rule.slug: one.due for one in deadlines(facts, rules(), TODAY)}


def test_private_fostering_is_told_six_weeks_ahead_and_at_once_where_it_has_begun() -> None:
    planned = standing("private_fostering", planned_for=date(2027, 2, 1))
    assert told(planned) == {"private-fostering-notice": date(2026, 12, 21)}
    begun = standing("private_fostering", planned_for=date(2027, 2, 1), started_on=date(2026, 11, 2))
    (late,) = deadlines(begun, rules(), TODAY)
    assert (late.state, late.due) == (State.LATE, date(2026, 9, 21))
    assert not told(replace(begun, dates={**begun.dates, "authority_told_on": TODAY}))


def test_a_stay_beyond_close_kin_becomes_private_fostering_after_28_days() -> None:
    stay = standing("informal", started_on=date(2026, 11, 2), kin="friend")
    assert told(stay) == {"private-fostering-days": date(2026, 11, 30)}
    for close in ("grandparent", "sibling", "aunt_uncle", "step_parent"):
        assert not told(replace(stay, kin=close))
    assert not told(replace(stay, born=date(2010, 11, 29)))  # sixteen by then
    assert told(replace(stay, born=date(2011, 1, 1)))
    (missing,) = wanting(replace(stay, kin="unknown"), rules())
    assert missing[1].words == "what the carer is to the child"


def test_temporary_approval_is_extended_once_in_england_and_not_in_wales() -> None:
    approved = {"temporarily_approved_on": date(2026, 8, 3), "reviewed_on": date(2026, 8, 28)}
    england, wales = (standing("connected_foster", nation, **approved) for nation in ("england", "wales"))
    assert told(england)["temporary-approval"] == told(wales)["temporary-approval"] == date(2026, 11, 23)
    longer = {"approval_extended_on": date(2026, 11, 16)}
    assert told(replace(england, dates={**england.dates, **longer})) == {
        "temporary-approval-extended": date(2027, 1, 18),
        "four-weekly-visit": date(2026, 9, 25),
    }
    assert told(replace(wales, dates={**wales.dates, **longer}))["temporary-approval"] == date(2026, 11, 23)
    decided = {"approval_decided_on": TODAY}
    assert not told(replace(england, dates={**england.dates, **longer, **decided}))
    first_days = standing("connected_foster", "wales", started_on=date(2026, 11, 18))
    assert told(first_days) == {"first-days": date(2026, 11, 24)}
    assert not told(standing("connected_foster", "england", started_on=date(2026, 11, 18)))


def test_visits_count_from_the_last_one_and_widen_after_the_first_review() -> None:
    at_first = standing("connected_foster", temporarily_approved_on=date(2026, 11, 16))
    assert told(at_first)["weekly-visit"] == date(2026, 11, 23)
    seen = replace(at_first, dates={**at_first.dates, "visited_on": date(2026, 11, 19)})
    assert told(seen)["weekly-visit"] == date(2026, 11, 26)
    reviewed = told(replace(seen, dates={**seen.dates, "reviewed_on": TODAY}))
    assert reviewed["four-weekly-visit"] == date(2026, 12, 17)
    assert "weekly-visit" not in reviewed


def test_another_council_answers_after_three_years() -> None:
    order = standing("special_guardianship", started_on=date(2024, 2, 29), stage="final", looked_after_before="yes")
    assert told(order) == {"three-years": date(2027, 2, 28)}
    (turned,) = deadlines(order, rules(), date(2027, 3, 1))
    assert turned.state == State.PASSED, "nobody is late: it happened by itself"
    for changed in ({"looked_after_before": "no"}, {"stage": "interim"}, {"born": date(2009, 2, 1)}):
        assert not told(replace(order, **changed))
    (missing,) = [one for _, one in wanting(replace(order, looked_after_before="unknown"), rules()) if not one.date]
    assert missing.words == "whether the child was looked after immediately before"


def test_the_fund_is_asked_within_four_months_and_only_in_england() -> None:
    assessed = standing("child_arrangements", fund_assessed_on=date(2026, 10, 31))
    assert told(assessed) == {"fund-application": date(2027, 2, 28)}
    assert not told(replace(assessed, home="wales", placing="wales"))
    assert not told(replace(assessed, dates={**assessed.dates, "fund_applied_on": TODAY}))
    after_its_end = standing("child_arrangements", fund_assessed_on=date(2028, 4, 1))
    assert not told(after_its_end), "the fund has an end, and nobody knows yet what follows it"


def test_guardians_allowance_is_paid_three_months_back() -> None:
    died = standing("testamentary_guardian", "wales", started_on=date(2026, 11, 1))
    assert told(died) == {"guardians-allowance": date(2027, 2, 1)}


def test_the_placing_councils_nation_decides_some_rules_and_the_homes_others() -> None:
    both = standing("connected_foster", temporarily_approved_on=date(2026, 8, 3), started_on=date(2026, 8, 1))
    moved = replace(both, home="wales", placing="england")
    assert "weekly-visit" in told(moved)
    nowhere = replace(both, home=None, placing=None)
    assert not told(nowhere)
    assert {one.words for _, one in wanting(nowhere, rules())} == {"which council it is"}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.nation}-{rule.slug}")
def test_every_rule_can_run_be_ended_and_say_how_it_was_counted(rule: Rule) -> None:
    start = date(2026, 11, 10)
    needed = dict.fromkeys([rule.count_from[0], *rule.needs], start)
    facts = Facts(
        kind=rule.kinds[0],
        dates=needed,
        home=rule.nation,
        placing=rule.nation,
        stage="final",
        looked_after_before="yes",
        kin="friend",
        born=date(2020, 1, 1),
    )
    (running,) = deadlines(facts, [rule], TODAY)
    assert running.words.startswith(f"{rule.count} {rule.unit if rule.count != 1 else rule.unit[:-1]}")
    assert "10 November 2026" in running.words
    for ending in rule.ends_with:
        assert not deadlines(replace(facts, dates={**needed, ending: TODAY}), [rule], TODAY)
    assert runs_from(facts.dates, rule) == (rule.count_from[0], start)
    assert rule.source
    assert rule.checked


def test_a_rule_that_nobody_verified_is_marked() -> None:
    assert not LAW["england", "temporary-approval"].verified
    assert LAW["wales", "temporary-approval"].verified
    assert not LAW["wales", "private-fostering-notice"].verified

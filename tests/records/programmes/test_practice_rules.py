"""Whether work had what its programme is made of: each rule on plain facts, and nothing held against it too early."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.records.programmes.definition import load_definitions
from alongside.records.programmes.rules.clock import Stop
from alongside.records.programmes.rules.practice import RULES, Had, Ingredient, Work, judge

START = date(2026, 9, 1)  # a Tuesday, the day after a bank holiday
DAY = timedelta(days=1)
FRESH = Work(today=START, started_on=START, referred_on=START)


def asked(rule: str, **more: int) -> Ingredient:
    return Ingredient(rule=rule, words="", why="", **more)


def had(*offsets: int, worker: str = "Asha") -> tuple[Had, ...]:
    return tuple(Had(START + offset * DAY, worker) for offset in offsets)


@pytest.mark.parametrize("rule", RULES)
def test_on_the_first_day_nothing_is_held_against_anybody(rule: str) -> None:
    assert judge(FRESH, asked(rule)).met is None


def test_every_rule_is_of_use_to_a_programme() -> None:
    used = {ingredient.rule for definition in load_definitions() for ingredient in definition.ingredients}
    assert used == set(RULES)


def test_the_same_worker_throughout() -> None:
    rule = asked("same_worker")
    assert judge(replace(FRESH, sessions=had(1)), rule).met is None
    assert judge(replace(FRESH, sessions=had(1, 8, 15)), rule).met is True
    two = judge(replace(FRESH, sessions=had(1, 8) + had(15, worker="Sol")), rule)
    assert two.met is False
    assert "Asha 2, Sol 1" in two.words


def test_first_contact_counts_working_days_from_the_referral() -> None:
    rule = asked("first_contact_in_time")
    work = replace(FRESH, referred_on=date(2026, 8, 27), first_contact_days=2)  # Thursday before a bank holiday Monday
    assert judge(replace(work, first_contact_on=date(2026, 9, 1)), rule).met is True
    assert judge(replace(work, first_contact_on=date(2026, 9, 2)), rule).met is False
    assert judge(replace(work, today=date(2026, 9, 1)), rule).met is None
    assert judge(replace(work, today=date(2026, 9, 2)), rule).met is False


def test_a_goal_by_the_second_session() -> None:
    rule = asked("goal_agreed", by_session=2)
    work = replace(FRESH, today=START + 60 * DAY, sessions=had(1, 8, 15))
    assert judge(replace(work, goal_on=START + 8 * DAY), rule).met is True
    assert judge(replace(work, goal_on=START + 9 * DAY), rule).met is True, "between the second session and the third"
    assert judge(replace(work, goal_on=START + 15 * DAY), rule).met is False
    assert judge(work, rule).met is False
    assert judge(replace(work, sessions=had(1, 8)), rule).met is None, "the second session may still set one"
    assert judge(replace(work, sessions=had(1), ended_on=START + 20 * DAY), rule).met is False


def test_a_pause_gives_the_time_back() -> None:
    rule = asked("strengths_recorded", within_weeks=8)
    late = replace(FRESH, today=START + 60 * DAY)
    assert judge(late, rule).met is False
    paused = replace(late, stops=(Stop(START + 10 * DAY, START + 24 * DAY),))
    assert judge(paused, rule).met is None
    assert judge(replace(paused, strength_on=START + 60 * DAY), rule).met is True


def test_a_review_is_due_when_the_contract_says_with_a_weeks_grace() -> None:
    rule = asked("review_on_time")
    work = replace(FRESH, review_weeks=12)
    due = START + 84 * DAY
    assert judge(replace(work, today=due + 7 * DAY), rule).met is None
    assert judge(replace(work, today=due + 8 * DAY), rule).met is False
    assert judge(replace(work, today=due + 30 * DAY, reviews=(due + 7 * DAY,)), rule).met is True
    assert judge(replace(work, today=due + 30 * DAY, reviews=(due + 8 * DAY,)), rule).met is False
    assert judge(replace(work, today=due + 30 * DAY, ended_on=due - 10 * DAY), rule).met is None
    assert judge(replace(work, today=due + 30 * DAY, stops=(Stop(START + DAY),)), rule).met is None


def test_six_months_are_counted_without_the_pauses() -> None:
    rule = asked("long_enough")
    work = replace(FRESH, weeks_at_least=26, today=START + 400 * DAY)
    assert judge(replace(work, ended_on=START + 182 * DAY), rule).met is True
    assert judge(replace(work, ended_on=START + 181 * DAY), rule).met is False
    stop = Stop(START + 10 * DAY, START + 17 * DAY)
    assert judge(replace(work, ended_on=START + 182 * DAY, stops=(stop,)), rule).met is False
    assert judge(replace(work, today=START + 100 * DAY), rule).met is None


def test_therapy_is_asked_for_only_where_it_was_bought() -> None:
    rule, over = asked("therapy_beside"), replace(FRESH, ended_on=START + 90 * DAY, today=START + 90 * DAY)
    assert judge(over, rule).met is None
    assert judge(replace(over, therapy_meant=True), rule).met is False
    assert judge(replace(over, therapy_meant=True, therapy_on=START + 20 * DAY), rule).met is True


def test_one_goal_at_a_time() -> None:
    rule = asked("one_goal_at_a_time")
    assert judge(replace(FRESH, goal_on=START, goals_at_once=1), rule).met is True
    assert judge(replace(FRESH, goal_on=START, goals_at_once=2), rule).met is False


@given(
    st.integers(0, 300),
    st.integers(0, 300),
    st.sampled_from(["goal_agreed", "strengths_recorded", "group_offered", "entitlements_checked", "advice_recorded"]),
    st.one_of(st.none(), st.integers(1, 10)),
)
def test_time_alone_never_takes_back_what_was_judged(today: int, later: int, rule: str, within: int | None) -> None:
    work = replace(FRESH, today=START + today * DAY, sessions=had(*range(0, 40, 7)))
    ingredient = Ingredient(rule, "", "", within_weeks=within)
    now, then = judge(work, ingredient).met, judge(replace(work, today=work.today + later * DAY), ingredient).met
    assert now is None or now == then

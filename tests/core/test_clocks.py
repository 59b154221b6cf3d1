"""Clocks count working days as people in England and Wales do."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.base.clocks import (
    ClockState,
    add_working_days,
    clock,
    is_working_day,
    working_days_between,
)

FRIDAY = date(2026, 11, 20)
days = st.dates(date(2012, 1, 1), date(2030, 12, 31))
targets = st.integers(0, 60)


@pytest.mark.parametrize(
    ("start", "number", "due"),
    [
        (FRIDAY, 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # came in on a Saturday
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Christmas, and Boxing Day kept on the Monday
        (date(2027, 3, 25), 2, date(2027, 3, 31)),  # Good Friday and Easter Monday
        (FRIDAY, 0, FRIDAY),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(start: date, number: int, due: date) -> None:
    assert add_working_days(start, number) == due


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        (FRIDAY, ClockState.ON_TIME, "2 working days left"),
        (date(2026, 11, 23), ClockState.ON_TIME, "1 working day left"),
        (date(2026, 11, 24), ClockState.DUE_TODAY, "due today"),
        (date(2026, 11, 25), ClockState.LATE, "1 working day late"),
        (date(2026, 12, 1), ClockState.LATE, "5 working days late"),
    ],
)
def test_a_clock_says_what_is_left(today: date, state: ClockState, words: str) -> None:
    shown = clock(FRIDAY, 2, today)
    assert (shown.due, shown.state, shown.words) == (date(2026, 11, 24), state, words)


def test_a_weekend_after_a_missed_day_is_late() -> None:
    shown = clock(date(2026, 11, 19), 1, date(2026, 11, 21))
    assert (shown.state, shown.words) == (ClockState.LATE, "was due on Friday")


def test_a_target_is_not_negative() -> None:
    with pytest.raises(ValueError, match="must be 0 or more"):
        add_working_days(FRIDAY, -1)


@given(days, days)
def test_counting_agrees_with_a_calendar_on_the_wall(start: date, end: date) -> None:
    early, late = min(start, end), max(start, end)
    wall = sum(is_working_day(early + timedelta(n)) for n in range(1, (late - early).days + 1))
    assert working_days_between(early, late) == wall
    assert working_days_between(late, early) == -wall


@given(days, targets)
def test_adding_and_counting_agree(start: date, number: int) -> None:
    due = add_working_days(start, number)
    assert working_days_between(start, due) == number
    assert number == 0 or is_working_day(due)


@given(days, targets, days, st.integers(0, 30))
def test_a_clock_only_runs_forward(received: date, target: int, today: date, later: int) -> None:
    order = [ClockState.ON_TIME, ClockState.DUE_TODAY, ClockState.LATE]
    now, then = clock(received, target, today), clock(received, target, today + timedelta(later))
    assert now.due == then.due
    assert order.index(now.state) <= order.index(then.state)
    assert clock(received, target + 1, today).due > now.due

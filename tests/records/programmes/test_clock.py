"""The clock of a programme: what pauses, leap days and more time do to it, whatever the dates."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alongside.records.programmes.rules.clock import (
    WEEK,
    Planned,
    Stop,
    against_going_on,
    against_stopping,
    days_counted,
    standing,
    stopped_as_a_whole,
    time_ends,
)

DAY = timedelta(days=1)
days = st.dates(date(2023, 1, 1), date(2029, 12, 31))
weeks = st.integers(1, 104)


def stops(open_too: bool = False) -> st.SearchStrategy[list[Stop]]:
    """Pauses in any order, some of which overlap."""
    lengths: st.SearchStrategy[int | None] = st.integers(0, 60)
    lengths = lengths | st.none() if open_too else lengths
    pause = st.builds(
        lambda since, length: Stop(since, None if length is None else since + length * DAY), days, lengths
    )
    return st.lists(pause, max_size=4)


def stands_still(day: date, pauses: list[Stop]) -> bool:
    return any(stop.since <= day and (stop.until is None or day < stop.until) for stop in pauses)


@given(days, st.integers(0, 800), stops(open_too=True))
def test_a_day_counts_unless_a_pause_covers_it(start: date, length: int, pauses: list[Stop]) -> None:
    one_by_one = sum(not stands_still(start + n * DAY, pauses) for n in range(length))
    assert days_counted(start, start + length * DAY, pauses) == one_by_one


@given(days, weeks, stops())
def test_the_time_ends_when_just_so_many_days_have_counted(start: date, number: int, pauses: list[Stop]) -> None:
    end = time_ends(start, number, pauses)
    assert end is not None
    assert days_counted(start, end, pauses) == number * WEEK
    assert days_counted(start, end - DAY, pauses) == number * WEEK - 1, "its last day counts, so it is no later"


@given(days, weeks, stops(), st.integers(1, 30))
def test_a_pause_more_never_brings_the_end_forward(start: date, number: int, pauses: list[Stop], at: int) -> None:
    end = time_ends(start, number, pauses)
    later = time_ends(start, number, [*pauses, Stop(start + at * DAY, start + (at + 7) * DAY)])
    assert end is not None
    assert later is not None
    # It may bring the end behind a pause that came after it, which then counts as well.
    longest = sum(((stop.until or stop.since) - stop.since for stop in pauses), 7 * DAY)
    assert end <= later <= end + longest


@given(days, weeks, stops(), st.integers(0, 1000))
def test_more_weeks_move_the_end_and_nothing_else(start: date, number: int, pauses: list[Stop], on: int) -> None:
    today = start + on * DAY
    before = standing(start, None, Planned(number, 8), pauses, 3, today)
    after = standing(start, None, Planned(number, 8).with_more(4, 2), pauses, 3, today)
    assert (before.days_left, after.days_left) == (before.days_left, (before.days_left or 0) + 4 * WEEK)
    assert (before.sessions_left, after.sessions_left) == (5, 7)
    assert before.week == after.week
    assert before.ends_on is not None
    assert after.ends_on is not None
    assert after.ends_on >= before.ends_on + 4 * WEEK * DAY


@given(days, weeks, st.integers(0, 400), st.integers(0, 400))
def test_while_a_pause_is_open_the_clock_stands_and_its_end_is_open(
    start: date, number: int, after: int, later: int
) -> None:
    pause = Stop(start + after * DAY)
    at_once = standing(start, None, Planned(number), [pause], 0, pause.since)
    afterwards = standing(start, None, Planned(number), [pause], 0, pause.since + later * DAY)
    assert at_once.days_used == afterwards.days_used == after
    assert afterwards.stopped_since == pause.since
    assert (afterwards.ends_on is None) == (after < number * WEEK)


def test_a_leap_day_is_a_day() -> None:
    assert time_ends(date(2028, 2, 1), 4, []) == date(2028, 2, 29)
    assert time_ends(date(2027, 2, 1), 4, []) == date(2027, 3, 1)
    assert days_counted(date(2028, 2, 28), date(2028, 3, 1), []) == 2


def test_what_was_never_limited_has_no_end() -> None:
    now = standing(date(2026, 1, 1), None, Planned().with_more(0, 0), [], 7, date(2026, 11, 20))
    assert (now.ends_on, now.days_left, now.sessions_left, now.is_over) == (None, None, None, False)
    assert now.week_words == "Week 47"
    assert now.sessions_words == "7 sessions"


def test_it_is_said_as_people_say_it() -> None:
    at = standing(date(2026, 10, 16), None, Planned(12, 8), [], 3, date(2026, 11, 20))
    assert (at.week_words, at.time_left_words) == ("Week 6 of 12", "7 weeks left")
    assert (at.sessions_words, at.sessions_left_words) == ("3 of 8 sessions", "5 sessions left")
    over = standing(date(2026, 10, 16), None, Planned(4, 2), [], 3, date(2026, 11, 20))
    assert over.is_over
    assert (over.week_words, over.time_left_words) == ("Week 6, planned for 4", "1 week more than agreed")
    assert over.sessions_left_words == "1 session more than agreed"
    done = standing(date(2026, 10, 16), date(2026, 11, 6), Planned(4, 2), [], 2, date(2027, 1, 1))
    assert done.week_words == "3 weeks"


def test_a_pause_starts_within_the_work_and_never_in_another() -> None:
    start, today = date(2026, 10, 1), date(2026, 11, 20)
    past = Stop(date(2026, 10, 10), date(2026, 10, 20))
    assert against_stopping(start, [past], date(2026, 10, 20), today) == ""
    assert "today or in the past" in against_stopping(start, [], today + DAY, today)
    assert "cannot start before" in against_stopping(start, [], start - DAY, today)
    assert "stood still until" in against_stopping(start, [past], date(2026, 10, 19), today)
    assert "stands still already" in against_stopping(start, [Stop(date(2026, 11, 1))], today, today)
    assert against_going_on(Stop(today), today, today) == ""
    assert against_going_on(Stop(today), today - DAY, today)
    assert against_going_on(Stop(today), today + DAY, today)


def test_a_family_stands_still_only_when_each_of_its_programmes_does() -> None:
    early, late = date(2026, 10, 1), date(2026, 11, 1)
    assert stopped_as_a_whole([early, late]) == late
    assert stopped_as_a_whole([early, None]) is None
    assert stopped_as_a_whole([]) is None

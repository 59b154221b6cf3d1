"""What a programme's schedule makes due: by which day, for how long, and what it takes for it to be done."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alongside.insight.asking.rules import (
    BEFOREHAND_DAYS,
    LAPSES_DAYS,
    SOON_DAYS,
    Done,
    Schedule,
    Time,
    Wanted,
    horizon,
    months_after,
    wanted_of,
)

ALL = frozenset({"start", "review", "end", "follow_up"})
SCHEDULE = Schedule(ALL, 28, 28, (6, 12), follow_up_by_itself=False)
DAY = timedelta(days=1)
START, END = date(2026, 3, 2), date(2026, 8, 31)
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def wanted(today: date, *done: Done, ended: date | None = None, back: bool = False) -> list[Wanted]:
    return wanted_of(Time(START, ended, back), SCHEDULE, done, date.min, today)


def test_the_start_is_due_while_it_is_a_start_and_then_no_more() -> None:
    by = START + 28 * DAY
    assert wanted(START - DAY) == []
    assert wanted(START) == wanted(by + LAPSES_DAYS * DAY) == [Wanted(by, "start", START)]
    assert wanted(by + (LAPSES_DAYS + 1) * DAY) == []


def test_whoever_has_said_anything_since_is_not_asked_for_the_start() -> None:
    by = START + 28 * DAY
    assert wanted(by, Done(START + DAY, "review")) == []
    assert wanted(by, Done(START - BEFOREHAND_DAYS * DAY, "end")) == []
    assert wanted(by, Done(START - 60 * DAY, "review")) != []
    assert wanted(by, Done(START - 60 * DAY, "start")) == [], "a second programme, the same work"


def test_a_start_from_before_they_came_back_does_not_count() -> None:
    time, by = Time(START, None, False), START + 28 * DAY
    old = [Done(START - 400 * DAY, "start")]
    assert [one.occasion for one in wanted_of(time, SCHEDULE, old, START, by)] == ["start"]


def test_the_end_then_six_months_and_a_year_after() -> None:
    assert [one.occasion for one in wanted(END + 20 * DAY, ended=END)] == ["end"]
    half, year = date(2027, 2, 28), date(2027, 8, 31)
    assert wanted(half - (SOON_DAYS + 1) * DAY, ended=END) == []
    assert wanted(half, ended=END) == [Wanted(half, "follow_up", half - SOON_DAYS * DAY, 6)]
    assert wanted(year + 30 * DAY, ended=END) == [Wanted(year, "follow_up", year - SOON_DAYS * DAY, 12)]
    assert wanted(half + 30 * DAY, Done(half - 9 * DAY, "follow_up"), ended=END) == []
    assert wanted(year + 30 * DAY, Done(half + 9 * DAY, "follow_up"), ended=END) != [], "one answer is not two"


def test_nobody_is_followed_up_who_is_back() -> None:
    assert wanted(date(2027, 3, 30), ended=END, back=True) == []
    assert wanted(END + 20 * DAY, ended=END, back=True) != [], "what came of the first time still counts"
    said_no = Time(START, END, back=False, rather_not=True)
    assert wanted_of(said_no, SCHEDULE, [], date.min, date(2027, 3, 1)) == [], "nor who said that they would rather not"


def test_a_programme_asks_only_on_its_occasions() -> None:
    light = SCHEDULE._replace(occasions=frozenset({"start"}), follow_up_months=())
    assert wanted_of(Time(START, END, False), light, [], date.min, END + 20 * DAY) == []


@given(days, st.none() | st.integers(0, 900), days, st.lists(st.tuples(days, st.sampled_from(sorted(ALL)))))
def test_nothing_is_wanted_from_beyond_the_horizon(
    started: date, lasted: int | None, today: date, done: list[tuple[date, str]]
) -> None:
    ended = None if lasted is None else started + lasted * DAY
    if (ended and ended > today) or started > today:
        return
    found = wanted_of(Time(started, ended, False), SCHEDULE, [Done(*one) for one in done], date.min, today)
    back = horizon([SCHEDULE])
    if found:
        assert (today - (ended or started)).days <= back[1 if ended else 0]
    for one in found:
        assert one.opens <= today <= one.due + LAPSES_DAYS * DAY
        assert not [each for each in done if each == (one.opens, one.occasion)], "what was answered is not asked for"


@given(days, st.integers(1, 60))
def test_so_many_months_after_is_in_the_month_that_people_count_to(day: date, months: int) -> None:
    after = months_after(day, months)
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == months
    assert after.day == day.day or (after + DAY).day == 1

"""What is due about a concern and when: day and night, over weekends, bank holidays and clock changes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.core.base.clocks import is_working_day
from alongside.records.concerns.rules import Facts, Office, late, nobody_at_work, still_due
from alongside.records.concerns.times import Time, times

LONDON = ZoneInfo("Europe/London")
OFFICE = Office(time(9), time(17), LONDON)
MOMENTS = some.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31), timezones=some.just(UTC))
FRIDAY = datetime(2026, 11, 20, 16, 55, tzinfo=LONDON)


def due(facts: Facts) -> dict[str, datetime]:
    return {one.step: one.by.astimezone(LONDON) for one in still_due(facts, times(), OFFICE)}


def test_a_concern_at_five_to_five_on_a_friday() -> None:
    found = due(Facts(FRIDAY, danger=False))
    assert found["seen"] == datetime(2026, 11, 20, 17, 55, tzinfo=LONDON)
    assert found["told"] == datetime(2026, 11, 23, 17, tzinfo=LONDON)
    assert nobody_at_work(FRIDAY, found["seen"], OFFICE)


def test_danger_waits_for_no_working_day() -> None:
    assert due(Facts(FRIDAY, danger=True))["told"] == datetime(2026, 11, 20, 17, 55, tzinfo=LONDON)


def test_christmas_and_easter_are_not_working_days_but_the_hour_runs() -> None:
    found = due(Facts(datetime(2026, 12, 24, 16, 30, tzinfo=LONDON), danger=False))
    assert found["seen"] == datetime(2026, 12, 24, 17, 30, tzinfo=LONDON)
    assert found["told"] == datetime(2026, 12, 29, 17, tzinfo=LONDON)  # 28 December is given for Boxing Day
    easter = due(Facts(datetime(2027, 3, 26, 11, tzinfo=LONDON), danger=False))
    assert easter["told"] == datetime(2027, 3, 30, 17, tzinfo=LONDON)


def test_the_hour_is_an_hour_when_the_clocks_change() -> None:
    spring = datetime(2027, 3, 28, 0, 30, tzinfo=LONDON)
    assert due(Facts(spring, danger=False))["seen"] == datetime(2027, 3, 28, 2, 30, tzinfo=LONDON)
    autumn = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    assert due(Facts(autumn, danger=False))["seen"] == datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1)


@given(MOMENTS, some.booleans())
def test_a_manager_has_an_hour_whenever_it_is(recorded: datetime, danger: bool) -> None:
    found = due(Facts(recorded, danger))
    assert found["seen"].astimezone(UTC) - recorded == timedelta(hours=1)
    assert found["told"] >= recorded
    assert danger or (is_working_day(found["told"].date()) and found["told"].time() == time(17))


def test_what_is_done_is_not_due_and_what_follows_is() -> None:
    seen = Facts(FRIDAY, danger=False, seen_at=FRIDAY)
    assert set(due(seen)) == {"told", "closed"}
    told = Facts(FRIDAY, danger=False, seen_at=FRIDAY, decided_at=FRIDAY, told=True)
    assert due(told)["answered"] == datetime(2026, 11, 23, 17, tzinfo=LONDON)
    not_told = Facts(FRIDAY, danger=False, seen_at=FRIDAY, decided_at=FRIDAY)
    assert set(due(not_told)) == {"closed"}
    assert due(Facts(FRIDAY, danger=True, closed_at=FRIDAY)) == {}


def test_the_most_urgent_comes_first() -> None:
    assert [one.step for one in still_due(Facts(FRIDAY, danger=False), times(), OFFICE)] == ["seen", "told", "closed"]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-1, ""),
        (0, "due now"),
        (1, "1 minute late"),
        (59, "59 minutes late"),
        (60, "1 hour late"),
        (2880, "2 days late"),
    ],
)
def test_lateness_in_words(minutes: int, words: str) -> None:
    assert late(FRIDAY, FRIDAY + timedelta(minutes=minutes)) == words


def test_every_clock_says_where_it_comes_from() -> None:
    for time_ in (times().manager, times().authority, times().authority_in_danger, times().answer, times().outcome):
        assert time_.source
        assert time_.checked
    with pytest.raises(ValueError, match="one of the two"):
        Time("Both", "", FRIDAY.date(), False, minutes=1, working_days=1)

"""Which moment a clock on the wall means, and which week it is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from alongside.records.cases.rules import moments, week

LONDON = ZoneInfo("Europe/London")


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2037, 12, 31), timezones=st.just(UTC)))
def test_every_moment_is_found_again_from_the_wall_clock(moment: datetime) -> None:
    wall = moment.astimezone(LONDON)
    found = moments(wall.date(), wall.time(), LONDON)
    assert moment in found
    assert 1 <= len(found) <= 2
    assert all(one.astimezone(LONDON).replace(tzinfo=None) == wall.replace(tzinfo=None) for one in found)


def test_the_hour_that_spring_skips_has_no_moment() -> None:
    assert moments(date(2027, 3, 28), time(1, 30), LONDON) == ()
    assert len(moments(date(2027, 3, 28), time(2, 0), LONDON)) == 1


def test_the_hour_that_autumn_repeats_has_two_an_hour_apart() -> None:
    first, second = moments(date(2026, 10, 25), time(1, 30), LONDON)
    assert second - first == timedelta(hours=1)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2050, 1, 1)), st.integers(0, 1000))
def test_a_week_has_seven_days(start: date, days: int) -> None:
    assert week(start, start + timedelta(days=days), None) == f"Week {days // 7 + 1}"
    assert week(start, start - timedelta(days=days + 1), 12) == "Starts soon"

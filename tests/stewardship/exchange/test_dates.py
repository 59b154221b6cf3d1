"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.stewardship.exchange.dates import exact_date, rough_date

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "written",
    ["12/03/2019", "12/3/2019", "12.03.2019", "12-03-2019", "2019-03-12", "2019/03/12", "12 March 2019", "12 mar 2019",
     "12th March 2019", "12-Mar-2019", "12/03/2019 00:00", "2019-03-12 00:00:00", "2019-03-12T00:00:00"],
)  # fmt: skip
def test_one_day_in_many_ways(written: str) -> None:
    assert exact_date(written) == date(2019, 3, 12)


@pytest.mark.parametrize(
    "written", ["", "31/02/2019", "03/13/2019", "12/03/19", "2019", "March 2019", "12/03/2019 14:05"]
)
def test_what_is_not_one_day_is_nothing(written: str) -> None:
    assert exact_date(written) is None


@pytest.mark.parametrize(
    ("written", "on", "precision"),
    [
        ("12/03/2019", date(2019, 3, 12), "exact"),
        ("29/02/2020", date(2020, 2, 29), "exact"),
        ("43536", date(2019, 3, 12), "exact"),
        ("March 2019", date(2019, 3, 1), "month"),
        ("sept 2019", date(2019, 9, 1), "month"),
        ("03/2019", date(2019, 3, 1), "month"),
        ("2019", date(2019, 1, 1), "year"),
        ("about 2019", date(2019, 1, 1), "about"),
        ("c.2019", date(2019, 1, 1), "about"),
        ("circa March 2019", date(2019, 3, 1), "about"),
        ("~2019", date(2019, 1, 1), "about"),
        ("2019?", date(2019, 1, 1), "about"),
        ("12/03/2019?", date(2019, 3, 12), "about"),
        ("7", date(2019, 1, 1), "about"),
        ("aged 7", date(2019, 1, 1), "about"),
        ("about 7 years old", date(2019, 1, 1), "about"),
        ("8 months", date(2026, 3, 1), "about"),
        ("", None, "unknown"),
        ("Unknown", None, "unknown"),
        ("N/K", None, "unknown"),
        ("?", None, "unknown"),
    ],
)
def test_birth_dates_known_well_or_hardly(written: str, on: date | None, precision: str) -> None:
    found = rough_date(written, TODAY)
    assert found is not None
    assert (found.on, found.precision) == (on, precision)


@pytest.mark.parametrize(
    "written", ["32/01/2019", "soon", "Smarch 2019", "13/2019", "00/2019", "1234", "201", "12/03/19"]
)
def test_words_that_are_no_date_are_not_guessed(written: str) -> None:
    assert rough_date(written, TODAY) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back_as_it_was_written(day: date) -> None:
    assert exact_date(f"{day:%d/%m/%Y}") == exact_date(day.isoformat()) == exact_date(day) == day
    assert exact_date(f"{day.day} {day:%B %Y}") == day


@given(st.text(max_size=30))
def test_no_words_break_the_reading_of_dates(words: str) -> None:
    exact_date(words)
    rough_date(words, TODAY)

"""How old somebody is, and what was typed to find them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.records.people.rules import age, sought, span_problem

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("born", "precision", "said"),
    [
        (date(1968, 3, 12), "exact", "58"),
        (date(2019, 11, 21), "exact", "6"),
        (date(2019, 11, 20), "exact", "7"),
        (date(2026, 3, 20), "exact", "8 months"),
        (date(2024, 11, 21), "exact", "23 months"),
        (date(2026, 10, 20), "exact", "1 month"),
        (date(2019, 1, 1), "about", "about 7"),
        (date(2026, 1, 1), "year", "about 1 or younger"),
        (None, "unknown", ""),
        (date(2030, 1, 1), "exact", ""),
    ],
)
def test_an_age_is_said_as_well_as_it_is_known(born: date | None, precision: str, said: str) -> None:
    assert age(born, precision, TODAY) == said


@given(st.dates(date(1990, 1, 1), TODAY), st.dates(date(1990, 1, 1), TODAY))
def test_an_end_never_comes_before_its_start(start: date, end: date) -> None:
    problem = span_problem(start, end, today=TODAY)
    assert (problem is None) == (start <= end)


def test_a_start_before_the_birth_or_to_come_is_a_problem() -> None:
    assert span_problem(date(2019, 5, 3), None, today=TODAY, birth_date=date(2019, 5, 4))[0] == "started_on"  # type: ignore[index]
    assert span_problem(date(2026, 11, 21), None, today=TODAY)[0] == "started_on"  # type: ignore[index]
    assert span_problem(None, date(2026, 11, 21), today=TODAY)[0] == "ended_on"  # type: ignore[index]


def test_what_was_typed_is_taken_apart() -> None:
    assert sought("Okafor 12/3/1968").keys == {"d:1968-03-12"}
    assert sought("1968-03-12 okafor hd1 2ab") == sought("okafor 12.3.1968 HD12AB")
    assert sought("31/2/2020").keys == frozenset()
    assert not sought("g").enough
    assert not sought("  '").enough
    assert sought("李明").enough


@given(st.text(max_size=60))
def test_anything_may_be_typed(typed: str) -> None:
    sought(typed)

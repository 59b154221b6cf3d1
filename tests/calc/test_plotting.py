"""A line over time stands within its drawing, in its order, and its numbers do not touch."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.plotting import LABELS_APART, plot

POINTS = st.lists(
    st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 10)), min_size=1, max_size=40
).map(sorted)


@given(points=POINTS)
def test_a_line_stays_within_its_drawing_and_goes_from_left_to_right(points: list[tuple[date, int]]) -> None:
    drawing = plot(points)
    assert [(mark.on, mark.value) for mark in drawing.marks] == points
    assert all(0 <= mark.x <= 100 and 0 <= mark.y <= 100 for mark in drawing.marks)
    assert all(here.x <= there.x for here, there in pairwise(drawing.marks))
    assert len(drawing.parts) == len(points) - 1


@given(points=POINTS)
def test_a_higher_number_stands_higher(points: list[tuple[date, int]]) -> None:
    for one in plot(points).marks:
        for other in plot(points).marks:
            assert (one.value > other.value) == (one.y < other.y)


@given(points=POINTS)
def test_the_newest_number_is_written_and_no_two_numbers_touch(points: list[tuple[date, int]]) -> None:
    marks = plot(points).marks
    assert marks[-1].labelled
    written = [mark.x for mark in marks if mark.labelled]
    assert all(there - here >= LABELS_APART - 0.02 for here, there in pairwise(written))


def test_nothing_is_drawn_of_nothing() -> None:
    assert plot([]) == ((), ())

"""Charts as data: every value has a place inside, and what is written along an axis is round and in order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.charts import Look, Mark, Stroke, line, number_axis, step_axis

VALUE = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))


@settings(max_examples=60, deadline=None)
@given(st.lists(VALUE, min_size=1, max_size=20))
def test_every_value_stands_within_its_axis(values: list[float]) -> None:
    axis = number_axis("points", values)
    assert all(-0.01 <= axis.at(value) <= 100.01 for value in values)
    places = [tick.at for tick in axis.ticks]
    assert places == sorted(places)
    assert 2 <= len(places) <= 8
    assert (round(places[0], 6), round(places[-1], 6)) == (0, 100)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60))
def test_steps_stand_in_their_order_and_the_last_is_always_written(count: int) -> None:
    axis = step_axis("", [str(number) for number in range(count)])
    places = [axis.at(number) for number in range(count)]
    assert places == sorted(places)
    assert places[0] > 0
    assert places[-1] < 100
    assert axis.ticks[-1].words == str(count - 1)
    assert not axis.ticks[-1].minor
    assert sum(not tick.minor for tick in axis.ticks) <= 4


def test_an_axis_begins_where_it_was_told_to() -> None:
    assert number_axis("days", [30, 40], least=0).low > 0
    assert number_axis("days", [3, 40], least=0).low == 0
    shares = number_axis("", [0, 100], least=0, most=100, sign="%")
    assert [tick.words for tick in shares.ticks] == ["0%", "20%", "40%", "60%", "80%", "100%"]
    assert number_axis("", [5, 5]).high > number_axis("", [5, 5]).low


def test_a_point_by_itself_between_two_gaps_is_no_line_to_anywhere() -> None:
    x, y = step_axis("", list("abc")), number_axis("", [0, 1])
    pieces = line(x, y, [(0, None), (1, 1.0), (2, None)], Stroke.SERIES)
    assert [len(piece.points) for piece in pieces] == [1]
    assert Mark(1, 2).look is Look.PLAIN

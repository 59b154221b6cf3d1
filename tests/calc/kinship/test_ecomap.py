"""The ring round a carer: everybody has room, and every tie runs from the middle to its circle."""

from itertools import combinations
from math import dist

from hypothesis import given
from hypothesis import strategies as some

from alongside.calc.kinship.ecomap import RADIUS, jagged, ring


@given(some.integers(0, 60))
def test_no_circle_touches_another_or_the_edge(around: int) -> None:
    drawn = ring(around)
    places = [*drawn.places, drawn.middle]
    assert len(drawn.places) == len(drawn.lines) == around
    assert all(dist(one, other) > 2 * RADIUS for one, other in combinations(places, 2))
    for x, y in places:
        assert RADIUS < x < drawn.size - RADIUS
        assert RADIUS < y < drawn.size - RADIUS


@given(some.integers(1, 60))
def test_each_line_runs_from_edge_to_edge(around: int) -> None:
    drawn = ring(around)
    for place, (start, end) in zip(drawn.places, drawn.lines, strict=True):
        assert abs(dist(start, drawn.middle) - RADIUS) < 2
        assert abs(dist(end, place) - RADIUS) < 2


def test_a_jagged_line_swings_to_both_sides_and_arrives() -> None:
    points = jagged((0, 0), (140, 0))
    assert (points[0], points[-1]) == ((0, 0), (140, 0))
    assert {y > 0 for _, y in points[1:-1]} == {True, False}

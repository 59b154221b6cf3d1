"""The SDQ's added value by its printed formula, its printed margins, and what cannot be a score."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.outcomes.added_value import added_value
from alongside.calc.outcomes.values import WrongRow

Child = tuple[int, int, int, int]


def of(*children: Child) -> tuple[list[int], list[int], list[int], list[int]]:
    return tuple(list(row) for row in zip(*children, strict=True))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("child", "foreseen", "value"),
    [((20, 4, 6, 14), 17.3, 3.3), ((0, 0, 0, 0), 2.3, 2.3), ((40, 10, 10, 40), 33.3, -6.7)],
)  # fmt: skip
def test_the_printed_formula_by_hand(child: Child, foreseen: float, value: float) -> None:
    found = added_value(*of(child))
    assert found.foreseen == pytest.approx([foreseen])
    assert found.mean == pytest.approx(value)
    assert found.effect == pytest.approx(value / 5)


def test_the_printed_margins_ten_points_for_one_child_and_one_for_a_hundred() -> None:
    for n, margin in ((1, 10.0), (100, 1.0)):
        found = added_value(*of(*[(20, 4, 6, 14)] * n))
        assert found.low is not None
        assert found.high is not None
        assert found.high - found.low == pytest.approx(2 * margin)
        assert (found.low + found.high) / 2 == pytest.approx(3.3)


def test_the_printed_example_of_an_effect_size() -> None:
    found = added_value(*of((20, 0, 0, 15), (20, 5, 2, 15)))  # 3.3 and 3.7
    assert found.mean == pytest.approx(3.5)
    assert added_value([20], [0], [1], [15]).effect == pytest.approx(0.6)  # 3 points are 0.6


def test_a_child_without_all_four_scores_is_counted_as_missing() -> None:
    found = added_value([20, None, 20], [4, 4, None], [6, 6, 6], [14, 14, 14])
    assert (found.n, found.missing) == (1, 2)
    assert np.isnan(found.values).tolist() == [False, True, True]


def test_nobody_is_a_reason_and_no_figure() -> None:
    for found in (added_value([], [], [], []), added_value([None], [4], [6], [14])):
        assert (found.n, found.mean, found.low, found.effect) == (0, None, None, None)
        assert found.reason == "nobody has all of the four scores"


@pytest.mark.parametrize(
    ("child", "message"),
    [
        ((41, 4, 6, 14), "row 1: total before runs from 0 to 40"),
        ((20, 11, 6, 14), "row 1: impact before runs from 0 to 10"),
        ((20, 4, 11, 14), "row 1: emotional before runs from 0 to 10"),
        ((20, 4, 6, -1), "row 1: total after runs from 0 to 40"),
        ((5, 4, 6, 14), "row 1: emotional difficulties are part of the total"),
    ],
)
def test_a_score_off_its_scale_is_refused_by_its_row(child: Child, message: str) -> None:
    with pytest.raises(WrongRow, match=message):
        added_value(*of(child))


def test_infinite_text_and_rows_that_do_not_pair_up_are_refused() -> None:
    with pytest.raises(ValueError, match="infinite"):
        added_value([float("inf")], [4], [6], [14])
    with pytest.raises(ValueError, match="could not convert"):
        added_value(["many"], [4], [6], [14])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="pair up"):
        added_value([20, 21], [4], [6], [14])


@st.composite
def children(draw: st.DrawFn) -> Child:
    total = draw(st.integers(0, 40))
    return total, draw(st.integers(0, 10)), draw(st.integers(0, min(10, total))), draw(st.integers(0, 40))


@settings(max_examples=60)
@given(st.lists(children(), min_size=1, max_size=20))
def test_the_order_of_children_changes_nothing_and_fewer_difficulties_later_are_never_worse(
    some: list[Child],
) -> None:
    found = added_value(*of(*some))
    turned = added_value(*of(*some[::-1]))
    assert turned.mean == pytest.approx(found.mean)
    better = added_value(*of(*[(a, b, c, max(0, d - 1)) for a, b, c, d in some]))
    assert better.mean is not None
    assert found.mean is not None
    assert better.mean >= found.mean


def test_many_children_are_reckoned_in_one_go() -> None:
    n = 1_000_000
    found = added_value(np.full(n, 20.0), np.full(n, 4.0), np.full(n, 6.0), np.full(n, 14.0))
    assert found.n == n
    assert found.mean == pytest.approx(3.3)

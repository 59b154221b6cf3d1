"""A rounded table shows every number, and none of them closely enough to tell of a few people."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from alongside.calc.disclosure import Axis, Table
from alongside.calc.rounding import RoundedTable, round_count, round_table


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (6, 0), (7, 0), (8, 10), (12, 10), (13, 15)])
def test_counts_are_rounded_as_opensafely_does(count: int, shown: int) -> None:
    assert round_count(count) == shown


@given(st.integers(0, 10_000), st.integers(2, 50), st.integers(1, 20))
def test_a_count_is_shown_within_its_span_or_as_nothing(count: int, base: int, smallest: int) -> None:
    shown = round_count(count, base=base, smallest=smallest)
    assert shown % base == 0
    if count < smallest:
        assert shown == 0
    else:
        assert abs(shown - count) <= base / 2


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"count": -1}, "-1 is not a count"),
        ({"count": 3, "base": 1}, "rounded to 2 or more"),
        ({"count": 3, "smallest": 0}, "has to be 1 or more"),
    ],
)
def test_what_cannot_be_rounded_is_refused(given: dict[str, int], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        round_count(**given)


def tables() -> st.SearchStrategy[Table]:
    sizes = st.tuples(st.integers(1, 4), st.integers(1, 4))
    return sizes.flatmap(
        lambda size: st.lists(
            st.lists(st.integers(0, 40), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
        )
    ).map(
        lambda counts: Table(
            Axis("row", tuple(map(str, range(len(counts))))),
            Axis("column", tuple(map(str, range(len(counts[0]))))),
            tuple(map(tuple, counts)),
        )
    )


@given(tables())
@settings(max_examples=40)
def test_totals_come_from_what_is_shown_and_from_nothing_else(table: Table) -> None:
    """So nobody learns more from a table than each of its numbers tells by itself."""
    shown = round_table(table)
    assert shown == round_table(Table(table.rows, table.columns, shown.counts))
    assert shown.row_totals == tuple(sum(row) for row in shown.counts)
    assert shown.column_totals == tuple(sum(column) for column in zip(*shown.counts, strict=True))
    off = abs(shown.total - sum(map(sum, table.counts)))
    assert off <= shown.error * len(shown.counts) * len(shown.counts[0])


def test_a_total_rounded_by_itself_would_have_told() -> None:
    """Why totals add up: 7 and 22 with a total shown as 30 would leave only 6 and 7 for the first."""
    shown = round_table(Table(Axis("row", ("a", "b")), Axis("column", ("n",)), ((7,), (22,))))
    assert shown.total == 20
    assert _narrowed(shown, 0) == (0, 7)
    assert _narrowed(shown, 0, total=(28, 32)) == (6, 7)


def _span(shown: int) -> tuple[int, int]:
    return (0, 7) if shown == 0 else (max(8, shown - 2), shown + 2)


def _narrowed(shown: RoundedTable, place: int, total: tuple[int, int] | None = None) -> tuple[float, float]:
    """The least and the most that one count can be, given everything shown and, if told, the span of the total."""
    spans = [_span(count) for count in sum(shown.counts, ())]
    aim = np.zeros(len(spans))
    aim[place] = 1
    everything = np.ones((1, len(spans)))
    limits = {"A_ub": np.vstack([everything, -everything]), "b_ub": [total[1], -total[0]]} if total else {}
    least = linprog(aim, bounds=spans, **limits)
    most = linprog(-aim, bounds=spans, **limits)
    return round(least.fun, 6), round(-most.fun, 6)

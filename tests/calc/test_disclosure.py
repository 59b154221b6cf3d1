"""No hidden small number can be worked out from what is shown, within a release or across releases."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alongside.calc.disclosure import (
    EVERYBODY,
    Axis,
    Cell,
    Release,
    Table,
    Why,
    suppress,
    suppress_linked,
    suppress_mean,
    suppress_share,
)
from alongside.calc.protection import Sum, protect
from tests.calc.attacker import Attacker, printed, whole_numbers

COUNT = st.one_of(st.integers(0, 6), st.integers(0, 60))


@st.composite
def grids(draw: st.DrawFn, rows: str = "order", columns: str = "plan", most: int = 5) -> Table:
    height, width = draw(st.integers(1, most)), draw(st.integers(1, most))
    counts = draw(
        st.lists(st.lists(COUNT, min_size=width, max_size=width).map(tuple), min_size=height, max_size=height)
    )
    names = [Axis(rows, tuple(f"r{i}" for i in range(height))), Axis(columns, tuple("cdefg"[:width]))]
    return Table(names[0], names[1], tuple(counts))


@st.composite
def divided(draw: st.DrawFn, name: str, total: int) -> Table:
    """A breakdown of ``total`` people, small groups likely."""
    counts, left = [], total
    for _ in range(draw(st.integers(0, 4))):
        counts.append(min(left, draw(COUNT)))
        left -= counts[-1]
    return Table.breakdown(name, {f"{name} {i}": count for i, count in enumerate([*counts, left])})


def assert_safe(release: Release, threshold: int = 5) -> None:
    attacker = Attacker(release)
    for table in release.tables:
        for place, value in table.values():
            if 1 <= value < threshold:
                assert attacker.span({(0, place): 1}) >= threshold - 1e-6


@settings(deadline=None, max_examples=30)
@given(grids(), st.sampled_from([3, 5, 10]))
def test_no_small_count_of_a_table_can_be_worked_out(table: Table, threshold: int) -> None:
    assert_safe(suppress_linked([table], threshold=threshold), threshold)


@pytest.mark.parametrize("mean", [6, 60])
def test_nor_of_a_large_table(mean: int) -> None:
    """Many small counts, which cover for one another and are looked at together; and few, which want others hidden."""
    chance = np.random.default_rng(mean)
    counts = chance.poisson(chance.gamma(1.2, mean / 1.2, (16, 8))).tolist()
    axes = Axis("order", tuple(f"r{i}" for i in range(16))), Axis("plan", tuple(f"c{i}" for i in range(8)))
    release = suppress_linked([Table(*axes, tuple(map(tuple, counts)))])
    assert_safe(release)
    shown = [cell.value for row in release.shown[0].cells for cell in row if cell.value is not None]
    assert len(shown) > 40


@settings(deadline=None, max_examples=30)
@given(st.data(), st.integers(0, 80))
def test_nor_from_breakdowns_of_the_same_people_together(data: st.DataObject, total: int) -> None:
    assert_safe(suppress_linked([data.draw(divided(name, total)) for name in ("order", "channel", "age")]))


@settings(deadline=None, max_examples=20)
@given(grids(most=4), st.data())
def test_nor_from_a_table_and_breakdowns_that_share_its_labels(table: Table, data: st.DataObject) -> None:
    rows = {label: sum(counts) for label, counts in zip(table.rows.labels, table.counts, strict=True)}
    other = data.draw(divided("channel", sum(rows.values())))
    release = suppress_linked([table, Table.breakdown("order", rows), other])
    assert_safe(release)
    assert release.shown[0].row_totals == release.shown[1].row_totals


@settings(deadline=None, max_examples=20)
@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=3))
@example([[1, 5, 4], [1, 5, 2]])
def test_nor_from_what_earlier_releases_showed(rises: list[list[int]]) -> None:
    releases: list[Release] = []
    counts = [0, 0, 0]
    for rise in rises:
        counts = [count + more for count, more in zip(counts, rise, strict=True)]
        table = Table.breakdown("order", dict(zip("abc", counts, strict=True)))
        releases.append(suppress_linked([table], earlier=releases))
    attacker = Attacker(*releases)
    true = [dict(release.tables[0].values()) for release in releases]
    for number, values in enumerate(true):
        for place, value in values.items():
            if 1 <= value < 5:
                assert attacker.span({(number, place): 1}) >= 5 - 1e-6
            for before in range(number):
                if 1 <= value - true[before][place] < 5:
                    assert attacker.span({(number, place): 1, (before, place): -1}) >= 5 - 1e-6


def test_nor_after_fifteen_releases() -> None:
    """Every pair of releases can be subtracted: a hundred and twenty of them, each of which lifts no price."""
    chance, counts, releases = np.random.default_rng(2), np.zeros(3, dtype=int), list[Release]()
    for rise in (*chance.integers(0, 9, (15, 3)), np.array([2, 7, 1])):
        counts = counts + rise
        table = Table.breakdown("order", dict(zip("abc", counts.tolist(), strict=True)))
        releases.append(suppress_linked([table], earlier=releases))
    attacker = Attacker(*releases)
    last, *others = (dict(release.tables[0].values()) for release in reversed(releases))
    small = [(14 - k, place) for k, old in enumerate(others) for place in last if 1 <= last[place] - old[place] < 5]
    assert small
    for before, place in small:
        assert attacker.span({(15, place): 1, (before, place): -1}) >= 5 - 1e-6


@settings(deadline=None, max_examples=8)
@given(st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_trying_every_whole_number_tells_no_more(counts: list[int]) -> None:
    axes = Axis("order", ("r", "s")), Axis("plan", ("c", "d"))
    table = Table(*axes, ((counts[0], counts[1]), (counts[2], counts[3])))
    possible = whole_numbers(suppress_linked([table]), 11)
    for place, value in table.values():
        if 1 <= value < 5 and place in possible:
            assert len(possible[place]) > 5


@settings(deadline=None, max_examples=20)
@given(grids())
def test_what_is_shown_is_true_and_what_is_hidden_says_why(table: Table) -> None:
    shown = printed(suppress(table))
    true = dict(table.values())
    for place, value in shown.items():
        assert value in (None, true[place])
        assert value not in range(1, 5)
    assert suppress(table) == suppress(table)


def test_nothing_is_hidden_without_need() -> None:
    shown = suppress(Table.breakdown("order", {"a": 5, "b": 0, "c": 90}))
    assert [cell.value for cell in shown.row_totals] == [5, 0, 90]
    assert shown.total == Cell(95)


def test_one_small_count_hides_one_other_and_no_total() -> None:
    axes = Axis("order", ("SGO", "CAO", "none")), Axis("plan", ("yes", "no"))
    shown = suppress(Table(*axes, ((3, 20), (30, 40), (50, 60))))
    reasons = [[cell.why for cell in row] for row in shown.cells]
    assert reasons == [[Why.TOO_FEW, Why.WOULD_TELL], [Why.WOULD_TELL, Why.WOULD_TELL], [None, None]]
    assert all(cell.value is not None for cell in (*shown.row_totals, *shown.column_totals, shown.total))


def test_two_small_counts_are_not_enough_where_they_add_up_to_few() -> None:
    shown = suppress(Table.breakdown("order", {"a": 1, "b": 1, "c": 30, "d": 40}))
    assert [cell.value for cell in shown.row_totals] == [None, None, None, 40]


def test_a_total_of_few_is_hidden_too() -> None:
    shown = suppress(Table.breakdown("order", {"a": 1, "b": 2}))
    assert shown.total == Cell(None, Why.TOO_FEW)
    assert [cell.value for cell in shown.row_totals] == [None, None]


def test_zeros_may_be_hidden() -> None:
    table = Table.breakdown("order", {"a": 0, "b": 30, "c": 40})
    assert suppress(table).row_totals[0].value == 0
    hidden = suppress(table, zeros_shown=False)
    assert [cell.value for cell in hidden.row_totals] == [None, None, 40]


def test_nobody_at_all() -> None:
    assert suppress(Table.breakdown("order", {})).total == Cell(0)
    assert suppress(Table.breakdown("order", {"a": 0})).row_totals == (Cell(0),)


def test_tables_that_contradict_one_another_are_refused() -> None:
    one, other = Table.breakdown("order", {"a": 5}), Table.breakdown("plan", {"b": 6})
    with pytest.raises(ValueError, match="the total is 5 in one table and 6 in another"):
        suppress_linked([one, other])
    with pytest.raises(ValueError, match="order a is 5 in one table and 3 in another"):
        suppress_linked([one, Table.breakdown("order", {"a": 3, "b": 2})])
    with pytest.raises(ValueError, match="cannot be negative"):
        suppress(Table.breakdown("order", {"a": -1, "b": 2}))
    with pytest.raises(ValueError, match="order has the label a twice"):
        Axis("order", ("a", "a"))
    with pytest.raises(ValueError, match="row a has 1 counts for 2 columns"):
        Table(Axis("order", ("a",)), Axis("plan", ("b", "c")), ((1,),))
    with pytest.raises(ValueError, match="t is 3, but its parts add up to 2"):
        protect({"a": 2, "t": 3}, [Sum("t", ("a",))])


def test_what_an_earlier_release_gave_away_is_named() -> None:
    found = protect({"a": 3, "b": 7, "t": 10}, [Sum("t", ("a", "b"))], released={"b", "t"})
    assert found.exposed == {"a"}


def test_a_small_count_close_under_what_is_known_is_hidden_all_the_same() -> None:
    values = {"here yes": 4, "here no": 2, "here": 6, "there yes": 30, "there no": 20, "there": 50}
    values |= {"yes": 34, "no": 22, "all": 56}
    sums = [Sum(place, (f"{place} yes", f"{place} no")) for place in ("here", "there")]
    sums += [Sum("all", ("yes", "no")), *(Sum(said, (f"here {said}", f"there {said}")) for said in ("yes", "no"))]
    found = protect(values, sums, released=["here", "there", "all"])
    assert found.exposed == frozenset()
    assert found.hidden.keys() == {"here yes", "here no", "there yes", "there no"}


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_share_guards_those_who_are_and_those_who_are_not(some: int, others: int) -> None:
    share = suppress_share(some, some + others)
    if 1 <= some < 5 or 1 <= others < 5:
        assert share.percentage is None
        assert share.numerator.value is None or some == 0
    elif some + others:
        assert share.percentage == pytest.approx(100 * some / (some + others))


def test_shares_and_means_at_the_edges() -> None:
    assert suppress_share(0, 0).percentage is None
    assert suppress_share(2, 4).denominator.why is Why.TOO_FEW
    assert suppress_share(3, 4, threshold=3).denominator.value == 4
    with pytest.raises(ValueError, match="5 of 4: more than there are"):
        suppress_share(5, 4)
    assert suppress_mean(2.5, 5).value == 2.5
    assert suppress_mean(2.5, 4).value is None
    assert suppress_mean(None, 0).contributors == Cell(0)


def test_a_breakdown_has_the_total_as_its_only_column() -> None:
    shown = printed(suppress(Table.breakdown("order", {"a": 9, "b": 8})))
    assert shown[EVERYBODY] == 17

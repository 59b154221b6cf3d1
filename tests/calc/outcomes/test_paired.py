"""Change over time agrees with R, with hand reckoning and with scipy, and says when it cannot know."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from alongside.calc.outcomes.paired import Verdict, paired_change
from alongside.calc.outcomes.ranks import signed_rank_p

# The sleep data of R: extra hours of sleep of ten patients under two drugs (Student 1908).
FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
POINTS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=2, max_size=40)


def test_sleep_as_r_prints_it() -> None:
    change = paired_change(SECOND, FIRST, higher_is_better=True)
    assert change.n == 10
    assert change.mean_change == pytest.approx(-1.58)
    assert (change.ci_low, change.ci_high) == pytest.approx((-2.4598858, -0.7001142), abs=1e-7)
    assert change.p_t == pytest.approx(0.002833, abs=5e-7)
    assert change.p_wilcoxon == pytest.approx(0.009091, abs=5e-7)
    assert change.d_z == pytest.approx(-4.0621 / math.sqrt(10), abs=2e-5)
    assert change.verdict is Verdict.WORSE


def test_by_hand() -> None:
    change = paired_change([4, 6, 8], [5, 8, 11], higher_is_better=True)
    assert (change.mean_before, change.mean_after, change.mean_change) == (6, 8, 2)
    assert change.sd_change == 1
    assert change.d_z == 2
    assert change.d_av == pytest.approx(2 / math.sqrt((4 + 9) / 2))
    assert change.g_av == pytest.approx(2 / math.sqrt(6.5) * (1 - 3 / 7))
    assert change.ci_low == pytest.approx(2 - 4.302653 / math.sqrt(3), abs=1e-6)
    assert "95% interval" in change.method


def test_fewer_worries_are_better() -> None:
    change = paired_change(SECOND, FIRST, higher_is_better=False)
    assert change.verdict is Verdict.BETTER


def test_missing_values_are_counted_and_left_out() -> None:
    change = paired_change([1, None, 3, float("nan"), 5], [2, 3, None, None, 7], higher_is_better=True)
    assert (change.n, change.missing_before, change.missing_after) == (2, 2, 2)
    assert change.mean_change == 1.5


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ([], [], "nobody was measured both times"),
        ([1, None], [None, 2], "nobody was measured both times"),
        ([1], [3], "only one person was measured both times"),
        ([1, 2, 3], [3, 4, 5], "everybody changed by the same amount"),
        ([0.1, 0.2, 0.3], [0.4, 0.5, 0.6], "everybody changed by the same amount"),
        ([5, 5], [5, 5], "everybody changed by the same amount"),
    ],
)
def test_no_interval_without_the_grounds_for_one(
    before: list[float | None], after: list[float | None], reason: str
) -> None:
    change = paired_change(before, after, higher_is_better=True)
    assert change.ci_low is change.ci_high is change.p_t is change.d_z is None
    assert reason in change.reason
    assert change.verdict is Verdict.UNSURE


def test_scores_that_never_differ_have_no_effect_size() -> None:
    change = paired_change([5, 5, 5], [5, 5, 5], higher_is_better=True)
    assert change.mean_change == 0
    assert change.d_av is change.g_av is change.p_wilcoxon is None


def test_what_cannot_be_paired_is_refused() -> None:
    with pytest.raises(ValueError, match="after holds an infinite value at place 2"):
        paired_change([1, 2], [1, math.inf], higher_is_better=True)
    with pytest.raises(ValueError, match="before has 2 values and after 1"):
        paired_change([1, 2], [1], higher_is_better=True)
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        paired_change([1, 2], [1, 3], higher_is_better=True, level=95)
    with pytest.raises(ValueError, match="before must be one row of values"):
        paired_change(np.ones((2, 2)), np.ones(4), higher_is_better=True)


@given(POINTS)
def test_agrees_with_scipy(points: list[tuple[int, int]]) -> None:
    before, after = (np.array(column, float) for column in zip(*points, strict=True))
    change = paired_change(before, after, higher_is_better=True)
    if change.ci_low is None:
        assert np.ptp(after - before) == 0
        return
    test = stats.ttest_rel(after, before)
    interval = test.confidence_interval(0.95)
    assert change.p_t == pytest.approx(test.pvalue)
    assert (change.ci_low, change.ci_high) == pytest.approx((interval.low, interval.high))


@given(POINTS)
def test_measuring_backwards_turns_every_sign(points: list[tuple[int, int]]) -> None:
    before, after = zip(*points, strict=True)
    there = paired_change(before, after, higher_is_better=True)
    back = paired_change(after, before, higher_is_better=False)
    assert there.verdict is back.verdict
    assert there.mean_change == pytest.approx(-(back.mean_change or 0.0))
    assert there.p_wilcoxon == pytest.approx(back.p_wilcoxon)
    if there.ci_low is not None and back.ci_high is not None:
        assert there.ci_low == pytest.approx(-back.ci_high)


@given(st.lists(st.integers(-60, 60).filter(bool), min_size=1, max_size=45, unique_by=abs))
def test_exact_ranks_agree_with_scipy(changes: list[int]) -> None:
    values = np.array(changes, float)
    assert signed_rank_p(values) == pytest.approx(stats.wilcoxon(values, method="exact").pvalue)


@given(st.lists(st.integers(-4, 4), min_size=10, max_size=80).filter(any))
def test_ranks_with_equals_and_zeros_agree_with_scipy(changes: list[int]) -> None:
    values = np.array([*changes, 0], float)
    expected = stats.wilcoxon(values, correction=True, method="asymptotic").pvalue
    assert signed_rank_p(values) == pytest.approx(min(1.0, expected))


def test_a_hundred_thousand_pairs() -> None:
    before = np.random.default_rng(1).integers(0, 11, 100_000).astype(float)
    before[::7] = np.nan
    change = paired_change(before, np.full(100_000, 5.0), higher_is_better=True)
    assert change.n + change.missing_before == 100_000
    assert change.verdict is Verdict.UNSURE

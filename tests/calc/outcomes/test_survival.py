"""How long something lasts agrees with published curves, with R and with plain counting where nobody is lost."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.outcomes.logrank import log_rank
from alongside.calc.outcomes.survival import kaplan_meier
from tests.calc.outcomes.published import columns

CHILDREN = columns("leukaemia")
WEEKS, RELAPSED, DRUG = list(map(float, CHILDREN["weeks"])), list(map(float, CHILDREN["relapse"])), CHILDREN["drug"]
TREATED = [place for place, drug in enumerate(DRUG) if drug == "6-MP"]
UNTREATED = [place for place, drug in enumerate(DRUG) if drug == "placebo"]
HISTORIES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 1)), min_size=1, max_size=40)


def of(places: list[int]) -> tuple[list[float], list[float]]:
    return [WEEKS[place] for place in places], [RELAPSED[place] for place in places]


def test_remission_as_published() -> None:
    curve = kaplan_meier(*of(TREATED))
    assert curve.time.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.ended.tolist() == [3, 1, 1, 1, 1, 1, 1]
    assert curve.survival == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert curve.error == pytest.approx([0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346], abs=5e-5)


def test_intervals_medians_and_means_as_r_prints_them() -> None:
    curve = kaplan_meier(*of(TREATED))
    assert curve.ci_low == pytest.approx([0.620, 0.563, 0.503, 0.432, 0.368, 0.268, 0.188], abs=5e-4)
    assert curve.ci_high == pytest.approx([0.952, 0.923, 0.889, 0.849, 0.805, 0.747, 0.680], abs=5e-4)
    assert (curve.median, curve.median_interval) == (23, (13, None))
    mean = curve.restricted_mean(35)
    assert (mean.value, mean.error) == pytest.approx((23.287395, 2.8274676))
    assert curve.restricted_mean(20)[:2] == pytest.approx((16.116527, 1.2515602))
    placebo = kaplan_meier(*of(UNTREATED))
    assert (placebo.median, placebo.median_interval) == (8, (4, 11))
    assert placebo.restricted_mean(35)[:2] == pytest.approx((8.6666667, 1.37739))


def test_by_hand() -> None:
    # Five placements: 2 ends, 3 ends, 3 goes on, 5 ends, 8 goes on. S = 4/5, then 3/4 of it, then 1/2 of that.
    curve = kaplan_meier([2, 3, 3, 5, 8], [1, 1, 0, 1, 0])
    assert curve.survival == pytest.approx([0.8, 0.6, 0.3])
    assert curve.error[1] == pytest.approx(0.6 * math.sqrt(1 / 20 + 1 / 12))
    root = 1.959964 * math.sqrt(1 / 20 + 1 / 12) / math.log(0.6)
    assert curve.ci_low[1] == pytest.approx(0.6 ** math.exp(-root))
    assert curve.median == 5
    assert curve.restricted_mean(8).value == pytest.approx(2 + 0.8 + 0.6 * 2 + 0.3 * 3)
    assert curve.lasting([0, 2, 4, 8]) == pytest.approx([1, 0.8, 0.6, 0.3])
    assert curve.followed_at([0, 3, 4, 9]).tolist() == [5, 4, 2, 0]
    assert "Greenwood" in curve.method


def test_nothing_is_said_beyond_the_last_time() -> None:
    going_on = kaplan_meier([1, 2, 3], [1, 1, 0])
    assert np.isnan(going_on.lasting([3.5])).all()
    with pytest.raises(ValueError, match="no later than the last time anybody was followed"):
        going_on.restricted_mean(4)
    over = kaplan_meier([1, 2, 3], [1, 1, 1])
    assert over.lasting([3, 30]) == pytest.approx([0, 0])
    assert np.isnan([over.error[-1], over.ci_low[-1], over.ci_high[-1]]).all()
    assert over.restricted_mean(30).value == pytest.approx(2)


def test_a_median_of_exactly_one_half_is_reached() -> None:
    assert kaplan_meier([1, 2, 3, 4, 5, 6], [1] * 6).median == 3
    assert kaplan_meier([1, 2, 3, 4], [1, 0, 0, 0]).median is None


@pytest.mark.parametrize(
    ("duration", "ended", "reason"),
    [
        ([], [], "nobody has both"),
        ([None, 2], [1, None], "nobody has both"),
        ([3, 4], [0, 0], "nobody's time ended"),
    ],
)
def test_nothing_is_said_without_grounds(duration: list[float | None], ended: list[float | None], reason: str) -> None:
    curve = kaplan_meier(duration, ended)
    assert reason in curve.reason
    assert curve.median is None
    assert log_rank(duration, ended, ["a"] * len(duration)).p is None


def test_those_who_lack_a_figure_are_counted() -> None:
    curve = kaplan_meier([1, None, 3, math.nan], [1, 1, None, None])
    assert (curve.n, curve.missing) == (1, 3)
    test = log_rank([1, None, 3, 4, 5, 6], [1, 1, 1, 0, 1, 1], ["a", "a", "b", None, "b", math.nan])
    assert (test.n, test.missing) == ((1, 2), 3)


def test_impossible_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="row 2: the duration must not be less than 0"):
        kaplan_meier([1, -2], [1, 1])
    with pytest.raises(ValueError, match=r"row 1: whether it ended must be 1 \(it did\) or 0"):
        kaplan_meier([1, 2], [2, 1])
    with pytest.raises(ValueError, match="duration holds an infinite value at place 1"):
        kaplan_meier([math.inf], [1])
    with pytest.raises(ValueError, match="duration has 2 values and ended 1"):
        kaplan_meier([1, 2], [1])
    with pytest.raises(ValueError, match="duration has 2 values and group 1"):
        log_rank([1, 2], [1, 1], ["a"])


def test_log_rank_as_published() -> None:
    test = log_rank(WEEKS, RELAPSED, DRUG)
    assert test.chi2 == pytest.approx(16.79294099)
    assert (test.df, test.ended, test.n) == (1, (9, 21), (21, 21))
    assert test.expected == pytest.approx([19.250501, 10.749499])
    assert test.p == pytest.approx(4.17e-5, rel=1e-3)


def test_log_rank_of_four_groups_as_r_reckons_it() -> None:
    men = columns("rossi")
    groups = list(zip(men["race"], men["wexp"], strict=True))
    test = log_rank(list(map(float, men["week"])), list(map(float, men["arrest"])), groups)
    assert test.chi2 == pytest.approx(10.34406635)
    assert test.df == 3


def test_one_group_is_compared_with_none() -> None:
    assert "not two groups" in log_rank([1, 2, 3], [1, 1, 0], ["a"] * 3).reason
    gone_before_the_first_end = log_rank([1, 2, 3], [0, 1, 1], ["a", "b", "b"])
    assert gone_before_the_first_end.p is None
    assert "not two groups" in gone_before_the_first_end.reason


@given(st.lists(st.integers(0, 12), min_size=1, max_size=40))
def test_where_nobody_is_lost_it_is_the_share_that_is_left(durations: list[int]) -> None:
    curve = kaplan_meier(durations, [1] * len(durations))
    left = [sum(duration > time for duration in durations) / len(durations) for time in curve.time]
    assert curve.survival == pytest.approx(left, abs=1e-12)
    assert curve.restricted_mean(13).value == pytest.approx(np.mean(durations))
    assert curve.error[:-1] == pytest.approx(np.sqrt(np.array(left) * (1 - np.array(left)) / len(durations))[:-1])


@given(HISTORIES)
def test_curves_fall_inside_their_intervals(points: list[tuple[int, int]]) -> None:
    curve = kaplan_meier(*zip(*points, strict=True))
    assert (np.diff(np.concatenate([[1], curve.survival])) < 0).all()
    known = ~np.isnan(curve.ci_low)
    assert (curve.ci_low <= curve.survival)[known].all()
    assert (curve.ci_high >= curve.survival)[known].all()
    assert (curve.ci_low >= 0)[known].all()
    assert (curve.ci_high <= 1)[known].all()


@given(HISTORIES, st.integers(2, 4))
def test_the_order_of_groups_does_not_matter(points: list[tuple[int, int]], k: int) -> None:
    duration, ended = zip(*points, strict=True)
    here = log_rank(duration, ended, [place % k for place in range(len(points))])
    later = [0.7 * time for time in duration[::-1]]  # another unit, in which times are no whole numbers
    there = log_rank(later, ended[::-1], [place % k for place in range(len(points))][::-1])
    assert here.chi2 == pytest.approx(there.chi2, abs=1e-9)
    assert here.df == there.df
    assert here.expected.sum() == pytest.approx(sum(here.ended))


def test_a_million_histories() -> None:
    random = np.random.default_rng(1)
    duration, ended = random.exponential(size=1_000_000), random.integers(0, 2, 1_000_000)
    curve = kaplan_meier(duration, ended)
    assert curve.median == pytest.approx(2 * math.log(2), abs=0.02)  # half of the ends are seen: rate one half
    assert curve.restricted_mean(2).value == pytest.approx(2 * (1 - math.exp(-1)), abs=0.01)

"""XmR charts have the limits that NHSRplotthedots prints, and call a point special by the published rules only."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.outcomes.xmr import Signal, Variation, Xmr, xmr

# R: set.seed(123); rnorm(20). The tests of NHSRplotthedots (NHS-R Community, MIT licence) chart these.
RANDOM = [-0.5604756466, -0.2301774895, 1.5587083141, 0.0705083914, 0.1292877352, 1.7150649869, 0.460916206]
RANDOM += [-1.2650612346, -0.6868528519, -0.4456619701, 1.2240817974, 0.3598138271, 0.4007714506, 0.1106827159]
RANDOM += [-0.5558411348, 1.7869131368, 0.4978504782, -1.9666171566, 0.7013559016, -0.4727914077]
NOISE = [-1, 1, -2, 2] * 5
"""A series in which nothing is special: mean 0, limits about ±7.98 with nothing beside it."""
SERIES = st.lists(st.none() | st.integers(-9, 9), max_size=40)


def limits(chart: Xmr) -> tuple[float | None, float | None, float | None]:
    return chart.mean, chart.lower, chart.upper


def places(chart: Xmr, rule: Signal) -> list[int]:
    return np.flatnonzero(chart.signs[rule]).tolist()


def test_limits_as_printed() -> None:
    assert limits(xmr(RANDOM, higher_is_better=True)) == pytest.approx((0.1416238, -3.01138, 3.294627), abs=1e-6)


def test_limits_as_printed_where_one_value_is_wild() -> None:
    wild = [*RANDOM[:14], 10, *RANDOM[15:]]
    chart = xmr(wild, higher_is_better=True)
    assert limits(chart) == pytest.approx((0.6694159, -2.383666, 3.722497), abs=1e-6)
    assert chart.wild == 2
    assert places(chart, Signal.OUTSIDE) == [14]
    assert chart.variation[14] is Variation.IMPROVEMENT
    unscreened = float(np.abs(np.diff(wild)).mean())
    assert 0.6694159 - 2.66 * unscreened == pytest.approx(-4.596625, abs=1e-6)


def test_noise_is_common_cause() -> None:
    chart = xmr(NOISE, higher_is_better=True)
    assert set(chart.signals) == {None}
    assert set(chart.variation) == {Variation.COMMON}


def test_a_wild_moving_range_is_left_out_once_only() -> None:
    # Ranges 1 ×17, 4, 60: mean 4.26 leaves out 60 and keeps 4, which against the new mean of 1.17 would go too.
    chart = xmr([0, 1] * 9 + [5, 65], higher_is_better=True)
    assert chart.mean_range == pytest.approx(21 / 18)
    assert chart.wild == 1


def test_seven_in_a_row_on_one_side_and_not_six() -> None:
    beside = [1, 2, 1, 2, 1, 2, 1]
    chart = xmr([*NOISE, *beside, *[-value for value in beside], *NOISE], higher_is_better=False)
    assert places(chart, Signal.SIDE) == list(range(19, 35))  # the noise beside them lies on the same sides
    assert chart.variation[20] is Variation.CONCERN
    assert chart.variation[27] is Variation.IMPROVEMENT
    six = xmr([*NOISE, -2, *beside[:6], *NOISE], higher_is_better=False)
    assert places(six, Signal.SIDE) == []


def test_seven_rising_and_not_six() -> None:
    rising = [-3, -2, -1, 0, 1, 2, 3]
    chart = xmr([2, *rising, 2], higher_is_better=None)
    assert places(chart, Signal.TREND) == list(range(1, 8))
    assert chart.variation[4] is Variation.HIGH
    assert places(xmr([2, *rising[:6], 2], higher_is_better=None), Signal.TREND) == []
    assert places(xmr([2, -3, -2, -1, -1, 0, 1, 2, 2], higher_is_better=None), Signal.TREND) == []


def test_where_a_rise_turns_the_point_belongs_to_the_fall() -> None:
    chart = xmr([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1], higher_is_better=True)
    assert chart.signs[Signal.TREND].tolist() == [1] * 6 + [-1] * 7


@pytest.mark.parametrize(
    ("last", "marked"),
    [
        ([6.5, 1, 6.5], [20, 22]),
        ([6.5, 6.5, 1], [20, 21]),
        ([6.5, 1, 1], []),
        ([6.5, -1, 6.5], []),  # the three do not lie on one side
        ([6.5, -6.5, 1], []),
        ([6.5, None, 6.5], []),
    ],
)
def test_two_of_three_near_a_limit(last: list[float | None], marked: list[int]) -> None:
    chart = xmr([*NOISE, *last], higher_is_better=True)
    assert chart.upper is not None
    assert chart.upper > 6.5
    assert places(chart, Signal.NEAR) == marked


def test_a_period_without_a_value_breaks_ranges_and_runs() -> None:
    chart = xmr([0, 1, None, 9, 10], higher_is_better=True)
    assert (chart.n, chart.missing, chart.mean_range) == (4, 1, 1)
    broken = xmr([*NOISE, -2, 1, 2, 1, None, 2, 1, 2, *NOISE], higher_is_better=True)
    assert places(broken, Signal.SIDE) == []
    assert broken.variation[24] is broken.signals[24] is None


def test_limits_are_on_trial_below_twelve_values() -> None:
    assert xmr([*NOISE[:11], None], higher_is_better=True).trial
    assert not xmr([*NOISE[:12], None], higher_is_better=True).trial


def test_the_strongest_rule_is_told() -> None:
    chart = xmr([*NOISE, 3, 4, 5, 6, 7, 8, 40], higher_is_better=True)
    assert chart.signals[26] is Signal.OUTSIDE
    assert chart.signals[25] is Signal.TREND
    assert chart.signs[Signal.SIDE][25] == 1
    assert "2.66" in chart.method


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], "no period has a value"),
        ([None, math.nan], "no period has a value"),
        ([3], "no two periods in a row"),
        ([3, None, 4], "no two periods in a row"),
        ([0.1] * 20, "values do not differ"),
        ([0.1 + 0.2, 0.3] * 10, "values do not differ"),
    ],
)
def test_no_limits_without_the_grounds_for_them(values: list[float | None], reason: str) -> None:
    chart = xmr(values, higher_is_better=True)
    assert chart.lower is chart.upper is None
    assert reason in chart.reason
    assert set(chart.signals) <= {None}


def test_a_single_step_is_seen_though_there_is_no_noise() -> None:
    chart = xmr([0] * 9 + [10] * 9, higher_is_better=True)
    assert chart.upper is None
    assert set(chart.signals) == {Signal.SIDE}


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="values holds an infinite value at place 2"):
        xmr([1, math.inf], higher_is_better=True)


def by_the_letter(values: list[float | None], chart: Xmr) -> list[Signal | None]:
    """The rules read out one by one, slowly."""
    mean, upper, lower = chart.mean, chart.upper, chart.lower

    def side(value: float | None) -> int:
        return 0 if value is None or mean is None or abs(value - mean) < 1e-9 else 1 if value > mean else -1

    def outside(value: float | None) -> bool:
        return value is not None and upper is not None and lower is not None and not lower <= value <= upper

    def near(value: float | None) -> bool:
        if value is None or upper is None or mean is None:
            return False
        return abs(value - mean) > (upper - mean) * 2 / 3 and not outside(value)

    def windows(at: int, length: int) -> list[list[float | None]]:
        starts = range(max(0, at - length + 1), min(at, len(values) - length) + 1)
        return [values[start : start + length] for start in starts]

    def goes(window: list[float | None]) -> bool:
        there = [value for value in window if value is not None]
        steps = {np.sign(two - one) for one, two in pairwise(there)}
        return len(there) == len(window) and steps in ({1}, {-1})

    told: list[Signal | None] = []
    for at, value in enumerate(values):
        sides = [{side(one) for one in window} for window in windows(at, 7)]
        threes = [one for one in windows(at, 3) if {side(point) for point in one} in ({1}, {-1})]
        rules = {
            Signal.OUTSIDE: outside(value),
            Signal.TREND: any(goes(window) for window in windows(at, 7)),
            Signal.NEAR: near(value) and any(sum(map(near, three)) >= 2 for three in threes),
            Signal.SIDE: any(found in ({1}, {-1}) for found in sides),
        }
        told.append(next((rule for rule, holds in rules.items() if holds), None))
    return told


@given(SERIES)
def test_quick_rules_agree_with_slow_ones(values: list[float | None]) -> None:
    chart = xmr(values, higher_is_better=True)
    assert list(chart.signals) == by_the_letter(values, chart)


@given(SERIES, st.integers(-50, 50), st.sampled_from([0.25, 1, 8]))
def test_the_unit_does_not_matter(values: list[float | None], shift: int, scale: float) -> None:
    here = xmr(values, higher_is_better=True)
    there = xmr([None if v is None else v * scale + shift for v in values], higher_is_better=True)
    assert here.signals == there.signals
    if here.upper is not None:
        assert there.upper == pytest.approx(here.upper * scale + shift)


@given(SERIES)
def test_upside_down_improvement_is_concern(values: list[float | None]) -> None:
    here = xmr(values, higher_is_better=True)
    there = xmr([None if v is None else -v for v in values], higher_is_better=False)
    assert here.variation == there.variation


def test_a_million_periods() -> None:
    values = np.random.default_rng(1).normal(size=1_000_000)
    chart = xmr(values, higher_is_better=True)
    assert chart.upper == pytest.approx(2.92, abs=0.01)  # 3 without leaving out wild ranges
    assert 0.003 < np.mean(chart.signs[Signal.OUTSIDE] != 0) < 0.004

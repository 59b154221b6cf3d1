"""Funnel limits agree with FunnelPlotR, R and scipy, and no unit is called different for its size alone."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from alongside.calc.outcomes.funnel import Funnel, Kind, Limits, Spread, Standing, funnel

# The six units that the tests of FunnelPlotR (NHS-R Community, MIT licence) plot: observed and expected.
OBSERVED, EXPECTED = [100, 150, 180, 80, 120, 225], [108, 112, 165, 95, 100, 220]
UNITS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)).map(sorted), min_size=2, max_size=25)


def plain(kind: Kind, target: float, limits: Limits = Limits.ARCSINE) -> Funnel:
    return funnel([1], [2], kind=kind, target=target, limits=limits, spread=Spread.NONE)


def test_poisson_limits_as_printed() -> None:
    band = plain(Kind.RATIO, 1).limits_at([15, 20, 30])
    assert band.low_95 == pytest.approx([0.5596924, 0.6108260, 0.6746958], abs=1e-7)
    assert band.high_95 == pytest.approx([1.649348, 1.544419, 1.427562], abs=1e-6)
    assert band.low_998[0] == pytest.approx(0.386265, abs=1e-6)
    assert band.high_998[0] == pytest.approx(2.082907, abs=1e-6)


def test_spread_between_units_as_r_reckons_it() -> None:
    found = funnel(OBSERVED, EXPECTED, kind=Kind.RATIO)
    assert found.z == pytest.approx([-0.78460969, 3.32888694, 1.14235057, -1.60504487, 1.9089023, 0.33520605])
    assert (found.phi, found.tau2) == pytest.approx((2.32717825759, 0.00343978015))
    band = found.limits_at([100])
    assert [band.low_95[0], band.high_95[0]] == pytest.approx([0.72070869, 1.32492615])
    assert [band.low_998[0], band.high_998[0]] == pytest.approx([0.5803939, 1.5330505])
    assert found.standings == (Standing.WITHIN, Standing.ABOVE, *[Standing.WITHIN] * 4)
    alone = funnel(OBSERVED, EXPECTED, kind=Kind.RATIO, spread=Spread.NONE)
    assert alone.standings[1] is Standing.FAR_ABOVE
    assert "tau² added" in found.method
    assert "exact Poisson" in alone.method


def test_multiplied_limits_lie_root_phi_further_out() -> None:
    found = funnel(OBSERVED, EXPECTED, kind=Kind.RATIO, spread=Spread.MULTIPLIED)
    assert found.phi is not None
    assert found.z_spread == pytest.approx(found.z / math.sqrt(found.phi))
    assert found.limits_at([100]).high_95 == pytest.approx((1 + 1.959964 * math.sqrt(found.phi) / 20) ** 2)


def test_arcsine_limits_by_hand() -> None:
    band = plain(Kind.PROPORTION, 0.5).limits_at([100])
    assert band.high_95 == pytest.approx(math.sin(math.pi / 4 + 1.959964 / 20) ** 2)
    assert band.low_998 == pytest.approx(math.sin(math.pi / 4 - 3.090232 / 20) ** 2)


@given(st.integers(1, 400), st.floats(0.01, 0.99))
def test_exact_limits_lie_by_the_binomial_of_scipy(size: int, target: float) -> None:
    band = plain(Kind.PROPORTION, target, Limits.EXACT).limits_at([size])
    for limit, share in zip(band, (0.001, 0.025, 0.975, 0.999), strict=True):
        count = stats.binom.ppf(share, size, target)
        assert max(0, count - 1) - 1e-9 <= limit[0] * size <= count + 1e-9


def test_exact_limit_between_two_counts() -> None:
    # Two in two at one half: 0 has 1/4, up to 1 is 3/4, so 0.975 lies (1 - 0.975)/0.25 = 0.1 below 2.
    assert plain(Kind.PROPORTION, 0.5, Limits.EXACT).limits_at([2]).high_95 == pytest.approx(0.95)


def test_a_rate_is_held_against_the_rate_of_all() -> None:
    found = funnel([30, 10], [10_000, 10_000], kind=Kind.RATE, spread=Spread.NONE)
    ratio = funnel([30, 10], [20, 20], kind=Kind.RATIO, spread=Spread.NONE)
    assert found.target == 0.002
    assert found.z == pytest.approx(ratio.z)
    band = ratio.limits_at([20])
    for limit, by_ratio in zip(found.limits_at([10_000]), band, strict=True):
        assert limit == pytest.approx(by_ratio * 0.002)


def test_units_with_a_number_missing_are_counted_and_stand_nowhere() -> None:
    found = funnel([30, None, 20, 7], [50, 50, math.nan, 50], kind=Kind.PROPORTION)
    assert (found.n, found.missing) == (2, 2)
    assert found.target == 0.37
    assert found.standings[1] is found.standings[2] is None


@pytest.mark.parametrize(
    ("top", "bottom", "kind", "sentence"),
    [
        ([1, 2], [5, 0], Kind.PROPORTION, "row 2: the denominator must be more than 0"),
        ([1, 6], [5, 5], Kind.PROPORTION, "row 2: the numerator must not be more than the denominator"),
        ([-1, 2], [5, 5], Kind.RATE, "row 1: the numerator must not be less than 0"),
        ([None, 2.5], [5, 5], Kind.RATIO, "row 2: the numerator must be a whole number"),
        ([1, 2], [5, 5.5], Kind.PROPORTION, "row 2: the denominator must be a whole number"),
        ([1, math.inf], [5, 5], Kind.RATE, "numerator holds an infinite value at place 2"),
        ([1], [5, 5], Kind.RATE, "numerator has 1 values and denominator 2"),
    ],
)
def test_impossible_rows_are_refused(
    top: list[float | None], bottom: list[float | None], kind: Kind, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        funnel(top, bottom, kind=kind)


def test_impossible_targets_and_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="the target of a proportion must lie between 0 and 1"):
        funnel([1], [2], kind=Kind.PROPORTION, target=1)
    with pytest.raises(ValueError, match="the target must be more than 0"):
        funnel([1], [2], kind=Kind.RATE, target=math.nan)
    with pytest.raises(ValueError, match="denominators must be more than 0"):
        plain(Kind.RATIO, 1).limits_at([0, 5])


@pytest.mark.parametrize(
    ("top", "bottom", "reason"),
    [
        ([], [], "no unit has both numbers"),
        ([None, 1], [2, None], "no unit has both numbers"),
        ([3], [9], "only one unit"),
        ([0, 0], [9, 4], "no chance to draw limits from"),
        ([9, 4], [9, 4], "no chance to draw limits from"),
    ],
)
def test_nothing_is_said_without_grounds(top: list[float | None], bottom: list[float | None], reason: str) -> None:
    found = funnel(top, bottom, kind=Kind.PROPORTION)
    assert reason in found.reason
    assert found.phi is found.tau2 is None
    assert set(found.standings) <= {None, Standing.WITHIN}


@given(UNITS, st.sampled_from(Kind), st.sampled_from(Limits))
def test_spread_only_ever_widens(units: list[list[int]], kind: Kind, limits: Limits) -> None:
    top, bottom = zip(*units, strict=True)
    bottom = tuple(max(1, size) for size in bottom)
    for spread in Spread:
        found = funnel(top, bottom, kind=kind, limits=limits, spread=spread)
        if found.reason:
            return
        assert (np.abs(found.z_spread) <= np.abs(found.z) + 1e-12).all()
        assert found.widened is bool((np.abs(found.z_spread) < np.abs(found.z) - 1e-12).any()) or not found.z.any()
        band = np.array(found.limits_at(bottom))
        assert (np.diff(band, axis=0) >= -1e-12).all()


@given(UNITS)
def test_counting_the_others_turns_the_funnel_over(units: list[list[int]]) -> None:
    top, bottom = (np.array(column, float) for column in zip(*units, strict=True))
    bottom = np.maximum(bottom, 1)
    here = funnel(top, bottom, kind=Kind.PROPORTION)
    there = funnel(bottom - top, bottom, kind=Kind.PROPORTION)
    assert here.z == pytest.approx(-there.z, nan_ok=True, abs=1e-9)
    assert here.limits_at(bottom).low_95 == pytest.approx(1 - there.limits_at(bottom).high_95, nan_ok=True, abs=1e-9)


def test_chance_alone_is_seldom_called_different() -> None:
    random = np.random.default_rng(1)
    size = random.integers(20, 400, 1_000_000)
    found = funnel(random.binomial(size, 0.3), size, kind=Kind.PROPORTION, limits=Limits.EXACT)
    assert not found.widened
    standings = found.standings
    assert 0.94 < standings.count(Standing.WITHIN) / 1e6 < 0.96
    assert standings.count(Standing.FAR_ABOVE) + standings.count(Standing.FAR_BELOW) < 4000

"""Pooling agrees with what was printed elsewhere, to the last printed digit."""

import pytest

from alongside.calc.outcomes.meta.egger import egger
from alongside.calc.outcomes.meta.fitting import Between
from alongside.calc.outcomes.meta.pooling import How, Pooled, pool, regress, subgroups
from alongside.calc.outcomes.meta.tables import log_risk_ratios, mantel_haenszel
from tests.calc.outcomes.meta.published import BCG, EXPECTATIONS, THIRD_WAVE, mean_differences


def figures(found: Pooled) -> tuple[float, float, float]:
    assert found.effect
    return tuple(round(each, 4) for each in (found.effect.estimate, found.effect.low, found.effect.high))


def test_tuberculosis_by_equal_effects_and_by_dersimonian_and_laird() -> None:
    effects, variances = log_risk_ratios(BCG)
    equal = pool(effects, variances, How(Between.EE))
    assert figures(equal) == (-0.4303, -0.5097, -0.3509)
    assert equal.spread
    assert round(equal.spread.q, 4) == 152.2330
    found = pool(effects, variances, How(Between.DL))
    assert figures(found) == (-0.7141, -1.0644, -0.3638)
    assert found.effect
    assert found.spread
    assert round(found.effect.statistic, 4) == -3.9952
    assert round(found.spread.tau2, 4) == 0.3088
    assert round(100 * found.spread.i2_q, 4) == 92.1173


def test_tuberculosis_by_restricted_maximum_likelihood() -> None:
    found = pool(*log_risk_ratios(BCG))
    assert found.effect
    assert found.spread
    assert (round(found.effect.estimate, 4), round(found.effect.se, 4)) == (-0.7145, 0.1798)
    assert round(found.spread.tau2, 4) == 0.3132
    assert round(100 * found.spread.i2_tau, 2) == 92.22


def test_tuberculosis_as_mantel_and_haenszel_counted() -> None:
    found = mantel_haenszel(BCG)
    told = (found.effect.estimate, found.effect.low, found.effect.high, found.effect.statistic, found.q)
    assert tuple(round(each, 4) for each in told) == (-0.4537, -0.5308, -0.3766, -11.5338, 152.5676)


@pytest.mark.parametrize(
    ("between", "printed", "tau2"),
    [
        (Between.EE, -3.4939, 0),
        (Between.DL, (-14.0972, -24.4454, -3.7490), 218.72),
        (Between.REML, (-15.1217, -32.6716, 2.4282), 685.20),
    ],
)
def test_days_in_hospital_after_a_stroke(between: Between, printed: object, tau2: float) -> None:
    found = pool(*mean_differences(), How(between))
    assert found.spread
    assert printed in (figures(found), figures(found)[0])
    assert round(found.spread.tau2, 2) == tau2


def test_expectations_of_teachers_and_how_long_they_knew_the_child() -> None:
    weeks, effects, variances = (list(column) for column in zip(*EXPECTATIONS, strict=True))
    found = pool(effects, variances)
    assert found.effect
    assert found.spread
    assert (round(found.effect.estimate, 4), round(found.effect.statistic, 4)) == (0.0837, 1.6208)
    assert (round(found.spread.tau2, 4), round(found.spread.q, 2)) == (0.0188, 35.83)
    explained = regress(effects, variances, {"weeks": [min(each, 3) for each in weeks]})
    assert {name: round(one.estimate, 4) for name, one in explained.effects.items()} == {
        "intercept": 0.4072,
        "weeks": -0.1572,
    }
    assert round(explained.spread.q, 2) == 16.57


def test_third_wave_therapies_with_hartung_and_knapp() -> None:
    effects, errors, high = (list(column) for column in zip(*THIRD_WAVE, strict=True))
    variances = [error**2 for error in errors]
    found = pool(effects, variances, How(hartung_knapp=True))
    assert figures(found) == (0.5771, 0.3782, 0.7760)
    assert found.effect
    assert found.spread
    assert found.predicted
    assert round(found.effect.statistic, 2) == 6.12
    spread = (found.spread.tau2, found.spread.tau2_low, found.spread.tau2_high)
    assert tuple(round(each, 4) for each in spread) == (0.0820, 0.0295, 0.3533)
    assert round(found.spread.q, 2) == 45.50
    assert round(100 * found.spread.i2_q, 1) == 62.6
    assert round(100 * found.spread.i2_tau, 1) == 64.6
    assert tuple(round(each, 4) for each in found.predicted) == (-0.0572, 1.2115)
    parts = subgroups(effects, variances, ["high" if each else "low" for each in high], How(hartung_knapp=True))
    means = {name: (one.k, round(one.effect.estimate, 4)) for name, one in parts.groups.items() if one.effect}
    assert means == {"high": (7, 0.8126), "low": (11, 0.4300)}
    small = egger(effects, variances)
    assert (round(small.intercept, 3), round(small.t, 3), small.df) == (4.111, 4.677, 16)

"""What holds for any studies, and that what cannot be pooled is told in a sentence."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.outcomes.linear import NotFound
from alongside.calc.outcomes.meta.egger import egger
from alongside.calc.outcomes.meta.fitting import Between
from alongside.calc.outcomes.meta.pooling import How, pool, regress, subgroups
from alongside.calc.outcomes.meta.tables import Table, log_risk_ratios, mantel_haenszel

STUDIES = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=3, max_size=15)
METHODS = st.sampled_from(list(Between))


@given(STUDIES, METHODS, st.floats(-5, 5), st.floats(0.1, 10))
def test_another_unit_or_another_zero_changes_nothing_but_the_numbers(
    studies: list[tuple[float, float]], between: Between, shift: float, scale: float
) -> None:
    y, v = np.array(studies).T
    first = pool(y, v, How(between))
    second = pool(shift + scale * y, scale**2 * v, How(between))
    assert first.effect
    assert second.effect
    assert first.spread
    assert second.spread
    assert second.effect.estimate == pytest.approx(shift + scale * first.effect.estimate, abs=1e-5)
    assert second.effect.se == pytest.approx(scale * first.effect.se, rel=1e-4)
    assert second.spread.tau2 == pytest.approx(scale**2 * first.spread.tau2, abs=1e-4, rel=1e-4)


@given(STUDIES, METHODS, st.booleans())
def test_the_pooled_effect_lies_among_the_studies_and_inside_its_interval(
    studies: list[tuple[float, float]], between: Between, knapp: bool
) -> None:
    y, v = np.array(studies).T
    found = pool(y, v, How(between, knapp))
    assert found.effect
    assert y.min() - 1e-9 <= found.effect.estimate <= y.max() + 1e-9
    assert found.effect.low <= found.effect.estimate <= found.effect.high
    assert sum(found.weights) == pytest.approx(1)
    assert found.spread
    assert found.spread.tau2 >= 0
    assert found.spread.tau2_low <= found.spread.tau2_high
    if found.predicted:
        assert found.predicted[0] <= found.effect.estimate <= found.predicted[1]


@given(STUDIES)
def test_paule_and_mandel_leave_as_much_as_chance_would(studies: list[tuple[float, float]]) -> None:
    y, v = np.array(studies).T
    spread = pool(y, v, How(Between.PM)).spread
    assert spread
    weights = 1 / (v + spread.tau2)
    left = float(np.sum(weights * (y - np.average(y, weights=weights)) ** 2))
    if spread.tau2 > 1e-6:
        assert left == pytest.approx(len(y) - 1, rel=1e-6)
    else:
        assert left <= len(y) - 1 + 1e-4


def test_a_study_that_lacks_something_is_counted_and_left_out() -> None:
    whole = pool([0.1, 0.3, 0.2], [0.1, 0.2, 0.3])
    holed = pool([0.1, None, 0.3, 0.2, 0.4], [0.1, 0.1, 0.2, 0.3, math.nan])
    assert (holed.k, holed.missing) == (3, 2)
    assert holed.effect == whole.effect


def test_none_one_and_two_studies() -> None:
    assert pool([], []).reason == "no study has both an effect and a variance"
    one = pool([0.5], [0.04])
    assert one.effect
    assert (one.effect.estimate, one.effect.se, one.spread) == (0.5, 0.2, None)
    assert "does not tell how far studies differ" in one.reason
    assert "needs two studies" in pool([0.5], [0.04], How(hartung_knapp=True)).reason
    two = pool([0.5, 0.1], [0.04, 0.04])
    assert two.spread
    assert two.predicted is None


def test_studies_that_all_say_the_same() -> None:
    found = pool([0.4] * 5, [0.1] * 5, How(hartung_knapp=True))
    assert found.effect
    assert found.spread
    assert (found.effect.estimate, found.spread.tau2, found.spread.q) == (pytest.approx(0.4), 0, pytest.approx(0))


@pytest.mark.parametrize(
    ("effects", "variances", "sentence"),
    [
        ([1, math.inf], [1, 1], "infinite"),
        ([1, 2], [1, 0], "above 0"),
        ([1, 2], [1, -1], "above 0"),
        ([1, 2], [1], "Every study needs"),
    ],
)
def test_what_cannot_be_pooled_is_refused(effects: list[float], variances: list[float], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        pool(effects, variances)


def test_columns_that_say_the_same_and_too_few_studies_are_refused() -> None:
    with pytest.raises(NotFound, match="Two columns say the same thing"):
        regress([1, 2, 3, 4], [1, 1, 1, 1], {"a": [1, 2, 3, 4], "b": [2, 4, 6, 8]})
    with pytest.raises(ValueError, match="too few"):
        regress([1, 2], [1, 1], {"a": [1, 2]})


def test_groups_that_do_not_differ_and_groups_that_do() -> None:
    same = subgroups([0.1, 0.3, 0.1, 0.3], [0.01] * 4, ["a", "a", "b", "b"])
    assert (same.q, same.df, same.p) == (pytest.approx(0), 1, pytest.approx(1))
    apart = subgroups([0.1, 0.1, 2.0, 2.0], [0.01] * 4, ["a", "a", "b", "b"])
    assert apart.p < 1e-6
    assert subgroups([0.1, 0.2], [0.1, 0.1], ["a", "a"]).df == 0


def test_a_zero_in_a_table_gets_a_half_and_an_empty_group_is_refused() -> None:
    effects, variances = log_risk_ratios([Table(0, 10, 5, 5)])
    assert effects[0] == pytest.approx(math.log((0.5 / 11) / (5.5 / 11)))
    assert variances[0] == pytest.approx(1 / 0.5 - 1 / 11 + 1 / 5.5 - 1 / 11)
    with pytest.raises(ValueError, match="is empty"):
        log_risk_ratios([Table(0, 0, 1, 1)])
    with pytest.raises(ValueError, match="below 0"):
        log_risk_ratios([Table(-1, 2, 1, 1)])
    with pytest.raises(ValueError, match="Nobody had the outcome"):
        mantel_haenszel([Table(0, 10, 5, 5)])


def test_eggers_test_sees_small_studies_that_tell_of_more() -> None:
    errors = np.linspace(0.05, 0.5, 12)
    found = egger((0.1 + 2 * errors).tolist(), (errors**2).tolist())
    assert found.intercept == pytest.approx(2)
    assert found.reason == ""
    assert "next to nothing" in egger([0.1, 0.2, 0.6], [0.01, 0.02, 0.09]).reason
    with pytest.raises(ValueError, match="three studies"):
        egger([1, 2], [1, 2])
    with pytest.raises(ValueError, match="equally precise"):
        egger([1, 2, 3], [1, 1, 1])


def test_a_likelihood_on_which_fishers_steps_go_to_and_fro_for_ever() -> None:
    found = pool([0, 0, 0, 0, 1], [1, 1, 1, 1, 0.125])
    assert found.effect
    assert found.spread
    assert (round(found.effect.estimate, 4), round(found.effect.se, 4)) == (0.5619, 0.3450)  # as R's metafor finds
    assert round(found.spread.tau2**0.5, 4) == 0.2947

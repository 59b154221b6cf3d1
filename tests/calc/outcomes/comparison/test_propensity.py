"""Weighting by propensity agrees with R and with its equations written out, and says when nobody can be compared."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import root
from scipy.stats import norm

from alongside.calc.outcomes.comparison.propensity import Estimand, Weighted, propensity_weighted
from alongside.calc.outcomes.values import Floats, Values
from tests.calc.outcomes.in_r import by_r

# Carers who are more strained, and older ones, ask for the service more often; it lowers strain by 1.
RNG = np.random.default_rng(7)
N = 300
STRAIN = np.round(RNG.normal(5, 2, N), 2)
AGE = RNG.integers(30, 80, N).astype(float)
SERVED = (RNG.random(N) < 1 / (1 + np.exp(-(STRAIN - 5) / 4 - (AGE - 55) / 40))).astype(float)
LATER = np.round(STRAIN - SERVED + RNG.normal(0, 1, N), 2)
KNOWN: dict[str, Values] = {"strain": STRAIN, "age": AGE}

SCRIPT = """
fit <- glm(served ~ strain + age, binomial, data, control = glm.control(epsilon = 1e-14, maxit = 100))
p <- fitted(fit)
spread <- function(x) sqrt((var(x[data$served == 1]) + var(x[data$served == 0])) / 2)
for (w in list(ifelse(data$served == 1, 1, p / (1 - p)), ifelse(data$served == 1, 1 / p, 1 / (1 - p)))) {
  mean_of <- function(x, side) weighted.mean(x[data$served == side], w[data$served == side])
  told(mean_of(data$later, 1) - mean_of(data$later, 0),
       (mean_of(data$strain, 1) - mean_of(data$strain, 0)) / spread(data$strain),
       (mean_of(data$age, 1) - mean_of(data$age, 0)) / spread(data$age),
       sum(w[data$served == 0])^2 / sum(w[data$served == 0]^2))
}
"""


def weighted(estimand: Estimand) -> Weighted:
    return propensity_weighted(LATER, SERVED, KNOWN, higher_is_better=False, estimand=estimand)


@pytest.mark.parametrize("place", [0, 1])
def test_weights_balance_and_difference_as_r(tmp_path: Path, place: int) -> None:
    data = {"strain": STRAIN, "age": AGE, "served": SERVED, "later": LATER}
    told = by_r(tmp_path, SCRIPT, {name: each.tolist() for name, each in data.items()})[place]
    found = weighted(list(Estimand)[place])
    apart = [one.apart_weighted for one in found.balance]
    assert [found.difference, *apart, found.effective_others] == pytest.approx(told, abs=1e-9)


def stacked(theta: Floats, estimand: Estimand) -> Floats:
    """Every estimating equation of the whole, person by person: those of the scores, and of the two means."""
    x = np.column_stack([np.ones(N), STRAIN, AGE])
    p = 1 / (1 + np.exp(-x @ theta[:3]))
    ones, odds = np.ones(N), p / (1 - p)
    w1, w0 = (ones, odds) if estimand is Estimand.SERVED else (1 / p, 1 / (1 - p))
    means = (SERVED * w1 * (LATER - theta[3]), (1 - SERVED) * w0 * (LATER - theta[4]))
    return np.column_stack([(SERVED - p)[:, None] * x, *means])


@pytest.mark.parametrize("estimand", list(Estimand))
def test_the_error_is_the_sandwich_of_all_equations(estimand: Estimand) -> None:
    found = weighted(estimand)
    theta = root(lambda at: stacked(at, estimand).mean(axis=0), [-5, 0.5, 0.05, 4, 4], tol=1e-12).x
    steps = np.diag([1e-6, 1e-7, 1e-8, 1e-6, 1e-6])
    bread = np.column_stack(
        [
            (stacked(theta + step, estimand) - stacked(theta - step, estimand)).sum(axis=0) / (2 * step.sum())
            for step in steps
        ]
    )
    one = stacked(theta, estimand)
    covariance = np.linalg.inv(bread) @ (one.T @ one) @ np.linalg.inv(bread).T
    error = math.sqrt(covariance[3, 3] + covariance[4, 4] - 2 * covariance[3, 4])
    assert found.difference == pytest.approx(theta[3] - theta[4], abs=1e-9)
    assert found.error == pytest.approx(error, rel=1e-5)
    assert found.p == pytest.approx(2 * norm.sf(abs(theta[3] - theta[4]) / error), rel=1e-4)


def test_it_finds_what_the_bare_means_hide() -> None:
    bare = LATER[SERVED == 1].mean() - LATER[SERVED == 0].mean()
    assert bare > -0.5
    for estimand in Estimand:
        found = weighted(estimand)
        assert abs(found.difference + 1) < 3 * found.error
        assert found.verdict.value == "better"
    served = weighted(Estimand.SERVED)
    assert all(abs(one.apart) > 0.25 for one in served.balance)
    assert served.alike
    assert "like those who had the service" in served.method


def test_by_hand() -> None:
    # With risk, 3 of 4 had the service and odds are 3; without it 1 of 4, and odds are 1/3. The others weigh
    # 3, 1/3, 1/3, 1/3, so their mean is (3·4 + (5 + 5 + 7)/3)/4 = 53/12.
    found = propensity_weighted(
        [5, 6, 7, 8, 4, 5, 5, 7], [1, 1, 1, 1, 0, 0, 0, 0], {"risk": [1, 0, 1, 1, 1, 0, 0, 0]}, higher_is_better=True
    )
    assert (found.mean_served, found.mean_others) == pytest.approx((6.5, 53 / 12))
    assert found.effective_others == pytest.approx(16 / (9 + 3 / 9))
    assert found.balance[0].others_weighted == pytest.approx(0.75)
    assert found.overlap
    assert (found.overlap.served[7], found.overlap.served[2], sum(found.overlap.others)) == (3, 1, 4)
    assert any("few people for so many covariates" in one for one in found.cautions)


def test_what_weights_cannot_mend_is_told() -> None:
    # Everybody beyond 8 had the service: for them there is nobody to stand in, and strain does not come level.
    served = np.where(STRAIN > 7, 1, np.arange(N) % 5 == 0)
    found = propensity_weighted(LATER, served, {"strain": STRAIN}, higher_is_better=False)
    assert found.alike is False
    assert any("strain lies" in one for one in found.cautions)
    assert any("nobody like them" in one for one in found.cautions)
    assert found.overlap
    assert found.overlap.served_alone > 0


def test_who_lacks_anything_is_counted_and_left_out() -> None:
    more = propensity_weighted(
        [*LATER, None, 3, 3],
        [*SERVED, 1, None, 0],
        {"strain": [*STRAIN, 5, 5, math.nan], "age": [*AGE, 50, 50, 50]},
        higher_is_better=False,
    )
    assert more.missing == 3
    assert more.error == pytest.approx(weighted(Estimand.SERVED).error)


@pytest.mark.parametrize(
    ("outcome", "served", "covariate", "reason"),
    [
        ([], [], [], "of nobody is the outcome known"),
        ([None, 1], [1, None], [1, 2], "of nobody is the outcome known"),
        ([1, 2, 3], [1, 1, 1], [1, 2, 3], "nobody who did not have it"),
        ([1, 2, 3], [1, 0, 0], [1, 2, 3], "only one person who had the service"),
        ([1, 2, 3, 4], [1, 1, 0, 0], [5, 5, 5, 5], "x is the same for everybody"),
        ([1, 2, 3, 4], [1, 1, 0, 0], [4, 3, 2, 1], "x tells so wholly who had the service"),
        ([1, 2, 3, 4, 5], [1, 1, 0, 0, 0], [1, 1, 0, 1, 1], "x tells so wholly who had the service"),
        ([3, 3, 3, 3], [1, 1, 0, 0], [1, 2, 1, 2], "all on either side have the same outcome"),
    ],
)
def test_no_answer_without_the_grounds_for_one(
    outcome: list[float | None], served: list[float | None], covariate: list[float], reason: str
) -> None:
    found = propensity_weighted(outcome, served, {"x": covariate}, higher_is_better=True)
    assert reason in found.reason
    assert found.error is found.ci_low is found.p is None


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one covariate"):
        propensity_weighted([1, 2], [1, 0], {}, higher_is_better=True)
    with pytest.raises(ValueError, match="row 1: “served” must be 1"):
        propensity_weighted([1, 2], [0.5, 0], {"x": [1, 2]}, higher_is_better=True)
    with pytest.raises(ValueError, match="outcome has 2 values and x 3"):
        propensity_weighted([1, 2], [1, 0], {"x": [1, 2, 3]}, higher_is_better=True)
    with pytest.raises(ValueError, match="x holds an infinite value"):
        propensity_weighted([1, 2], [1, 0], {"x": [1, math.inf]}, higher_is_better=True)


PEOPLE = st.lists(st.tuples(st.integers(0, 10), st.booleans(), st.integers(0, 3)), min_size=6, max_size=40)


@settings(max_examples=40)
@given(PEOPLE, st.sampled_from(list(Estimand)), st.integers(1, 1000))
def test_units_and_sides_do_not_matter(people: list[tuple[int, bool, int]], estimand: Estimand, unit: int) -> None:
    outcome, served, x = (np.array(column, float) for column in zip(*people, strict=True))
    plain = propensity_weighted(outcome, served, {"x": x}, higher_is_better=True, estimand=estimand)
    other = propensity_weighted(outcome, served, {"x": 7 - unit * x}, higher_is_better=True, estimand=estimand)
    if plain.error is None:
        assert plain.reason
        return
    assert other.difference == pytest.approx(plain.difference, abs=1e-7)
    assert other.error == pytest.approx(plain.error, rel=1e-5)
    assert 1 <= plain.effective_others <= plain.others + 1e-9
    if estimand is Estimand.SERVED:
        assert plain.mean_served == pytest.approx(outcome[served == 1].mean())
    else:
        swapped = propensity_weighted(outcome, 1 - served, {"x": x}, higher_is_better=True, estimand=estimand)
        assert swapped.difference == pytest.approx(-plain.difference, abs=1e-7)
        assert swapped.error == pytest.approx(plain.error, rel=1e-5)


@settings(max_examples=40)
@given(PEOPLE)
def test_a_covariate_of_two_kinds_is_made_wholly_alike(people: list[tuple[int, bool, int]]) -> None:
    outcome, served, x = (np.array(column, float) for column in zip(*people, strict=True))
    found = propensity_weighted(outcome, served, {"x": x > 1}, higher_is_better=True)
    if found.balance:
        assert found.balance[0].apart_weighted == pytest.approx(0, abs=1e-6)
        assert found.alike


def test_a_hundred_thousand_people() -> None:
    random = np.random.default_rng(2)
    x = random.normal(size=100_000)
    served = (random.random(x.size) < 1 / (1 + np.exp(-x))).astype(float)
    found = propensity_weighted(x + served + random.normal(size=x.size), served, {"x": x}, higher_is_better=True)
    assert found.difference == pytest.approx(1, abs=0.05)
    assert found.error < 0.02

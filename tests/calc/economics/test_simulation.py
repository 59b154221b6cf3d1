"""Draws are what they say they are, the same for a seed however they are divided, and what they say is right."""

from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from alongside.calc.economics.acceptability import acceptability, prices
from alongside.calc.economics.beta import Counted, Pert, Share
from alongside.calc.economics.distributions import (
    Amount,
    Distribution,
    Fixed,
    Normal,
    Skewed,
    Triangular,
    Unfit,
    Uniform,
)
from alongside.calc.economics.drawing import BLOCK, NoSuchRanks, Ranks, draw_block
from alongside.calc.economics.information import partial, perfect, sampled
from alongside.calc.economics.sensitivity import switching, tornado, two_way
from alongside.calc.economics.simulation import breaking_even, simulate, spread
from tests.calc.economics.cases import FIXED, UNSURE, a_case

EACH: list[Distribution] = [
    Fixed(3), Uniform(1, 3), Triangular(0, 1, 4), Triangular(0, 0, 1), Pert(1, 2, 6), Pert(0, 0, 1), Share(0.2, 0.1),
    Counted(0, 12), Counted(6, 7), Amount(40_000, 5_000), Skewed(0.5, 2), Normal(1, 2),
]  # fmt: skip
# Net benefit is the sum of two bells: the values of knowing are known (methods: sd·φ(m/sd) - m·Φ(-m/sd)).
BELLS = np.random.default_rng(1)
FIRST, SECOND = BELLS.normal(0.5, 1, 100_000), BELLS.normal(0.5, 2, 100_000)


@pytest.mark.parametrize("made", EACH, ids=lambda made: f"{made}")
def test_draws_and_quantiles_and_the_mean_are_of_one_distribution(made: Distribution) -> None:
    drawn = made.draw(np.random.default_rng(0), 20_000)
    low, high = made.ends()
    assert low <= drawn.min() <= drawn.max() <= high
    assert drawn.mean() == pytest.approx(made.mean, abs=5 * drawn.std() / 20_000**0.5 + 1e-12)
    if not isinstance(made, Fixed):
        assert stats.kstest(drawn, lambda x: np.interp(x, made.at(np.linspace(0, 1, 4001)), np.linspace(0, 1, 4001))).pvalue > 1e-4  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(
    ("kind", "numbers", "sentence"),
    [
        (Share, (1.2, 0.1), "must lie between 0 and 1"),
        (Share, (0.5, 0.6), "has a standard deviation below 0.5"),
        (Counted, (3, 0), "nobody was counted"),
        (Counted, (9, 7), "9 of 7 is no share"),
        (Amount, (-5, 1), "the mean must be more than 0"),
        (Amount, (5, 0), "the sd must be more than 0"),
        (Amount, (5, 1e-300), "as good as none beside 5"),
        (Share, (0.5, 1e-200), "as good as none beside 0.5"),
        (Uniform, (2, 2), "must lie below the high end"),
        (Triangular, (0, 5, 4), "the likely value must lie between 0 and 4"),
        (Pert, (0, -1, 4), "the likely value must lie between 0 and 4"),
        (Skewed, (0, 4), "the low must be more than 0"),
        (Normal, (float("nan"), 1), "the mean must be a number"),
        (Fixed, (float("inf"),), "the value must be a number"),
    ],
)
def test_numbers_that_no_distribution_fits_are_refused_in_a_sentence(
    kind: type[Distribution], numbers: tuple[float, ...], sentence: str
) -> None:
    with pytest.raises(Unfit, match=sentence):
        kind(*numbers)


def test_a_seed_gives_the_same_draws_in_one_process_and_in_three() -> None:
    case, draws = a_case(inputs=UNSURE), 2 * BLOCK + 5
    alone = simulate(case, draws=draws, seed=7, keep=["impact"])
    with ProcessPoolExecutor(3) as pool:
        shared = simulate(case, draws=draws, seed=7, keep=["impact"], pool=pool)
    for one, other in zip(alone.worth, shared.worth, strict=True):
        assert (one == other).all()
    assert (alone.inputs["impact"] == shared.inputs["impact"]).all()
    assert (simulate(case, draws=draws, seed=8).worth.net != alone.worth.net).mean() > 0.99
    assert alone.inputs["impact"].size == draws


def test_draws_centre_on_the_case_as_expected() -> None:
    case = a_case(inputs=UNSURE)
    found = simulate(case, draws=50_000, seed=1).worth
    fixed = simulate(a_case(), draws=3, seed=1).worth
    assert found.fiscal.mean() == pytest.approx(fixed.fiscal[0], rel=0.005)
    mean, middle, low, high = spread(found.ratio)
    assert low < middle < mean < high
    chance = breaking_even(found.net)
    assert chance.enough
    assert chance.probability == pytest.approx((found.ratio >= 1).mean())
    assert not breaking_even(found.net[:100]).enough


def test_inputs_rise_together_by_rank_as_asked() -> None:
    inputs = {"a": Share(0.3, 0.1), "b": Amount(100, 60), "c": Uniform(0, 1)}
    ranks = Ranks(("a", "b", "c"), ((1, 0.7, -0.4), (0.7, 1, 0), (-0.4, 0, 1)))
    drawn = draw_block(inputs, [ranks], seed=1, block=0, size=20_000)
    found = stats.spearmanr(np.column_stack([drawn["a"], drawn["b"], drawn["c"]])).statistic
    assert found == pytest.approx(np.array(ranks.matrix), abs=0.02)
    assert drawn["b"].mean() == pytest.approx(100, rel=0.02)


@pytest.mark.parametrize(
    ("matrix", "sentence"),
    [
        (((1, 0.9, -0.9), (0.9, 1, 0.9), (-0.9, 0.9, 1)), "cannot hold together"),
        (((1, 2, 0), (2, 1, 0), (0, 0, 1)), "between -1 and 1"),
        (((1, 0.5), (0.5, 1)), "1 on its diagonal"),
    ],
)
def test_rank_correlations_that_cannot_be_are_refused(matrix: tuple[tuple[float, ...], ...], sentence: str) -> None:
    with pytest.raises(NoSuchRanks, match=sentence):
        Ranks(("a", "b", "c"), matrix)


def test_what_it_is_worth_to_know_as_worked_out_on_paper() -> None:
    net = FIRST + SECOND
    assert perfect(net) == pytest.approx(0.47981, abs=0.01)
    assert partial(net, [FIRST]) == pytest.approx(0.08332, abs=0.01)
    assert partial(net, [SECOND]) == pytest.approx(0.39559, abs=0.01)
    assert partial(net, [FIRST, SECOND]) == pytest.approx(perfect(net), abs=0.01)
    assert partial(net, [np.ones(net.size)]) == 0


@given(st.sampled_from([1, 4, 16, 100]))
def test_what_a_study_of_so_many_is_worth_as_worked_out_on_paper(size: int) -> None:
    # The second bell has variance 4; one observation of it has 16, so that what is known is worth four of them.
    narrowed = (4 * size / (size + 4)) ** 0.5
    expected = narrowed * stats.norm.pdf(1 / narrowed) - stats.norm.cdf(-1 / narrowed)
    assert sampled(FIRST + SECOND, SECOND, prior=4, sizes=[size])[0] == pytest.approx(expected, abs=0.01)


def test_the_tornado_and_the_switching_values() -> None:
    case = a_case(inputs=UNSURE)
    swings = tornado(case)
    assert [swing.name for swing in swings] == ["impact", "deadweight", "care_year"]
    assert swings[1].at_low > swings[1].at_high  # less deadweight, more worth
    switch = switching(case, "impact")
    assert switch.values == (pytest.approx(0.25 / 1.166982, rel=1e-5),)
    assert switch.room == pytest.approx(1 / 1.166982 - 1, rel=1e-5)
    assert switch.pays_at_expected
    assert switching(a_case(inputs=FIXED | {"impact": Fixed(0)}), "care_year").values == ()
    grid = two_way(case, "impact", "care_year", steps=3)
    assert (np.diff(grid.answers, axis=0) > 0).all()
    assert (np.diff(grid.answers, axis=1) > 0).all()
    assert grid.answers.shape == (3, 3)


def test_the_more_is_paid_for_a_carer_the_likelier_it_is_accepted() -> None:
    net, units = np.array([-100.0, -50.0, 10.0, -5.0]), np.array([2.0, 1.0, 1.0, 0.0])
    assert acceptability(net, units, np.array([0.0, 49.9, 50.0])).tolist() == [0.25, 0.25, 0.75]
    assert prices(net, units)[-1] == 50
    assert prices(net, np.zeros(4))[-1] == prices(abs(net), units)[-1] == 1
    with pytest.raises(ValueError, match="less than 0"):
        acceptability(net, -units, np.array([0.0]))

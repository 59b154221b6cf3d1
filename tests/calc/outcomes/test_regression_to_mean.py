"""Regression to the mean agrees with the printed formula, and with people drawn by chance."""

import math

import numpy as np
import pytest

from alongside.calc.outcomes.regression_to_mean import regression_to_mean, towards_everybody


@pytest.mark.parametrize(("reliability", "change"), [(0.5, 13.49), (0.8, 5.39)])
def test_as_barnett_and_others_reckon_it(reliability: float, change: float) -> None:
    found = regression_to_mean(mean=60, sd=15, reliability=reliability, cut=40, below=True)
    assert round(found.expected_change, 2) == change


@pytest.mark.parametrize(("below", "cut", "measurements"), [(True, 40, 1), (False, 70, 1), (True, 50, 3)])
def test_people_drawn_by_chance_change_by_as_much(below: bool, cut: float, measurements: int) -> None:
    rng = np.random.default_rng(5)
    truth = rng.normal(60, 15 * math.sqrt(0.6), 2_000_000)
    within = 15 * math.sqrt(0.4)
    first = truth + rng.normal(0, within / math.sqrt(measurements), truth.size)
    second = truth + rng.normal(0, within, truth.size)
    taken = first < cut if below else first > cut
    found = regression_to_mean(mean=60, sd=15, reliability=0.6, cut=cut, below=below, measurements=measurements)
    assert found.expected_change == pytest.approx(float((second - first)[taken].mean()), abs=0.05)
    assert found.selected == pytest.approx(float(taken.mean()), abs=0.002)


def test_a_scale_without_error_regresses_not_at_all() -> None:
    assert regression_to_mean(mean=60, sd=15, reliability=1, cut=40, below=True).expected_change == 0


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"sd": 0}, "more than 0"),
        ({"measurements": 0}, "more than 0"),
        ({"reliability": 1.1}, "between 0 and 1"),
        ({"cut": math.inf}, "infinite"),
        ({"cut": -5000}, "nobody"),
    ],
)
def test_what_makes_no_sense_is_refused(told: dict[str, float], sentence: str) -> None:
    usual = {"mean": 60, "sd": 15, "reliability": 0.5, "cut": 40, "measurements": 1, "below": True}
    with pytest.raises(ValueError, match=sentence):
        regression_to_mean(**(usual | told))  # type: ignore[arg-type]


def test_without_a_cut_people_drawn_by_chance_come_back_by_as_much_as_is_said() -> None:
    chance = np.random.default_rng(5)
    truth = chance.normal(50, 8, 200_000)
    first, again = truth + chance.normal(0, 6, truth.size), truth + chance.normal(0, 6, truth.size)
    taken = first > 60 + chance.normal(0, 3, truth.size)  # by no strict cut-off, but by this very measurement
    expected = towards_everybody(first[taken].mean(), mean=50, reliability=0.64)
    assert (again - first)[taken].mean() == pytest.approx(expected, abs=0.1)
    for told in ({"mean": 50, "reliability": 1.1}, {"mean": float("inf"), "reliability": 0.5}):
        with pytest.raises(ValueError, match=r"\w"):
            towards_everybody(60, **told)

"""Discount factors as the Green Book prints them, and effects that last as long as said."""

import numpy as np
import pytest

from alongside.calc.economics.discounting import Step, check_steps, lasting
from tests.calc.economics.cases import GREEN_BOOK


def test_factors_as_printed() -> None:
    found = GREEN_BOOK.factors(126)[[0, 1, 5, 10, 25, 30, 31, 75, 125]].round(4).tolist()
    assert found == [1, 0.9662, 0.8420, 0.7089, 0.4231, 0.3563, 0.3459, 0.0942, 0.0274]


def test_an_effect_by_hand() -> None:
    factors = GREEN_BOOK.factors(10)
    expected = 1 / 1.035**2 + 0.8 / 1.035**3 + 0.5 * 0.64 / 1.035**4
    assert lasting(np.array([0.2]), lag=2, duration=2.5, factors=factors)[0] == pytest.approx(expected)
    assert lasting(np.array([0.0]), lag=10, duration=5, factors=factors)[0] == 0


@pytest.mark.parametrize("steps", [[], [Step(1, 0.03)], [Step(0, 0.03), Step(0, 0.02)], [Step(0, 3.5)]])
def test_rates_that_cannot_be_are_refused(steps: list[Step]) -> None:
    with pytest.raises(ValueError, match="rate"):
        check_steps(steps)

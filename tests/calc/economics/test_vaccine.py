"""The draws of BCEA's influenza vaccine, which stay in R's package: what it prints of them is what is found here."""

from pathlib import Path

import numpy as np
import pytest

from alongside.calc.economics.information import perfect
from tests.calc.outcomes.in_r import by_r

DRAWS = "library(BCEA); data(Vaccine, package = 'BCEA'); told(eff[, 2] - eff[, 1]); told(cost[, 2] - cost[, 1])"
PRINTED = {0: 0.0562, 100: 0.0573, 200: 0.0586, 300: 0.0598, 400: 0.0611}


def test_the_vaccines_worth_of_information_is_what_bcea_prints(tmp_path: Path) -> None:
    health, cost = (np.array(line) for line in by_r(tmp_path, DRAWS, {"none": [0]}))
    assert cost.mean() / health.mean() == pytest.approx(20_097.6, abs=0.05)
    # Of the prices that BCEA tries, one every £100, vaccination is the better choice from this one on.
    assert min(price for price in range(0, 50_001, 100) if np.mean(price * health - cost) > 0) == 20_100
    for price, printed in PRINTED.items():
        assert perfect(price * health - cost) == pytest.approx(printed, abs=0.00005)

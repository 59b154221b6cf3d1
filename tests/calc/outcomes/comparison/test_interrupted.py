"""A series that is interrupted agrees with R on drivers and seat belts, and with lines that are known."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.outcomes.comparison.interrupted import Interrupted, interrupted
from alongside.calc.outcomes.paired import Verdict
from tests.calc.outcomes.in_r import by_r
from tests.calc.outcomes.published import columns

MONTHS = columns("drivers")
DRIVERS = list(map(float, MONTHS["drivers"]))
LAW = MONTHS["month"].index("1983-02")

SCRIPT = """
suppressPackageStartupMessages(library(sandwich))
for (gone in list(integer(0), c(5, 60, 61, 180))) {
  own <- data
  own$t <- seq_len(nrow(own)) - 1
  own$d <- as.numeric(own$t >= own$first)
  own$since <- (own$t - own$first) * own$d
  if (length(gone)) own <- own[-gone, ]
  fit <- lm(drivers ~ t + d + since, own)
  lags <- if (length(gone)) 0 else floor(4 * (nrow(own) / 100)^(2 / 9))
  v <- NeweyWest(fit, lag = lags, prewhite = FALSE, adjust = TRUE)
  mean_of <- c(0, 0, 1, mean(own$since[own$d == 1]))
  last <- c(0, 0, 1, max(own$since))
  told(coef(fit)[-1], mean_of %*% coef(fit), last %*% coef(fit))
  if (!length(gone)) told(sqrt(diag(v))[-1], sqrt(mean_of %*% v %*% mean_of), sqrt(last %*% v %*% last))
}
"""


def estimates(found: Interrupted) -> list[float]:
    return [term.estimate for term in (found.trend, found.step, found.turn, found.average, found.last) if term]


def errors(found: Interrupted) -> list[float]:
    return [term.error for term in (found.trend, found.step, found.turn, found.average, found.last) if term]


def test_seat_belts_as_r_prints_them() -> None:
    # R 4.2, lm and sandwich::NeweyWest(lag = 4, prewhite = FALSE, adjust = TRUE).
    found = interrupted(DRIVERS, LAW, higher_is_better=False)
    assert (found.before, found.after, found.missing, found.lags) == (169, 23, 0, 4)
    assert estimates(found)[:4] == pytest.approx([-1.557349212, -457.768100628, 19.201617987, -246.55030278], rel=1e-9)
    assert errors(found)[:4] == pytest.approx([0.6077334393, 76.3737519645, 6.4584776409, 75.65548114], rel=1e-9)
    assert found.average
    assert found.average.df == 188
    assert found.verdict is Verdict.BETTER
    assert "4 lags" in found.method


def test_also_with_months_left_out_as_r(tmp_path: Path) -> None:
    told = by_r(tmp_path, SCRIPT, {"drivers": DRIVERS, "first": [LAW] * len(DRIVERS)})
    whole = interrupted(DRIVERS, LAW, higher_is_better=False)
    assert estimates(whole) == pytest.approx(told[0], rel=1e-8)
    assert errors(whole) == pytest.approx(told[1], rel=1e-8)
    gone = [None if place in (4, 59, 60, 179) else value for place, value in enumerate(DRIVERS)]
    found = interrupted(gone, LAW, higher_is_better=False)
    assert found.missing == 4
    assert estimates(found) == pytest.approx(told[2], rel=1e-8)
    assert "Some periods have no figure" in found.cautions[-1]


def test_by_hand() -> None:
    # Before: 0, 2, 1, 3 lie about 0.3 + 0.8t; after: 10, 8, 9, 7 about 9.7 - 0.8(t - 4). The earlier line says 3.5.
    found = interrupted([0, 2, 1, 3, 10, 8, 9, 7], 4, higher_is_better=True)
    assert estimates(found) == pytest.approx([0.8, 6.2, -1.6, 3.8, 1.4])
    assert found.expected.tolist() == pytest.approx([0.3 + 0.8 * t for t in range(8)])
    assert found.fitted[4:].tolist() == pytest.approx([9.7, 8.9, 8.1, 7.3])
    left = np.array([-0.3, 0.9, -0.9, 0.3, 0.3, -0.9, 0.9, -0.3])
    assert found.resembles == pytest.approx(float(left[1:] @ left[:-1] / (left @ left)))
    assert "fewer than 8 periods" in found.cautions[0]


def test_a_trend_that_was_there_already_is_no_effect() -> None:
    random = np.random.default_rng(5)
    rising = np.arange(40) * 0.5 + random.normal(0, 1, 40)
    assert rising[20:].mean() - rising[:20].mean() > 8
    found = interrupted(rising, 20, higher_is_better=True)
    assert found.average
    assert found.average.ci_low < 0 < found.average.ci_high
    assert found.verdict is Verdict.UNSURE


@pytest.mark.parametrize(
    ("values", "first", "reason"),
    [
        ([None] * 8, 4, "not 3 periods with a figure on either side"),
        ([1, 2, 4, 3, 5], 3, "not 3 periods with a figure on either side"),
        ([1, 2, None, 3, 5, 4], 3, "not 3 periods with a figure on either side"),
        ([5] * 8, 4, "on their lines exactly"),
        ([0.1, 0.2, 0.3, 1.1, 1.2, 1.3], 3, "on their lines exactly"),
        ([0] * 8, 4, "on their lines exactly"),
    ],
)
def test_no_effect_without_the_grounds_for_one(values: list[float | None], first: int, reason: str) -> None:
    found = interrupted(values, first, higher_is_better=True)
    assert reason in found.reason
    assert found.step is found.average is None
    assert found.verdict is Verdict.UNSURE


def test_what_makes_no_sense_is_refused() -> None:
    for first in (0, 4, -1):
        with pytest.raises(ValueError, match="one period must come before"):
            interrupted([1, 2, 3, 4], first, higher_is_better=True)
    with pytest.raises(ValueError, match="the series holds an infinite value at place 2"):
        interrupted([1, math.inf], 1, higher_is_better=True)


SERIES = st.lists(st.integers(0, 20), min_size=4, max_size=15)


@settings(max_examples=50)
@given(SERIES, SERIES, st.integers(-9, 9), st.integers(-5, 5))
def test_a_line_under_everything_changes_only_the_trend(
    before: list[int], after: list[int], height: int, slope: int
) -> None:
    series = np.array([*before, *after], float)
    plain = interrupted(series, len(before), higher_is_better=True)
    tilted = interrupted(series + height + slope * np.arange(series.size), len(before), higher_is_better=True)
    if plain.reason or tilted.reason:
        return
    assert estimates(tilted)[1:] == pytest.approx(estimates(plain)[1:], abs=1e-8)
    assert errors(tilted) == pytest.approx(errors(plain), abs=1e-8)
    assert estimates(tilted)[0] == pytest.approx(estimates(plain)[0] + slope, abs=1e-9)


@settings(max_examples=50)
@given(SERIES, SERIES)
def test_each_side_has_the_line_that_it_has_alone(before: list[int], after: list[int]) -> None:
    found = interrupted([*before, *after], len(before), higher_is_better=True)
    if found.reason:
        return
    for side, start in ((before, 0), (after, len(before))):
        slope, height = np.polyfit(np.arange(len(side)), side, 1)
        own = found.fitted[start : start + len(side)]
        assert own.tolist() == pytest.approx((height + slope * np.arange(len(side))).tolist(), abs=1e-8)

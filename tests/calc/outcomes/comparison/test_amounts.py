"""How change goes with an amount agrees with R and with hand reckoning, and never passes for an effect."""

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.outcomes.comparison.amounts import CHOSEN, ByAmount, dose_response, moderator
from alongside.calc.outcomes.paired import Verdict
from tests.calc.outcomes.in_r import by_r

RNG = np.random.default_rng(11)
N = 80
WORKER = np.repeat(np.arange(10), 8)
CONTACTS = RNG.integers(0, 20, N).astype(float)
BEFORE = RNG.integers(0, 11, N).astype(float)
SERVED = RNG.integers(0, 2, N).astype(float)
CHANGE = np.round(0.1 * CONTACTS + 0.2 * BEFORE + RNG.normal(0, 1, 10)[WORKER] + RNG.normal(0, 1, N), 2)

SCRIPT = """
suppressPackageStartupMessages(library(clubSandwich))
knots <- quantile(data$contacts, c(0.1, 0.5, 0.9))
up <- function(k) pmax(data$contacts - knots[k], 0)^3
data$bent <- up(1) - (up(2) * (knots[3] - knots[1]) - up(3) * (knots[2] - knots[1])) / (knots[3] - knots[2])
data$person <- seq_len(nrow(data))
tell <- function(formula, term, group) {
  tested <- coef_test(lm(formula, data), vcov = "CR2", cluster = data[[group]], test = "Satterthwaite")[term, ]
  told(tested$beta, tested$SE, tested$df_Satt, tested$p_Satt)
}
tell(change ~ contacts, "contacts", "person")
tell(change ~ contacts + before, "contacts", "worker")
tell(change ~ contacts + bent, "bent", "person")
tell(change ~ served * contacts + before, "served:contacts", "worker")
"""


def told(found: ByAmount) -> tuple[float, float, float, float]:
    assert found.trend
    return found.trend.estimate, found.trend.error, found.trend.df, found.trend.p


def test_trend_bend_and_interaction_as_r(tmp_path: Path) -> None:
    data = {"contacts": CONTACTS, "before": BEFORE, "served": SERVED, "change": CHANGE, "worker": WORKER}
    bare, grouped, bent, between = by_r(tmp_path, SCRIPT, {name: each.tolist() for name, each in data.items()})
    alone = dose_response(CHANGE, CONTACTS, higher_is_better=True)
    assert told(alone) == pytest.approx(bare, rel=1e-7)
    assert alone.p_bend == pytest.approx(bent[3], rel=1e-6)
    more = {"groups": WORKER.tolist(), "covariates": {"before": BEFORE}}
    assert told(dose_response(CHANGE, CONTACTS, higher_is_better=True, **more)) == pytest.approx(grouped, rel=1e-7)
    found = moderator(CHANGE, CONTACTS, SERVED, higher_is_better=True, **more)
    assert told(found) == pytest.approx(between, rel=1e-7)
    assert found.bands == ()


def test_by_hand() -> None:
    # Σ(x - 1)(y - 2) = 1 over Σ(x - 1)² = 2: half a point with each contact.
    found = dose_response([1, 2, 3, 2], [0, 1, 1, 2], higher_is_better=True)
    assert found.trend
    assert found.trend.estimate == pytest.approx(0.5)
    assert found.p_bend is None


def test_it_never_passes_for_an_effect() -> None:
    found = dose_response(CHANGE, CONTACTS, higher_is_better=True)
    assert found.verdict is Verdict.BETTER
    assert found.caution == CHOSEN
    assert "a trend is no effect" in found.method


def test_bands_are_quarters_and_few_people_are_not_told() -> None:
    found = dose_response(CHANGE, CONTACTS, higher_is_better=True)
    assert len(found.bands) == 4
    assert sum(band.n for band in found.bands) == N
    for band, after in pairwise(found.bands):
        assert band.high < after.low
    first = found.bands[0]
    assert first.mean == pytest.approx(CHANGE[first.high >= CONTACTS].mean())
    few = dose_response(CHANGE[:30], CONTACTS[:30], higher_is_better=True)
    assert all(band.mean is band.ci_low is None for band in few.bands if band.n < 10)
    assert any(band.n < 10 for band in few.bands)
    heaped = dose_response(CHANGE, np.where(CONTACTS < 15, 3, CONTACTS), higher_is_better=True)
    assert (heaped.bands[0].low, heaped.bands[0].high) == (3, 3)
    assert heaped.p_bend is None


def test_who_lacks_anything_is_counted_and_left_out() -> None:
    found = dose_response(
        [*CHANGE, None, 1, 1, 1],
        [*CONTACTS, 1, math.nan, 1, 1],
        higher_is_better=True,
        groups=[*WORKER.tolist(), 1, 1, None, 1],
        covariates={"before": [*BEFORE, 1, 1, 1, None]},
    )
    assert (found.n, found.missing, found.groups) == (N, 4, 10)
    assert "people of 10 groups together" in found.method


@pytest.mark.parametrize(
    ("outcome", "dose", "groups", "reason"),
    [
        ([], [], None, "of nobody are the outcome and the amount known"),
        ([None], [1], None, "of nobody are the outcome and the amount known"),
        ([3], [1], None, "the dose is the same for everybody"),
        ([1, 2, 3], [4, 4, 4], None, "the dose is the same for everybody"),
        ([1, 2], [1, 2], None, "no more people than covariates"),
        ([1, 2, 3], [1, 2, 3], None, "follows from the amount exactly"),
        ([5, 5, 5], [1, 2, 4], None, "follows from the amount exactly"),
        ([0, 0, 0], [1, 2, 4], None, "follows from the amount exactly"),
        ([1, 2, 2], [1, 2, 3], ["a", "a", "a"], "all people come from one group"),
    ],
)
def test_no_trend_without_the_grounds_for_one(
    outcome: list[float | None], dose: list[float], groups: list[str] | None, reason: str
) -> None:
    found = dose_response(outcome, dose, higher_is_better=True, groups=groups)
    assert reason in found.reason
    assert found.trend is None
    assert found.verdict is Verdict.UNSURE


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2: the dose must not be less than 0"):
        dose_response([1, 2], [1, -1], higher_is_better=True)
    with pytest.raises(ValueError, match="outcome has 2 values and dose 1"):
        dose_response([1, 2], [1], higher_is_better=True)
    with pytest.raises(ValueError, match="dose holds an infinite value"):
        dose_response([1, 2], [1, math.inf], higher_is_better=True)
    with pytest.raises(ValueError, match="“served” must be 1"):
        moderator([1, 2], [1, 2], [1, 5], higher_is_better=True)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 10), st.integers(0, 9)), min_size=4, max_size=40),
    st.integers(1, 9),
    st.integers(-5, 5),
)
def test_units_do_not_matter(people: list[tuple[int, int]], unit: int, shift: int) -> None:
    outcome, dose = (np.array(column, float) for column in zip(*people, strict=True))
    plain = dose_response(outcome, dose, higher_is_better=True)
    other = dose_response(shift - outcome, unit * dose, higher_is_better=False)
    if plain.trend is None or other.trend is None:
        return
    assert other.trend.estimate == pytest.approx(-plain.trend.estimate / unit, abs=1e-9)
    assert other.trend.error == pytest.approx(plain.trend.error / unit, rel=1e-6, abs=1e-9)
    assert other.verdict is plain.verdict
    slope = np.polyfit(dose, outcome, 1)[0]
    assert plain.trend.estimate == pytest.approx(slope, abs=1e-9)

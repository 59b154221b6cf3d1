"""Difference in differences agrees with R's clubSandwich and with hand reckoning, and says when it cannot know."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.outcomes.comparison.differences import difference_in_differences
from alongside.calc.outcomes.paired import Verdict
from tests.calc.outcomes.in_r import by_r

# Ten teams of three families each; five teams had the service. `own` is whether the family had it, in a world where
# families of one team differ in that.
RNG = np.random.default_rng(4)
TEAM = np.repeat(np.arange(10), 3)
SERVED = (TEAM % 2 == 0).astype(float)
OWN = RNG.integers(0, 2, TEAM.size).astype(float)
AGE = RNG.integers(40, 75, TEAM.size).astype(float)
BEFORE = RNG.integers(0, 11, TEAM.size).astype(float)
AFTER = BEFORE + SERVED + np.round(RNG.normal(0, 1, 10)[TEAM] + RNG.normal(0, 1, TEAM.size), 1)
CHANGES = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10), st.booleans()), min_size=4, max_size=30)

SCRIPT = """
suppressPackageStartupMessages(library(clubSandwich))
data$person <- seq_len(nrow(data))
for (formula in c("after - before ~ served", "after - before ~ own", "after - before ~ own + age")) {
  fit <- lm(as.formula(sub("after - before", "I(after - before)", formula)), data)
  for (group in c("person", "team")) {
    tested <- coef_test(fit, vcov = "CR2", cluster = data[[group]], test = "Satterthwaite")[2, ]
    told(tested$beta, tested$SE, tested$df_Satt, tested$p_Satt)
  }
}
"""


def test_errors_and_degrees_of_freedom_as_r(tmp_path: Path) -> None:
    data = {"before": BEFORE, "after": AFTER, "served": SERVED, "own": OWN, "age": AGE, "team": TEAM}
    told = by_r(tmp_path, SCRIPT, {name: each.tolist() for name, each in data.items()})
    ours = [
        difference_in_differences(BEFORE, AFTER, served, higher_is_better=True, groups=groups, covariates=covariates)
        for served, covariates in ((SERVED, None), (OWN, None), (OWN, {"age": AGE}))
        for groups in (None, TEAM.tolist())
    ]
    assert len(told) == len(ours)
    for mine, theirs in zip(ours, told, strict=True):
        assert (mine.difference, mine.error, mine.df, mine.p) == pytest.approx(theirs, rel=1e-8)


def test_by_hand() -> None:
    # Changes 2, 3, 2 against 0, 1, 0: each varies by 1/3, so the error is √(1/9 + 1/9), and with three a side the
    # degrees of freedom are 6²·2·2/(9·2 + 9·2) = 4.
    found = difference_in_differences([5, 6, 4, 5, 6, 4], [7, 9, 6, 5, 7, 4], [1, 1, 1, 0, 0, 0], higher_is_better=True)
    assert found.difference == pytest.approx(2)
    assert found.error == pytest.approx(math.sqrt(2) / 3)
    assert found.df == pytest.approx(4)
    reach = 2.776445 * math.sqrt(2) / 3
    assert (found.ci_low, found.ci_high) == pytest.approx((2 - reach, 2 + reach), abs=1e-6)
    assert found.served
    assert found.others
    assert (found.served.n, found.served.mean_before, found.others.mean_change) == pytest.approx((3, 5, 1 / 3))
    assert found.verdict is Verdict.BETTER
    assert found.caution == ""
    assert "each person by themselves" in found.method


def test_fewer_worries_are_better() -> None:
    found = difference_in_differences(AFTER, BEFORE, SERVED, higher_is_better=False)
    assert found.verdict is difference_in_differences(BEFORE, AFTER, SERVED, higher_is_better=True).verdict


def test_who_lacks_anything_is_counted_and_left_out() -> None:
    found = difference_in_differences(
        [*BEFORE, None, 5, 5, 5, 5],
        [*AFTER, 5, math.nan, 5, 5, 5],
        [*SERVED, 1, 1, None, 1, 1],
        higher_is_better=True,
        groups=[*TEAM.tolist(), 1, 1, 1, None, 1],
        covariates={"age": [*AGE, 50, 50, 50, 50, None]},
    )
    assert (found.n, found.missing, found.groups) == (30, 5, 10)
    assert found.adjusted_for == ("age",)
    assert "people of 10 groups together" in found.method
    assert "allowing for age" in found.method


def test_few_groups_are_told() -> None:
    few = TEAM < 4
    found = difference_in_differences(
        BEFORE[few], AFTER[few], SERVED[few], higher_is_better=True, groups=TEAM[few].tolist()
    )
    assert found.df == pytest.approx(2)
    assert "so few people or groups" in found.caution


@pytest.mark.parametrize(
    ("before", "after", "served", "groups", "reason"),
    [
        ([], [], [], None, "nobody is known both times"),
        ([None, 1], [1, None], [1, 0], None, "nobody is known both times"),
        ([1, 2, 3], [2, 3, 5], [1, 1, 1], None, "nobody who did not have it was measured both times"),
        ([1, 2, 3], [2, 3, 5], [0, 1, 1], None, "only one person who did not have it was measured both times"),
        ([1, 2, 3], [2, 3, 5], [1, 0, 0], None, "only one person who had the service was measured both times"),
        ([1, 2, 3, 4], [2, 3, 4, 6], [1, 1, 0, 0], ["a", "a", "b", "c"], "all who had the service come from one group"),
        ([1, 2, 3, 4], [2, 3, 4, 6], [1, 1, 0, 0], ["a", "b", "c", "c"], "all who did not have it come from one group"),
        ([5] * 4, [5] * 4, [1, 1, 0, 0], None, "all who are alike changed alike"),
        ([0.1, 0.2, 0.3, 0.4], [0.4, 0.5, 0.4, 0.5], [1, 1, 0, 0], None, "all who are alike changed alike"),
    ],
)
def test_no_interval_without_the_grounds_for_one(
    before: list[float | None], after: list[float | None], served: list[float], groups: list[str] | None, reason: str
) -> None:
    found = difference_in_differences(before, after, served, higher_is_better=True, groups=groups)
    assert reason in found.reason
    assert found.ci_low is found.error is found.p is None
    assert found.verdict is Verdict.UNSURE


@pytest.mark.parametrize(
    ("covariates", "reason"),
    [
        ({"age": [50, 50, 50, 50]}, "age is the same for everybody"),
        ({"copy": [1, 1, 0, 0]}, "copy follows from the covariates before it"),
        ({"x": [1, 2, 3, 5], "y": [1, 3, 2, 2]}, "no more people than covariates"),
    ],
)
def test_covariates_that_say_nothing_of_their_own(covariates: dict[str, list[float]], reason: str) -> None:
    found = difference_in_differences(
        [1, 2, 3, 4], [2, 4, 3, 5], [1, 1, 0, 0], higher_is_better=True, covariates=covariates
    )
    assert reason in found.reason
    assert found.difference is None


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2: “served” must be 1"):
        difference_in_differences([1, 2], [1, 2], [1, 2], higher_is_better=True)
    with pytest.raises(ValueError, match="before has 2 values and served 1"):
        difference_in_differences([1, 2], [1, 2], [1], higher_is_better=True)
    with pytest.raises(ValueError, match="before has 2 values and group 1"):
        difference_in_differences([1, 2], [1, 2], [1, 0], groups=["a"], higher_is_better=True)
    with pytest.raises(ValueError, match="after holds an infinite value at place 2"):
        difference_in_differences([1, 2], [1, math.inf], [1, 0], higher_is_better=True)
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        difference_in_differences([1, 2], [1, 2], [1, 0], higher_is_better=True, level=95)


@settings(max_examples=40)
@given(CHANGES)
def test_without_groups_it_is_the_unequal_variance_test(people: list[tuple[int, int, bool]]) -> None:
    before, after, served = (np.array(column, float) for column in zip(*people, strict=True))
    found = difference_in_differences(before, after, served, higher_is_better=True)
    if found.error is None:
        return
    change = after - before
    sides = [change[served == side] for side in (1, 0)]
    assert found.difference == pytest.approx(sides[0].mean() - sides[1].mean(), abs=1e-12)
    assert found.error == pytest.approx(math.sqrt(sum(side.var(ddof=1) / side.size for side in sides)))


@settings(max_examples=40)
@given(CHANGES, st.integers(-50, 50), st.integers(1, 9))
def test_what_happened_to_everybody_does_not_matter(people: list[tuple[int, int, bool]], shift: int, unit: int) -> None:
    before, after, served = (np.array(column, float) for column in zip(*people, strict=True))
    plain = difference_in_differences(before, after, served, higher_is_better=True)
    other = difference_in_differences(unit * before, unit * after + shift, served, higher_is_better=True)
    swapped = difference_in_differences(before, after, 1 - served, higher_is_better=False)
    if plain.difference is None or plain.error is None:
        return
    assert other.difference == pytest.approx(unit * plain.difference, abs=1e-9)
    assert other.error == pytest.approx(unit * plain.error)
    assert swapped.difference == pytest.approx(-plain.difference, abs=1e-9)
    assert swapped.verdict is plain.verdict


def test_a_hundred_thousand_people() -> None:
    before = np.random.default_rng(1).normal(5, 2, 100_000)
    served = np.arange(100_000) % 2
    after = before + 0.1 * served + np.random.default_rng(2).normal(0, 1, 100_000)
    found = difference_in_differences(before, after, served, higher_is_better=True)
    assert found.difference == pytest.approx(0.1, abs=0.03)
    assert found.df == pytest.approx(100_000, rel=0.01)

"""People who left: how they differed at first, how far they could move the result, and what they may have scored."""

import math
import shutil
import subprocess
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from alongside.calc.outcomes.bounds import bounds
from alongside.calc.outcomes.imputation import combine, imputed_change
from alongside.calc.outcomes.leavers import NOBODY_LEFT, NOBODY_STAYED, leavers
from alongside.calc.outcomes.mixed import mixed
from alongside.calc.outcomes.paired import Verdict, paired_change
from alongside.calc.outcomes.values import WrongRow

SCORE = st.one_of(st.none(), st.integers(0, 10))
PEOPLE = st.lists(st.tuples(st.integers(0, 10), SCORE), min_size=2, max_size=40)


def test_leavers_by_hand() -> None:
    found = leavers([1, 1, 0, 0, 0, None], {"worry": [8, 6, 3, 4, 5, 9], "alone": [1, 1, 0, 1, None, 0]})
    assert (found.left, found.stayed, found.missing) == (2, 3, 1)
    worry, alone = found.comparisons
    assert (worry.left.mean, worry.stayed.mean, worry.stayed.sd) == (7, 4, 1)
    assert worry.standardised == pytest.approx(3 / math.sqrt((2 + 1) / 2))
    assert (alone.stayed.n, alone.difference) == (2, 0.5)
    assert found.unlike == ("worry", "alone")


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 10)), min_size=4, max_size=30))
def test_the_interval_is_welchs(people: list[tuple[int, int]]) -> None:
    left, scores = (np.array(column) for column in zip(*people, strict=True))
    found = leavers(left.tolist(), {"score": scores.tolist()})
    if not found.comparisons or found.comparisons[0].ci_low is None:
        assert found.reason or min(np.sum(left), np.sum(1 - left)) < 2 or not found.comparisons[0].standardised
        return
    one = found.comparisons[0]
    with warnings.catch_warnings():  # scipy warns of a group who are all alike
        warnings.simplefilter("ignore", RuntimeWarning)
        interval = stats.ttest_ind(scores[left == 1], scores[left == 0], equal_var=False).confidence_interval()
    assert (one.ci_low, one.ci_high) == pytest.approx((interval.low, interval.high))


def test_nobody_to_compare() -> None:
    assert leavers([0, 0], {"age": [50, 60]}).reason == NOBODY_LEFT
    assert leavers([1, 1], {"age": [50, 60]}).reason == NOBODY_STAYED
    assert leavers([], {"age": []}).reason == NOBODY_LEFT
    alike = leavers([0, 0, 1, 1], {"age": [50, 50, 50, 50], "known": [None, None, 1, 2]})
    assert [one.standardised for one in alike.comparisons] == [None, None]
    assert alike.comparisons[0].difference == 0
    assert alike.comparisons[1].difference is None
    assert leavers([0, 0, 1], {"age": [50, 52, 60]}).comparisons[0].ci_low is None
    with pytest.raises(WrongRow, match="row 2"):
        leavers([0, 2], {"age": [50, 60]})
    with pytest.raises(ValueError, match="at least one measure"):
        leavers([0, 1], {})
    with pytest.raises(ValueError, match="left has 2 values and age 1"):
        leavers([0, 1], {"age": [50]})


@settings(max_examples=50)
@given(PEOPLE, st.data())
def test_whatever_became_of_them_lies_between_the_bounds(
    people: list[tuple[int, int | None]], data: st.DataObject
) -> None:
    before, after = (list(column) for column in zip(*people, strict=True))
    found = bounds(before, after, lowest=0, highest=10, higher_is_better=False)
    truth = [data.draw(st.integers(0, 10)) if score is None else score for score in after]
    whole = paired_change(before, truth, higher_is_better=False)
    assert found.unknown == after.count(None)
    assert found.worst.mean_change is not None
    assert found.best.mean_change is not None
    assert whole.mean_change is not None
    assert found.best.mean_change - 1e-9 <= whole.mean_change <= found.worst.mean_change + 1e-9
    if not found.unknown:
        assert found.worst == found.best == found.measured


def test_sure_only_where_the_worst_case_is() -> None:
    before, after = [5.0] * 40, [6.0, 7.0] * 20
    few = bounds(before, [None, *after[1:]], lowest=0, highest=10, higher_is_better=True)
    many = bounds(before, [None] * 20 + after[20:], lowest=0, highest=10, higher_is_better=True)
    assert few.verdict is few.measured.verdict is many.measured.verdict is Verdict.BETTER
    assert many.verdict is Verdict.UNSURE
    assert "0 to 10" in few.method


def test_bounds_refuse_what_is_no_score() -> None:
    with pytest.raises(WrongRow, match="row 2: a score must lie from 0 to 10"):
        bounds([1, 11], [2, 3], lowest=0, highest=10, higher_is_better=True)
    with pytest.raises(ValueError, match="must be a number below the highest"):
        bounds([1], [2], lowest=0, highest=math.inf, higher_is_better=True)
    nobody = bounds([None], [2], lowest=0, highest=10, higher_is_better=True)
    assert (nobody.unknown, nobody.worst.mean_change, nobody.verdict) == (0, None, Verdict.UNSURE)


def leaving(people: int = 3000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Those who begin badly leave more often; and a true mean change of 1."""
    rng = np.random.default_rng(6)
    before = rng.normal(20, 4, people)
    after = 21 + 0.6 * (before - 20) + rng.normal(0, 3, people)
    return before, after, np.where(rng.uniform(size=people) < 1 / (1 + np.exp(before - 19)), np.nan, after)


def test_those_who_left_are_brought_back_as_the_mixed_model_does() -> None:
    before, truth, after = leaving()
    found = imputed_change(before, after, seed=1, higher_is_better=True, times=40)
    assert found.change
    effect = found.change.effect
    stayed = paired_change(before, after, higher_is_better=True)
    assert stayed.ci_high is not None
    assert stayed.ci_high < (truth - before).mean()
    assert effect.ci_low < (truth - before).mean() < effect.ci_high
    people = len(before)
    rows = [*range(people)] * 2, [0.0] * people + [1.0] * people, np.concatenate([before, after])
    both = mixed(*rows, higher_is_better=True, slopes=False)
    assert both.slope
    assert effect.estimate == pytest.approx(both.slope.estimate, abs=0.15)
    assert 0.1 < found.change.lost < 0.6
    assert found.verdict is Verdict.BETTER


def test_gaps_on_both_sides_and_in_what_else_is_known() -> None:
    before, _, after = leaving(800)
    before[::9], age = np.nan, np.random.default_rng(1).normal(50, 9, 800)
    age[::7] = np.nan
    given = {"age": age, "centre": np.ones(800)}
    found = imputed_change(before, after, seed=2, higher_is_better=True, also=given)
    assert found.change
    assert found.n == int((~(np.isnan(before) & np.isnan(after))).sum())
    assert found.change.effect.ci_low < 1 < found.change.effect.ci_high
    assert found == imputed_change(before, after, seed=2, higher_is_better=True, also=given)
    assert "the other score, age, centre; seed 2" in found.method


def test_nothing_missing_is_the_paired_change() -> None:
    before, after, _ = leaving(300)
    found = imputed_change(before, after, seed=1, higher_is_better=True).change
    usual = paired_change(before, after, higher_is_better=True)
    assert found
    assert (found.between, found.effect.estimate) == pytest.approx((0, usual.mean_change))
    assert (found.effect.ci_low, found.effect.ci_high) == pytest.approx((usual.ci_low, usual.ci_high), rel=1e-3)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ([], [], "only 0 people have everything"),
        ([None, 1], [2, None], "only 0 people have everything"),
        ([1, 2, 3, 4], [2, 3, 5, None], "only 3 people have everything"),
        ([5, 5, 5, 5, 5], [6, 6, 6, 6, None], "everybody changed by the same amount"),
    ],
)
def test_nothing_to_learn_from(before: list[float | None], after: list[float | None], reason: str) -> None:
    found = imputed_change(before, after, seed=1, higher_is_better=True)
    assert reason in found.reason
    assert found.change is None
    assert found.verdict is Verdict.UNSURE


def test_what_cannot_be_imputed_is_refused() -> None:
    with pytest.raises(ValueError, match="before has 2 values and age 1"):
        imputed_change([1, 2], [2, 3], seed=1, higher_is_better=True, also={"age": [5]})
    with pytest.raises(ValueError, match="at least twice"):
        imputed_change([1, 2], [2, 3], seed=1, higher_is_better=True, times=1)
    with pytest.raises(ValueError, match="a variance above 0 for each"):
        combine([1, 2], [1], complete_df=5)
    with pytest.raises(ValueError, match="a variance above 0 for each"):
        combine([1, 2], [0, 0], complete_df=5)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(0.1, 3)), min_size=2, max_size=30), st.integers(2, 500))
def test_degrees_of_freedom_never_pass_those_of_whole_data(drawn: list[tuple[float, float]], df: int) -> None:
    found = combine(*(list(column) for column in zip(*drawn, strict=True)), complete_df=df)
    assert 0 < found.effect.df <= df
    assert found.effect.error**2 >= found.within * (1 - 1e-9)


def test_rules_as_mice_has_them() -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed (r-base-core, r-cran-mice): Rubin's rules are not held against mice")
    given = [
        ([1.0, 2.0, 3.0], [1.0, 1.2, 0.7], 21),
        ([0.31, 0.28, 0.4, 0.35, 0.22], [0.04, 0.05, 0.03, 0.04, 0.06], 90),
    ]
    lines = [f"told(c{tuple(q)}, c{tuple(u)}, {n})" for q, u, n in given]
    script = """
    told <- function(q, u, n) {
      found <- mice::pool.scalar(q, u, n = n, k = 1)
      cat(sprintf("%.15g", c(found$qbar, found$t, found$df, found$ubar, found$b, found$r / (1 + found$r))), "\\n")
    }
    """
    done = subprocess.run(
        ["Rscript", "-"], input="\n".join([script, *lines]), capture_output=True, text=True, check=False
    )
    if "there is no package called" in done.stderr:
        pytest.skip("R has no mice (r-cran-mice): Rubin's rules are not held against it")
    assert done.returncode == 0, done.stderr
    for (estimates, variances, n), line in zip(given, done.stdout.splitlines(), strict=True):
        found = combine(estimates, variances, complete_df=n - 1)
        effect = found.effect
        mine = [effect.estimate, effect.error**2, effect.df, found.within, found.between, found.lost]
        assert mine == pytest.approx([float(each) for each in line.split()], rel=1e-9)

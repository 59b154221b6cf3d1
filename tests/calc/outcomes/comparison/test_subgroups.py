"""Subgroups are tested against one another as R does, corrected for every look, and never told of a few people."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from alongside.calc.outcomes.comparison.subgroups import subgroups
from tests.calc.outcomes.in_r import by_r

RNG = np.random.default_rng(13)
N = 120
ORDER = np.array(["SGO", "informal", "fostering"])[RNG.integers(0, 3, N)].tolist()
TOWN = np.array(["north", "south"])[RNG.integers(0, 2, N)].tolist()
SERVED = RNG.integers(0, 2, N).astype(float)
CHANGE = np.round(RNG.normal(0, 1, N) + SERVED * np.array([1.5 if one == "SGO" else 0 for one in ORDER]), 2)

SCRIPT = """
for (by in c("order", "town")) {
  tested <- oneway.test(as.formula(paste("change ~", by)), data)
  told(tested$statistic, tested$parameter, tested$p.value)
}
own <- split(data, data$town)
part <- function(d) {
  tested <- t.test(d$change[d$served == 1], d$change[d$served == 0])
  c(diff(rev(tested$estimate)), tested$stderr, tested$parameter, tested$conf.int)
}
for (town in unique(data$town)) told(part(own[[town]]))
"""


def test_whether_groups_differ_as_r(tmp_path: Path) -> None:
    data = {"order": ORDER, "town": TOWN, "served": SERVED.tolist(), "change": CHANGE.tolist()}
    order, town, *sides = by_r(tmp_path, SCRIPT, data)
    found = subgroups(CHANGE, {"order": ORDER, "town": TOWN})
    for look, expected in zip(found.looks, (order, town), strict=True):
        assert (look.f, look.df, look.df_within, look.p) == pytest.approx(expected, rel=1e-9)
    between = subgroups(CHANGE, {"town": TOWN}, served=SERVED).looks[0]
    for group, side in zip(between.groups, sides, strict=True):
        assert (group.effect, group.ci_low, group.ci_high) == pytest.approx((side[0], *side[3:]), rel=1e-9)
    # Two differences: their own difference over its error is the t whose square is F.
    (first, second) = sides
    error = math.hypot(first[1], second[1])
    assert between.f == pytest.approx(((first[0] - second[0]) / error) ** 2)
    df = error**4 / sum(side[1] ** 4 / side[2] for side in sides)
    assert between.df_within == pytest.approx(df)
    assert between.p == pytest.approx(2 * stats.t.sf(math.sqrt(between.f or 0), df))


def test_every_look_is_counted() -> None:
    alone = subgroups(CHANGE, {"order": ORDER}, served=SERVED).looks[0]
    assert alone.p == alone.p_corrected
    looks = subgroups(CHANGE, {"order": ORDER, "town": TOWN, "again": TOWN}, served=SERVED)
    assert looks.looks[0].p_corrected == pytest.approx(3 * (alone.p or 0))
    assert "corrected for 3 looks" in looks.method
    assert "no sign that they differ" in looks.method


def test_nothing_is_told_of_a_few_people() -> None:
    few = ["few"] * 9 + ORDER[9:]
    look = subgroups(CHANGE, {"order": few}).looks[0]
    small = next(group for group in look.groups if group.name == "few")
    assert small == ("few", None, None, None, None)
    assert look.df == 2
    # Also where only one side has few.
    side = np.array([1.0] * 9 + [0.0] * 21)
    assert subgroups(CHANGE[:30], {"all": ["a"] * 30}, served=side).looks[0].groups[0].effect is None


def test_who_lacks_anything_is_counted() -> None:
    found = subgroups([*CHANGE, None, 3], {"order": [*ORDER, "SGO", None], "town": [*TOWN, "north", ""]})
    assert (found.n, found.missing) == (N + 1, 1)
    assert [look.missing for look in found.looks] == [1, 1]
    assert found.looks[0].f == pytest.approx(subgroups(CHANGE, {"order": ORDER}).looks[0].f)


@pytest.mark.parametrize(
    ("outcome", "labels", "reason"),
    [
        ([1.0, 2.0], ["a", "b"], "there are not two groups with 10 people"),
        ([1.0, 2.0] * 10, ["a"] * 20, "there are not two groups with 10 people"),
        ([3.0] * 24, ["a"] * 12 + ["b"] * 12, "within a group nobody differs"),
        ([0.0] * 24, ["a"] * 12 + ["b"] * 12, "within a group nobody differs"),
        ([3.0] * 12 + [1.0, 2.0] * 6, ["a"] * 12 + ["b"] * 12, "within a group nobody differs"),
    ],
)
def test_no_test_without_the_grounds_for_one(outcome: list[float], labels: list[str], reason: str) -> None:
    look = subgroups(outcome, {"x": labels}).looks[0]
    assert reason in look.reason
    assert look.p is look.p_corrected is None


def test_what_makes_no_sense_is_told() -> None:
    assert subgroups([], {"x": []}).reason == "of nobody is the outcome known"
    assert subgroups([None], {"x": ["a"]}).looks == ()
    with pytest.raises(ValueError, match="by what people are to be parted"):
        subgroups([1], {})
    with pytest.raises(ValueError, match="outcome has 1 values and group 2"):
        subgroups([1], {"x": ["a", "b"]})
    with pytest.raises(ValueError, match="infinite"):
        subgroups([math.inf], {"x": ["a"]})


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 10), st.sampled_from("abc")), min_size=20, max_size=80), st.integers(1, 9))
def test_one_sided_test_is_welchs_and_units_do_not_matter(people: list[tuple[int, str]], unit: int) -> None:
    outcome, labels = zip(*people, strict=True)
    look = subgroups(outcome, {"x": list(labels)}).looks[0]
    scaled = subgroups([3 - unit * one for one in outcome], {"x": list(labels)}).looks[0]
    if look.p is None:
        assert scaled.p is None
        return
    assert scaled.f == pytest.approx(look.f, rel=1e-7, abs=1e-9)
    if look.df == 1:
        sides = [[one for one, label in people if label == group.name] for group in look.groups if group.n]
        assert look.p == pytest.approx(stats.ttest_ind(*sides, equal_var=False).pvalue)

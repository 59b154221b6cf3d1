"""One person's change agrees with what Jacobson and Truax printed, and is not called real without grounds."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.outcomes.paired import Verdict
from alongside.calc.outcomes.reliable import Course, Norm, clinical_change, cut_offs, reliable_change

# Marital adjustment of 30 couples before and after therapy (table 2 of Jacobson and Truax 1991; higher is better).
BEFORE = [90.5, 74.0, 97.0, 73.5, 61.0, 66.5, 68.5, 86.5, 88.5, 68.5, 98.0, 80.5, 89.5, 91.5, 83.5]
BEFORE += [60.5, 83.0, 88.0, 98.5, 78.5, 99.5, 79.5, 84.5, 92.5, 93.0, 85.0, 64.0, 61.0, 80.0, 82.5]
AFTER = [97.0, 124.0, 97.5, 88.0, 96.5, 62.5, 112.5, 103.5, 90.0, 82.5, 105.0, 99.5, 112.5, 101.0, 99.5]
AFTER += [79.5, 88.0, 100.5, 119.0, 116.0, 116.0, 129.0, 113.0, 118.0, 92.0, 114.0, 68.0, 52.0, 60.5, 104.5]
SCORES = st.none() | st.integers(0, 40)
POINTS = st.lists(st.tuples(SCORES, SCORES), max_size=40)


def test_the_example_that_is_printed() -> None:
    change = reliable_change([32.5], [47.5], sd=7.5, reliability=0.80, higher_is_better=True)
    assert change.standard_error == pytest.approx(3.35, abs=0.005)
    assert change.sdiff == pytest.approx(4.74, abs=0.005)
    assert change.rc == pytest.approx([3.16], abs=0.005)
    assert change.smallest == pytest.approx(1.96 * 4.743416, abs=1e-3)
    assert (change.better, change.worse, change.unsure) == (1, 0, 0)
    assert cut_offs(Norm(40, 7.5), Norm(60, 7.5)).c == 50


def test_thirty_couples() -> None:
    change = reliable_change(BEFORE, AFTER, reliability=0.84, higher_is_better=True)
    assert (change.better, change.unsure, change.worse) == (18, 11, 1)
    assert change.sd == pytest.approx(11.8257, abs=1e-4)
    assert change.verdicts[1] is Verdict.BETTER
    assert change.verdicts[28] is Verdict.WORSE
    assert "fewer than 5%" in change.method


def test_a_scale_on_which_less_is_better() -> None:
    change = reliable_change([15, 15, 15], [5, 14, 25], sd=5, reliability=0.8, higher_is_better=False)
    assert change.verdicts == (Verdict.BETTER, Verdict.UNSURE, Verdict.WORSE)
    marks = cut_offs(Norm(16, 4), Norm(4, 2))
    assert (marks.a, marks.b, marks.c) == (8, 8, 8)


def test_the_cut_off_leans_towards_the_narrower_group() -> None:
    marks = cut_offs(Norm(40, 10), Norm(60, 5))
    assert marks.c == pytest.approx(40 + 20 * 10 / 15)
    assert (marks.c - 40) / 10 == pytest.approx((60 - marks.c) / 5)


@pytest.mark.parametrize(
    ("before", "after", "course"),
    [
        (40, 55, Course.RECOVERED),
        (30, 45, Course.IMPROVED),
        (30, 50, Course.IMPROVED),  # on the line is not beyond it
        (52, 66, Course.IMPROVED),  # was beyond it before
        (50, 64, Course.RECOVERED),
        (48, 52, Course.UNCHANGED),  # crossed, but no more than error
        (60, 45, Course.DETERIORATED),
        (None, 60, None),
        (40, None, None),
    ],
)
def test_what_became_of_one_person(before: float | None, after: float | None, course: Course | None) -> None:
    change = clinical_change([before], [after], cut_off=50, sd=7.5, reliability=0.8, higher_is_better=True)
    assert change.courses == (course,)
    mirrored = [None if value is None else -value for value in (before, after)]
    turned = clinical_change(mirrored[:1], mirrored[1:], cut_off=-50, sd=7.5, reliability=0.8, higher_is_better=False)
    assert turned.courses == (course,)
    assert turned.began_beyond == change.began_beyond


def test_those_who_could_not_recover_are_counted() -> None:
    change = clinical_change([52, 52, 40], [66, None, 41], cut_off=50, sd=7.5, reliability=0.8, higher_is_better=True)
    assert (change.began_beyond, change.recovered, change.improved, change.unchanged) == (1, 0, 1, 1)
    assert "the worse side of 50" in change.method


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ([], [], "nobody was measured both times"),
        ([1, 2, None], [None, None, 3], "nobody was measured both times"),
        ([4], [9], "no spread"),
        ([4, 4, 4], [1, 2, 9], "no spread"),
        ([0.1 + 0.2, 0.3], [1, 2], "no spread"),
    ],
)
def test_nothing_is_said_without_grounds(before: list[float | None], after: list[float | None], reason: str) -> None:
    change = reliable_change(before, after, reliability=0.8, higher_is_better=True)
    assert reason in change.reason
    assert change.better == change.worse == change.unsure == 0
    assert set(change.verdicts) <= {None}


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="reliability must be 0 or more and less than 1"):
        reliable_change([1], [2], sd=1, reliability=1, higher_is_better=True)
    with pytest.raises(ValueError, match="reliability must be"):
        reliable_change([1], [2], sd=1, reliability=math.nan, higher_is_better=True)
    with pytest.raises(ValueError, match="sd must be more than 0"):
        reliable_change([1], [2], sd=0, reliability=0.8, higher_is_better=True)
    with pytest.raises(ValueError, match="before holds an infinite value at place 1"):
        reliable_change([math.inf], [2], sd=1, reliability=0.8, higher_is_better=True)
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        reliable_change([1], [2], sd=1, reliability=0.8, higher_is_better=True, level=95)
    with pytest.raises(ValueError, match="no line between them"):
        cut_offs(Norm(5, 1), Norm(5, 2))
    with pytest.raises(ValueError, match="deviations of both norms must be more than 0"):
        cut_offs(Norm(5, 0), Norm(7, 2))
    with pytest.raises(ValueError, match="the cut-off must be a number"):
        clinical_change([1], [2], cut_off=math.nan, sd=1, reliability=0.8, higher_is_better=True)


@given(POINTS, st.floats(0, 0.99), st.floats(0.5, 0.99))
def test_everybody_is_counted_once(
    points: list[tuple[int | None, int | None]], reliability: float, level: float
) -> None:
    before, after = [one for one, _ in points], [two for _, two in points]
    change = clinical_change(
        before, after, cut_off=20, sd=6, reliability=reliability, higher_is_better=True, level=level
    )
    one = change.reliable
    assert one.better + one.worse + one.unsure == one.n
    assert change.recovered + change.improved == one.better
    assert (change.unchanged, change.deteriorated) == (one.unsure, one.worse)
    assert one.verdicts.count(None) == len(points) - one.n == change.courses.count(None)


@given(POINTS, st.floats(0, 0.99))
def test_measuring_backwards_turns_better_into_worse(
    points: list[tuple[int | None, int | None]], reliability: float
) -> None:
    before, after = [one for one, _ in points], [two for _, two in points]
    there = reliable_change(before, after, sd=6, reliability=reliability, higher_is_better=True)
    back = reliable_change(after, before, sd=6, reliability=reliability, higher_is_better=True)
    turned = reliable_change(before, after, sd=6, reliability=reliability, higher_is_better=False)
    assert (there.better, there.worse) == (back.worse, back.better) == (turned.worse, turned.better)


def test_a_more_reliable_scale_sees_more() -> None:
    seen = [reliable_change(BEFORE, AFTER, reliability=r, higher_is_better=True).unsure for r in (0, 0.5, 0.84, 0.95)]
    assert seen == sorted(seen, reverse=True)
    assert seen[0] > seen[-1]


def test_a_million_people() -> None:
    before = np.random.default_rng(1).normal(40, 7.5, 1_000_000)
    before[::10] = np.nan
    change = reliable_change(before, before + 10, sd=7.5, reliability=0.8, higher_is_better=True)
    assert (change.n, change.better) == (900_000, 900_000)
    assert replace(change, level=0.99).verdicts[:2] == (None, Verdict.UNSURE)

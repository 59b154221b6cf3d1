"""Lines of people measured several times agree with what lme4 prints, and say when they cannot be told."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.outcomes.mixed import NO_DIFFERENCE, NO_PACE, TIED, Mixed, mixed
from alongside.calc.outcomes.paired import Verdict, paired_change
from alongside.calc.outcomes.values import WrongRow
from tests.calc.outcomes.published import columns


def sleepstudy(*, slopes: bool = True) -> Mixed:
    data = columns("sleepstudy")
    days, reactions = ([float(each) for each in data[name]] for name in ("day", "reaction"))
    return mixed(data["subject"], days, reactions, higher_is_better=False, slopes=slopes)


def test_sleepstudy_as_lme4_prints_it() -> None:
    found = sleepstudy()
    assert (found.n, found.people, found.missing) == (180, 18, 0)
    assert found.criterion == pytest.approx(1743.628, abs=5e-4)
    assert found.intercept
    assert found.slope
    assert found.intercept[:2] == pytest.approx((251.405, 6.825), abs=5e-4)
    assert found.slope[:2] == pytest.approx((10.467, 1.546), abs=5e-4)
    assert (found.intercept.t, found.slope.t) == pytest.approx((36.838, 6.771), abs=5e-4)
    assert found.slope.p == pytest.approx(3.26e-06, rel=1e-2)  # lmerTest, 17 degrees of freedom
    assert (found.sd_intercept, found.sd_slope, found.sd_rest) == pytest.approx((24.741, 5.922, 25.592), abs=6e-4)
    assert found.correlation == pytest.approx(0.07, abs=5e-3)
    assert found.verdict is Verdict.WORSE
    assert not found.singular
    assert "95% intervals from t" in found.method


def test_with_one_slope_for_all() -> None:
    found = sleepstudy(slopes=False)
    assert found.criterion == pytest.approx(1786.465085, abs=5e-7)
    assert found.intercept
    assert found.slope
    assert found.intercept[:2] == pytest.approx((251.4051, 9.7467), abs=5e-5)
    assert found.slope[:2] == pytest.approx((10.4673, 0.8042), abs=5e-5)
    assert (found.sd_intercept, found.sd_rest) == pytest.approx((37.12, 30.99), abs=5e-3)
    assert found.sd_slope is found.correlation is None


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=3, max_size=30))
def test_two_times_are_the_paired_t_test(points: list[tuple[int, int]]) -> None:
    """Where people differ more than chance makes of single scores, the slope is their mean change with its error."""
    before, after = (list(column) for column in zip(*points, strict=True))
    paired = paired_change(before, after, higher_is_better=True)
    found = mixed(
        [*range(len(points))] * 2,
        [0] * len(points) + [1] * len(points),
        before + after,
        higher_is_better=True,
        slopes=False,
    )
    if found.slope is None:
        assert found.reason
    elif not found.singular:
        assert found.slope.estimate == pytest.approx(paired.mean_change, abs=1e-6)
        assert (found.slope.ci_low, found.slope.ci_high) == pytest.approx((paired.ci_low, paired.ci_high), abs=1e-5)
        assert found.verdict is paired.verdict or min(abs(found.slope.ci_low), abs(found.slope.ci_high)) < 1e-5


def followed(seed: int, people: int = 40) -> tuple[list[int], list[float], list[float]]:
    """People measured up to five times, some of whom leave."""
    rng = np.random.default_rng(seed)
    own = rng.multivariate_normal([20, 0.5], [[9, -0.6], [-0.6, 0.25]], people)
    rows = [(one, time) for one in range(people) for time in range(rng.integers(1, 6))]
    scores = [own[one, 0] + own[one, 1] * 3 * time + rng.normal(0, 2) for one, time in rows]
    return [one for one, _ in rows], [3.0 * time for _, time in rows], scores


@settings(max_examples=10)
@given(st.integers(1, 1000), st.integers(1, 20), st.integers(-30, 30), st.integers(1, 20), st.integers(-30, 30))
def test_other_units_are_other_words_for_the_same(seed: int, stretch: int, shift: int, grow: int, raise_: int) -> None:
    person, time, score = followed(seed)
    one = mixed(person, time, score, higher_is_better=True)
    other = mixed(
        person[::-1],
        [stretch * each + shift for each in reversed(time)],
        [grow * each + raise_ for each in reversed(score)],
        higher_is_better=True,
    )
    assert one.slope
    assert other.slope
    assert other.slope.estimate == pytest.approx(one.slope.estimate * grow / stretch, rel=1e-5)
    assert other.slope.error == pytest.approx(one.slope.error * grow / stretch, rel=1e-4)
    assert other.sd_rest == pytest.approx((one.sd_rest or 0) * grow, rel=1e-4)
    assert (other.singular, other.verdict) == (one.singular, one.verdict)


def test_it_is_the_least_deviance_of_whole_matrices() -> None:
    """The criterion is what the formula gives with every Vᵢ written out, and no other spread near by does better."""
    person, time, score = (np.array(each) for each in followed(3, 25))
    found = mixed(person.tolist(), time, score, higher_is_better=True)
    assert not found.singular

    def criterion(heights: float, slopes: float, together: float, rest: float) -> float:
        x = np.column_stack([np.ones_like(time), time])
        spread = np.array([[heights**2, together * heights * slopes], [together * heights * slopes, slopes**2]])
        v = np.where(person[:, None] == person, x @ spread @ x.T, 0) + rest**2 * np.eye(time.size)
        weight = np.linalg.inv(v)
        inner = x.T @ weight @ x
        left = score - x @ np.linalg.solve(inner, x.T @ weight @ score)
        logs = np.linalg.slogdet(v)[1] + np.linalg.slogdet(inner)[1]
        return float(logs + left @ weight @ left + (time.size - 2) * math.log(2 * math.pi))

    best = (found.sd_intercept or 0, found.sd_slope or 0, found.correlation or 0, found.sd_rest or 0)
    assert criterion(*best) == pytest.approx(found.criterion, abs=1e-8)
    for at in range(4):
        for change in (0.98, 1.02):
            near = [each * (change if place == at else 1) for place, each in enumerate(best)]
            assert criterion(*near) > criterion(*best)


def test_people_who_left_still_count() -> None:
    """Those who do badly leave: those who stay look better than all were, and the model is not taken in."""
    rng = np.random.default_rng(8)
    heights = rng.normal(20, 4, 600)
    early, middle, late = (heights + change + rng.normal(0, 2, 600) for change in (0, 0, 0))
    late[middle < 18] = np.nan
    found = mixed(
        [*range(600)] * 3,
        [0.0] * 600 + [1.0] * 600 + [2.0] * 600,
        np.concatenate([early, middle, late]),
        higher_is_better=True,
        slopes=False,
    )
    assert found.missing == int(np.isnan(late).sum())
    assert found.slope
    assert np.nanmean(late) - early.mean() > 1
    assert found.slope.ci_low < 0 < found.slope.ci_high


@pytest.mark.parametrize(
    ("person", "time", "score", "slopes", "reason"),
    [
        ([], [], [], True, "nobody was measured"),
        (["a", None], [0, 1], [None, 3], True, "nobody was measured"),
        (["a", "a", "a"], [0, 1, 2], [3, 4, 4], True, "only one person"),
        (["a", "b", "c"], [0, 1, 2], [3, 4, 4], True, "nobody was measured more than once"),
        (["a", "b", "a", "b"], [0, 0, 1, 1], [3, 4, 5, 5], True, "slopes of their own cannot be told"),
        (["a", "b", "a", "b"], [0, 0, 1, 1], [5, 5, 5, 5], False, "all scores are the same"),
        (["a", "b", "a", "b"], [0, 0, 1, 1], [3, 4, 5, 6], False, "keep so exactly to their lines"),
        (list("aaabbb"), [0, 1, 2] * 2, [1, 2, 3, 2, 4, 6], True, "keep so exactly to their lines"),
    ],
)
def test_no_figures_without_the_grounds_for_them(
    person: list[str | None], time: list[float], score: list[float | None], slopes: bool, reason: str
) -> None:
    found = mixed(person, time, score, higher_is_better=True, slopes=slopes)
    assert reason in found.reason
    assert found.slope is found.criterion is None
    assert found.verdict is Verdict.UNSURE


def test_a_spread_of_lines_that_is_none_is_said() -> None:
    time, people = [0.0, 1.0, 2.0, 3.0], range(6)
    chance = [1, -1, -1, 1], [-1, 1, 1, -1]
    alike = [each for one in people for each in chance[one % 2]]
    heights = [each + 5 * one for one in people for each in chance[one % 2]]
    fans = [each + (one - 2.5) * (1 + 3 * at) for one in people for at, each in enumerate(chance[one % 2])]

    def singular(scores: list[float], *, slopes: bool = True) -> Mixed:
        names = [one for one in people for _ in time]
        return mixed(names, time * len(people), scores, higher_is_better=True, slopes=slopes)

    assert singular(alike).singular == singular(alike, slopes=False).singular == NO_DIFFERENCE
    assert singular(heights).singular == NO_PACE
    assert singular(heights).correlation is None
    assert singular(heights, slopes=False).singular == ""
    assert singular(fans).singular == TIED
    assert singular(fans).correlation == pytest.approx(1, abs=1e-3)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(WrongRow, match="row 4: this person was measured at this time already"):
        mixed(["a", "a", None, "a"], [0, 1, 1, 0], [3, 4, 5, 6], higher_is_better=True)
    with pytest.raises(ValueError, match="time has 2 values and group 1: they must pair up"):
        mixed(["a"], [0, 1], [3, 4], higher_is_better=True)
    with pytest.raises(ValueError, match="time holds an infinite value at place 2"):
        mixed(["a", "a"], [0, math.inf], [3, 4], higher_is_better=True)
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        mixed(["a", "a"], [0, 1], [3, 4], higher_is_better=True, level=95)

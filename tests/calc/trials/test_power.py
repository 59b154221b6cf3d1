"""Power, people and detectable differences agree with R, undo one another, and refuse what makes no sense."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.trials.power import Answer, Kind, Question, answer

MEANS = Question(Kind.MEANS)
PAIRED = Question(Kind.PAIRED)
SHARES = Question(Kind.PROPORTIONS, baseline=0.5)


@pytest.mark.parametrize(
    ("question", "power"),
    [  # R 4.2: power.t.test(n = 20, delta = 1, sd = 1) and so on, power.prop.test(n = 50, p1 = .5, p2 = .75).
        (replace(MEANS, n=20, effect=1), 0.8689528017),
        (replace(MEANS, n=20, effect=-1), 0.8689528017),
        (replace(MEANS, n=20, effect=10, sd=10), 0.8689528017),
        (replace(PAIRED, n=15, effect=0.5), 0.4378465879),
        (replace(SHARES, n=50, effect=0.25), 0.7401659013),
    ],
)
def test_power_as_r(question: Question, power: float) -> None:
    found = answer(question)
    assert found.power == pytest.approx(power, abs=1e-9)
    assert found.counted == found.n == question.n


@pytest.mark.parametrize(
    ("question", "people"),
    [  # R: 22.02110, 89.14958, 76.70693.
        (replace(MEANS, effect=1, power=0.9), 23),
        (replace(PAIRED, effect=0.3, power=0.8), 90),
        (replace(SHARES, effect=0.25, power=0.9), 77),
    ],
)
def test_people_as_r(question: Question, people: int) -> None:
    found = answer(question)
    assert found.n == people
    assert found.power >= (question.power or 1)
    assert answer(replace(question, n=people - 1, power=None)).power < (question.power or 0)


def test_detectable_differences_as_r() -> None:
    assert answer(replace(MEANS, n=20, power=0.8)).effect == pytest.approx(0.90913, abs=1e-5)
    rise = answer(Question(Kind.PROPORTIONS, n=100, power=0.8, baseline=0.3))
    assert 0.3 + rise.effect == pytest.approx(0.492656, abs=1e-6)
    fall = answer(Question(Kind.PROPORTIONS, n=100, power=0.8, baseline=0.7, falls=True))
    assert fall.effect == pytest.approx(-rise.effect)


def test_teams_and_those_who_are_lost_by_hand() -> None:
    # Ten to a team of whom eight are measured: 1 + (8 - 1)·0.05 = 1.35. 63.77 in each group become 86.1 measured, 107.6
    # taken on, 11 teams, and one more.
    found = answer(replace(MEANS, effect=0.5, power=0.8, lost=0.2, per_group=10, icc=0.05))
    assert found.design_effect == pytest.approx(1.35)
    assert (found.groups, found.n) == (12, 120)
    assert found.counted == pytest.approx(110 * 0.8 / 1.35)
    assert "one more on each side" in found.method
    uneven = answer(replace(MEANS, effect=0.5, power=0.8, lost=0.2, per_group=10, icc=0.05, uneven=0.6))
    assert uneven.design_effect == pytest.approx(1 + (1.36 * 8 - 1) * 0.05)


def test_losing_people_alone() -> None:
    found = answer(replace(MEANS, effect=0.5, power=0.8, lost=0.2))
    assert found.n == math.ceil(63.76561 / 0.8)
    assert found.counted == pytest.approx(found.n * 0.8)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (MEANS, "give two of"),
        (replace(MEANS, n=20, power=0.8, effect=1), "give two of"),
        (replace(MEANS, n=20), "give two of"),
        (replace(MEANS, effect=0, power=0.8), "no number of people finds a difference of 0"),
        (replace(MEANS, effect=1e-5, power=0.8), "nobody could find it"),
        (replace(MEANS, effect=math.nan, power=0.8), "finite number"),
        (replace(MEANS, effect=math.inf, power=0.8), "finite number"),
        (replace(MEANS, effect=1, power=0.05), "power lies between"),
        (replace(MEANS, effect=1, power=80), "power lies between"),
        (replace(MEANS, effect=1, power=0.8, level=95), "power lies between|level lies between"),
        (replace(MEANS, effect=1, power=0.8, sd=0), "standard deviation is more than 0"),
        (replace(MEANS, effect=1, power=0.8, lost=1), "the share of people lost lies between"),
        (replace(MEANS, effect=1, power=0.8, icc=-0.1), "likeness within teams lies between"),
        (replace(MEANS, effect=1, power=0.8, per_group=0), "a team has at least one person"),
        (replace(MEANS, n=1, effect=1), "so few people are left"),
        (replace(MEANS, n=10, effect=1, per_group=10), "so few people are left"),
        (Question(Kind.PROPORTIONS, effect=0.1, power=0.8), "give the share without the service"),
        (replace(SHARES, effect=0.6, power=0.8), "the share with the service would not lie"),
        (replace(SHARES, n=3, power=0.99), "not even the largest difference"),
    ],
)
def test_what_has_no_answer_is_told(question: Question, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        answer(question)


PLANS = st.builds(
    Question,
    kind=st.sampled_from(Kind),
    effect=st.floats(0.05, 0.45),
    power=st.floats(0.3, 0.99),
    baseline=st.just(0.5),
    lost=st.floats(0, 0.6),
    per_group=st.none() | st.integers(2, 40).map(float),
    icc=st.floats(0, 0.3),
)


@settings(max_examples=50)
@given(PLANS)
def test_each_figure_gives_the_others_back(question: Question) -> None:
    found: Answer = answer(question)
    assert found.power >= (question.power or 1) - 1e-9
    again = answer(replace(question, n=found.n, power=None))
    assert again.power == pytest.approx(found.power)
    smallest = answer(replace(question, n=found.n, power=found.power, effect=None))
    assert smallest.effect == pytest.approx(question.effect, rel=1e-4)


@settings(max_examples=50)
@given(PLANS)
def test_nobody_comes_for_free(question: Question) -> None:
    needed = answer(question).n
    assert answer(replace(question, effect=(question.effect or 0) * 0.8)).n >= needed
    assert answer(replace(question, lost=min(0.95, question.lost + 0.2))).n >= needed
    assert answer(replace(question, power=min(0.995, (question.power or 0) + 0.05))).n >= needed
    if question.per_group:
        assert answer(replace(question, icc=question.icc + 0.1)).n >= needed

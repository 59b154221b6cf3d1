"""Raking reaches its totals as R does, says in words when it cannot, and shares know what the weights cost and gain."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.outcomes.weights import Raked, rake, weighted_share
from tests.calc.outcomes.in_r import by_r

RNG = np.random.default_rng(17)
N = 200
ORDER = np.array(["SGO", "CAO", "informal"])[RNG.choice(3, N, p=[0.6, 0.3, 0.1])].tolist()
AGE = np.array(["under 55", "55 and over"])[RNG.choice(2, N, p=[0.3, 0.7])].tolist()
YES = (RNG.random(N) < np.where(np.array(ORDER) == "informal", 0.8, 0.4)).astype(float)
TOTALS = {"order": {"SGO": 400, "CAO": 250, "informal": 350}, "age": {"under 55": 450, "55 and over": 550}}
PEOPLE = {"order": ORDER, "age": AGE}

SCRIPT = """
start <- table(data$order, data$age)
goal <- outer(c(CAO = 250, informal = 350, SGO = 400), c(550, 450)) / 1000
fitted <- loglin(goal, list(1, 2), start = start, fit = TRUE, print = FALSE, eps = 1e-10, iter = 1000)$fit
for (row in 1:3) told((fitted / start)[row, ])
"""


def found() -> Raked:
    return rake(PEOPLE, TOTALS)


def test_weights_as_r_fits_them(tmp_path: Path) -> None:
    told = by_r(tmp_path, SCRIPT, PEOPLE)
    weights = found().weights
    for order, row in zip(("CAO", "informal", "SGO"), told, strict=True):
        for age, expected in zip(("55 and over", "under 55"), row, strict=True):
            own = [w for w, o, a in zip(weights, ORDER, AGE, strict=True) if (o, a) == (order, age)]
            assert own == pytest.approx([expected] * len(own), rel=1e-6)


def test_one_margin_by_hand() -> None:
    # Three of 60 weigh 20 each, two of 60 weigh 30. (Σw)²/Σw² = 14,400/3,000 = 4.8.
    raked = rake({"order": ["SGO", "SGO", "SGO", "CAO", "CAO"]}, {"order": {"SGO": 60, "CAO": 60}})
    assert raked.weights.tolist() == pytest.approx([20, 20, 20, 30, 30])
    assert raked.effective_n == pytest.approx(4.8)
    assert raked.design_effect == pytest.approx(5 / 4.8)
    assert raked.largest == pytest.approx(30 / 24)
    # Left of y: 1/3, 1/3, -2/3 and -1/2, 1/2: V = 5/4·(400·6/9 + 900/2)/120².
    share = weighted_share([1, 1, 0, 0, 1], raked)
    assert (share.share, share.bare_share) == pytest.approx((7 / 12, 0.6))
    assert share.error == pytest.approx(math.sqrt(5 / 4 * (400 * 6 / 9 + 450)) / 120)
    centre, reach = math.log(7 / 5), 2.776445 * (share.error or 0) / (35 / 144)
    assert share.ci_low == pytest.approx(1 / (1 + math.exp(-centre + reach)), abs=1e-6)
    assert share.ci_high == pytest.approx(1 / (1 + math.exp(-centre - reach)), abs=1e-6)


def test_the_error_is_near_that_of_leaving_out_each_in_turn() -> None:
    share = weighted_share(YES, found())
    without = []
    for gone in range(N):
        kept = np.arange(N) != gone
        raked = rake({name: np.array(labels)[kept].tolist() for name, labels in PEOPLE.items()}, TOTALS)
        without.append(weighted_share(YES[kept], raked).share or 0)
    jackknife = math.sqrt((N - 1) / N * sum((one - np.mean(without)) ** 2 for one in without))
    assert share.error == pytest.approx(jackknife, rel=0.1)
    assert (share.ci_low or 0) < (share.share or 0) < (share.ci_high or 0)
    assert share.bare_share is not None
    assert share.share is not None
    assert share.share > share.bare_share


def test_no_weight_beyond_what_is_allowed() -> None:
    free, held = found(), rake(PEOPLE, TOTALS, most=4.5)
    assert (free.largest or 0) > 5
    assert held.largest == pytest.approx(4.5)
    assert held.trimmed > 0
    assert (held.effective_n or 0) > (free.effective_n or 0)
    assert held.cautions == ()
    assert [one.weighted for one in held.margins] == pytest.approx([one.known for one in held.margins])
    tight = rake(PEOPLE, TOTALS, most=1.3)
    assert "above 1.3 times the mean the totals cannot be reached: “informal” of order" in tight.cautions[0]


def test_one_loud_voice_is_told() -> None:
    raked = rake({"order": ["SGO"] * 9 + ["CAO"]}, {"order": {"SGO": 100, "CAO": 200}})
    assert raked.cautions == ("One answer counts 6.7 times as much as the mean one.",)


def test_who_lacks_a_group_has_no_weight() -> None:
    raked = rake({"order": [*ORDER, None, "SGO"], "age": [*AGE, "under 55", ""]}, TOTALS)
    assert (raked.n, raked.missing) == (N, 2)
    assert np.isnan(raked.weights[-2:]).all()
    assert raked.weights[:N].tolist() == pytest.approx(found().weights.tolist())
    share = weighted_share([*YES[:-1], None, 1, 1], raked)
    assert (share.n, share.missing) == (N - 1, 3)


@pytest.mark.parametrize(
    ("people", "totals", "reason"),
    [
        ({"o": []}, {"o": {"a": 1}}, "nobody is known by everything"),
        ({"o": [None, ""]}, {"o": {"a": 1}}, "nobody is known by everything"),
        ({"o": ["a", "a"]}, {"o": {"a": 5, "b": 3}}, "nobody answered who is “b” of o"),
        (
            {"o": ["a", "b"], "p": ["x", "y"]},
            {"o": {"a": 5, "b": 5}, "p": {"x": 6, "y": 6}},
            "the totals of o add up to 10 and those of p to 12",
        ),
        (
            {"o": ["a", "b"], "p": ["x", "y"]},
            {"o": {"a": 5, "b": 5}, "p": {"x": 6, "y": 4}},
            "no weights bring every margin to its totals at once",
        ),
    ],
)
def test_no_weights_without_the_grounds_for_them(
    people: dict[str, list[str | None]], totals: dict[str, dict[str, float]], reason: str
) -> None:
    raked = rake(people, totals)
    assert reason in raked.reason
    assert raked.effective_n is None
    assert np.isnan(raked.weights).all()
    share = weighted_share([1] * raked.weights.size, raked)
    assert share.share is None
    assert share.reason == raked.reason


def test_where_all_say_the_same_the_interval_is_that_of_so_many_people() -> None:
    raked = found()
    nobody, everybody = weighted_share(np.zeros(N), raked), weighted_share(np.ones(N), raked)
    assert (nobody.ci_low, everybody.ci_high) == (0, 1)
    assert nobody.ci_high == pytest.approx(1 - 0.025 ** (1 / (raked.effective_n or 1)))
    assert everybody.ci_low == pytest.approx(1 - nobody.ci_high)
    follows = weighted_share([float(one == "SGO") for one in ORDER], raked)
    assert follows.share == pytest.approx(0.4)
    assert "follows from the groups exactly" in follows.reason
    assert "nobody who has a weight answered" in weighted_share([None] * N, raked).reason


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="every margin needs both"):
        rake({"o": ["a"]}, {"p": {"a": 1}})
    with pytest.raises(ValueError, match="every margin needs both"):
        rake({}, {})
    with pytest.raises(ValueError, match="“b” of o has people and no total"):
        rake({"o": ["a", "b"]}, {"o": {"a": 1}})
    for total in (0, -1, math.inf, math.nan):
        with pytest.raises(ValueError, match="must be a number above 0"):
            rake({"o": ["a"]}, {"o": {"a": total}})
    with pytest.raises(ValueError, match="more than once the mean"):
        rake({"o": ["a"]}, {"o": {"a": 1}}, most=1)
    with pytest.raises(ValueError, match="has 2 values and group 1"):
        rake({"o": ["a", "b"], "p": ["x"]}, {"o": {"a": 1, "b": 1}, "p": {"x": 2}})
    with pytest.raises(ValueError, match="“yes” must be 1"):
        weighted_share([3.0] * N, found())
    with pytest.raises(ValueError, match="the weights has 200 values and yes 1"):
        weighted_share([1], found())


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=12, max_size=60).filter(
        lambda people: len(set(people)) == 6
    ),
    st.lists(st.integers(20, 100), min_size=5, max_size=5),
)
def test_every_margin_is_reached_and_who_are_alike_weigh_alike(people: list[tuple[str, str]], sizes: list[int]) -> None:
    first, second = zip(*people, strict=True)
    rows, columns = np.array(sizes[:2]), np.array(sizes[2:])
    totals = {
        "first": dict(zip("ab", (rows / rows.sum()).tolist(), strict=True)),
        "second": dict(zip("xyz", (columns / columns.sum()).tolist(), strict=True)),
    }
    raked = rake({"first": first, "second": second}, totals)
    assert raked.reason == ""
    for one in raked.margins:
        assert one.weighted == pytest.approx(one.known, rel=1e-8)
    assert raked.weights.sum() == pytest.approx(1)
    assert 1 <= (raked.effective_n or 0) <= raked.n + 1e-9
    weight = dict(zip(people, raked.weights.tolist(), strict=True))
    assert raked.weights.tolist() == pytest.approx([weight[one] for one in people])
    # Raking keeps the odds between groups as they were among those who answered: equal weights have odds of 1.
    for y in "yz":
        odds = weight["a", "x"] * weight["b", y] / (weight["a", y] * weight["b", "x"])
        assert odds == pytest.approx(1, rel=1e-6)


def test_a_hundred_thousand_people() -> None:
    random = np.random.default_rng(3)
    people = {"order": random.choice(["a", "b", "c"], 100_000).tolist(), "age": random.integers(0, 5, 100_000).tolist()}
    raked = rake(people, {"order": {"a": 2, "b": 5, "c": 3}, "age": dict.fromkeys(range(5), 2)})
    share = weighted_share(random.integers(0, 2, 100_000), raked)
    assert share.share == pytest.approx(0.5, abs=0.01)

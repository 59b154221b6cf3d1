"""The difference between arms agrees with R's lm and clubSandwich, and says when it cannot be known."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.outcomes.comparison.differences import difference_in_differences
from alongside.calc.outcomes.values import WrongRow
from alongside.calc.trials import arms
from alongside.calc.trials.arms import between_arms, extremes_between_arms
from tests.calc.outcomes.in_r import by_r

BY_R = """
suppressPackageStartupMessages(library(clubSandwich))
data$young <- factor(data$young)
fit <- lm(after ~ arm + before + young + order, data = data)
told(coef(fit)["arm"], confint(fit)["arm", ], coef(summary(fit))["arm", c(2, 4)], df.residual(fit))
n <- table(data$arm); s <- tapply(data$after, data$arm, sd)
within <- sqrt(sum((n - 1) * s^2) / (sum(n) - 2))
told(coef(fit)["arm"] / within * (1 - 3 / (4 * (sum(n) - 2) - 1)))
together <- coef_test(fit, vcov = "CR2", cluster = data$cluster, test = "Satterthwaite", coefs = "arm")
told(together$SE, together$df_Satt, together$p_Satt)
"""


def drawn(n: int, seed: int, effect: float = -1.5) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    cluster = np.arange(n) % 9
    arm = cluster % 2 if seed % 2 else rng.integers(0, 2, n)
    before = rng.integers(3, 10, n).astype(float)
    after = 2 + 0.6 * before + effect * arm + rng.normal(0, 1.5, n)
    young, order = rng.integers(0, 3, n), rng.choice(["yes", "no", "not known"], n)
    return {"before": before, "after": after, "arm": arm, "young": young, "order": order, "cluster": cluster}


def asked(data: dict[str, Any], **more: Any) -> arms.BetweenArms:
    factors = {"young": data["young"].tolist(), "order": data["order"].tolist()}
    facts = {"higher_is_better": False, "factors": factors, **more}
    return between_arms(data["before"], data["after"], data["arm"], **facts)


@pytest.mark.parametrize("seed", [1, 3])
def test_it_agrees_with_r(tmp_path: Path, seed: int) -> None:
    data = drawn(70, seed)
    alone, g, together = by_r(tmp_path, BY_R, {name: list(column) for name, column in data.items()})
    found = asked(data)
    assert [found.difference, found.ci_low, found.ci_high, found.error, found.p, found.df] == pytest.approx(alone, 1e-9)
    assert found.g == pytest.approx(g[0], 1e-9)
    whole = asked(data, clusters=data["cluster"].tolist())
    assert [whole.error, whole.df, whole.p] == pytest.approx(together, 1e-6)
    assert (whole.difference, whole.clusters) == (pytest.approx(found.difference), 9)


@settings(max_examples=25)
@given(st.integers(2, 10**6))
def test_of_change_it_is_what_it_is_of_the_later_score(seed: int) -> None:
    """With the earlier score allowed for, change and later score have the same difference (Laird 1983)."""
    data = drawn(40, 2 * seed + 1)
    clusters = data["cluster"].tolist()
    ours = between_arms(data["before"], data["after"], data["arm"], higher_is_better=False, clusters=clusters)
    theirs = difference_in_differences(
        data["before"],
        data["after"],
        data["arm"],
        higher_is_better=False,
        groups=clusters,
        covariates={"before": data["before"]},
    )
    figures = (theirs.difference, theirs.error, theirs.df, theirs.p)
    assert (ours.difference, ours.error, ours.df, ours.p) == pytest.approx(figures, 1e-8)
    other = between_arms(data["before"], data["after"], 1 - data["arm"], higher_is_better=False, clusters=clusters)
    assert (other.difference, other.ci_low) == pytest.approx((-(ours.difference or 0), -(ours.ci_high or 0)), 1e-8)


@settings(max_examples=20)
@given(st.integers(1, 10**6), st.floats(0, 0.6))
def test_whatever_the_lost_answered_the_difference_lies_between_the_extremes(seed: int, lost: float) -> None:
    data, rng = drawn(40, seed), np.random.default_rng(seed)
    true = np.clip(data["after"], 0, 10)
    after = np.where(rng.random(40) < lost, np.nan, true)
    before = np.where(rng.random(40) < lost / 2, np.nan, data["before"])
    told = {"lowest": 0, "highest": 10, "higher_is_better": False}
    found = extremes_between_arms(before, after, data["arm"], **told)
    started = np.where(np.isnan(before), np.nanmean(before), before)
    whole = between_arms(started, true, data["arm"], higher_is_better=False).difference
    # Lower is better here, so the worst for the first arm is the highest difference.
    assert found.best.difference - 1e-9 <= whole <= found.worst.difference + 1e-9
    assert found.worst.n == found.best.n == 40


def test_a_level_that_follows_from_others_is_left_out_and_a_cluster_alone_is_refused() -> None:
    data = drawn(30, 5)
    twice = between_arms(
        data["before"], data["after"], data["arm"], higher_is_better=False,
        factors={"young": data["young"].tolist(), "again": (data["young"] + 7).tolist(), "same": [1] * 30},
    )  # fmt: skip
    once = between_arms(
        data["before"], data["after"], data["arm"], higher_is_better=False, factors={"young": data["young"].tolist()}
    )
    assert (twice.difference, twice.error, twice.df) == pytest.approx((once.difference, once.error, once.df))
    alone = between_arms(
        data["before"], data["after"], data["arm"], higher_is_better=False, clusters=data["arm"].tolist()
    )
    assert (alone.reason, alone.p) == (arms.ONE_CLUSTER, None)


@pytest.mark.parametrize(
    ("before", "after", "first", "reason"),
    [
        ([], [], [], arms.NOBODY),
        ([1, 2], [None, None], [1, 0], arms.NOBODY),
        ([1, 2, 3], [2, 3, 4], [1, 1, 1], "nobody of the second arm was measured both times"),
        ([1, 2, 3], [2, 3, 4], [1, 1, 0], "only one person of the second arm was measured both times"),
        ([5, 5, 5, 5], [7, 7, 4, 4], [1, 1, 0, 0], arms.NO_SPREAD),
        ([1, 2, 3, 9], [2, 3, 4, 1], [1, 1, 0, 0], ""),
    ],
)
def test_where_nothing_can_be_known_it_says_why(
    before: list[Any], after: list[Any], first: list[Any], reason: str
) -> None:
    found = between_arms(before, after, first, higher_is_better=True)
    assert found.reason == reason
    assert (found.p is None) is bool(reason)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(WrongRow, match="row 2: “first” must be 1"):
        between_arms([1, 2], [1, 2], [1, 2], higher_is_better=True)
    with pytest.raises(WrongRow, match="row 3: a score must lie from 0 to 10"):
        extremes_between_arms([1, 2, 3], [1, 2, 11], [1, 0, 1], lowest=0, highest=10, higher_is_better=True)
    with pytest.raises(ValueError, match="infinite"):
        between_arms([1, np.inf], [1, 2], [1, 0], higher_is_better=True)

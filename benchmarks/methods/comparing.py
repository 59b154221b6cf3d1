"""Methods that compare people, times and amounts, and the planning of a trial, against what else does the same work."""

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.oneway import anova_oneway
from statsmodels.stats.power import TTestIndPower

from alongside.calc.outcomes.comparison.amounts import dose_response
from alongside.calc.outcomes.comparison.differences import difference_in_differences
from alongside.calc.outcomes.comparison.interrupted import interrupted
from alongside.calc.outcomes.comparison.propensity import propensity_weighted
from alongside.calc.outcomes.comparison.subgroups import subgroups
from alongside.calc.outcomes.weights import rake
from alongside.calc.trials.power import Kind, Question, answer
from benchmarks.methods.contest import Contest
from benchmarks.methods.figures import Figures

FEW = "100,000 people"


def of_comparing(given: Figures) -> list[Contest]:
    """Every method with a peer."""
    return [*of_effects(given), *of_parts(given), *of_planning()]


def of_effects(given: Figures) -> list[Contest]:
    data = given["beside"]
    before, after, served, team, age = (data[name] for name in ("before", "after", "served", "team", "age"))
    change, teams = after - before, team.tolist()
    months = given["months"]["value"]
    time = np.arange(float(months.size))
    on = (time >= 5_000) * 1.0
    lines = np.column_stack([np.ones(months.size), time, on, on * (time - 5_000)])

    def fitted(**how: object) -> object:
        return sm.OLS(change, sm.add_constant(served)).fit(**how).conf_int()

    def weighted() -> object:
        known = np.column_stack([before, age])
        p = sm.GLM(served, sm.add_constant(known), family=sm.families.Binomial()).fit().fittedvalues
        weights = np.where(served == 1, 1, p / (1 - p))
        for w in (np.ones_like(weights), weights):
            sides = [np.average(known[served == side], axis=0, weights=w[served == side]) for side in (0, 1)]
            spread = [known[served == side].var(axis=0, ddof=1) for side in (0, 1)]
            np.subtract(*sides) / np.sqrt(np.mean(spread, axis=0))
        return sm.WLS(change, sm.add_constant(served), weights=weights).fit(cov_type="HC1").conf_int()

    def bent(x: np.ndarray) -> object:
        knots = np.quantile(x, (0.1, 0.5, 0.9))
        up = [np.maximum(x - knot, 0) ** 3 for knot in knots]
        curve = up[0] - (up[1] * (knots[2] - knots[0]) - up[2] * (knots[1] - knots[0])) / (knots[2] - knots[1])
        for columns in ([x], [x, curve]):
            sm.OLS(change, sm.add_constant(np.column_stack(columns))).fit(cov_type="HC2").conf_int()
        quarter = np.searchsorted(np.quantile(x, (0.25, 0.5, 0.75)), x)
        return [stats.ttest_1samp(change[quarter == each], 0).confidence_interval() for each in range(4)]

    return [
        Contest(
            f"difference in differences, {FEW}",
            lambda: difference_in_differences(before, after, served, higher_is_better=True),
            "did",
            {"statsmodels": lambda: fitted(cov_type="HC2")},
        ),
        Contest(
            f"difference in differences, 500 teams, {FEW}",
            lambda: difference_in_differences(before, after, served, higher_is_better=True, groups=teams),
            "did_teams",
            {"statsmodels": lambda: fitted(cov_type="cluster", cov_kwds={"groups": np.array(teams)})},
        ),
        Contest(
            f"propensity weights with balance, {FEW}",
            lambda: propensity_weighted(change, served, {"before": before, "age": age}, higher_is_better=True),
            "propensity",
            {"statsmodels": weighted},
        ),
        Contest(
            f"dose and response with bend and bands, {FEW}",
            lambda: dose_response(change, data["dose"], higher_is_better=True),
            "dose",
            {"statsmodels": lambda: bent(data["dose"])},
        ),
        Contest(
            "interrupted time series, 10,000 periods",
            lambda: interrupted(months, 5_000, higher_is_better=True),
            "its",
            {"statsmodels": lambda: sm.OLS(months, lines).fit(cov_type="HAC", cov_kwds={"maxlags": 11}).conf_int()},
        ),
    ]


def of_parts(given: Figures) -> list[Contest]:
    data = given["beside"]
    change = data["after"] - data["before"]
    order = np.array(["SGO", "CAO", "informal", "fostering"])[data["order"].astype(int)]
    people = {"order": order.tolist(), "served": data["served"].tolist()}
    totals = {"order": {"SGO": 3, "CAO": 2, "informal": 4, "fostering": 1}, "served": {0.0: 4, 1.0: 6}}
    return [
        Contest(
            f"subgroups, four groups, {FEW}",
            lambda: subgroups(change, {"order": people["order"]}),
            "subgroups",
            {"statsmodels": lambda: anova_oneway(change, np.array(people["order"]), use_var="unequal")},
        ),
        Contest(f"raking, two margins, {FEW}", lambda: rake(people, totals), "raking"),
    ]


def of_planning() -> list[Contest]:
    return [
        Contest(
            "power: people for two means",
            lambda: answer(Question(Kind.MEANS, effect=0.3, power=0.8)),
            "power",
            {"statsmodels": lambda: TTestIndPower().solve_power(0.3, power=0.8, alpha=0.05)},
        )
    ]

"""Each method, and what else does the same work."""

import warnings

import numpy as np
import statsmodels.formula.api as smf
from scipy import stats
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import SurvfuncRight, survdiff
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests

from alongside.calc.outcomes.bootstrap import bootstrap_change
from alongside.calc.outcomes.bounds import bounds
from alongside.calc.outcomes.cox import cox
from alongside.calc.outcomes.funnel import Kind, funnel
from alongside.calc.outcomes.imputation import imputed_change
from alongside.calc.outcomes.leavers import leavers
from alongside.calc.outcomes.logrank import log_rank
from alongside.calc.outcomes.many_tests import benjamini_hochberg, holm
from alongside.calc.outcomes.meta.fitting import Between
from alongside.calc.outcomes.meta.pooling import How, pool
from alongside.calc.outcomes.mixed import mixed
from alongside.calc.outcomes.paired import paired_change
from alongside.calc.outcomes.ranks import signed_rank_p
from alongside.calc.outcomes.reliable import reliable_change
from alongside.calc.outcomes.survival import kaplan_meier
from alongside.calc.outcomes.xmr import xmr
from benchmarks.methods.comparing import of_comparing
from benchmarks.methods.contest import Contest
from benchmarks.methods.figures import Figures


def contests(given: Figures) -> list[Contest]:
    """Every method with a peer."""
    return [
        *of_change(given),
        *of_missing(given),
        *of_watching(given),
        *of_lasting(given),
        *of_many(given),
        *of_models(given),
        *of_comparing(given),
    ]


def of_change(given: Figures) -> list[Contest]:
    before, after = given["pairs"]["before"], given["pairs"]["after"]
    change = after - before

    def paired() -> object:
        found = stats.ttest_rel(after, before)
        return found.confidence_interval(0.95), stats.wilcoxon(change, correction=True, method="asymptotic")

    def ranked() -> object:
        return stats.wilcoxon(change, correction=True, method="asymptotic")

    def resampled() -> object:
        def d_z(x: np.ndarray, axis: int) -> np.ndarray:
            return x.mean(axis=axis) / x.std(axis=axis, ddof=1)

        return stats.bootstrap((change,), d_z, n_resamples=200, batch=10, method="percentile", vectorized=True)

    pairs = "100,000 pairs"
    return [
        Contest(
            f"paired t, Wilcoxon, effect sizes, {pairs}",
            lambda: paired_change(before, after, higher_is_better=True),
            "paired",
            {"scipy": paired},
        ),
        Contest(f"Wilcoxon, {pairs}", lambda: signed_rank_p(change), "wilcoxon", {"scipy": ranked}),
        Contest(
            f"reliable change, {pairs}",
            lambda: reliable_change(before, after, reliability=0.85, higher_is_better=True),
            "reliable",
        ),
        Contest(
            f"bootstrap (BCa), 10,000 resamples, {pairs}",
            lambda: bootstrap_change(before, after, seed=1),
            "bootstrap",
            r_share=50,
            goal=0.2,
            rounds=2,
        ),
        Contest(
            f"the same against scipy (no BCa), {pairs}",
            lambda: bootstrap_change(before, after, seed=1, resamples=1000),
            "",
            {"scipy, 200 × 5": lambda: [resampled() for _ in range(5)]},
            rounds=2,
        ),
    ]


def of_missing(given: Figures) -> list[Contest]:
    pairs, beside, gaps = given["pairs"], given["beside"], given["gaps"]
    before, left = pairs["before"], beside["served"]
    after = np.where(left == 1, np.nan, pairs["after"])
    known = {name: beside[name] for name in ("before", "age")}

    def apart() -> object:
        sides = [[row[left == side] for side in (1, 0)] for row in known.values()]
        return [stats.ttest_ind(*both, equal_var=False).confidence_interval() for both in sides]

    def thrice() -> object:
        whole = ~np.isnan(after)
        cases = (
            (before[whole], after[whole]),
            (before, np.nan_to_num(after, nan=-20)),
            (before, np.nan_to_num(after, nan=60)),
        )
        return [
            (stats.ttest_rel(late, early).confidence_interval(), stats.wilcoxon(late - early, method="asymptotic"))
            for early, late in cases
        ]

    return [
        Contest(
            "leavers against stayers, two measures, 100,000 people",
            lambda: leavers(left, known),
            "leavers",
            {"scipy": apart},
        ),
        Contest(
            "bounds, 100,000 people",
            lambda: bounds(before, after, lowest=-20, highest=60, higher_is_better=True),
            "",
            {"scipy": thrice},
        ),
        Contest(
            "multiple imputation, 20 times, 5,000 people",
            lambda: imputed_change(
                gaps["before"], gaps["after"], seed=1, higher_is_better=True, also={"age": gaps["age"]}
            ),
            "imputed",
            rounds=3,
        ),
    ]


def of_watching(given: Figures) -> list[Contest]:
    top, size = given["units"]["numerator"], given["units"]["denominator"]
    return [
        Contest(
            "XmR with its rules, 10,000 periods", lambda: xmr(given["months"]["value"], higher_is_better=True), "xmr"
        ),
        Contest(
            "funnel plot with spread and standings, 10,000 units",
            lambda: funnel(top, size, kind=Kind.PROPORTION).standings,
            "funnel",
        ),
    ]


def of_lasting(given: Figures) -> list[Contest]:
    data = given["lasting"]
    duration, event, group = data["duration"], data["event"], data["group"]
    names = ("age", "worry", "teen")
    known = {name: data[name] for name in names}
    table = np.column_stack([*known.values()])
    named = np.array(["north", "south", "west"])[group.astype(int)]
    groups = named.tolist()
    people = "20,000 people"
    return [
        Contest(
            f"Kaplan and Meier, {people}",
            lambda: kaplan_meier(duration, event),
            "kaplan_meier",
            {"statsmodels": lambda: SurvfuncRight(duration, event).summary()},
        ),
        Contest(
            f"log-rank, three groups, {people}",
            lambda: log_rank(duration, event, groups),
            "log_rank",
            {"statsmodels": lambda: survdiff(duration, event, named)},
        ),
        Contest(
            f"Cox, three covariates, with its tests, {people}",
            lambda: cox(duration, event, known),
            "cox",
            {"statsmodels, model alone": lambda: PHReg(duration, table, status=event, ties="efron").fit().summary()},
        ),
    ]


def of_many(given: Figures) -> list[Contest]:
    p = given["p_values"]["p"]
    effect, variance = given["studies"]["effect"], given["studies"]["variance"]
    tests, studies = "100,000 tests", "500 studies"
    return [
        Contest(f"Holm, {tests}", lambda: holm(p), "holm", {"statsmodels": lambda: multipletests(p, method="holm")}),
        Contest(
            f"Benjamini and Hochberg, {tests}",
            lambda: benjamini_hochberg(p),
            "benjamini_hochberg",
            {
                "statsmodels": lambda: multipletests(p, method="fdr_bh"),
                "scipy": lambda: stats.false_discovery_control(p),
            },
        ),
        Contest(
            f"pooling by DL, {studies}",
            lambda: pool(effect, variance, How(Between.DL)),
            "pool_dl",
            {"statsmodels": lambda: combine_effects(effect, variance, method_re="dl").summary_frame()},
        ),
        Contest(f"pooling by REML, {studies}", lambda: pool(effect, variance, How(Between.REML)), "pool_reml"),
    ]


def of_models(given: Figures) -> list[Contest]:
    scores = given["scores"]
    people = scores["person"].tolist()

    def by_statsmodels() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return smf.mixedlm("value ~ time", scores, groups=scores["person"], re_formula="~time").fit()

    def line(*, slopes: bool) -> object:
        return mixed(people, scores["time"], scores["value"], higher_is_better=True, slopes=slopes)

    rows = "10,000 scores of 2,000 people"
    return [
        Contest(
            f"mixed model, {rows}",
            lambda: line(slopes=True),
            "mixed",
            {"statsmodels": by_statsmodels},
            rounds=5,
        ),
        Contest(f"mixed model, one slope, {rows}", lambda: line(slopes=False), "one_slope", rounds=5),
    ]

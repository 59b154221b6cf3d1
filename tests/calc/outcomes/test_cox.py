"""Cox's model agrees with R on released prisoners, with its likelihood written out, and refuses endless effects."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.outcomes.concordance import concordance
from alongside.calc.outcomes.cox import Cox, cox
from alongside.calc.outcomes.logrank import log_rank
from alongside.calc.outcomes.risksets import RiskSets
from tests.calc.outcomes.published import columns

MEN = {name: list(map(float, column)) for name, column in columns("rossi").items()}
NAMES = ["fin", "age", "race", "wexp", "mar", "paro", "prio"]
PEOPLE = st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(-3, 3)), min_size=1, max_size=30)


def rossi(*names: str) -> Cox:
    return cox(MEN["week"], MEN["arrest"], {name: MEN[name] for name in names})


def test_released_prisoners_as_r_prints_them() -> None:
    found = rossi(*NAMES)
    effects = {effect.name: effect for effect in found.effects}
    assert effects["fin"][1:3] == pytest.approx((-0.379422166, 0.191379481), abs=1e-8)
    assert effects["prio"][1:3] == pytest.approx((0.091497081, 0.028648550), abs=1e-8)
    assert effects["age"].coefficient == pytest.approx(-0.057437743, abs=1e-8)
    assert effects["mar"].error == pytest.approx(0.381868058, abs=1e-8)
    assert effects["fin"][3:6] == pytest.approx((0.68425668, 0.47023672, 0.99568406))
    assert (effects["fin"].z, effects["fin"].p) == pytest.approx((-1.98256, 0.0474161), abs=1e-5)
    assert (found.n, found.ended, found.missing) == (432, 114, 0)
    assert found.log_likelihood == pytest.approx(-658.7476594)
    assert found.log_likelihood_null == pytest.approx(-675.3806323)
    assert (found.chi2, found.df) == pytest.approx((33.27, 7), abs=0.005)
    assert found.p == pytest.approx(2.362e-5, rel=1e-3)
    assert found.concordance == pytest.approx(0.6403292471)
    assert "Efron" in found.method


def test_proportional_hazards_as_r_tests_them() -> None:
    # R: cox.zph with the mean rank of each end among all ends as the function of time.
    found = rossi(*NAMES)
    by_r = [0.828794776, 0.015609373, 0.150516063, 0.036370836, 0.322046732, 0.873665624, 0.463142439]
    assert [effect.p_proportional for effect in found.effects] == pytest.approx(by_r, abs=1e-7)
    assert found.p_proportional == pytest.approx(0.013421126, abs=1e-8)


def test_by_hand() -> None:
    # b ends at 1 among {a, b, c}, a at 2 among {a, c}; x is 1 for a and 0 for the others. With h = exp(β) the
    # likelihood is 1/(h + 2) · h/(h + 1), whose top is where h² = 2.
    effect = cox([2, 1, 3], [1, 1, 0], {"x": [1, 0, 0]}).effects[0]
    assert effect.hazard_ratio == pytest.approx(math.sqrt(2))
    h = math.sqrt(2)
    assert effect.error == pytest.approx((2 * h / (h + 2) ** 2 + h / (h + 1) ** 2) ** -0.5)


@pytest.mark.parametrize(
    ("duration", "ended", "covariates", "reason"),
    [
        ([], [], {"x": []}, "nobody has both"),
        ([1, 2], [None, 1], {"x": [1, None]}, "nobody has both"),
        ([1, 2, 3], [0, 0, 0], {"x": [1, 2, 3]}, "nobody's time ended"),
        ([1, 2, 3], [1, 1, 0], {"x": [0.1 + 0.2, 0.3, 0.3]}, "x is the same for everybody"),
        ([1, 2, 3], [1, 1, 0], {"x": [1e-300, 0, 2e-300]}, "x is the same for everybody"),
        ([1, 2, 3], [1, 1, 0], {"x": [1, 3, 2], "y": [0, 1, 0], "z": [2, 2, 1], "w": [1, 2, 2]}, "no more people"),
        ([1, 2, 3, 4], [1, 1, 0, 1], {"x": [1, 3, 2, 4], "y": [2, 6, 4, 8]}, "y follows from the covariates before"),
        ([1, 2, 3, 4], [0, 1, 1, 1], {"x": [5, 1, 1, 1]}, "do not differ enough in x"),
        ([1, 2, 3, 4, 5, 6], [1, 1, 1, 0, 0, 0], {"x": [1, 1, 1, 0, 0, 0]}, "x tells so wholly"),
        ([1, 2, 3, 4, 5, 6], [1] * 6, {"y": [1, 3, 2, 2, 3, 1], "x": [9, 7, 6, 4, 2, 1]}, "its effect has no limit"),
    ],
)
def test_no_effects_without_the_grounds_for_them(
    duration: list[float], ended: list[float], covariates: dict[str, list[float]], reason: str
) -> None:
    found = cox(duration, ended, covariates)
    assert reason in found.reason
    assert found.effects == ()
    assert found.log_likelihood is None


def test_whether_an_effect_lasts_cannot_be_known_from_one_time() -> None:
    found = cox([1, 1, 1, 2, 2], [1, 1, 1, 0, 0], {"x": [1, 2, 0, 1, 0]})
    assert found.effects[0].hazard_ratio > 1
    assert found.effects[0].p_proportional is found.p_proportional is None


def test_who_lacks_anything_is_counted_and_left_out() -> None:
    extra = {name: [*MEN[name], 1, math.nan, 3] for name in ("fin", "prio")}
    found = cox([*MEN["week"], None, 5, 6], [*MEN["arrest"], 1, 1, None], extra)
    assert found.missing == 3
    assert found.effects == rossi("fin", "prio").effects


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="there must be at least one covariate"):
        cox([1, 2], [1, 0], {})
    with pytest.raises(ValueError, match="duration has 2 values and x 1"):
        cox([1, 2], [1, 0], {"x": [1]})
    with pytest.raises(ValueError, match="x holds an infinite value at place 2"):
        cox([1, 2], [1, 0], {"x": [1, math.inf]})
    with pytest.raises(ValueError, match="x holds a value too large to reckon with at place 1"):
        cox([1, 2], [1, 0], {"x": [-1e200, 1]})


def test_the_unit_of_a_covariate_does_not_matter() -> None:
    years = rossi("age", "prio")
    days = cox(MEN["week"], MEN["arrest"], {"age": [365.25 * age + 1e4 for age in MEN["age"]], "prio": MEN["prio"]})
    assert days.effects[0].coefficient == pytest.approx(years.effects[0].coefficient / 365.25)
    assert days.effects[1][1:] == pytest.approx(years.effects[1][1:], rel=1e-6)


def efron(people: list[tuple[int, bool, int]], effect: float) -> float:
    """The log-likelihood, written out term by term."""
    total = 0.0
    for time in {when for when, ended, _ in people if ended}:
        ending = [math.exp(effect * x) for when, ended, x in people if ended and when == time]
        at_risk = sum(math.exp(effect * x) for when, _, x in people if when >= time)
        total += sum(math.log(hazard) for hazard in ending)
        for gone in range(len(ending)):
            total -= math.log(at_risk - gone / len(ending) * sum(ending))
    return total


@given(PEOPLE.filter(lambda people: any(ended for _, ended, _ in people)), st.floats(-1.5, 1.5))
def test_likelihood_slope_and_curve_agree_with_the_formula(people: list[tuple[int, bool, int]], effect: float) -> None:
    duration, ended, x = (np.array(column) for column in zip(*people, strict=True))
    sets = RiskSets(duration.astype(float), ended.astype(bool), x.astype(float)[:, None])
    fit = sets.fit(np.array([effect]))
    assert fit.log_likelihood == pytest.approx(efron(people, effect), abs=1e-9)
    up, down = efron(people, effect + 1e-4), efron(people, effect - 1e-4)
    assert float(fit.residuals.sum()) == pytest.approx((up - down) / 2e-4, abs=1e-5)
    curve = float(sets.information(fit, np.ones(sets.at.size))[0, 0])
    assert curve == pytest.approx(-(up - 2 * efron(people, effect) + down) / 1e-8, abs=1e-4)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=4, max_size=30))
def test_without_ties_its_score_is_the_log_rank_test(people: list[tuple[bool, bool]]) -> None:
    ended, group = (np.array(column) for column in zip(*people, strict=True))
    test = log_rank(np.arange(ended.size), ended, group.tolist())
    if test.chi2 is None:
        return
    sets = RiskSets(np.arange(ended.size, dtype=float), ended, group.astype(float)[:, None])
    fit = sets.fit(np.zeros(1))
    score, information = float(fit.residuals.sum()), float(sets.information(fit, np.ones(sets.at.size))[0, 0])
    assert test.chi2 == pytest.approx(score**2 / information)


@given(PEOPLE)
def test_concordance_agrees_with_counting_pair_by_pair(people: list[tuple[int, bool, int]]) -> None:
    agreed = pairs = 0.0
    for time, ended, score in people:
        for later, its_end, other in people:
            if ended and (later > time or (later == time and not its_end)):
                pairs += 1
                agreed += 1 if score > other else 0.5 if score == other else 0
    duration, ends, scores = (np.array(column) for column in zip(*people, strict=True))
    found = concordance(duration.astype(float), ends.astype(bool), scores.astype(float))
    assert found == (pytest.approx(agreed / pairs) if pairs else None)


def test_a_hundred_thousand_people() -> None:
    random = np.random.default_rng(1)
    age, other = random.normal(size=(2, 100_000))
    duration = np.ceil(50 * random.exponential(size=age.size) * np.exp(-0.5 * age))
    found = cox(np.minimum(duration, 60), (duration <= 60).astype(float), {"age": age, "other": other})
    assert found.effects[0].ci_low < math.exp(0.5) < found.effects[0].ci_high
    assert found.effects[1].p > 0.001
    assert found.concordance == pytest.approx(0.636, abs=0.01)

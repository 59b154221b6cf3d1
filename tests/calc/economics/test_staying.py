"""Where children live: the cohort by hand, the children one by one near the cohort, and rates that cannot be."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.economics.rates import Move, a_year
from alongside.calc.economics.staying import CARE, KINSHIP, chances, of_children, of_cohort, supported
from alongside.calc.economics.staying_file import Blank, Question, read_staying
from alongside.calc.economics.stays import Arm, follow, model, simulate_stays
from alongside.calc.economics.toml_text import WrongScenario
from alongside.insight.economics.library import library, questions, rates
from alongside.insight.economics.staying import work_out

HAZARD = st.floats(0, 3)
FILLED = {
    "effect": "lognormal = { low = 0.4, high = 1.0 }\nlevel = 1",
    "support": "amount = { mean = 900, sd = 90 }\nprice_year = 2024",
    "kinship": "value = 9000\nprice_year = 2024",
    "parents": "value = 1500\nprice_year = 2024",
}


def written() -> str:
    text = questions()["staying"]
    for name, made in FILLED.items():
        text = re.sub(rf"(\[inputs\.{name}\]\n.*\n.*\n)unknown = true", rf"\g<1>{made}", text)
    return re.sub(r"(?<=over = 1\n)unknown = true", "share = { mean = 0.03, sd = 0.01 }", text)


def asked(text: str | None = None) -> Question:
    return read_staying(text or written(), library(), rates())


def hazards(years: int, draws: int = 1, **moves: float) -> np.ndarray:
    found = np.zeros((years, draws, 3, 3))
    for name, rate in moves.items():
        found[(..., *Move(name.replace("_", "-")).places)] = rate
    return found


def test_two_years_by_hand() -> None:
    # A tenth of those with a kinship carer leave for care in a year: 1, 0.9, 0.81. A year is the mean of its ends.
    found = of_cohort(hazards(2, kinship_care=-np.log(0.9)))
    assert found.lived[:, 0] == pytest.approx(np.array([[0.95, 0.05, 0], [0.855, 0.145, 0]]))
    assert found.disrupted[:, 0] == pytest.approx([0.1, 0.09])
    # A rate over five years, taken a year at a time, is that rate again.
    again = of_cohort(hazards(5, kinship_care=float(a_year(np.array(0.147), 5))))
    assert again.grown[0, CARE] == pytest.approx(0.147)


@given(st.lists(HAZARD, min_size=6, max_size=6), st.floats(0, 1), st.floats(0.1, 9))
def test_chances_add_up_and_more_support_never_costs_a_home(rate: list[float], effect: float, lasts: float) -> None:
    moves = dict(zip((move.replace("-", "_") for move in Move), rate, strict=True))
    table = chances(hazards(1, **moves))
    assert (table >= 0).all()
    assert table.sum(axis=-1) == pytest.approx(np.ones((1, 1, 3)))
    plain = hazards(8, kinship_care=rate[0] / 10, kinship_parents=rate[1] / 10, care_kinship=rate[2] / 10)
    without, helped = of_cohort(plain), of_cohort(supported(plain, np.array([effect]), lasts))
    assert helped.lived[..., KINSHIP].sum() >= without.lived[..., KINSHIP].sum() - 1e-9
    assert helped.lived[..., CARE].sum() <= without.lived[..., CARE].sum() + 1e-9
    assert helped.lived.sum(axis=-1) == pytest.approx(np.ones((8, 1)))


def test_children_one_by_one_come_near_the_cohort_and_the_same_luck_repeats_them() -> None:
    moves = {"kinship_care": 0.05, "kinship_parents": 0.03, "care_kinship": 0.04, "parents_care": 0.2}
    table = hazards(12, 2, **moves)
    whole = of_cohort(table)
    lives = of_children(table, 40_000, np.random.default_rng(4))
    assert lives.course.lived / 40_000 == pytest.approx(whole.lived, abs=0.01)
    assert lives.course.disrupted.sum(axis=0) / 40_000 == pytest.approx(whole.disrupted.sum(axis=0), abs=0.01)
    assert (lives.ever >= lives.course.grown[:, CARE]).all()
    assert (lives.ever == of_children(table, 40_000, np.random.default_rng(4)).ever).all()
    assert (of_children(table * 0, 5, np.random.default_rng(4)).course.grown == [5, 0, 0]).all()


def test_draws_are_the_same_however_they_are_shared_out_and_move_as_they_should() -> None:
    made = model(asked(), library())
    found = simulate_stays(made, draws=9_000, seed=5)
    with ThreadPoolExecutor(2) as pool:
        shared = simulate_stays(made, draws=9_000, seed=5, pool=pool)
        ever = follow(made, draws=200, seed=5, pool=pool)
    assert all((getattr(found.with_support, name) == getattr(shared.with_support, name)).all() for name in Arm._fields)
    assert found.without.lived.sum(axis=1) == pytest.approx(50 * 12)
    better = found.drawn["effect"] < 1
    assert (found.with_support.disrupted < found.without.disrupted)[better].all()
    alone = follow(made, draws=200, seed=5)
    assert ever is not None
    assert alone is not None
    assert (ever.with_support == alone.with_support).all()
    assert (ever.with_support <= ever.without)[found.drawn["effect"][:200] < 1].mean() > 0.98
    many = replace(made, question=asked(written().replace("number = 50", "number = 50_000")))
    assert follow(many, draws=200, seed=5) is None


def test_a_lifetime_gain_needs_its_design_and_stands_apart() -> None:
    gain = '\n[inputs.lifetime]\ntitle = "Gain"\nkind = "pounds"\nvalue = 20_000\nprice_year = 2024\n'
    gain += 'from = "published"\nsource = "Somebody"\n'
    with pytest.raises(WrongScenario, match=re.escape("inputs.lifetime.level: is missing: how good the design is")):
        asked(written() + gain)
    told = work_out(asked(written() + gain + "level = 1\n"), library(), draws=300, seed=2).pays
    plain = work_out(asked(), library(), draws=300, seed=2).pays
    assert told.lifetime is not None
    assert (told.lifetime.mean > 0, told.lifetime_level, plain.lifetime) == (True, 1, None)
    assert told.net == plain.net, "it is in no other figure, and moves no other draw"


def test_what_is_blank_is_named_and_a_rate_of_ones_own_goes_first() -> None:
    with pytest.raises(Blank) as blank:
        asked(questions()["staying"]).check()
    assert "(effect)" in str(blank.value)
    assert "rate of kinship-parents for special guardianship at the ages 6 to 17" in str(blank.value)
    assert "kinship-care" not in str(blank.value)
    with pytest.raises(Blank, match="rate of kinship-care for informal at the ages 6 to 17"):
        asked(written().replace('order = "special_guardianship"', 'order = "informal"')).check()
    own = '\n[[rates]]\nmove = "kinship-care"\ntitle = "Ours"\nkind = "share"\nover = 2\nages = [10, 12]\n'
    own += 'value = 0.2\nfrom = "record"\nsource = "Our records"\n'
    question = asked(written() + own)
    (group,) = question.groups
    found = {age: next(r.said.title for r in question.rates_at(group.order, age) if r.move is Move.DISRUPTION)
             for age in (9, 10, 12, 13)}  # fmt: skip
    assert found[9] == found[13] == "Children who leave a special guardian for care"
    assert found[10] == found[12] == "Ours"


def test_every_published_rate_says_where_it_is_from_and_none_is_invented() -> None:
    for rate in rates():
        assert rate.checked
        known = rate.said.made is not None
        assert known is bool(rate.published and rate.licence and rate.said.grade)
        assert known is (rate.said.origin == "published")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("lasts = 1.0", "last = 1.0", "Line 12, last: is not a key that is known here: is “lasts” meant?"),
        ("age = 6", "age = 18", "children[1].age: must be from 0 to 17, not 18"),
        ("number = 50", "number = 0", "children[1].number: must be a child at least, not 0"),
        ("level = 1\n", "", "inputs.effect.level: is missing: how good the design is"),
        ("over = 1\n", "over = 0\n", "rates[1].over: must be years, more than 0"),
        ('move = "care-parents"', 'move = "care-home"', "rates[2].move: must be one of kinship-care"),
        ('move = "care-parents"', 'move = "care-parents"\norder = "informal"', "rates[2].order: says on what footing"),
        ("mean = 0.03", "mean = 3", "rates[1].share: the mean of a share must lie between 0 and 1"),
    ],
)
def test_a_question_that_cannot_be_is_refused_by_its_line(old: str, new: str, said: str) -> None:
    with pytest.raises(WrongScenario, match=re.escape(said)):
        asked(written().replace(old, new, 1))

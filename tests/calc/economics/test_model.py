"""A case comes to what it comes to by hand, and moves the way that anybody would expect."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.economics.agencies import standings
from alongside.calc.economics.distributions import Fixed
from alongside.calc.economics.model import Case, Circular, Cost, Product, Value, flows, needed, payback, people, worth
from alongside.calc.economics.prices import Deflator, UnknownYear
from tests.calc.economics.cases import CARE, DELIVERY, FIXED, WELL, a_case

SHARE = st.floats(0, 1)


def comes_to(case: Case) -> dict[str, float]:
    found = worth(case, case.means())
    return {name: float(getattr(found, name)) for name in ("cost", "fiscal", "social", "cashable", "net", "ratio")}


def test_the_case_of_the_docs_by_hand() -> None:
    # 100 families, 20 at risk, 10 engaged, 8 retained, 2 changed, 1 of them not anyway: £40,000 in its first year,
    # £36,000 in its second and £32,400 in its third; 40,000 + 36,000/1.035 + 32,400/1.071225 = 105,028.38.
    case = a_case()
    found = comes_to(case)
    assert float(people(CARE, case.means())) == pytest.approx(1)
    assert found["cost"] == 90_000
    assert found["fiscal"] == pytest.approx(40_000 + 36_000 / 1.035 + 32_400 / 1.071225)
    assert found["ratio"] == pytest.approx(1.166982, abs=1e-6)
    assert found["cashable"] == pytest.approx(found["fiscal"] / 2)
    assert payback(case, case.means()) == 2


def test_the_second_case_of_the_docs_by_hand() -> None:
    # Half begin in year 0 and half in year 1; it starts a year later and lasts two: £20,000, £38,000, £18,000 in years
    # 1 to 3, of which prices and optimism leave 1.1 · 0.6. Delivery is put up by a tenth.
    late = replace(CARE, lag=1, duration=2, price=1.1, optimism=-0.4)
    case = a_case(outcomes=(late,), costs=(replace(DELIVERY, optimism=0.1),), starts=(0.5, 0.5))
    found = comes_to(case)
    assert found["cost"] == pytest.approx(99_000)
    assert found["fiscal"] == pytest.approx(46_881.15, abs=0.005)
    assert found["ratio"] == pytest.approx(0.473547, abs=1e-6)
    assert payback(case, case.means()) is None
    nhs = {flow.year: flow.fiscal for flow in flows(case, case.means()) if flow.agency == "NHS"}
    assert nhs == pytest.approx({1: 1_320, 2: 2_508, 3: 1_188})


def test_families_who_start_later_are_worth_less_by_their_year() -> None:
    now, later = a_case(years=8), a_case(years=8, starts=(0.0, 1.0))
    assert comes_to(later)["fiscal"] == pytest.approx(comes_to(now)["fiscal"] / 1.035)
    both = a_case(years=8, starts=(0.5, 0.5))
    assert comes_to(both)["fiscal"] == pytest.approx((comes_to(now)["fiscal"] + comes_to(later)["fiscal"]) / 2)


def test_effects_beyond_the_horizon_are_not_counted() -> None:
    assert comes_to(a_case(years=2))["fiscal"] == pytest.approx(40_000 + 36_000 / 1.035)
    late = replace(CARE, lag=4)
    assert comes_to(a_case(outcomes=(late,)))["fiscal"] == pytest.approx(40_000 / 1.035**4)


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_deadweight_never_raises_the_benefit(one: float, other: float) -> None:
    less, more = sorted((one, other))
    low = comes_to(a_case(inputs=FIXED | {"deadweight": Fixed(less)}))["fiscal"]
    assert comes_to(a_case(inputs=FIXED | {"deadweight": Fixed(more)}))["fiscal"] <= low


@given(SHARE, SHARE, st.integers(1, 12), st.integers(0, 4))
def test_the_agencies_together_are_the_whole(drop: float, part: float, years: int, lag: int) -> None:
    outcome = replace(CARE, agencies={"Council": part, "NHS": 1 - part}, lag=lag, duration=2.5)
    case = a_case(
        years=years,
        inputs=FIXED | {"drop_off": Fixed(drop)},
        outcomes=(outcome, WELL),
        costs=(DELIVERY, Cost("rent", "Rent", "NHS", "cost_per_family", years=3)),
        starts=(0.25, 0.75)[: min(years, 2)] if years > 1 else (1.0,),
    )
    found, rows = worth(case, case.means()), list(flows(case, case.means()))
    for name in ("cost", "fiscal", "social"):
        told = sum(getattr(row, name) * case.factors[row.year] for row in rows)
        assert told == pytest.approx(float(getattr(found, name)), abs=1e-6)
        stood = sum(getattr(each, name) for each in standings(case, case.means()))
        assert stood == pytest.approx(float(getattr(found, name)), abs=1e-6)


def test_how_many_care_years_pay_for_it_as_the_seeds_reckon() -> None:
    # One year of care at £40,000, not discounted: ratio · cost of a family / 40,000 for each family.
    case = a_case(outcomes=(replace(CARE, duration=1),))
    means = case.means()
    per_family = float(worth(case, means).ratio) * 900 / 40_000
    assert float(people(case.outcomes[0], means)) == pytest.approx(100 * per_family)
    pays = needed(case, case.outcomes[0], means, cost=90_000)
    assert pays == pytest.approx(90_000 / 40_000)
    enough = a_case(outcomes=case.outcomes, inputs=FIXED | {"impact": Fixed(0.25 * 2.25)})
    assert float(worth(enough, enough.means()).net) == pytest.approx(0, abs=1e-6)
    worthless = a_case(inputs=FIXED | {"care_year": Fixed(0)})
    assert needed(worthless, CARE, worthless.means(), cost=90_000) is None


def test_no_impact_is_minus_the_cost_and_never_pays_back() -> None:
    case = a_case(inputs=FIXED | {"impact": Fixed(0)})
    assert comes_to(case)["net"] == -90_000
    assert payback(case, case.means()) is None


def test_where_nothing_is_spent_there_is_no_ratio() -> None:
    found = worth(free := a_case(costs=()), free.means())
    assert found.ratio != found.ratio


@given(st.floats(0.5, 2), st.floats(0.5, 2))
def test_changes_of_price_year_cancel(one: float, other: float) -> None:
    prices = Deflator("", "", {2013: 1.0, 2019: one, 2025: other})
    both_ways = prices.factor(2013, to=2019) * prices.factor(2019, to=2025) * prices.factor(2025, to=2013)
    assert both_ways == pytest.approx(1)


def test_a_year_without_prices_is_named() -> None:
    with pytest.raises(UnknownYear, match="prices of 1990 cannot be changed: the deflator knows 2013 to 2019"):
        Deflator("", "", {2013: 73.48, 2019: 81.11}).factor(1990, to=2019)


def test_what_the_published_foster_cost_comes_to() -> None:
    # £700 a week of 2013 in prices of 2019 is the £40,000 of the seeds, so that is likely a gross cost of fostering.
    assert 700 * 52 * Deflator("", "", {2013: 73.48, 2019: 81.11}).factor(2013, to=2019) == pytest.approx(40_179, abs=1)


def test_inputs_are_worked_out_from_others_and_never_in_a_circle() -> None:
    inputs = FIXED | {"children": Product(("families", "each")), "each": Fixed(1.5)}
    case = a_case(inputs=inputs, outcomes=(replace(CARE, population="children"),))
    assert comes_to(case)["fiscal"] == pytest.approx(1.5 * comes_to(a_case())["fiscal"])
    with pytest.raises(Circular, match=r"a → b → a|b → a → b"):
        a_case(inputs=FIXED | {"a": Product(("b",)), "b": Product(("a", "families"))})


def test_kinds_of_value_stay_apart() -> None:
    found = comes_to(a_case(outcomes=(CARE, WELL)))
    assert found["fiscal"] == found["social"]
    assert {value.value for value in Value} == {"fiscal", "economic", "social"}

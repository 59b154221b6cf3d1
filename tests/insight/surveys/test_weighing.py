"""Weighted shares stand for everybody, tell of no few carers, and are not given where they would mean nothing."""

from collections import Counter
from datetime import date
from functools import partial
from itertools import product

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from alongside.calc.surveys.definition import Definition
from alongside.insight.surveys.counting import asked_of
from alongside.insight.surveys.protecting import EVERYWHERE, shown_of
from alongside.insight.surveys.results import QuestionResult, told, weighed
from alongside.insight.surveys.tallying import N, tally
from alongside.insight.surveys.weighing import Weights
from alongside.records.surveys.models import KnownTotals
from alongside.records.surveys.queries import Counted
from tests.insight.surveys.attacking import AREAS, FEW, Attacker, Way, asks, gave, one, rows_of, ways

SURVEY = Definition(
    "A", "b", "c", (asks(one("age", answers="young old", needed=True), one("helped", answers="yes no perhaps")),)
)
ASKED, _ = asked_of({1: SURVEY})
KIRKLEES, LEEDS = "E08000034", "E08000035"


def known(young: int, old: int) -> list[KnownTotals]:
    groups = [[["young"], young], [["old"], old]]
    return [KnownTotals(question="age", groups=groups, source="Somebody", counted_on=date(2026, 3, 31))]


def results(rows: list[Counted], totals: list[KnownTotals]) -> tuple[tuple[QuestionResult, ...], Weights]:
    tallies = tally(rows, ASKED)
    shown = shown_of(tallies, ASKED)
    weights = weighed(ASKED, rows, shown, totals)
    assert weights
    return told(ASKED, list(tallies), shown, rows, weights), weights


def test_those_who_answered_too_seldom_count_for_more() -> None:
    rows = rows_of(
        [
            (KIRKLEES, {"age": "young", "helped": "yes"}, 20),
            (KIRKLEES, {"age": "young", "helped": "no"}, 20),
            (LEEDS, {"age": "old", "helped": "yes"}, 60),
            (LEEDS, {"age": "old", "helped": "no"}, 100),
        ]
    )
    (_, helped), weights = results(rows, known(500, 500))
    yes = helped.numbers[0]
    assert (yes.some, yes.share) == (80, 40)
    assert yes.weighted
    assert yes.weighted.share == 44  # half of the young, and 60 of 160 of the old
    assert weights.raked.effective_n == pytest.approx(1000**2 / (40 * 12.5**2 + 160 * 3.125**2))
    assert weights.effective == 130
    assert yes.weighted.low < 44 < yes.weighted.high
    assert yes.interval
    assert yes.weighted.high - yes.weighted.low > yes.interval[1] - yes.interval[0]


@pytest.mark.parametrize(
    ("rows", "totals", "why"),
    [
        ([("young", "yes", 15), ("old", "no", 10)], known(1, 9000), "fewer than 30 equal answers"),
        ([("young", "yes", 4), ("old", "no", 100)], known(100, 100), "is not shown"),
    ],
)
def test_weights_that_mean_nothing_or_tell_are_not_given(
    rows: list[tuple[str, str, int]], totals: list[KnownTotals], why: str
) -> None:
    drawn: list[tuple[str, Way, int]] = [("", {"age": age, "helped": said}, times) for age, said, times in rows]
    found, weights = results(rows_of(drawn), totals)
    assert why in weights.reason
    assert all(number.weighted is None for each in found for number in each.numbers)


def test_a_share_that_would_tell_of_a_few_of_a_group_is_left_out() -> None:
    rows = [(LEEDS, {"age": "old", "helped": said}, 50) for said in ("yes", "no", "perhaps")]
    few = [(LEEDS, {"age": "young", "helped": "yes"}, 2), (LEEDS, {"age": "young", "helped": "no"}, 12)]
    (_, helped), weights = results(rows_of([*rows, *few]), known(1000, 1000))
    assert weights.reason == ""
    assert helped.numbers[0].some == 52
    assert helped.numbers[0].weighted is None


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])  # each is dear
@given(st.data(), st.integers(1, 9))
def test_no_few_of_an_area_or_of_a_group_can_be_worked_out(data: st.DataObject, young: int) -> None:
    every = ways(SURVEY)
    some = st.tuples(st.sampled_from(list(AREAS.values())), st.sampled_from(every), st.integers(1, 40))
    rows = rows_of(data.draw(st.lists(some, min_size=6, max_size=14)))
    ages = Counter(row.answers["age"] for row in rows)
    if min(ages["young"], ages["old"]) < 10:
        return
    found, weights = results(rows, known(1000 * young, 10000 - 1000 * young))
    tallies = tally(rows, ASKED)
    attacker = Attacker(every, {area: each[N] for area, each in tallies.items()}, found)
    weighs = [] if weights.reason else weights.raked.weights.tolist()
    loads = {row.answers["age"]: load for row, load in zip(rows, weighs, strict=False) if row.answers["age"]}
    for each in found:
        attacker.read_weighted(each, lambda way: loads.get(way["age"], 0.0))
    for area, answer in product([*tallies, EVERYWHERE], ("yes", "no", "perhaps")):
        said = [row for row in rows if row.answers.get("helped") == answer]
        number = sum(area in (row.authority if row.authority in tallies else "", EVERYWHERE) for row in said)
        if 0 < number < FEW:
            assert attacker.span(attacker.those(area, partial(gave, key="helped", answer=answer))) >= FEW - 1e-6
    for age, answer in product(ages, ("yes", "no", "perhaps")):
        both = {"age": age, "helped": answer}
        if age and 0 < sum(row.answers == both for row in rows) < FEW:
            assert attacker.span(attacker.those(EVERYWHERE, lambda way, both=both: way == both)) >= FEW - 1e-6  # type: ignore[misc]

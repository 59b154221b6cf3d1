"""Weighted shares stand for everybody, tell of no few carers, and are not given where they would mean nothing."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from itertools import product

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from alongside.calc.surveys.definition import Ask, Comparison, Definition
from alongside.insight.surveys.counting import asked_of
from alongside.insight.surveys.protecting import EVERYWHERE, shown_of
from alongside.insight.surveys.results import QuestionResult, told, weighed
from alongside.insight.surveys.tallying import FEWEST, N, tally
from alongside.insight.surveys.weighing import Weights, weigh
from alongside.records.surveys.models import KnownTotals
from alongside.records.surveys.queries import Counted
from tests.insight.surveys.attacking import AREAS, FEW, Attacker, Way, asks, one, rows_of, ways

SURVEY = Definition(
    "A",
    "b",
    "c",
    (
        asks(one("age", answers="young old", needed=True), one("helped", answers="yes no perhaps", needed=True)),
        asks(one("well", needed=True)),
        asks(one("stay", needed=True), one("sure", Ask("stay", Comparison.IS, "yes"), needed=True)),
    ),
)
ASKED, _ = asked_of({1: SURVEY})
ANSWERS = [("helped", "yes"), ("helped", "no"), ("helped", "perhaps"), ("well", "yes"), ("well", "no")]
KIRKLEES, LEEDS = "E08000034", "E08000035"


def known(young: int, old: int) -> list[KnownTotals]:
    groups = [[["young"], young], [["old"], old]]
    return [KnownTotals(question="age", groups=groups, source="Somebody", counted_on=date(2026, 3, 31))]


def of_areas(kirklees: int, leeds: int) -> list[KnownTotals]:
    groups = [[[KIRKLEES], kirklees], [[LEEDS], leeds]]
    return [KnownTotals(question="area", groups=groups, source="Somebody", counted_on=date(2026, 3, 31))]


def results(rows: list[Counted], *versions: list[KnownTotals]) -> tuple[tuple[QuestionResult, ...], Weights]:
    tallies = tally(rows, ASKED)
    shown = shown_of(tallies, ASKED)
    history = [weighed(ASKED, rows, shown, totals, "area") for totals in versions]
    return told(ASKED, list(tallies), shown, rows, history), history[-1]


def test_those_who_answered_too_seldom_count_for_more() -> None:
    rows = rows_of(
        [
            (KIRKLEES, {"age": "young", "helped": "yes"}, 20),
            (KIRKLEES, {"age": "young", "helped": "no"}, 20),
            (LEEDS, {"age": "old", "helped": "yes"}, 60),
            (LEEDS, {"age": "old", "helped": "no"}, 100),
        ]
    )
    (_, helped, *_), weights = results(rows, known(500, 500))
    yes = helped.numbers[0]
    assert (yes.some, yes.share) == (80, 40)
    assert yes.weighted
    assert yes.weighted.share == 44  # half of the young, and 60 of 160 of the old
    assert weights.raked.effective_n == pytest.approx(1000**2 / (40 * 12.5**2 + 160 * 3.125**2))
    assert weights.effective == 130
    assert yes.weighted.low < 44 < yes.weighted.high
    assert yes.interval
    assert yes.weighted.high - yes.weighted.low > yes.interval[1] - yes.interval[0]


def test_an_area_in_which_few_answered_counts_for_all_who_live_there() -> None:
    rows = [(KIRKLEES, {"helped": said}, 30) for said in ("yes", "no")]
    rows += [(LEEDS, {"helped": "yes"}, 100), (LEEDS, {"helped": "no"}, 40)]
    (_, helped, *_), weights = results(rows_of([*rows, ("", {"helped": "no"}, 12)]), of_areas(700, 700))
    assert weights.raked.missing == 12
    yes = helped.numbers[0]
    assert (yes.some, yes.of) == (130, 212)
    assert yes.weighted
    assert yes.weighted.share == 61  # the mean of 50% and 71%


def test_areas_with_few_answers_are_weighted_together() -> None:
    areas = [(KIRKLEES, 30), (LEEDS, 12), ("E08000032", 4), ("E08000033", 0)]
    known = KnownTotals(question="area", groups=[[[code], 100] for code, _ in areas], counted_on=date(2026, 3, 31))
    weights = weigh(rows_of([(code, {}, number) for code, number in areas if number]), [known], "area")
    assert [(margin.n, round(margin.known)) for margin in weights.raked.margins] == [(16, 300), (30, 100)]


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
    (_, helped, *_), weights = results(rows_of([*rows, *few]), known(1000, 1000))
    assert weights.reason == ""
    assert helped.numbers[0].some == 52
    assert helped.numbers[0].weighted is None


def test_shares_of_an_area_are_told_where_they_tell_of_no_few() -> None:
    rows: list[tuple[str, Way, int]] = [
        (area, {"age": age, "helped": said}, times)
        for area in (KIRKLEES, LEEDS)
        for age, said, times in [("young", "yes", 20), ("young", "no", 20), ("old", "yes", 30), ("old", "no", 90)]
    ]
    (_, helped, *_), _ = results(rows_of(rows), known(1000, 1000))
    assert [line.numbers[0].weighted and line.numbers[0].weighted.share for line in helped.areas] == [38, 38]
    few: list[tuple[str, Way, int]] = [
        (LEEDS, {"age": age, "helped": "yes"}, n) for age, n in (("young", 2), ("old", 80))
    ]
    (_, helped, *_), _ = results(rows_of([*rows[:4], *few, (LEEDS, {"age": "old", "helped": "no"}, 8)]), known(1, 1))
    assert helped.areas[1].numbers[0].some == 82
    assert helped.areas[1].numbers[0].weighted is None


def test_questions_that_hang_together_have_no_weighted_shares() -> None:
    said = {"helped": "yes", "well": "yes", "stay": "yes", "sure": "no"}
    drawn: list[tuple[str, Way, int]] = [(LEEDS, {"age": age, **said}, 50) for age in ("young", "old")]
    (_, *plain, stay, sure), _ = results(rows_of(drawn), known(300, 900))
    assert all(number.weighted for each in plain for number in each.numbers)
    assert not any(number.weighted for each in (stay, sure) for number in each.numbers)


@settings(max_examples=5, deadline=None, phases=[Phase.explicit, Phase.generate])  # each is dear
@given(st.data(), st.integers(1, 9), st.integers(1, 9), st.booleans())
def test_nobody_works_out_a_few_from_the_shares_of_all_questions_before_and_after_totals_were_replaced(
    data: st.DataObject, young: int, slip: int, by_area: bool
) -> None:
    every = [way for way in ways(SURVEY) if None not in way.values()]
    some = st.tuples(st.sampled_from(list(AREAS.values())), st.sampled_from(every), st.integers(1, 40))
    rows = rows_of(data.draw(st.lists(some, min_size=9, max_size=20)))
    held = [*Counter(row.authority for row in rows).values(), *Counter(row.answers["age"] for row in rows).values()]
    if min(held) < FEWEST:
        return
    known_by = of_areas if by_area else known
    versions = [known_by(1000 * each, 10000 - 1000 * each) for each in (slip, young)]
    tallies = tally(rows, ASKED)
    told_by = [results(rows, *versions[: number + 1]) for number in range(len(versions))]
    attacker = Attacker(every, {area: each[N] for area, each in tallies.items()}, told_by[0][0])
    bare = Attacker(every, {area: each[N] for area, each in tallies.items()}, told_by[0][0])
    for found, weights in told_by:
        weighs = {} if weights.reason else dict(zip(map(stands, rows), weights.loads.tolist(), strict=True))
        for each in found:
            attacker.read_weighted(each, lambda home, way, weighs=weighs: weighs.get((home, way["age"]), 0.0))  # type: ignore[misc]
    for area, there in small(rows, data):
        aim = attacker.those(area, there)
        assert attacker.span(aim) >= min(FEW, bare.span(aim)) - 1e-5


def stands(row: Counted) -> tuple[str, object]:
    return row.authority, row.answers["age"]


def small(rows: list[Counted], data: st.DataObject) -> list[tuple[str, Callable[[Way], bool]]]:
    """Some small numbers: of an answer, or an age, or both, in an area or everywhere."""
    ages: list[Way] = [{}, {"age": "young"}, {"age": "old"}]
    answers: list[Way] = [{}, *({key: answer} for key, answer in ANSWERS)]
    found: list[tuple[str, Callable[[Way], bool]]] = []
    for area, age, answer in product([*AREAS.values(), EVERYWHERE], ages, answers):
        both = {**age, **answer}.items()
        here = [row for row in rows if area in (row.authority, EVERYWHERE) and both <= row.answers.items()]
        if 0 < len(here) < FEW:
            found.append((area, partial(has, both)))
    return data.draw(st.permutations(found))[:8]


def has(both: Iterable[tuple[str, object]], way: Way) -> bool:
    return set(both) <= set(way.items())

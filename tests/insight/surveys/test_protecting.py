"""Somebody who adds and takes away every number of a round never learns what a few carers said."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from alongside.calc.surveys.definition import Ask, Choice, Comparison, Definition, Kind, Part, Question, Repeat, Rule
from alongside.insight.surveys.counting import asked_of, bands_of
from alongside.insight.surveys.protecting import EVERYWHERE, shown_of
from alongside.insight.surveys.results import told
from alongside.insight.surveys.tallying import ELSEWHERE, FEWEST, N, tally
from alongside.records.surveys.queries import Counted
from tests.insight.surveys.attacking import AREAS, FEW, Attacker, Way, Ways, answered, asks, gave, one, rows_of, ways

IS = Comparison.IS
MANY = Question("which", "which", Kind.MANY, choices=(Choice("a", "A"), Choice("b", "B")))
SCALE = Question("well", "well", Kind.SCALE, low=0, high=3)
WHOLE = Question("many", "many", Kind.WHOLE, low=0, high=2)
YES = Ask("helped", IS, "yes")
SURVEYS = {
    "alone": [asks(MANY)],
    "those who said yes": [asks(one("helped"), one("more", YES, needed=True))],
    "those who said no or perhaps": [
        asks(
            one("helped", answers="yes no perhaps"),
            one("why", Ask("helped", Comparison.IS_NOT, "yes"), answers="time money trust"),
        )
    ],
    "either of two answers, and what then": [
        asks(
            one("helped", answers="yes no perhaps"),
            one("more", YES, Ask("helped", IS, "perhaps"), either=True),
            one("most", Ask("more", IS, "yes")),
        )
    ],
    "one of several and a scale": [
        asks(MANY, SCALE, one("more", Ask("which", IS, "a"), Ask("well", Comparison.AT_LEAST, 2)))
    ],
    "a whole part, and one within it": [
        asks(one("helped")),
        asks(one("more"), one("most", Ask("more", IS, "no")), show_if=Rule((YES,))),
    ],
    "by a number that is not told": [
        asks(one("helped"), Question("many", "many", Kind.WHOLE, low=0, high=1, show_if=Rule((YES,)))),
        asks(one("more", needed=True), one("most", needed=True), show_if=Rule((Ask("many", Comparison.AT_LEAST, 1),))),
    ],
    "each child": [
        asks(WHOLE),
        asks(one("order"), one("sure", Ask("order", IS, "yes")), repeat=Repeat("many", "child")),
    ],
}


def small_spans(survey: Definition, every: Ways, rows: list[Counted]) -> Iterator[tuple[object, float]]:
    """What an attacker can tell of each small number of carers who gave an answer, or gave only others."""
    asked, _ = asked_of({1: survey})
    tallies = tally(rows, asked)
    results = told(asked, list(tallies), shown_of(tallies, asked), rows, [])
    attacker = Attacker(every, {area: found[N] for area, found in tallies.items()}, results)
    truth = Counter((area, frozen(row.answers)) for row in rows for area in (home(row, tallies), EVERYWHERE))
    for each in asked:
        for area, choice in product([*tallies, EVERYWHERE], each.answers):
            found = partial(gave, key=each.question.key, answer=choice.key)
            for there in (found, partial(gave_others, key=each.question.key, answer=choice.key)):
                number = sum(truth[area, frozen(way)] for way in every if there(way))
                if 0 < number < FEW and (there is found or each.several):
                    yield (area, choice.key, there is found), attacker.span(attacker.those(area, there))


def gave_others(way: Way, key: str, answer: str) -> bool:
    return answered(way, key) and not gave(way, key, answer)


def frozen(way: Way) -> str:
    return repr(sorted(way.items()))


def home(row: Counted, tallies: Mapping[str, object]) -> str:
    return row.authority if row.authority in tallies else ELSEWHERE


@pytest.mark.parametrize("parts", SURVEYS.values(), ids=SURVEYS)
def test_no_small_number_can_be_worked_out(parts: list[Part]) -> None:
    survey = Definition("A", "b", "c", tuple(parts))
    every = ways(survey)
    some = st.tuples(st.sampled_from(list(AREAS.values())), st.sampled_from(every), st.integers(1, 30))

    @settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate])  # each is dear
    @given(st.lists(some, min_size=3, max_size=12).filter(lambda drawn: sum(times for *_, times in drawn) >= FEWEST))
    def attack(drawn: list[tuple[str, Way, int]]) -> None:
        for place, span in small_spans(survey, every, rows_of(drawn)):
            assert span >= FEW - 1e-6, place

    attack()


YES_NO = Definition("A", "b", "c", tuple(SURVEYS["those who said yes"]))


def test_a_small_round_hides_the_few_and_still_shows_the_many() -> None:
    leeds, kirklees = "E08000035", "E08000034"
    rows = rows_of(
        [
            (kirklees, {"helped": "yes", "more": "no"}, 17),
            (kirklees, {"helped": "no"}, 3),
            (leeds, {"helped": "yes", "more": "yes"}, 20),
        ]
    )
    asked, _ = asked_of({1: YES_NO})
    shown = shown_of(tally(rows, asked), asked)
    assert (kirklees, ("is", "helped", "no")) not in shown
    # The three are not asked for more, so how many answered that would tell as much.
    assert (kirklees, ("said", "more")) not in shown
    assert shown[leeds, ("is", "helped", "yes")] == 20
    assert shown[EVERYWHERE, N] == 40


def test_a_question_that_hangs_on_either_of_two_others_has_no_results() -> None:
    hung = one("then", YES, Ask("well", Comparison.AT_LEAST, 2), either=True)
    after = one("last", Ask("then", IS, "yes"))
    asked, tangled = asked_of({1: Definition("A", "b", "c", (asks(one("helped"), SCALE, hung, after),))})
    assert [each.question.key for each in asked] == ["helped", "well"]
    assert [question.key for question in tangled] == ["then", "last"]


def test_areas_with_few_stand_together_and_are_never_few() -> None:
    rows = rows_of([("E1", {}, 12), ("E2", {}, 30), ("E3", {}, 4), ("", {}, 3)])
    assert {area: found[N] for area, found in tally(rows, []).items()} == {ELSEWHERE: 19, "E2": 30}


def test_a_carer_counts_once_whatever_her_children() -> None:
    asked, _ = asked_of({1: Definition("A", "b", "c", tuple(SURVEYS["each child"]))})
    rows = rows_of([("", {"many": 2, "order.1": "yes", "order.2": "yes"}, 1), ("", {"many": 1, "order.1": None}, 1)])
    found = tally(rows, asked)[ELSEWHERE]
    assert found["is", "order", "yes"] == 1
    assert found["not", "order", "no"] == 1
    assert found["rather", "order"] == 1


@given(st.integers(-5, 5), st.integers(0, 40))
def test_bands_hold_each_point_once(low: int, more: int) -> None:
    points = [point for first, last in bands_of(low, low + more) for point in range(first, last + 1)]
    assert points == list(range(low, low + more + 1))

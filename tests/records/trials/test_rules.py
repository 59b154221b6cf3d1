"""What a family is like when chance decides, and what its records say became of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.records.trials import drawing, rules
from alongside.records.trials.rules import FACTORS, Child, Entrant, Family, levels

DAY, WEEKS = date(2026, 3, 2), timedelta(weeks=12)
MEASURED = Entrant("", False, None, True, 0, DAY, None, None, (), (DAY - timedelta(days=9), DAY + WEEKS))


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2021, 3, 3), "under 5"),
        (date(2021, 3, 2), "5 to 10"),
        (date(2015, 3, 3), "5 to 10"),
        (date(2015, 3, 2), "11 or over"),
        (None, "not known"),
    ],
)
def test_the_age_of_the_youngest_changes_on_the_birthday(born: date | None, age: str) -> None:
    family = Family("", "", (Child(born, "", ""),))
    assert levels(family, ["youngest"], DAY) == {"youngest": age}


def test_a_family_of_which_nothing_is_known_has_a_level_in_every_factor() -> None:
    assert levels(Family("", "", ()), FACTORS, DAY) == dict.fromkeys(FACTORS, rules.UNKNOWN)


@pytest.mark.parametrize(
    ("changed", "way"),
    [
        ({}, rules.ANALYSED),
        ({"answered": (DAY + WEEKS,)}, rules.NO_START),
        ({"answered": (DAY, DAY + timedelta(days=1))}, rules.NO_END),
        ({"answered": (DAY,), "closed_on": DAY + timedelta(weeks=3)}, rules.ENDED),
        ({"withdrawn_on": DAY + timedelta(weeks=13)}, rules.ANALYSED),
        ({"withdrawn_on": DAY + timedelta(weeks=13), "answers_may_stay": False}, rules.TOOK_BACK),
        ({"withdrawn_on": DAY, "answered": (DAY,)}, rules.TOOK_BACK),
        ({"answered": (DAY, DAY + timedelta(weeks=16))}, rules.ANALYSED),
        ({"answered": (DAY, DAY + timedelta(weeks=16, days=1))}, rules.NO_END),
    ],
)
def test_what_became_of_a_family_follows_from_its_records(changed: dict[str, object], way: str) -> None:
    assert rules.followed(replace(MEASURED, **changed), DAY, rules.asked_again(12, None)) == way


@pytest.mark.parametrize(
    ("arm", "began", "had"),
    [(0, 2, True), (0, None, False), (0, 13, False), (1, None, True), (1, 2, False), (1, 8, True)],
)
def test_support_counts_where_it_came_in_time_and_not_before_its_turn(arm: int, began: int | None, had: bool) -> None:
    supported = () if began is None else ((DAY + timedelta(weeks=began), None),)
    turn_on = DAY + timedelta(weeks=8) if arm else None
    family = replace(MEASURED, arm=arm, supported=supported, turn_on=turn_on)
    assert rules.received(family, DAY, WEEKS) == (rules.AS_ALLOCATED if had else rules.OTHERWISE)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["one", "two or more"]), min_size=1, max_size=30), st.integers(0, 2**256 - 1))
def test_blocks_keep_the_arms_of_alike_families_within_half_a_block(told: list[str], number: int) -> None:
    seed, past = f"{number:064x}", list[tuple[drawing.Levels, int]]()
    for level in told:
        here = {"children": level}
        past.append((here, drawing.arm_by_blocks(seed, here, past)))
        arms = [arm for levels_, arm in past if levels_ == here]
        assert abs(arms.count(0) - arms.count(1)) <= 3


@settings(max_examples=25)
@given(st.lists(st.integers(1, 40), min_size=4, max_size=12), st.integers(0, 2**256 - 1))
def test_clusters_next_to_one_another_in_size_go_one_each_way(families: list[int], number: int) -> None:
    arms = drawing.arms_of_clusters(f"{number:064x}", families)
    assert abs(arms.count(0) - arms.count(1)) <= 1
    by_size = sorted(range(len(families)), key=lambda place: (-families[place], place))
    for first, second in zip(by_size[::2], by_size[1::2], strict=False):
        assert arms[first] != arms[second]


def test_two_seeds_draw_two_sequences() -> None:
    def sequence(seed: str) -> list[int]:
        past = list[tuple[drawing.Levels, int]]()
        for number in range(1, 41):
            here = {"children": "one"}
            past.append((here, drawing.arm_by_minimisation(seed, number, here, past)))
        return [arm for _, arm in past]

    assert sequence("0" * 64) == sequence("0" * 64) != sequence("1" * 64)

"""The Maryland level follows from what was done, never falls when more is done, and says what would raise it."""

from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.outcomes.design import Allocation, Design, maryland

TRIAL = Design(comparison=True, allocation=Allocation.RANDOM, as_allocated=True, alike=True, lost=0.15, lost_apart=0.05)
ORDER = list(Allocation)


@pytest.mark.parametrize(
    ("design", "level"),
    [
        (Design(), 1),
        (Design(before=True), 1),
        (Design(comparison=True), 1),
        (Design(alike=True), 1),
        (Design(adjusted=True), 1),
        (Design(before=True, adjusted=True), 2),
        (Design(comparison=True, adjusted=True), 2),
        (Design(comparison=True, alike=True), 2),
        (Design(comparison=True, alike=True, adjusted=True), 2),
        (Design(before=True, comparison=True), 2),
        (Design(before=True, comparison=True, alike=True), 3),
        (Design(comparison=True, alike=True, allocation=Allocation.AS_IF_RANDOM), 4),
        (Design(comparison=True, allocation=Allocation.RANDOM, as_allocated=True), 4),
        (TRIAL, 5),
        (replace(TRIAL, lost=0.21), 4),
        (replace(TRIAL, lost_apart=0.11), 4),
        (replace(TRIAL, lost_apart=None), 4),
        (replace(TRIAL, alike=False), 4),
        (replace(TRIAL, alike=False, as_allocated=False), 1),
    ],
)
def test_the_level_of_a_design(design: Design, level: int) -> None:
    found = maryland(design)
    assert found.level == level
    assert found.words.startswith(f"Level {level} of 5 on the Maryland scale. ")


def test_before_and_after_says_that_there_is_no_comparison_group_and_what_would_raise_it() -> None:
    found = maryland(Design(before=True))
    assert "no comparison group" in found.why
    assert len(found.to_raise) == 2
    assert found.to_raise == (
        "To reach level 2: measure people without the service in the same way.",
        "To reach level 2: allow for what else differed between the groups, or between before and after.",
    )
    assert "Some of the change would have come about anyway" in found.words


def test_a_trial_that_lost_too_many_is_told_so() -> None:
    assert maryland(replace(TRIAL, lost=0.4)).to_raise == (
        "To reach level 5: lose no more than one person in five, and about as many in each group.",
    )
    assert maryland(TRIAL).to_raise == ()


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="a share of people lost lies between 0 and 1"):
        maryland(replace(TRIAL, lost=15))
    with pytest.raises(ValueError, match="nobody can be allocated where there is one group only"):
        maryland(Design(before=True, allocation=Allocation.RANDOM))


DESIGNS = [
    Design(before, comparison, adjusted, alike, allocation, as_allocated, lost, apart)
    for before, comparison, adjusted, alike, as_allocated in product([False, True], repeat=5)
    for allocation in (Allocation if comparison else [Allocation.CHOSEN])
    for lost, apart in ((None, None), (0.3, 0.0), (0.1, 0.0))
]


@given(st.sampled_from(DESIGNS), st.sampled_from(["before", "comparison", "adjusted", "alike", "as_allocated"]))
def test_doing_more_never_lowers_the_level(design: Design, fact: str) -> None:
    more = replace(design, **{fact: True})
    assert maryland(more).level >= maryland(design).level
    if design.comparison:
        for less, chance in pairwise(ORDER):
            better, worse = (maryland(replace(design, allocation=each)).level for each in (chance, less))
            assert better >= worse


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_every_level_below_the_top_says_how_to_rise(level: int) -> None:
    found = [maryland(design) for design in DESIGNS]
    assert all(one.to_raise for one in found if one.level == level)

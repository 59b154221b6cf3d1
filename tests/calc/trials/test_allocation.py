"""Allocation stays balanced, is drawn by chance, repeats from its seed, and refuses what makes no sense."""

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.trials.blocks import allocate_groups, permuted_blocks
from alongside.calc.trials.chance import source
from alongside.calc.trials.minimisation import minimise

ARMS = ["now", "later"]
SEEDS = st.integers(0, 2**32)


def test_the_same_place_has_the_same_chance_and_another_place_another() -> None:
    def drawn(*place: str | int) -> list[float]:
        return source(2026, *place).random(3).tolist()

    assert drawn("SGO", "north") == drawn("SGO", "north")
    others = [drawn("SGO", "south"), drawn("SGOnorth"), drawn("north", "SGO"), drawn(1), drawn("1"), drawn()]
    assert len({tuple(each) for each in [drawn("SGO", "north"), *others]}) == 7
    assert drawn("SGO") != source(2027, "SGO").random(3).tolist()
    # What was drawn once has to come out again years later, on another machine: the list itself is the promise.
    assert "".join(arm[0] for arm in permuted_blocks(20, ARMS, source(1, "SGO"))) == "nlnlnlnnllnnlnlllnln"
    with pytest.raises(ValueError, match="a seed is a whole number from 0"):
        source(-1)


@given(SEEDS, st.integers(0, 60), st.integers(2, 4), st.lists(st.integers(1, 4), min_size=1, max_size=3))
@settings(max_examples=50)
def test_blocks_keep_arms_level_at_every_step(seed: int, length: int, kinds: int, multiples: list[int]) -> None:
    arms = [f"arm {number}" for number in range(kinds)]
    found = permuted_blocks(length, arms, source(seed), multiples=multiples)
    assert len(found) == length
    for end in range(length + 1):
        counts = [found[:end].count(arm) for arm in arms]
        assert max(counts) - min(counts) <= max(multiples)
    assert permuted_blocks(length + 20, arms, source(seed), multiples=multiples)[:length] == found


def test_an_arm_named_twice_has_twice_the_people() -> None:
    found = permuted_blocks(300, ["now", "now", "later"], source(1))
    assert abs(found.count("now") - 200) <= 6


def test_block_sizes_differ_so_that_the_end_of_a_block_cannot_be_told() -> None:
    lists = [permuted_blocks(40, ARMS, source(seed)) for seed in range(400)]
    # With blocks of four only, the fourth would always follow from the first three.
    fourth = Counter(one[3] for one in lists if Counter(one[:3])["now"] == 2)
    assert 0.5 < fourth["later"] / fourth.total() < 0.95
    first = Counter(one[0] for one in lists)
    assert 160 < first["now"] < 240


@given(SEEDS, st.lists(st.sampled_from("abc"), min_size=2, max_size=20))
@settings(max_examples=50)
def test_groups_are_level_in_each_stratum_and_as_a_whole(seed: int, strata: list[str]) -> None:
    groups = {f"team {number}": stratum for number, stratum in enumerate(strata)}
    found = allocate_groups(groups, ARMS, source(seed))
    assert found.keys() == groups.keys()
    assert abs(Counter(found.values())["now"] * 2 - len(groups)) <= 1
    for stratum in set(strata):
        own = [arm for group, arm in found.items() if groups[group] == stratum]
        assert abs(own.count("now") * 2 - len(own)) <= 1
    assert found == allocate_groups(groups, ARMS, source(seed))


def test_every_group_may_go_to_either_arm() -> None:
    found = [allocate_groups({"A": 1, "B": 1, "C": 2}, ARMS, source(seed)) for seed in range(200)]
    for team in "ABC":
        assert 60 < Counter(one[team] for one in found)["now"] < 140


def test_by_hand() -> None:
    # Like the next person: SGO 2 now and 1 later, north 1 now and 2 later. Now would leave 3-1 and 2-2: 2; later
    # would leave 2-2 and 1-3: 2 as well. In age they stand 0 and 1: now leaves 0, later 2.
    so_far = [(("SGO", "south", "old"), "now"), (("SGO", "north", "old"), "now"), (("SGO", "north", "young"), "later")]
    so_far += [(("informal", "north", "old"), "later")]
    found = minimise(("SGO", "north", "young"), so_far, ARMS, source(1))
    assert found.imbalance == {"now": 2 + 0 + 0, "later": 0 + 2 + 2}
    assert found.chances == pytest.approx({"now": 0.8, "later": 0.2})


def test_the_number_drawn_decides_by_the_chances() -> None:
    so_far = [(("SGO",), "now")]
    drawn = [minimise(("SGO",), so_far, ["now", "later", "other"], source(seed)) for seed in range(300)]
    for one in drawn:
        assert one.chances == pytest.approx({"now": 0.1, "later": 0.45, "other": 0.45})
        expected = "now" if one.drawn < 0.1 else "later" if one.drawn < 0.55 else "other"
        assert one.arm == expected
    counts = Counter(one.arm for one in drawn)
    assert 10 < counts["now"] < 55
    assert 100 < counts["later"] < 170


def test_the_first_goes_by_chance_alone() -> None:
    found = minimise(("SGO", "north"), [], ARMS, source(3))
    assert found.imbalance == {"now": 2, "later": 2}
    assert found.chances == {"now": 0.5, "later": 0.5}


def walked(seed: int, allocate: Callable[[tuple[str, ...], list[tuple[tuple[str, ...], str]], int], str]) -> int:
    """How far apart arms lie at the end, over all values of three factors, among sixty people."""
    people = np.random.default_rng(seed).integers(0, 3, (60, 3))
    so_far: list[tuple[tuple[str, ...], str]] = []
    for number, person in enumerate(people.astype(str).tolist()):
        so_far.append((tuple(person), allocate(tuple(person), so_far, number)))
    apart = 0
    for factor in range(3):
        for value in "012":
            own = Counter(arm for person, arm in so_far if person[factor] == value)
            apart += abs(own["now"] - own["later"])
    return apart


def test_arms_are_kept_more_alike_than_by_chance_and_the_walk_repeats() -> None:
    def kept(seed: int) -> int:
        return walked(seed, lambda one, so_far, number: minimise(one, so_far, ARMS, source(seed, number)).arm)

    def tossed(seed: int) -> int:
        return walked(seed, lambda one, so_far, number: ARMS[source(seed, number).integers(2)])

    seeds = range(8)
    assert sum(map(kept, seeds)) < sum(map(tossed, seeds)) / 2
    assert kept(3) == kept(3)


def test_what_makes_no_sense_is_refused() -> None:
    rng = source(1)
    with pytest.raises(ValueError, match="at least two arms"):
        permuted_blocks(4, ["now"], rng)
    with pytest.raises(ValueError, match="cannot be less than 0"):
        permuted_blocks(-1, ARMS, rng)
    with pytest.raises(ValueError, match="holds every arm at least once"):
        permuted_blocks(4, ARMS, rng, multiples=[0])
    with pytest.raises(ValueError, match="1 groups cannot be dealt to 2 arms"):
        allocate_groups({"A": 1}, ARMS, rng)
    with pytest.raises(ValueError, match="at least two arms, each named once"):
        minimise(["x"], [], ["now", "now"], rng)
    with pytest.raises(ValueError, match=r"must lie between 0\.50 and 1"):
        minimise(["x"], [], ARMS, rng, likely=1)
    with pytest.raises(ValueError, match="at least one thing must be known"):
        minimise([], [], ARMS, rng)
    with pytest.raises(ValueError, match="of person 1 2 things are known, and of the next 1"):
        minimise(["x"], [(["x", "y"], "now")], ARMS, rng)
    with pytest.raises(ValueError, match="person 1 is in “never”"):
        minimise(["x"], [(["x"], "never")], ARMS, rng)

"""Frozen rows come back as they went in, and a score is taken from the right day, occasion and edition."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.insight.evaluation.rows import OCCASIONS, Rows, Scores, Words, pack, unpack
from alongside.insight.evaluation.rules import Windows

WINDOWS = Windows(before_days=42, after_from_weeks=8, after_until_weeks=52)
SCORE = st.tuples(
    st.integers(0, 3), st.integers(-60, 500), st.sampled_from(OCCASIONS), st.integers(0, 1), st.integers(0, 10)
)


def made(scores: list[tuple[int, int, str, int, int]]) -> Rows:
    """Four rows with these scores on one scale."""
    ordered = sorted(scores, key=lambda one: one[:2])
    columns = [*zip(*ordered, strict=True)] or [(), (), (), (), ()]
    occasion = [OCCASIONS.index(one) for one in columns[2]]
    kept = Scores(
        np.array(columns[0], dtype=np.int32),
        np.array(columns[1], dtype=np.int32),
        np.array(occasion, dtype=np.int16),
        np.array(columns[3], dtype=np.int16),
        np.array(columns[4], dtype=np.float64),
    )
    words = Words.of(["b", "", "a", "b"])
    numbers = {"days": np.array([1.0, np.nan, 3.0, 4.0])}
    return Rows(("k1", "k2", "k3", "k4"), numbers, {"arm": words}, {"x.y": kept}, WINDOWS)


@settings(max_examples=60)
@given(st.lists(SCORE, max_size=30))
def test_rows_come_back_as_they_went_in_with_the_same_fingerprint(scores: list[tuple[int, int, str, int, int]]) -> None:
    rows = made(scores)
    content, fingerprint = pack(rows)
    back = unpack(content)
    assert pack(back)[1] == fingerprint
    assert (back.keys, back.windows, back.words["arm"].texts()) == (rows.keys, WINDOWS, ["b", "", "a", "b"])
    for mine, theirs in zip(rows.before_and_after("x.y"), back.before_and_after("x.y"), strict=True):
        np.testing.assert_array_equal(mine, theirs)


@settings(max_examples=100)
@given(st.lists(SCORE, max_size=30))
def test_before_and_after_are_those_that_one_finds_by_hand(scores: list[tuple[int, int, str, int, int]]) -> None:
    before, after = made(scores).before_and_after("x.y")
    ordered = sorted(scores, key=lambda one: one[:2])
    for row in range(4):
        own = [one for one in ordered if one[0] == row]
        early = [one for one in own if one[2] == "start" and one[1] <= 42]
        late = [one for one in own if one[2] in ("review", "end") and 56 <= one[1] <= 364]
        clash = early and late and early[-1][3] != late[-1][3]
        wanted = [None if clash or not found else float(found[-1][4]) for found in (early, late)]
        assert [None if np.isnan(one) else one for one in (before[row], after[row])] == wanted


def test_some_of_the_rows_keep_their_own_scores() -> None:
    rows = made([(0, 3, "start", 0, 5), (2, 3, "start", 0, 7), (2, 70, "end", 0, 4), (3, 1, "start", 0, 1)])
    some = rows.only(np.array([False, True, True, True]))
    assert some.keys == ("k2", "k3", "k4")
    np.testing.assert_array_equal(some.before_and_after("x.y")[0], [np.nan, 7, 1])
    np.testing.assert_array_equal(some.before_and_after("x.y")[1], [np.nan, 4, np.nan])
    np.testing.assert_array_equal(some.at("x.y", "end"), [np.nan, 4, np.nan])


def test_an_outcome_that_nobody_answered_is_missing_for_all() -> None:
    before, after = made([]).before_and_after("no.such")
    assert np.isnan(before).all()
    assert np.isnan(after).all()

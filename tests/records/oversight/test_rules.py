"""A sample is drawn by chance and can be drawn again; a caseload is shared out among those with room."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.records.oversight.questions import questions
from alongside.records.oversight.rules import draw, fingerprint, overlapping, shared_out, standing_in

pools = st.sets(st.uuids(), min_size=1, max_size=40)


@given(pools, st.text(max_size=8), st.integers(1, 50))
def test_the_same_seed_draws_the_same_families(pool: set[UUID], seed: str, size: int) -> None:
    drawn = draw(seed, pool, size)
    assert drawn == draw(seed, sorted(pool, reverse=True), size)
    assert set(drawn) <= pool
    assert len(drawn) == len(set(drawn)) == min(size, len(pool))


@given(pools, st.text(max_size=8), st.integers(1, 50))
def test_who_leaves_the_pool_moves_nobody_else(pool: set[UUID], seed: str, size: int) -> None:
    drawn = draw(seed, pool, size)
    without = draw(seed, pool - {drawn[0]}, size)
    assert without[: len(drawn) - 1] == drawn[1:]


def test_each_family_is_as_likely_as_another() -> None:
    pool = [UUID(int=number) for number in range(10)]
    times = dict.fromkeys(pool, 0)
    for seed in range(1000):
        for one in draw(str(seed), pool, 3):
            times[one] += 1
    assert all(240 < count < 360 for count in times.values())


@given(pools)
def test_a_pools_fingerprint_is_its_own(pool: set[UUID]) -> None:
    assert fingerprint(pool) == fingerprint(sorted(pool))
    assert fingerprint(pool) != fingerprint([*pool, UUID(int=0)]) or UUID(int=0) in pool


@given(st.lists(st.uuids(), unique=True, max_size=20), st.dictionaries(st.uuids(), st.integers(-3, 9), max_size=5))
def test_nobody_is_given_more_than_they_have_room_for_while_others_have_room(
    cases: list[UUID], room: dict[UUID, int]
) -> None:
    ranked = {case: sorted(room) for case in cases}
    given_to = shared_out(cases, room, ranked)
    assert set(given_to) == (set(cases) if room else set())
    counts = {worker: list(given_to.values()).count(worker) for worker in room}
    over = [worker for worker, number in counts.items() if number > max(room[worker], 0)]
    if over:
        assert all(counts[worker] >= room[worker] for worker in room)


@pytest.mark.parametrize(
    ("begun", "ends", "over", "today", "stands"),
    [
        (None, date(2026, 11, 27), None, date(2026, 11, 22), "planned"),
        (None, date(2026, 11, 27), None, date(2026, 11, 23), "to begin"),
        (date(2026, 11, 23), date(2026, 11, 27), None, date(2026, 11, 27), "away"),
        (date(2026, 11, 23), date(2026, 11, 27), None, date(2026, 11, 28), "to end"),
        (date(2026, 11, 23), None, None, date(2027, 5, 1), "away"),
        (date(2026, 11, 23), None, date(2026, 12, 1), date(2027, 5, 1), "over"),
    ],
)
def test_where_an_absence_stands(
    begun: date | None, ends: date | None, over: date | None, today: date, stands: str
) -> None:
    assert standing_in(date(2026, 11, 23), begun, ends, over, today) == stands


def test_days_away_may_not_meet() -> None:
    taken = [(date(2026, 11, 23), date(2026, 11, 27))]
    assert overlapping(date(2026, 11, 27), None, taken)
    assert not overlapping(date(2026, 11, 28), None, taken)
    assert overlapping(date(2027, 1, 1), None, [(date(2026, 11, 23), None)])


def test_the_questions_have_keys_of_their_own() -> None:
    keys = [question.key for question in questions().asked]
    assert len(keys) == len(set(keys)) >= 8

"""Moves between programmes, money of a fund, and which contacts count for which programme."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.records.programmes.definition import load_definitions
from alongside.records.programmes.funds import fund
from alongside.records.programmes.rules.money import Agreed, Limit, beyond, left, limit_on
from alongside.records.programmes.rules.moves import Agreement, Way, against_moving, way
from alongside.records.programmes.rules.sessions import Span, Touch, shared_out

START = date(2026, 4, 1)


@given(st.integers(0, 9), st.integers(0, 9))
def test_there_and_back_are_opposite_ways(one: int, other: int) -> None:
    opposite = {Way.STEP_UP: Way.STEP_DOWN, Way.STEP_DOWN: Way.STEP_UP, Way.HAND_OVER: Way.HAND_OVER}
    assert way(other, one) is opposite[way(one, other)]
    assert way(one, None) is Way.TO_AUTHORITY


def test_the_ways_between_the_programmes_there_are() -> None:
    held = {definition.slug: definition.intensity for definition in load_definitions()}
    assert way(held["reach"], held["connected"]) is Way.STEP_UP
    assert way(held["connected"], held["listening-ear"]) is Way.STEP_DOWN
    assert way(held["response"], held["reach"]) is Way.HAND_OVER


@pytest.mark.parametrize("going", Way)
def test_nobody_moves_without_reason_note_and_the_carers_words(going: Way) -> None:
    def against(**changes: str) -> str | None:
        said = {"carer_words": "Please.", "reason": "Court is near", "note": "Ring at ten"} | changes
        found = against_moving(going, Agreement.AGREED, **said)
        return found.field if found else None

    assert against() is None
    assert against(reason=" ") == "reason"
    assert against(note="") == "note"
    assert against(carer_words="") == "carer_words"


@pytest.mark.parametrize("agreement", [Agreement.DID_NOT_AGREE, Agreement.NOT_ASKED])
@pytest.mark.parametrize("going", Way)
def test_only_to_the_authority_may_a_family_go_without_agreement(going: Way, agreement: Agreement) -> None:
    found = against_moving(going, agreement, "I told her by phone.", "Duty", "Note")
    assert (found is None) == (going is Way.TO_AUTHORITY)


def touch(number: int, on: date, channel: str = "phone", said: bool = False, counts_for: UUID | None = None) -> Touch:
    return Touch(UUID(int=number), on, channel, 30, "Asha", said, counts_for)


REACH = Span(UUID(int=100), START, None, frozenset({"phone", "video"}))
CONNECTED = Span(UUID(int=200), START + timedelta(days=30), None, frozenset({"home", "phone"}))


@given(st.lists(st.tuples(st.integers(0, 100), st.sampled_from(["phone", "video", "home", "letter"])), max_size=20))
def test_no_contact_counts_twice_or_for_a_programme_without_such_sessions(rows: list[tuple[int, str]]) -> None:
    touches = [touch(number, START + timedelta(days=day), how) for number, (day, how) in enumerate(rows)]
    found = shared_out(touches, [CONNECTED, REACH])
    counted = [each for span in found.values() for each in span]
    assert len(counted) == len({each.id for each in counted})
    assert all(each.channel in REACH.channels for each in found[REACH.id])
    assert all(each.channel == "home" and each.on >= CONNECTED.started_on for each in found[CONNECTED.id])


def test_what_a_worker_says_goes_before_the_rule() -> None:
    day = START + timedelta(days=40)
    rows = [touch(1, day), touch(2, day, said=True, counts_for=CONNECTED.id), touch(3, day, said=True)]
    found = shared_out(rows, [REACH, CONNECTED])
    assert [[each.id.int for each in found[span.id]] for span in (REACH, CONNECTED)] == [[1], [2]]


def test_the_limit_holds_for_its_year_only() -> None:
    limits = fund("asgsf").limits
    known = limit_on(limits, date(2026, 11, 20))
    assert known is not None
    assert (known.pence, known.verified) == (300_000, False)
    assert limit_on(limits, date(2026, 3, 31)) is None
    assert limit_on(limits, date(2027, 4, 1)) is None


@given(st.lists(st.tuples(st.integers(-400, 800), st.integers(0, 500_000)), max_size=8))
def test_what_goes_beyond_a_limit_is_the_years_own_agreements(rows: list[tuple[int, int]]) -> None:
    limit = Limit(START, date(2027, 3, 31), 300_000, True, "", START)
    agreed = [Agreed(START + timedelta(days=day), pence) for day, pence in rows]
    within = sum(pence for day, pence in rows if 0 <= day <= 364)
    assert beyond(limit, agreed) == max(0, within - 300_000)
    assert beyond(None, agreed) == 0


@given(st.integers(0, 10**7), st.lists(st.integers(0, 10**5)))
def test_each_session_takes_its_cost_from_what_is_left(agreed: int, costs: list[int]) -> None:
    assert left(agreed, costs) + sum(costs) == agreed

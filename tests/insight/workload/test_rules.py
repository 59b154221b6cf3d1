"""Work is weighed, closeness has reasons, and waits are told as they were."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.insight.workload.rules import (
    Candidate,
    FamilyFacts,
    closeness,
    expected,
    wait_words,
    weigh,
    why_late,
)
from alongside.insight.workload.weights import FILE, WeightsError, read, weights

TODAY = date(2026, 11, 20)
LONG_AGO = TODAY - timedelta(weeks=30)
USUAL = FamilyFacts(("reach",), LONG_AGO)
flags = st.booleans()


@given(flags, flags, flags, st.integers(0, 400))
def test_what_makes_a_family_more_work_never_makes_it_less(
    concern: bool, protection: bool, interpreter: bool, days: int
) -> None:
    opened = TODAY - timedelta(days=days)
    family = FamilyFacts(("reach",), opened, concern, protection, interpreter)
    weighed = weigh(family, weights(), TODAY)
    assert weighed.weight >= weigh(USUAL, weights(), TODAY).weight == 1
    assert bool(weighed.reasons) == (weighed.weight > 1)
    assert weigh(replace(family, paused=True), weights(), TODAY).weight < weighed.weight


def test_a_usual_family_counts_one_and_two_programmes_count_as_both() -> None:
    both = weigh(replace(USUAL, programmes=("reach", "connected")), weights(), TODAY)
    assert both.weight == pytest.approx(2.6)
    assert both.reasons == ("two programmes",)
    assert weigh(replace(USUAL, programmes=()), weights(), TODAY).weight == 0.5


def close(one: Candidate) -> tuple[bool, float, tuple[str, ...]]:
    return closeness(one, place="Kirklees", footing="with a special guardianship order", weights=weights())


def test_closeness_is_said_in_words() -> None:
    found = close(Candidate(12, 25, here=9, language="Urdu", experience=5, carer_too=True))
    assert " ".join(found[2]) == (
        "Room for 13 more. Works with 9 families in Kirklees. Speaks Urdu. "
        "Has worked with 5 families with a special guardianship order. Has been a kinship carer too."
    )


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_closer_in_any_way_is_never_further(families: int, here: int, experience: int) -> None:
    plain = Candidate(families, 25)
    for more in ({"here": here}, {"language": "Welsh"}, {"experience": experience}, {"same_team": True}):
        assert close(replace(plain, **more))[1] >= close(plain)[1]
    assert close(replace(plain, families=families + 1))[1] <= close(plain)[1]


def test_who_is_full_or_away_is_not_suggested() -> None:
    assert not close(Candidate(25, 25, here=20))[0]
    away = close(Candidate(3, 25, away=True, away_until=date(2026, 11, 27)))
    assert not away[0]
    assert away[2][0] == "Away until 27 November."
    assert close(Candidate(90, None))[0]


@given(st.lists(st.integers(0, 400), max_size=60))
def test_waits_are_told_only_where_enough_is_known(days: list[int]) -> None:
    found = expected(days)
    assert (found is None) == (len(days) < 8)
    if found:
        assert min(days) <= found.shortest <= found.longest <= max(days)
        assert "not a promise" in wait_words(found)
    else:
        assert "Too few" in wait_words(found)


def test_a_wait_is_said_in_days_and_weeks() -> None:
    assert "between 10 days and 5 weeks" in wait_words(expected([10, 10, 10, 11, 20, 35, 35, 35, 40]))


def test_why_something_is_late_is_what_the_record_shows() -> None:
    none = {"worker": "Asha", "away": False, "paused": False, "over_capacity": False, "tries": [], "booked": False}
    assert why_late(**none) == ()
    tried = why_late(**{**none, "tries": [date(2026, 11, 2), date(2026, 11, 9)], "away": True})
    assert tried == ("Asha is away.", "Tried 2 times without an answer, last on 9 November.")
    assert why_late(**{**none, "worker": None}) == ("Nobody works with them yet.",)


def test_a_slip_in_the_weights_is_named(tmp_path: Path) -> None:
    spoilt = tmp_path / "weights.toml"
    for old, new in (("concern = 1.0", ""), ("reach = 1.0", "reach = -1.0"), ("other = 1.0", "")):
        spoilt.write_text(FILE.read_text().replace(old, new))
        with pytest.raises(WeightsError):
            read(spoilt)

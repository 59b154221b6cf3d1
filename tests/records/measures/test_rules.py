"""What may be said of one person's change: more than chance, perhaps chance, or that nobody can say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.outcomes.paired import Verdict
from alongside.records.measures.library import instrument
from alongside.records.measures.rules import change_between

PHQ9, GAD7 = instrument("phq-9").scale("low_mood"), instrument("gad-7").scale("worry")


@pytest.mark.parametrize(
    ("then", "now", "way", "verdict"),
    [
        (18, 12, "better", Verdict.BETTER),
        (18, 13, "better", Verdict.UNSURE),
        (10, 15, "harder", Verdict.UNSURE),
        (10, 16, "harder", Verdict.WORSE),
        (9, 9, "the same", Verdict.UNSURE),
    ],
)
def test_a_change_in_phq_9_counts_from_six_points(then: float, now: float, way: str, verdict: Verdict) -> None:
    found = change_between(PHQ9, then, now)
    assert (found.way, found.verdict, found.counts_from) == (way, verdict, 6)


def test_a_change_in_gad_7_counts_from_four_points() -> None:
    assert change_between(GAD7, 12, 8).verdict is Verdict.BETTER
    assert change_between(GAD7, 12, 9).verdict is Verdict.UNSURE


def test_without_a_published_reliability_and_deviation_nobody_can_say() -> None:
    for key, scale in (("five-domains", "isolation"), ("ucla-3", "loneliness"), ("ons4", "happy")):
        found = change_between(instrument(key).scale(scale), 9, 3)
        assert (found.verdict, found.counts_from) == (None, None)


@settings(max_examples=40)
@given(st.integers(0, 27), st.integers(0, 27))
def test_what_counts_is_what_the_smallest_change_says(then: int, now: int) -> None:
    found = change_between(PHQ9, then, now)
    assert found.counts_from is not None
    assert (found.verdict is not Verdict.UNSURE) == (found.points >= found.counts_from)
    turned = change_between(PHQ9, now, then)
    assert (turned.points, turned.counts_from) == (found.points, found.counts_from)

"""Adjusted p values agree with what was printed, and with the rules that they stand for."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.outcomes.many_tests import benjamini_hochberg, holm

# Benjamini and Hochberg 1995, section 3: fifteen tests of a treatment after a heart attack.
FIFTEEN = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]
SOME = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_the_fifteen_of_benjamini_and_hochberg() -> None:
    assert int((benjamini_hochberg(FIFTEEN) <= 0.05).sum()) == 4
    assert int((holm(FIFTEEN) <= 0.05).sum()) == 3


@given(SOME, st.floats(0.001, 0.3))
def test_holm_rejects_what_stepping_down_rejects(p: list[float], level: float) -> None:
    rejected = 0
    for number, each in enumerate(sorted(p)):
        if each * (len(p) - number) > level:
            break
        rejected += 1
    assert int((holm(p) <= level).sum()) == rejected


@given(SOME, st.floats(0.001, 0.3))
def test_benjamini_and_hochberg_reject_up_to_the_last_below_its_line(p: list[float], level: float) -> None:
    below = [place for place, each in enumerate(sorted(p), start=1) if each * (len(p) / place) <= level]
    assert int((benjamini_hochberg(p) <= level).sum()) == max(below, default=0)


@given(SOME)
def test_adjusting_never_flatters_and_keeps_the_order(p: list[float]) -> None:
    for adjust in (holm, benjamini_hochberg):
        found = adjust(p)
        assert (found >= np.array(p) - 1e-15).all()
        assert (found <= 1).all()
        assert (np.diff(found[np.argsort(p, kind="stable")]) >= 0).all()
    assert (holm(p) >= benjamini_hochberg(p) - 1e-15).all()


def test_a_test_that_was_not_done_is_not_counted() -> None:
    assert holm([0.01, math.nan, 0.04]).tolist() == pytest.approx([0.02, math.nan, 0.04], nan_ok=True)
    assert benjamini_hochberg([]).size == 0


def test_what_is_no_probability_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm([0.5, 1.1])
    with pytest.raises(ValueError, match="infinite"):
        holm([math.inf])

"""Waits and shares agree with hand reckoning and with published intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from alongside.calc.waits import median_wait, share_of


@pytest.mark.parametrize(
    ("days", "middle"),
    [([], None), ([4], 4), ([1, 2], 1.5), ([9, 1, 5], 5), ([1, 2, None], 2), ([1, None], None), ([None], None)],
)
def test_median_wait(days: list[float | None], middle: float | None) -> None:
    assert median_wait(days) == middle


def test_wilson_as_newcombe_printed_it() -> None:
    # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3 (score, without correction).
    for some, of, low, high in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)]:
        share = share_of(some, of)
        assert (share.ci_low, share.ci_high) == pytest.approx((low, high), abs=5e-5)
    assert share_of(29, 29).ci_low == pytest.approx(0.8830, abs=5e-5)


@given(st.integers(0, 200), st.integers(0, 200), st.sampled_from([0.8, 0.95, 0.99]))
def test_wilson_agrees_with_scipy(some: int, others: int, level: float) -> None:
    share = share_of(some, some + others, level=level)
    if not some + others:
        assert share.share is None
        return
    interval = binomtest(some, some + others).proportion_ci(level, method="wilson")
    assert (share.ci_low, share.ci_high) == pytest.approx((interval.low, interval.high), abs=1e-9)


def test_what_is_no_share_is_refused() -> None:
    with pytest.raises(ValueError, match="5 of 4 is not a share"):
        share_of(5, 4)
    with pytest.raises(ValueError, match="level must lie"):
        share_of(1, 4, level=95)

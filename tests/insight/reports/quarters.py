"""A contract's quarter with families in it."""

from datetime import date

import pytest

from alongside.core.access import system
from alongside.insight.reports.periods import Period, Quarter, period_of
from tests.cast import TODAY, Cast
from tests.insight.reports.families import family

SUMMER = Quarter(2026, 3)


@pytest.fixture
def summer(cast: Cast) -> Period:
    """July to September 2026 of the Kirklees contract, with nobody in it yet."""
    found = period_of(cast.contract.starts_on, cast.contract.ends_on, SUMMER, TODAY)
    assert found
    return found


@pytest.fixture
def twelve(cast: Cast, summer: Period) -> Cast:
    """Twelve families: six with two children on special guardianship orders, six with one child and no order.

    The first six were referred four days before support began on Monday 6 July (Thursday 2 July: two working days),
    the others eleven days before (Thursday 25 June: seven). Seven carers answered both times: four went from 7 to 5,
    three from 6 to 3. Five families left on 31 August.
    """
    with system():
        for number in range(12):
            first_half = number < 6
            family(
                cast,
                number,
                wait=4 if first_half else 11,
                children=2 if first_half else 1,
                kind="special_guardianship" if first_half else "informal",
                plan="child_in_need" if first_half else "",
                ended_on=date(2026, 8, 31) if number >= 7 else None,
                scores=((7, 5) if number < 4 else (6, 3)) if number < 7 else None,
            )
    return cast

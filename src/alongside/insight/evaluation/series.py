"""The figures of a service that can be followed month by month, to see whether they left their line when it began."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IN_TIME = 10
"""Working days within which a family is to be answered and reached: one number for all months, so that they compare."""
BACK = 36
"""How many months before the service are read."""
SETTLED = 21
"""Days after a month's last before it is counted, so that everybody in it had their time."""


@dataclass(frozen=True, slots=True)
class SeriesType:
    """One figure: what it is a share of, per hundred, and which way is better."""

    key: str
    title: str
    about: str
    unit: str
    higher_is_better: bool


SERIES: dict[str, SeriesType] = {
    one.key: one
    for one in (
        SeriesType(
            "accepted",
            f"Referrals accepted within {IN_TIME} working days",
            "Of referrals from the areas of these contracts that came in during the month, those accepted in that "
            "time.",
            "per cent of referrals",
            True,
        ),
        SeriesType(
            "reached",
            f"Families spoken with within {IN_TIME} working days",
            "Of referrals from these areas that came in during the month and were taken on, those spoken with in that "
            "time.",
            "per cent of families",
            True,
        ),
        SeriesType(
            "ended",
            "Arrangements that ended before the child was 18",
            "Of every 100 arrangements in these areas that stood on the first of the month, those that ended in it, "
            "where none with the same carer followed.",
            "of 100 arrangements",
            False,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Series:
    """How many there were in each month from the first on (counted from the year 0), and of how many the thing held."""

    first: int
    of: NDArray[np.int32]
    held: NDArray[np.int32]

"""What a fund agreed to pay for a child and what is left of it, in pence, against a limit that has dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that a fund pays for a child in a year; what nobody could check says so."""

    starts_on: date
    ends_on: date
    pence: int
    verified: bool
    source: str
    checked: date


@dataclass(frozen=True, slots=True)
class Agreed:
    """An amount that a fund agreed to for a child, from a day on."""

    starts_on: date
    pence: int


def limit_on(limits: Iterable[Limit], day: date) -> Limit | None:
    """Give the limit that holds on a day; None where the data name none for it."""
    return next((limit for limit in limits if limit.starts_on <= day <= limit.ends_on), None)


def beyond(limit: Limit | None, agreed: Iterable[Agreed]) -> int:
    """Give by how many pence all that was agreed in the limit's year goes beyond it; 0 where it does not."""
    if limit is None:
        return 0
    total = sum(each.pence for each in agreed if limit.starts_on <= each.starts_on <= limit.ends_on)
    return max(0, total - limit.pence)


def left(agreed_pence: int, costs: Iterable[int]) -> int:
    """Give how much of an agreement is left; below nothing where more was spent."""
    return agreed_pence - sum(costs)

"""How many places are taken, as it may be said to whoever asks."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from alongside.core import access
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.records.programmes.models import Contract
from alongside.records.programmes.queries import places_used

FEWEST_SHOWN = 5


class Places(NamedTuple):
    """How many are taken and left, in words."""

    taken: str
    left: str


def places_of(contracts: Iterable[Contract], user: User) -> dict[UUID, Places]:
    """Give the places of each contract; those who see no families are not told a number that gives one away."""
    listed = list(contracts)
    with access.system():  # the families are not theirs to see; that so many have a place is
        used = places_used(listed)
    exact = user.may(Permission.CASE_SEE)
    return {contract.pk: said(used[contract.pk], contract.places, exact=exact) for contract in listed}


def said(used: int, places: int, *, exact: bool) -> Places:
    """Say how many places are taken and left.

    >>> said(3, 60, exact=False)
    Places(taken='fewer than 5 of 60', left='more than 55')
    >>> said(3, 60, exact=True), said(0, 60, exact=False)
    (Places(taken='3 of 60', left='57'), Places(taken='0 of 60', left='60'))
    """
    if not exact and 0 < used < FEWEST_SHOWN:
        return Places(f"fewer than {FEWEST_SHOWN} of {places}", f"more than {max(places - FEWEST_SHOWN, 0)}")
    return Places(f"{used} of {places}", str(max(places - used, 0)))

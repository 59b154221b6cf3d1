"""Finding a family that is known already, where the likeness of what was told did not find it."""

from uuid import UUID

from django.http import HttpRequest

from alongside.core import access
from alongside.core.audit import ledger
from alongside.records.people.models import Household
from alongside.records.people.rules import sought
from alongside.records.people.searching import search

LONGEST = 200


def families_meant(request: HttpRequest, typed: str) -> dict[Household, str]:
    """Give the families whom a name, birth date or postcode may mean, each with whom of it that found."""
    user, looked_for = access.person(request), sought(typed[:LONGEST].replace("\x00", ""))
    if not looked_for.enough:
        return {}
    ledger.note(by=user, what="people searched")
    found: dict[UUID, list[str]] = {}
    for one in search(user, looked_for):
        for home in one.homes:
            if home.until is None:
                found.setdefault(home.household_id, []).append(one.name)
    families = access.visible(request, Household).in_bulk(list(found))
    return {families[home]: ", ".join(names) for home, names in found.items() if home in families}

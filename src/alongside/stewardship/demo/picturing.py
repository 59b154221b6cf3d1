"""Grace's family beside those who live with her, and who is around her, as her family's picture shows them."""

from datetime import date
from typing import Any

from alongside.calc.names import keys
from alongside.stewardship.demo.chance import DAY, Chance, years_before
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.tables import (
    KIN,
    PARTNERSHIP,
    RELATIONSHIP,
    RELATIVE,
    SEARCH_KEY,
    SUPPORTER,
    Rows,
)

KNOWN_SINCE = 29 * DAY


def picture_grace(chance: Chance, rows: Rows, family: Family, today: date) -> None:
    """Write the kin of Grace's family, what they are to one another, and the ties around her."""
    on = today - KNOWN_SINCE
    at = f"{on} 11:45:00"
    people = {family.name: family.carer, **{child.name: child.id for child in family.children}}
    for one in table("grace")["kin"]:
        people[one["name"]] = _relative(chance, rows, family, one, at, today)
    for one in table("grace")["kin"]:
        person = people[one["name"]]
        for child in one.get("children", ()):
            rows.owned(RELATIONSHIP, chance.new_id(on), at, person, people[child], "parent")
        for parent in one.get("parents", ()):
            rows.owned(RELATIONSHIP, chance.new_id(on), at, people[parent], person, "parent")
        if "partner" in one:
            couple = (person, people[one["partner"]], one["status"], "unknown", "unknown")
            rows.owned(PARTNERSHIP, chance.new_id(on), at, *couple)
    for one in table("grace")["supporters"]:
        told = (one["name"], one["kind"], one["tie"], one.get("words", ""))
        rows.owned(SUPPORTER, chance.new_id(on), at, family.household, family.carer, *told)


def _relative(chance: Chance, rows: Rows, family: Family, one: dict[str, Any], at: str, today: date) -> str:
    """Write somebody who lives elsewhere or has died; how old they are is known to the year."""
    person, row = chance.new_id(today - KNOWN_SINCE), chance.new_id(today - KNOWN_SINCE)
    died = date(today.year - one["died"], 1, 1) if "died" in one else None
    born = date(years_before(died or today, one["aged"]).year, 1, 1)
    death = (True, str(died), "year") if died else (False, None, "unknown")
    rows.owned(RELATIVE, person, at, one["name"], "", str(born), "year", "", "", "", False, one["gender"], *death)
    rows.owned(KIN, row, at, family.household, person, one.get("lives", ""))
    for key in sorted(keys(one["name"], born, "", precision="year")):
        rows.plain(SEARCH_KEY, rows.agency, person, key)
    return person

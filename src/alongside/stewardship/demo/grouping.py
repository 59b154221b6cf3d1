"""The groups that carers meet in, one an area, and who goes to it or went there until lately."""

from datetime import date

from alongside.stewardship.demo.agencies import LISTENING_EAR, Area
from alongside.stewardship.demo.chance import DAY, Chance, text, weekday
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.tables import GROUP, GROUP_MEMBER, Rows

LONG_ENOUGH = 21 * DAY  # to know whether it is for her
JOINING = frozenset({"connected", LISTENING_EAR})


def name_group(area: Area, rows: Rows, since: date) -> None:
    """Write the group of an area."""
    told = table("groups")
    area.group = Chance(f"group/{area.code}").new_id(since)
    name = told["name"].replace("{area}", area.name)
    rows.owned(GROUP, area.group, f"{since} 09:00:00", name, told["place"], told["times"])


def join_group(
    area: Area, rows: Rows, family: Family, case: str, programme: str, since: date, met: date | None, today: date
) -> None:
    """Write that the carer goes to the group of her area; some never join, and some who came to none lately left it."""
    chance = Chance(f"member/{case}")  # its own, so that whatever else is made up stays as it was
    joined = weekday(since + chance.between(7, 60) * DAY)
    if programme not in JOINING or not since <= joined < today or not chance.happens(0.6):
        return
    leaves = met is None and today - joined > LONG_ENOUGH and chance.happens(0.6)
    left = chance.day(joined + LONG_ENOUGH, today - DAY) if leaves else None
    why = chance.pick(table("groups")["reasons"]) if left else ""
    told = (area.group, case, family.carer, str(joined), text(left), why)
    rows.owned(GROUP_MEMBER, chance.new_id(joined), f"{joined} 12:30:00", *told)

"""How Grace's worker is looked after: one supervision with what was agreed, and one reading of Grace's record."""

import json
from datetime import date

from alongside.stewardship.demo.chance import DAY, Chance, moment, weekday
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.tables import AGREED_ACTION, CASE_AUDIT, CASE_TALK, SUPERVISION, Rows, Worker


def oversee(chance: Chance, rows: Rows, family: Family, case: str, today: date, manager: Worker | None) -> None:
    """Write them, where somebody manages."""
    if manager is None:
        return
    asha = family.worker.id
    met = weekday(today - 12 * DAY)
    at, told = f"{met} 14:30:00", table("grace")["supervision"]
    supervision = chance.new_id(met)
    next_on = str(weekday(met + 35 * DAY))
    rows.owned(SUPERVISION, supervision, at, asha, manager.id, str(met), told["words"], next_on)
    rows.log("supervision recorded", SUPERVISION, supervision, moment(met, 870), manager)
    rows.owned(CASE_TALK, chance.new_id(met), at, supervision, case, told["of_grace"])
    for each in told["agreed"]:
        due = str(weekday(met + each["days"] * DAY))
        done = str(weekday(today - 5 * DAY)) if "came_of_it" in each else None
        result = each.get("came_of_it", "")
        rows.owned(
            *(AGREED_ACTION, chance.new_id(met), at, supervision, None, asha, each["words"], due, done, result),
        )
    read, found = weekday(today - 6 * DAY), table("grace")["audit"]
    audit = chance.new_id(read)
    answers = {key: {"found": answer, "words": found["why"].get(key, "")} for key, answer in found["found"].items()}
    rows.owned(
        *(CASE_AUDIT, audit, f"{read} 10:20:00", case, None, manager.id, str(read), found["edition"]),
        *(json.dumps(answers), found["words"], None, ""),
    )
    rows.log("record audited", CASE_AUDIT, audit, moment(read, 620), manager)

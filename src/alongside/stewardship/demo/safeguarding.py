"""What was done to keep Grace's family safe: a flag, a concern that is closed, and one that waits for its family."""

from datetime import date

from alongside.core.base.clocks import add_working_days
from alongside.stewardship.demo.chance import DAY, Chance, moment, weekday
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.tables import CONCERN, CONCERN_STEP, FLAG, Rows, Worker


def keep_grace_safe(chance: Chance, rows: Rows, family: Family, case: str, today: date, leads: Worker | None) -> None:
    """Write them."""
    told, asha = table("grace"), family.worker.id
    manager = leads or family.worker
    set_on = weekday(today - 20 * DAY)
    flag, until = told["flag"], str(set_on + 300 * DAY)
    rows.owned(
        *(FLAG, chance.new_id(set_on), f"{set_on} 10:05:00", family.household, flag["kind"], flag["words"]),
        *(flag["reason"], flag["seen_by"], manager.id, str(set_on + 90 * DAY), until, None),
    )
    day = weekday(today - 16 * DAY)
    first, closed = chance.new_id(day), f"{add_working_days(day, 3)} 11:00:00"
    said, answered = told["concern"], f"{add_working_days(day, 1)} 15:10:00"
    rows.owned(
        *(CONCERN, first, f"{day} 15:40:00", case, "", said["words"], False, str(day), "worker", asha, None, None),
        *(f"{day} 16:05:00", f"{day} 16:30:00", True, answered, closed, "authority_acts"),
    )
    rows.log("concern recorded", CONCERN, first, moment(day, 940), family.worker)
    at = {"seen": f"{day} 16:05:00", "told": f"{day} 16:30:00", "answered": answered, "closed": closed}
    for kind, words in said["steps"].items():
        by = manager.id if kind in ("seen", "closed") else asha
        rows.owned(
            CONCERN_STEP, chance.new_id(day), at[kind], first, kind, at[kind], said["whom"].get(kind, ""), words, by
        )
    waits, lately = told["concern_of_nobody"], weekday(today - DAY)
    second, due = chance.new_id(lately), f"{add_working_days(lately, 1)} 17:00:00"
    rows.owned(
        *(CONCERN, second, f"{lately} 15:20:00", None, waits["about"], waits["words"], False, str(lately), "worker"),
        *(asha, None, due, f"{lately} 15:50:00", None, False, None, None, ""),
    )
    rows.log("concern recorded", CONCERN, second, moment(lately, 920), family.worker)
    seen = f"{lately} 15:50:00"
    rows.owned(CONCERN_STEP, chance.new_id(lately), seen, second, "seen", seen, "", waits["seen"], manager.id)

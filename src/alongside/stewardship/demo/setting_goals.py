"""Goals in the family's words, how near they came, and the steps on the way."""

from datetime import date

from alongside.stewardship.demo.chance import DAY, Chance, Odds, text
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.fragments import say
from alongside.stewardship.demo.tables import GOAL, READING, STEP, Rows

OWNERS = Odds({"carer": 45, "worker": 32, "authority": 16, "other": 7})
MET = 8


def set_goals(
    chance: Chance, rows: Rows, family: Family, case: str, programme: str, first: date, last: date
) -> list[date]:
    """Write the goals of a stretch of work: one key goal, and in longer work sometimes a second.

    Gives the day of each step that is still the worker's to take.
    """
    if not chance.happens(0.86 if programme != "listening-ear" else 0.4):
        return []
    due: list[date] = []
    count = 2 if programme in ("connected", "response") and chance.happens(0.35) else 1
    for _ in range(count):
        set_on = first + chance.between(3, 20) * DAY
        if set_on < last:
            words = say(chance, "goals", family.first, family.child)
            due += _goal(chance, rows, family, case, words, set_on, last)
    return due


def _goal(chance: Chance, rows: Rows, family: Family, case: str, words: str, set_on: date, last: date) -> list[date]:
    goal, at = chance.new_id(set_on), f"{set_on} 10:30:00"
    start = chance.between(1, 5)
    value, met, day = start, None, set_on
    while met is None:
        day += chance.between(18, 40) * DAY
        if day >= last:
            break
        value = min(10, max(0, value + chance.draw(MOVES)))
        rows.owned(READING, chance.new_id(day), f"{day} 10:30:00", goal, value, str(day))
        met = day if value >= MET else None
    left = day if met is None and chance.happens(0.05) and day < last else None
    rows.owned(GOAL, goal, at, case, words, str(set_on), start, text(met), text(left))
    steps = [
        write_step(chance, rows, family, case, goal, chance.day(set_on, last), last)
        for _ in range(chance.between(0, 3))
    ]
    return [] if met or left else [due for due in steps if due]


MOVES = Odds({-1: 10, 0: 22, 1: 34, 2: 24, 3: 10})


def write_step(
    chance: Chance, rows: Rows, family: Family, case: str, goal: str, agreed: date, last: date
) -> date | None:
    """Write a next step that was agreed on a day, and done or not by the last day.

    Gives its day where it is still the worker's to take; a worker forgets her own for three weeks at most.
    """
    owner = chance.draw(OWNERS)
    due = agreed + chance.between(4, 28) * DAY
    remembered = chance.happens(0.75) or (owner == "worker" and due < last - 21 * DAY)
    done = agreed + chance.between(2, 40) * DAY if remembered else None
    done = done if done and done <= last else None
    rows.owned(
        STEP,
        chance.new_id(agreed),
        f"{agreed} 10:30:00",
        case,
        goal,
        say(chance, f"steps_{owner}", family.first, family.child),
        owner,
        str(due),
        text(done),
        say(chance, "step_results", "", "") if done else "",
    )
    return due if owner == "worker" and done is None else None

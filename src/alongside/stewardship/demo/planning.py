"""What families need, do well, were promised and are paid: Grace's from her own file, everybody else's made up."""

from datetime import date
from typing import Any

from alongside.records.plans.rules import Line, a_week, standing
from alongside.stewardship.demo.chance import DAY, Chance, Odds, text, weekday, years_before
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.tables import (
    ALLOWANCE,
    ALLOWANCE_ENTRY,
    NEED,
    ORIGIN_EVENT,
    PROMISE,
    STEP,
    STRENGTH,
    Rows,
)

DOMAINS = Odds({"money": 22, "isolation": 20, "child": 20, "school": 12, "relationships": 12, "health": 8, "law": 6})
PROMISERS = Odds({"worker": 40, "service": 8, "authority": 42, "other": 10})
SAYERS = Odds({"carer": 45, "worker": 35, "child": 15, "other": 5})
BEGAN = Odds({15_000: 3, 16_400: 3, 17_900: 2, 12_500: 2, 9_800: 1})


def plan_family(chance: Chance, rows: Rows, family: Family, case: str, first: date, today: date) -> date | None:
    """Make up a plan for a family whose work goes on, and give the earliest day of a promise still open."""
    _strengths(chance, rows, family, case, first, today)
    for _ in range(chance.between(0, 3)):
        _need(chance, rows, family, case, chance.day(first, today))
    due = [_promise(chance, rows, family, case, first, today) for _ in range(chance.between(0, 2))]
    spell = family.children[0].spells[-1]
    if spell.kind == "special_guardianship" and spell.started_on < today and chance.happens(0.8):
        pence = chance.draw(BEGAN)
        history: list[dict[str, Any]] = [{"kind": "began", "on": spell.started_on, "pence": pence, "every": "week"}]
        if spell.started_on < years_before(today, 1) and chance.happens(0.5):
            rise = {"kind": "changed", "on": years_before(today, 1), "pence": pence * 104 // 100, "every": "week"}
            history.append({**rise, "why": "The yearly rise."})
        told = {"kind": "special_guardianship", "paid_by": "The council", "review_due": chance.between(-60, 300)}
        _allowance(chance, rows, case, family.children[0].id, told, history, today)
    return min((day for day in due if day), default=None)


def _said(chance: Chance, kind: str, family: Family) -> str:
    words: str = chance.pick(table("plans")[kind])
    return words.replace("{carer}", family.first).replace("{child}", family.child)


def _strengths(chance: Chance, rows: Rows, family: Family, case: str, first: date, today: date) -> None:
    for _ in range(chance.between(0, 3)):
        on = chance.day(first, today)
        words, said_by = _said(chance, "strengths", family), chance.draw(SAYERS)
        rows.owned(STRENGTH, chance.new_id(on), f"{on} 10:40:00", case, words, None, said_by, str(on), None)


def _need(chance: Chance, rows: Rows, family: Family, case: str, on: date) -> None:
    words = [_said(chance, kind, family) for kind in ("well", "hard", "one_step")]
    place = chance.between(1, 8)
    well, hard, step = words
    rows.owned(NEED, chance.new_id(on), f"{on} 10:40:00", case, chance.draw(DOMAINS), str(on), well, hard, place, step)


def _promise(chance: Chance, rows: Rows, family: Family, case: str, first: date, today: date) -> date | None:
    made_by = chance.draw(PROMISERS)
    on = chance.day(first, today)
    due = weekday(on + chance.between(5, 30) * DAY)
    due = max(due, on)
    outcome, settled, why = "open", None, ""
    if due < today and chance.happens(0.85):
        outcome = "kept" if chance.happens(0.75) else "not_kept"
        settled = chance.day(due, today)
        why = _said(chance, outcome, family)
    words = _said(chance, f"promises_{made_by}", family)
    row = chance.new_id(on)
    rows.owned(PROMISE, row, f"{on} 10:40:00", case, words, made_by, "", str(on), str(due), outcome, text(settled), why)
    return due if outcome == "open" else None


def _allowance(
    chance: Chance,
    rows: Rows,
    case: str,
    child: str | None,
    told: dict[str, Any],
    history: list[dict[str, Any]],
    today: date,
) -> None:
    weekly = [a_week(line["pence"], line["every"]) for line in history]
    stands = standing(Line(line["on"], line["kind"], pence) for line, pence in zip(history, weekly, strict=True))
    first = history[0]["on"]
    allowance, at = chance.new_id(first), f"{first} 10:40:00"
    rows.owned(
        ALLOWANCE,
        allowance,
        at,
        case,
        child,
        told["kind"],
        told["paid_by"],
        told.get("expected"),
        told.get("difference", ""),
        str(today + told["review_due"] * DAY) if "review_due" in told else None,
        stands.pence_a_week,
        text(stands.began_on),
        text(stands.amount_since),
        text(stands.reviewed_on),
        text(stands.ended_on),
    )
    for line, pence in zip(history, weekly, strict=True):
        on = line["on"]
        facts = (line["kind"], str(on), line["pence"], line["every"], pence, line.get("why", ""))
        rows.owned(ALLOWANCE_ENTRY, chance.new_id(on), f"{on} 10:40:00", case, allowance, *facts)


def plan_grace(chance: Chance, rows: Rows, family: Family, case: str, today: date) -> date:
    """Write what Grace's file says, and give the earliest day of a promise still open."""
    told = table("grace_plan")
    people = {family.first: family.carer} | {child.first: child.id for child in family.children}

    def row(which: Any, ago: int, *values: Any) -> None:
        on = weekday(today - ago * DAY)
        rows.owned(which, chance.new_id(on), f"{on} 11:40:00", case, *values)

    for one in told["strengths"]:
        on = str(weekday(today - one["ago"] * DAY))
        row(STRENGTH, one["ago"], one["words"], people.get(one.get("whose", "")), one["said_by"], on, None)
    for one in told["needs"]:
        on, said = str(weekday(today - one["ago"] * DAY)), (one.get("going_well", ""), one.get("hard", ""))
        row(NEED, one["ago"], one["domain"], on, *said, one.get("place"), one.get("one_step", ""))
    for one in told["steps"]:
        row(STEP, 1, None, one["words"], one["owner"], str(today + one["due"] * DAY), None, "")
    for one in told["promises"]:
        days = (str(weekday(today - one["ago"] * DAY)), str(today + one["due"] * DAY))
        settled = str(weekday(today - one["settled_ago"] * DAY)) if "settled_ago" in one else None
        end = (one.get("outcome", "open"), settled, one.get("why", ""))
        row(PROMISE, one["ago"], one["words"], one["made_by"], one.get("who", ""), *days, *end)
    for one in told["allowances"]:
        order = family.children[0].spells[-1].started_on
        history = [{**line, "on": order.replace(year=today.year - line["years"])} for line in one["history"]]
        _allowance(chance, rows, case, people.get(one.get("child", "")), one, history, today)
    _coming(chance, rows, family, case, people)
    still_open: list[int] = [one["due"] for one in told["promises"] if "outcome" not in one]
    return today + min(still_open) * DAY


def _coming(chance: Chance, rows: Rows, family: Family, case: str, people: dict[str, str]) -> None:
    care, guardianship = family.children[0].spells
    for one in table("grace_plan")["origin"]:
        on = guardianship.started_on if one.get("order") else care.started_on + one["days"] * DAY
        facts = (one["kind"], str(on), "exact", one["who"], one.get("who_words", ""), one["authority_part"])
        said = (one["words"], one.get("evidence", ""))
        rows.owned(ORIGIN_EVENT, chance.new_id(on), f"{on} 22:00:00", case, people[one["child"]], *facts, *said)

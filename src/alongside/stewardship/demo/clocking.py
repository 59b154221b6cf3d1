"""The days from which the clocks of law count: some families have a clock that runs out soon, few one that did."""

from datetime import date

from alongside.stewardship.demo.chance import DAY, Chance, text
from alongside.stewardship.demo.histories import Spell

WEEK = 7 * DAY
FIELDS = (
    "authority_told_on temporarily_approved_on approval_decided_on visited_on reviewed_on fund_assessed_on"
    " fund_applied_on allowance_claimed_on"
)
NOT_CLOSE = frozenset({"great_grandparent", "other_family", "cousin", "friend"})
ORDERS = frozenset({"special_guardianship", "child_arrangements", "adoption"})


def days_of(spell: Spell, kin: str, child: str, today: date) -> tuple[str | None, ...]:
    """Give the days of one arrangement, in the order of the fields; its own chance leaves all else as it was."""
    chance = Chance(f"clocks/{child}/{spell.started_on}")
    days = {**spell.days}
    if spell.kind == "private_fostering" or (spell.kind == "informal" and kin in NOT_CLOSE):
        days |= _told(chance, spell)
    elif spell.kind == "connected_foster":
        days |= _approved(chance, spell, today)
    elif spell.kind in ORDERS and spell.looked_after_before == "yes":
        days |= _funded(chance, spell, today)
    elif spell.kind == "testamentary_guardian" and chance.happens(0.95):
        days["allowance_claimed_on"] = spell.started_on + chance.between(10, 80) * DAY
    return tuple(text(day) if (day := days.get(name)) and day <= today else None for name in FIELDS.split())


def _told(chance: Chance, spell: Spell) -> dict[str, date]:
    """The council is mostly told, in time or not."""
    return {"authority_told_on": spell.started_on + chance.between(0, 40) * DAY} if chance.happens(0.94) else {}


def _approved(chance: Chance, spell: Spell, today: date) -> dict[str, date]:
    """Approved for a time at first; a decision follows, and until then a social worker visits."""
    decided = min(spell.started_on + chance.between(80, 165) * DAY, spell.ended_on or date.max)
    days = {"temporarily_approved_on": spell.started_on, "approval_decided_on": decided}
    if decided > today:
        days["visited_on"] = max(spell.started_on, today - chance.between(1, 26) * DAY)
        days["reviewed_on"] = spell.started_on + 4 * WEEK
    return days


def _funded(chance: Chance, spell: Spell, today: date) -> dict[str, date]:
    """Some children are assessed for the fund, and the application mostly follows within its four months."""
    assessed = today - chance.between(10, 700) * DAY
    if assessed <= spell.started_on or not chance.happens(0.25):
        return {}
    applied = {"fund_applied_on": assessed + chance.between(20, 118) * DAY} if chance.happens(0.97) else {}
    return {"fund_assessed_on": assessed, **applied}

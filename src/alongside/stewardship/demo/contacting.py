"""Contacts: when, how, for how long, and what the worker wrote."""

from datetime import date, timedelta

from alongside.stewardship.demo.agencies import LISTENING_EAR
from alongside.stewardship.demo.chance import DAY, Chance, Odds, moment, weekday
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.fragments import say
from alongside.stewardship.demo.tables import CONTACT, CONTACT_PERSON, Rows

CHANNELS = {
    "reach": Odds({"phone": 50, "video": 30, "text": 12, "email": 7, "letter": 1}),
    "response": Odds({"phone": 48, "video": 16, "text": 10, "email": 12, "group": 14}),
    "connected": Odds({"phone": 34, "home": 26, "office": 9, "group": 15, "text": 10, "email": 5, "letter": 1}),
    LISTENING_EAR: Odds({"phone": 46, "group": 26, "office": 14, "text": 9, "email": 5}),
}
WRITTEN = frozenset({"text", "email", "letter"})
OUTCOMES = Odds({"spoke": 78, "no_answer": 8, "left_message": 6, "did_not_attend": 5, "cancelled": 3})
BY_PHONE = frozenset({"no_answer", "left_message"})
NOTES = {
    "no_answer": "short_none",
    "left_message": "short_message",
    "did_not_attend": "short_missed",
    "cancelled": "short_missed",
}
MINUTES = {"phone": (10, 50), "video": (20, 60), "home": (45, 110), "office": (30, 75), "group": (90, 120)}


def keep_in_touch(
    chance: Chance, rows: Rows, family: Family, case: str, programme: str, first: date, last: date, gap: int
) -> date | None:
    """Write the contacts of a stretch of work, and give the last day on which worker and family spoke."""
    day, spoke = weekday(first + chance.between(0, 6) * DAY), None
    day = max(day, first)
    while day < last:
        channel = chance.draw(CHANNELS[programme])
        outcome = _outcome(chance, channel)
        write_contact(chance, rows, family, case, day, channel, outcome, _note(chance, family, channel, outcome))
        if outcome == "spoke":
            spoke = day
            step = max(2, round(gap * (0.45 + 1.1 * chance.random())))
        else:
            step = chance.between(1, 4)
        following = weekday(day + step * DAY)
        day = following if following > day else day + 3 * DAY
    return spoke


def _outcome(chance: Chance, channel: str) -> str:
    if channel in WRITTEN or channel == "group":
        return "spoke"
    outcome = chance.draw(OUTCOMES)
    return "did_not_attend" if outcome in BY_PHONE and channel != "phone" else outcome


def _note(chance: Chance, family: Family, channel: str, outcome: str) -> str:
    carer, child = family.first, chance.pick(family.children).first
    if outcome != "spoke":
        return say(chance, NOTES[outcome], carer, child)
    if channel in WRITTEN:
        return say(chance, "short_written", carer, child)
    if channel == "group":
        return say(chance, "short_group", carer, child)
    kinds = ["topic", "helped"]
    if chance.happens(0.6):
        kinds.insert(0, "opening")
    if chance.happens(0.7):
        kinds.append("next")
    return " ".join(filter(None, (say(chance, kind, carer, child) for kind in kinds)))


def write_contact(
    chance: Chance,
    rows: Rows,
    family: Family,
    case: str,
    day: date,
    channel: str,
    outcome: str,
    note: str,
    minute: int | None = None,
    minutes: int | None = None,
    came_of_it: str | None = None,
) -> str:
    """Write one contact, and give its id."""
    at = moment(day, minute or 5 * chance.between(110, 210))
    spoke = outcome == "spoke"
    if minutes is None and spoke and channel in MINUTES:
        minutes = 5 * round(chance.between(*MINUTES[channel]) / 5)
    if came_of_it is None:
        came_of_it = say(chance, "came_of_it", family.first, family.child) if spoke and chance.happens(0.12) else ""
    row, written = chance.new_id(day), at + timedelta(minutes=chance.between(20, 180))
    by = family.worker
    rows.owned(CONTACT, row, str(written)[:19], case, str(at)[:19], channel, outcome, minutes, note, came_of_it, by.id)
    rows.log("contact logged", CONTACT, row, written, by)
    rows.plain(CONTACT_PERSON, row, family.carer)
    if spoke and channel in ("home", "video") and chance.happens(0.3):
        rows.plain(CONTACT_PERSON, row, chance.pick(family.children).id)
    return row

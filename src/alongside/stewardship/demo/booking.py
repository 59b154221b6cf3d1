"""Appointments: one that was missed and the next one of Grace, the next of a few other families, and groups."""

from datetime import date

from alongside.stewardship.demo.chance import DAY, Chance, Odds, moment, weekday
from alongside.stewardship.demo.families import Family
from alongside.stewardship.demo.tables import APPOINTMENT, ATTENDANCE, Rows

PLACE = "The community room, Thursdays at ten"
GROUPS = frozenset({"connected", "response", "listening-ear"})
BECAME = Odds({("kept", "came"): 68, ("they_called_off", "sorry"): 22, ("we_called_off", ""): 10})
LINK = "https://meet.google.com/made-up-room"


def book_grace(rows: Rows, family: Family, case: str, today: date) -> str:
    """Write the call that she missed and the one to come, and give when that is."""
    chance = Chance(f"appointments/{case}")
    _write(chance, rows, family, case, weekday(today - 9 * DAY), 785, "phone", "missed", today - 15 * DAY)
    return _write(chance, rows, family, case, _working(today + 2 * DAY), 640, "video", "booked", today - DAY)


def book_next(rows: Rows, family: Family, case: str, opened: date, today: date) -> str | None:
    """Write the next appointment of a family, and give when that is; most families have none."""
    chance = Chance(f"appointments/{case}")  # its own, so that whatever else is made up stays as it was
    if not chance.happens(0.2):
        return None
    day, minute = _working(today + chance.between(1, 12) * DAY), 30 * chance.between(20, 32)
    channel = chance.pick(("phone", "video", "home"))
    return _write(chance, rows, family, case, day, minute, channel, "booked", max(opened, today - 3 * DAY))


def ask_to_groups(rows: Rows, family: Family, case: str, programme: str, since: date, today: date) -> date | None:
    """Write the last groups that a family was asked to and whether the carer came, and give when she last did."""
    chance, last = Chance(f"groups/{case}"), None
    if programme not in GROUPS or not chance.happens(0.7):
        return None
    thursday = today - ((today.weekday() - 3) % 7 or 7) * DAY
    for number in range(chance.between(1, 4)):
        day = thursday - 14 * number * DAY
        if day - 9 * DAY < since:
            break
        status, came = chance.draw(BECAME)
        last = last or (day if status == "kept" else None)
        row = chance.new_id(day - 9 * DAY)
        made, at = str(moment(day - 9 * DAY, 690))[:19], str(moment(day, 600))[:19]
        told = (90, 0, "group", PLACE, "", "", "nobody", status, None)
        rows.owned(APPOINTMENT, row, made, case, family.worker.id, family.carer, at, *told)
        if came:
            rows.owned(ATTENDANCE, chance.new_id(day), str(moment(day, 720))[:19], row, family.carer, came)
    return last


def _write(
    chance: Chance,
    rows: Rows,
    family: Family,
    case: str,
    day: date,
    minute: int,
    channel: str,
    status: str,
    booked: date,
) -> str:
    row, at, made = chance.new_id(booked), str(moment(day, minute))[:19], moment(booked, 700)
    link = LINK if channel == "video" else ""
    told = (45, 30 if channel == "home" else 0, channel, "", link, "", "nobody", status, None)
    rows.owned(APPOINTMENT, row, str(made)[:19], case, family.worker.id, family.carer, at, *told)
    rows.log("appointment booked", APPOINTMENT, row, made, family.worker)
    return at


def _working(day: date) -> date:
    """Give the day itself, or the Monday after where it is at a weekend."""
    return day + max(0, 7 - day.weekday()) * DAY if day.weekday() > 4 else day

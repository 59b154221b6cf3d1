"""A family's place in a programme: from when to when, a pause that was agreed, and what was offered on the way."""

from datetime import date

from alongside.stewardship.demo.chance import DAY, Chance, text, weekday
from alongside.stewardship.demo.tables import ENROLMENT, PAUSE, SUPPORT, Rows

WEEK = 7 * DAY
PAUSED = 0.06  # of places that went on for long enough
LONG_ENOUGH = 10 * WEEK
RECENT = 104 * WEEK
REASONS = (
    "They are with an aunt until the new term, and asked us to start again then.",
    "The carer is in hospital, and would like to go on when she is home.",
    "The court decides next month. They would rather wait until then.",
)
# What is mostly offered to a family, with how often, and in what words.
OFFERS = (
    ("peer", 0.7, "A carer nearby who would ring once a week."),
    ("entitlements", 0.65, "Went through what they are paid and what they could ask for."),
    ("advice", 0.75, "How to ask the school for a meeting, and what to bring."),
    ("group", 0.5, "The group on Thursday mornings, with tea."),
    ("plans", 0.5, ""),
)
REPLIES = {"entitlements": "done", "plans": "done"}


def write_place(
    chance: Chance, rows: Rows, case: str, contract: str, since: date, last: date, *, closed: bool, today: date
) -> None:
    """Write a place; what was offered is written for the years of the contracts that run."""
    enrolment = chance.new_id(since)
    stopped = chance.between(10, 24) if last - since > LONG_ENOUGH and chance.happens(PAUSED) else 0
    rows.owned(
        *(ENROLMENT, enrolment, f"{since} 09:20:00", case, contract, str(since), str(last) if closed else None),
        *(stopped, None, 0, 0),
    )
    if stopped:
        start = since + 4 * WEEK
        pause = chance.new_id(start)
        until = str(start + stopped * DAY)
        rows.owned(PAUSE, pause, f"{start} 10:10:00", enrolment, str(start), chance.pick(REASONS), until, until)
    if today - since < RECENT:
        offer(chance, rows, case, since, last)


def offer(chance: Chance, rows: Rows, case: str, since: date, last: date) -> None:
    """Write what was offered in a time in a programme."""
    days = (last - since).days
    for kind, share, words in OFFERS:
        on = weekday(since + min(days, chance.between(3, 60)) * DAY)
        if not chance.happens(share) or not since <= on <= last:
            continue
        reply = REPLIES.get(kind) or chance.pick(("yes", "thinking", "no"))
        rows.owned(SUPPORT, chance.new_id(on), f"{on} 11:15:00", case, kind, text(on), words, reply)

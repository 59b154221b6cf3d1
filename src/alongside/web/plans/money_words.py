"""How money and a child's coming are said in sentences."""

from dataclasses import dataclass

from alongside.records.plans.library import kinds
from alongside.records.plans.models import Allowance, AllowanceEntry, OriginEvent
from alongside.records.plans.queries import Coming, Paid
from alongside.records.plans.rules import Origin, said_every
from alongside.web.dates import day, partial
from alongside.web.money import pounds

Kind = AllowanceEntry.Kind
WHO = {who.value: str(who.label) for who in OriginEvent.Who}
EVENTS = {kind.value: str(kind.label) for kind in OriginEvent.Kind}
FIRST_DAY = {
    "none": "On the first day the local authority had no part that is known.",
    "told": "The local authority was told on the first day.",
    "there": "The local authority was there on the first day.",
    "asked": "On the first day the local authority asked the carer to take the child.",
    "arranged": "On the first day the local authority arranged it or brought the child.",
    "paid": "The local authority paid towards it on the first day.",
    "unknown": "What the local authority did on the first day is not known. Ask.",
}
PARTS = {part.value: str(part.label) for part in OriginEvent.AuthorityPart}


@dataclass(frozen=True, slots=True)
class PaidLine:
    """An allowance as its card shows it."""

    allowance: Allowance
    title: str
    source: str
    stands: str
    expected: str
    explained: bool
    history: list[tuple[AllowanceEntry, str]]


def paid_lines(paid: list[Paid]) -> list[PaidLine]:
    """Say what each allowance is, how it stands, what is expected and what happened to it, the newest first."""
    return [paid_line(one) for one in paid]


def paid_line(paid: Paid) -> PaidLine:
    """Say one allowance."""
    allowance = paid.allowance
    kind = kinds()[allowance.kind]
    return PaidLine(
        allowance=allowance,
        title=kind.title,
        source=kind.source,
        stands=_stands(allowance),
        expected=_expected(paid),
        explained=bool(allowance.difference),
        history=list(reversed(_history(paid.entries))),
    )


def _stands(allowance: Allowance) -> str:
    if allowance.ended_on:
        return f"Stopped {day(allowance.ended_on)}; it was {pounds(allowance.pence_a_week)} a week."
    words = f"{pounds(allowance.pence_a_week)} a week, since {day(allowance.amount_since)}."
    if allowance.began_on != allowance.amount_since:
        words += f" First paid {day(allowance.began_on)}."
    return words


def _expected(paid: Paid) -> str:
    short = paid.short_by
    if not short:
        return "" if short is None else "That is what is expected."
    way = "less" if short > 0 else "more"
    return f"{pounds(abs(short))} a week {way} than the {pounds(paid.allowance.expected_pence_a_week or 0)} expected."


def _history(entries: list[AllowanceEntry]) -> list[tuple[AllowanceEntry, str]]:
    said, before = [], None
    for entry in sorted(entries, key=lambda entry: entry.on):
        said.append((entry, _entry(entry, before)))
        if entry.kind in (Kind.BEGAN, Kind.CHANGED):
            before = entry.pence_a_week
    return said


def _entry(entry: AllowanceEntry, before: int | None) -> str:
    if entry.kind == Kind.STOPPED:
        return "It stopped."
    if entry.kind == Kind.REVIEWED:
        return "Reviewed; it stayed the same."
    amount = f"{pounds(entry.pence)} {said_every(entry.every)}"
    if entry.every != "week":
        amount += f", {pounds(entry.pence_a_week)} a week"
    if entry.kind == Kind.BEGAN or before is None:
        return f"It began at {amount}."
    more = entry.pence_a_week - before
    return (
        f"It went {'up' if more > 0 else 'down'} by {pounds(abs(more))} a week, to {amount}."
        if more
        else (f"It was looked at and stayed {amount}.")
    )


@dataclass(frozen=True, slots=True)
class ComingLine:
    """A child's coming as its card shows it."""

    child: str
    told: list[str]
    origin: Origin
    events: list[tuple[OriginEvent, str, str]]


def coming_lines(coming: list[Coming]) -> list[ComingLine]:
    """Say how each child came: the story in sentences, and each event with its day and who did it."""
    return [
        ComingLine(one.child, _told(one.origin), one.origin, [(event, *_event(event)) for event in one.events])
        for one in coming
    ]


def _told(origin: Origin) -> list[str]:
    told = []
    if origin.asked_by:
        told.append(f"{_who(origin.asked_by)} asked the carer to take the child.")
    if origin.placed_by and origin.placed_by != "unknown":
        on = f" on {day(origin.placed_on)}" if origin.placed_on else ""
        told.append(f"{_who(origin.placed_by)} brought the child{on}.")
    if origin.authority_part:
        told.append(FIRST_DAY[origin.authority_part])
    if origin.called_private:
        told.append("It was called a private arrangement.")
    return told


def _who(who: str) -> str:
    return "Nobody knows who" if who == "unknown" else WHO[who]


def _event(event: OriginEvent) -> tuple[str, str]:
    by = event.who_words or (WHO[event.who] if event.who != OriginEvent.Who.UNKNOWN else "")
    when = partial(event.on, event.precision) if event.on else "Day not known"
    return when, f"{EVENTS[event.kind]}{f': {by}' if by else ''}."

"""Weighing families, saying who is close to one, and what waits were really like: plain values in and out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import quantiles
from typing import NamedTuple

from alongside.insight.workload.weights import Weights

FEWEST_WAITS = 8
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """What makes one family more or less work."""

    programmes: tuple[str, ...]
    opened_on: date
    concern: bool = False
    child_protection: bool = False
    interpreter: bool = False
    paused: bool = False


class Weighed(NamedTuple):
    """How much work a family is, and what makes it so."""

    weight: float
    reasons: tuple[str, ...]


def weigh(family: FamilyFacts, weights: Weights, today: date) -> Weighed:
    """Weigh one family."""
    added = {
        "the first weeks": weights.new if is_new(family.opened_on, weights, today) else 0,
        "an open concern": weights.concern if family.concern else 0,
        "a child protection plan": weights.child_protection if family.child_protection else 0,
        "an interpreter": weights.interpreter if family.interpreter else 0,
    }
    taking_part = sum(map(weights.of_programme, family.programmes)) if family.programmes else weights.no_programme
    total = taking_part + sum(added.values())
    reasons = [words for words, weight in added.items() if weight]
    if len(family.programmes) > 1:
        reasons.insert(0, "two programmes")
    if family.paused:
        return Weighed(total * weights.paused, (*reasons, "paused"))
    return Weighed(total, tuple(reasons))


def is_new(opened_on: date, weights: Weights, today: date) -> bool:
    """Say whether a family is in its first weeks."""
    return opened_on > new_since(weights, today)


def new_since(weights: Weights, today: date) -> date:
    """Give the day after which a family that was taken on is new."""
    return today - timedelta(weeks=weights.new_weeks)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A worker, as far as it matters for one family."""

    families: int
    capacity: int | None
    here: int = 0
    same_team: bool = False
    language: str = ""
    experience: int = 0
    carer_too: bool = False
    away_until: date | None = None
    away: bool = False

    @property
    def room(self) -> int | None:
        """How many more families they can take."""
        return None if self.capacity is None else self.capacity - self.families


class Close(NamedTuple):
    """How close a worker is to a family; ``able`` is false where they are away or full."""

    able: bool
    score: float
    reasons: tuple[str, ...]


def closeness(one: Candidate, *, place: str, footing: str, weights: Weights) -> Close:
    """Say how close a worker is to a family, and why, in words for who decides."""
    close, score, reasons = weights.close, 0.0, []
    if one.away:
        until = f" until {one.away_until.day} {one.away_until:%B}" if one.away_until else ""
        reasons.append(f"Away{until}.")
    room = one.room
    if room is None:
        reasons.append("No limit set.")
        score += close.room / 2
    elif room > 0:
        reasons.append(f"Room for {room} more.")
        score += close.room * room / max(one.capacity or 1, 1)
    else:
        reasons.append("Full.")
    if one.here:
        score += close.place
        reasons.append(f"Works with {_families(one.here)} in {place}.")
    if one.same_team:
        score += close.team
    if one.language:
        score += close.language
        reasons.append(f"Speaks {one.language}.")
    if one.experience:
        score += close.experience * min(one.experience, close.experience_most)
        reasons.append(f"Has worked with {_families(one.experience)} {footing}.")
    if one.carer_too:
        score += close.carer_too
        reasons.append("Has been a kinship carer too.")
    return Close(not one.away and (room is None or room > 0), score, tuple(reasons))


def spoken(language: str, languages: str) -> str:
    """Give the family's language as it is called, where a worker speaks it.

    >>> spoken("urdu", "Punjabi, Urdu"), spoken("", "Urdu"), spoken("Welsh", "")
    ('Urdu', '', '')
    """
    theirs = {each.strip().casefold(): each.strip() for each in languages.split(",") if each.strip()}
    return theirs.get(language.strip().casefold(), "")


class Waits(NamedTuple):
    """How long the middle half of those who came off a waiting list had waited, in days."""

    families: int
    shortest: int
    longest: int


def expected(days: Sequence[int]) -> Waits | None:
    """Give what really happened lately; None where it happened too seldom to say anything from it."""
    if len(days) < FEWEST_WAITS:
        return None
    low, _, high = quantiles(days, n=4, method="inclusive")
    return Waits(len(days), round(low), round(high))


def wait_words(waits: Waits | None) -> str:
    """Say it so that it may be said to a family: what happened, and not a promise."""
    if waits is None:
        return "Too few families came off this list lately to say how long it takes."
    low, high = _span(waits.shortest), _span(waits.longest)
    took = f"about {low}" if low == high else f"between {low} and {high}"
    return (
        f"Of the last {waits.families} families, the middle half waited {took}. That is what happened, not a promise."
    )


def _span(days: int) -> str:
    if days < 2 * DAYS_A_WEEK:
        return f"{days} day{'' if days == 1 else 's'}"
    return f"{round(days / DAYS_A_WEEK)} weeks"


def _families(number: int) -> str:
    return f"{number} famil{'y' if number == 1 else 'ies'}"


def why_late(
    *,
    worker: str | None,
    away: bool,
    paused: bool,
    over_capacity: bool,
    tries: Iterable[date],
    booked: bool,
) -> tuple[str, ...]:
    """Say why something is late, as far as the record shows it; nothing where it does not."""
    tried = sorted(tries)
    reasons = []
    if worker is None:
        reasons.append("Nobody works with them yet.")
    if away:
        reasons.append(f"{worker} is away.")
    if paused:
        reasons.append("The work is paused.")
    if tried:
        last = tried[-1]
        times = "once" if len(tried) == 1 else f"{len(tried)} times"
        reasons.append(f"Tried {times} without an answer, last on {last.day} {last:%B}.")
    if booked:
        reasons.append("An appointment is booked.")
    if over_capacity and worker:
        reasons.append(f"{worker} holds more families than agreed.")
    return tuple(reasons)

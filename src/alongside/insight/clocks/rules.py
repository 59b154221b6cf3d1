"""Counting what the law gives people time for: plain facts in; a day, how it was counted and where it stands out."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from alongside.core.base.clocks import DAY, is_working_day
from alongside.core.base.days import in_words

MONTHS_A_YEAR = 12
CLOSE_KIN = frozenset({"grandparent", "sibling", "aunt_uncle", "step_parent"})
NOT_KNOWN = frozenset({"", "unknown"})
PASSED_STAYS = timedelta(days=7)  # how long a turning point is told of after its day

# What may set a clock going, hold it or end it, as it is said in a sentence.
DATES = {
    "planned_for": "the day the child is to move in",
    "started_on": "the day the child came to live there",
    "authority_told_on": "the day the council was told",
    "temporarily_approved_on": "the temporary approval",
    "approval_extended_on": "the extension of the approval",
    "approval_decided_on": "the decision on full approval",
    "visited_on": "the social worker’s last visit",
    "reviewed_on": "the first review",
    "fund_assessed_on": "the assessment for the fund",
    "fund_applied_on": "the application to the fund",
    "allowance_claimed_on": "the claim for Guardian’s Allowance",
    "allowance_reviewed_on": "the allowance’s last review",
    "referred_on": "the referral",
}


class Unit(StrEnum):
    """In what time is counted."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class State(StrEnum):
    """Where a clock stands, the most urgent first."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    AHEAD = "ahead"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Rule:
    """One clock of law, contract or practice.

    It counts from the first of ``count_from`` that is known, and is over once one of ``ends_with`` is. A ``turn`` comes
    by itself and asks nothing of anybody. ``law_of`` says whose nation's rule it is: that of the authority that placed
    the child, or of the one where the family lives. ``applies_from`` and ``applies_until`` are the first
    and last day on which it can begin to run. ``begins_with`` says what began on the day that the arrangement did,
    where that is not the child's moving in.
    """

    slug: str
    title: str
    words: str
    kinds: tuple[str, ...]
    count_from: tuple[str, ...]
    count: int
    unit: Unit
    source: str
    verified: bool
    checked: date | None = None
    nation: str = ""
    before: bool = False
    turn: bool = False
    law_of: str = "home"
    needs: tuple[str, ...] = ()
    ends_with: tuple[str, ...] = ()
    begins_with: str = ""
    stages: tuple[str, ...] = ()
    looked_after_before: bool = False
    beyond_close_kin: bool = False
    under_age: int | None = None
    notice_days: int = 28
    applies_from: date | None = None
    applies_until: date | None = None

    def called(self, name: str) -> str:
        """Say in a sentence what a date that it counts from is the day of."""
        return self.begins_with if name == "started_on" and self.begins_with else DATES[name]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one arrangement of one child; what nobody said is None, ``unknown`` or left out of ``dates``."""

    kind: str
    dates: Mapping[str, date]
    home: str | None = None
    placing: str | None = None
    stage: str = "none"
    looked_after_before: str = "unknown"
    kin: str = "unknown"
    born: date | None = None
    start_is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day that a rule comes to for a family; ``act_by`` is the last working day up to it."""

    rule: Rule
    due: date
    act_by: date
    state: State
    words: str = field(compare=False)


class Missing(NamedTuple):
    """The one thing without which a clock cannot run, and the name of its date where it is one."""

    words: str
    date: str = ""


def later(day: date, count: int, unit: Unit) -> date:
    """Give the day so much later, or earlier where the count is below 0.

    A month or a year on is the same day of that month, or its last day where it has no such day.
    """
    if unit in (Unit.DAYS, Unit.WEEKS):
        return day + timedelta(days=count * (7 if unit == Unit.WEEKS else 1))
    months = day.year * MONTHS_A_YEAR + day.month - 1 + count * (MONTHS_A_YEAR if unit == Unit.YEARS else 1)
    year, month = divmod(months, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_working_day(due: date) -> date:
    """Give the last day up to and including this one on which an office is open in England and Wales."""
    while not is_working_day(due):
        due -= DAY
    return due


def state_on(today: date, due: date, act_by: date, rule: Rule) -> State:
    """Say where a clock stands on a day."""
    if today > due:
        return State.PASSED if rule.turn else State.LATE
    if today >= act_by:
        return State.TODAY
    return State.SOON if today >= due - timedelta(days=rule.notice_days) else State.AHEAD


def deadlines(facts: Facts, rules: Iterable[Rule], today: date) -> list[Deadline]:
    """Give every clock that runs for an arrangement, the earliest first."""
    found = [deadline for rule in rules if (deadline := _deadline(facts, rule, today))]
    return sorted(found, key=lambda one: (one.due, one.rule.slug))


def wanting(facts: Facts, rules: Iterable[Rule]) -> list[tuple[Rule, Missing]]:
    """Give each clock that would run if one thing were known, with that thing; not one for each nation."""
    found = {rule.slug: (rule, missing) for rule in rules if (missing := _missing(facts, rule))}
    return list(found.values())


def runs_from(dates: Mapping[str, date], rule: Rule) -> tuple[str, date] | None:
    """Give the fact that a rule counts from, and its day."""
    return next(((name, dates[name]) for name in rule.count_from if name in dates), None)


def _deadline(facts: Facts, rule: Rule, today: date) -> Deadline | None:
    start = runs_from(facts.dates, rule)
    if start is None or _asked(facts, rule) is not True or _over(facts, rule):
        return None
    name, day = start
    if not _in_force(rule, day):
        return None
    due = later(day, -rule.count if rule.before else rule.count, rule.unit)
    if rule.under_age and facts.born and later(facts.born, rule.under_age, Unit.YEARS) <= max(due, today):
        return None
    act_by = last_working_day(due)
    exact = facts.start_is_exact or name != "started_on"
    return Deadline(rule, due, act_by, state_on(today, due, act_by, rule), counted(rule, name, day, exact))


def counted(rule: Rule, name: str, day: date, exact: bool = True) -> str:
    """Say how a day was counted: "16 weeks from the temporary approval on 3 August 2026"."""
    unit = rule.unit.value if rule.count != 1 else rule.unit.value[:-1]
    way = "before" if rule.before else "from"
    on = f"on {in_words(day)}" if exact else f"about {day:%B %Y}"
    return f"{rule.count} {unit} {way} {rule.called(name)}, {on}"


def _in_force(rule: Rule, day: date) -> bool:
    return (rule.applies_from or date.min) <= day <= (rule.applies_until or date.max)


def _over(facts: Facts, rule: Rule) -> bool:
    return any(name in facts.dates for name in rule.ends_with)


def _asked(facts: Facts, rule: Rule) -> bool | str:
    """Whether what a rule asks of an arrangement holds; the thing that nobody said where that decides."""
    nation = (facts.placing or facts.home) if rule.law_of == "placing" else (facts.home or facts.placing)
    if rule.nation and nation and nation != rule.nation:
        return False
    if facts.kind not in rule.kinds or (rule.stages and facts.stage not in rule.stages):
        return False
    if rule.beyond_close_kin and facts.kin in CLOSE_KIN:
        return False
    if rule.looked_after_before and facts.looked_after_before == "no":
        return False
    if any(name not in facts.dates for name in rule.needs):
        return False
    if rule.nation and nation is None:
        return "which council it is"
    if rule.beyond_close_kin and facts.kin in NOT_KNOWN:
        return "what the carer is to the child"
    if rule.looked_after_before and facts.looked_after_before != "yes":
        return "whether the child was looked after immediately before"
    return True


def _missing(facts: Facts, rule: Rule) -> Missing | None:
    asked = _asked(facts, rule)
    if asked is False or _over(facts, rule):
        return None
    if isinstance(asked, str):
        return Missing(asked)
    name = rule.count_from[-1]
    return None if runs_from(facts.dates, rule) else Missing(rule.called(name), name)

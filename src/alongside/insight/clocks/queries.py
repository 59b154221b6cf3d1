"""The clocks of one family, and those of somebody's families that run out, shaped for pages."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import In
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.base.clocks import DAY
from alongside.core.base.prepared import Prepared
from alongside.insight.clocks.allowances import review_deadline, reviews_due, reviews_of
from alongside.insight.clocks.contract import contract_deadlines
from alongside.insight.clocks.reading import rules
from alongside.insight.clocks.rules import (
    PASSED_STAYS,
    Deadline,
    Facts,
    Missing,
    Rule,
    State,
    deadlines,
    later,
    wanting,
)
from alongside.records.cases.models import Case
from alongside.records.people.models import Arrangement, Membership, Precision, Relationship, held_by, hidden_people

HOME = "child__memberships__household"
DATES = (
    *("started_on", "planned_for", "authority_told_on", "temporarily_approved_on", "approval_extended_on"),
    *(
        "approval_decided_on",
        "visited_on",
        "reviewed_on",
        "fund_assessed_on",
        "fund_applied_on",
        "allowance_claimed_on",
    ),
)
# Months differ in length, so the database looks a little further than a rule reaches and the rule itself decides.
SLACK = 4 * DAY


class Told(NamedTuple):
    """An arrangement of a child who lives with a family now."""

    arrangement: UUID
    case: UUID
    family: str
    child: str
    facts: Facts


class DueClock(NamedTuple):
    """A clock that runs out for one family; ``child`` is empty where it belongs to no child in particular."""

    case: UUID
    family: str
    child: str
    arrangement: UUID | None
    deadline: Deadline


class FamilyClock(NamedTuple):
    """A clock of one family; those of the contract belong to nobody in particular."""

    child: str
    arrangement: UUID | None
    deadline: Deadline


class Wanting(NamedTuple):
    """A clock that cannot run, because one thing is not known."""

    child: str
    arrangement: UUID
    rule: Rule
    missing: Missing


class FamilyClocks(NamedTuple):
    """What runs for a family, and what would run if more were known."""

    running: list[FamilyClock]
    wanting: list[Wanting]
    arrangements: list[Told]


def clocks_due(user: User, until: date) -> list[DueClock]:
    """Give the clocks of law and of allowances that are late or run out by a day, the earliest first, in two queries.

    A family worker is told of the families that are theirs, a manager of their team's (of all, without a team). First
    contacts and reviews of the work are not among them: those days are kept on the case.
    """
    today = timezone.localdate()
    found = [
        DueClock(told.case, told.family, told.child, told.arrangement, deadline)
        for told in map(_told, _due_rows(user, [*_reaching_back(until), *_turning_from(today)]))
        for deadline in deadlines(told.facts, rules(), today)
        if deadline.due <= until and not (deadline.rule.turn and deadline.due < today - PASSED_STAYS)
    ]
    found += [
        DueClock(review.case, review.family, review.child or "", None, review_deadline(review, today))
        for review in reviews_due(user, until)
    ]
    return sorted(found, key=lambda one: (one.deadline.due, one.family, one.child))


def clocks_of(case: Case, user: User) -> FamilyClocks:
    """Give every clock of a family, of law and of contract, the next first and what has passed last.

    Those of an arrangement with a carer whom this person may not know of are not among them.
    """
    today = timezone.localdate()
    arrangements = [_told(row) for row in _family_rows([case.household_id], user)]
    running = [
        FamilyClock(told.child, told.arrangement, deadline)
        for told in arrangements
        for deadline in deadlines(told.facts, rules(), today)
    ]
    running += [FamilyClock("", None, deadline) for deadline in contract_deadlines(case, today)]
    running += [FamilyClock(review.child or "", None, review_deadline(review, today)) for review in reviews_of(case.pk)]
    lacking = [
        Wanting(told.child, told.arrangement, *each) for told in arrangements for each in wanting(told.facts, rules())
    ]
    running.sort(key=lambda one: (one.deadline.state == State.PASSED, one.deadline.due, one.child))
    return FamilyClocks(running, lacking, arrangements)


def _columns() -> Any:
    kin = Relationship.objects.filter(relative=OuterRef("child"), person=OuterRef("carer")).values("kind")[:1]
    return (
        Arrangement.objects.annotate(kin=Subquery(kin)),
        (
            *("pk", f"{HOME}__case", f"{HOME}__name", "child__name", "child__known_as", "kind"),
            *(f"{HOME}__authority__nation", "authority__nation", "stage", "looked_after_before", "kin"),
            *("child__birth_date", "child__birth_precision", "started_precision", *DATES),
        ),
    )


def _living_there(**more: Any) -> Q:
    """The arrangement stands, and the child lives in a home; further conditions are of that same home."""
    here = {"part": Membership.Part.CHILD, "until": None, **more}
    return Q(ended_on=None, **{f"child__memberships__{name}": value for name, value in here.items()})


def _due(user: User, days: list[date]) -> Any:
    """Rows in which a rule may have something to say; ``days`` holds one for each rule, then one for each turn."""
    told, columns = _columns()
    since = dict(zip(_turns(), days[len(rules()) :], strict=True))
    asked = Q()
    for rule, at_latest in zip(rules(), days, strict=False):
        begins = _start_of(rule)
        still_open = {f"{name}__isnull": True for name in rule.ends_with}
        met = Q(**{f"{begins}__lte": at_latest}, **still_open, kind__in=rule.kinds)
        asked |= met & Q(**{f"{begins}__gte": since[rule]}) if rule in since else met
    told = told.annotate(**{_start_of(rule): Coalesce(*map(F, rule.count_from)) for rule in rules() if _several(rule)})
    mine = _living_there(household__case__closed_on=None) & held_by(user, f"{HOME}__") & _theirs(user) & _in_sight(user)
    return told.filter(mine, asked).order_by("pk").values_list(*columns)


def _theirs(user: User) -> Q:
    if user.role != Role.MANAGER:
        return Q(**{f"{HOME}__case__worker": user.pk})
    return Q(**{f"{HOME}__case__team": user.team_id}) if user.team_id else Q()


_due_rows = Prepared(_due, slots=1)


def _in_sight(user: User) -> Q:
    """The arrangement is not with a carer whom this person may not know of; the child may have another home."""
    return Q(carer=None) | ~Q(In(F("carer"), hidden_people(user)))


def _family(households: list[UUID], user: User) -> Any:
    told, columns = _columns()
    here = _living_there(household__in=households) & _in_sight(user)
    return told.filter(here).order_by("child__birth_date", "pk").values_list(*columns)


_family_rows = Prepared(_family, slots=1)


def _several(rule: Rule) -> bool:
    return len(rule.count_from) > 1


def _start_of(rule: Rule) -> str:
    return f"first_{'_'.join(rule.count_from)}" if _several(rule) else rule.count_from[0]


def _reaching_back(until: date) -> list[date]:
    """Give for each rule the last day from which it may have counted to be due by a day."""
    return [later(until, rule.count if rule.before else -rule.count, rule.unit) + SLACK for rule in rules()]


def _turns() -> list[Rule]:
    return [rule for rule in rules() if rule.turn]


def _turning_from(today: date) -> list[date]:
    """Give for each turning point the first day from which it may have counted to be told of still."""
    told_of = today - PASSED_STAYS - SLACK
    return [later(told_of, -rule.count, rule.unit) for rule in _turns()]


def _told(row: tuple[Any, ...]) -> Told:
    arrangement, case, family, name, known_as, kind, home, placing, stage, before, kin, born, precision, *rest = row
    started_precision, *days = rest
    facts = Facts(
        kind=kind,
        dates={name: day for name, day in zip(DATES, days, strict=True) if day},
        home=home,
        placing=placing,
        stage=stage,
        looked_after_before=before,
        kin=kin or "unknown",
        born=born if precision == Precision.EXACT else None,
        start_is_exact=started_precision == Precision.EXACT,
    )
    return Told(arrangement, case, family, known_as or name, facts)

"""The arrangements from which the clocks of law count: those of a family, and those with a clock that runs out soonest.

What a rule asks is said to the database too, so that a list reads no more rows than it shows; the rule itself decides.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case as Either
from django.db.models import DateField, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Least
from django.db.models.lookups import GreaterThan, In

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.base.clocks import DAY
from alongside.core.base.prepared import Prepared
from alongside.insight.clocks.reading import rules
from alongside.insight.clocks.rules import CLOSE_KIN, NOT_KNOWN, PASSED_STAYS, Facts, Rule, Unit
from alongside.records.cases.models import Case
from alongside.records.people.models import Arrangement, Membership, Precision, Relationship, held_by, hidden_people

HOME = "child__memberships__household"
DATES = (
    *("started_on", "planned_for", "authority_told_on", "temporarily_approved_on", "approval_extended_on"),
    *("approval_decided_on", "visited_on", "reviewed_on", "fund_assessed_on", "fund_applied_on"),
    "allowance_claimed_on",
)
# Months differ in length, and databases differ in what a month later is: never earlier, and at most so many days later.
SLACK = 4 * DAY


class Told(NamedTuple):
    """An arrangement of a child who lives with a family now."""

    arrangement: UUID
    case: UUID
    family: str
    child: str
    facts: Facts


class Later(Func):
    """The day so long after another one, or before it where the number is below 0."""

    output_field = DateField()

    def __init__(self, day: Any, number: int, unit: Unit) -> None:
        # SQLite knows no weeks.
        self.span = f"{7 * number:+} days" if unit == Unit.WEEKS else f"{number:+} {unit.value}"
        super().__init__(day, template=f"date(%(expressions)s, '{self.span}')")

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Say it as PostgreSQL does."""
        return self.as_sql(compiler, connection, template=f"(%(expressions)s + interval '{self.span}')::date", **more)


class Among(In):
    """That a value is among those of a subquery, which PostgreSQL asks once and first, and not of every row."""

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """Say it as PostgreSQL does."""
        left, values = self.process_lhs(compiler, connection)
        right, more = self.process_rhs(compiler, connection)
        return f"{left} = any(array{right})", (*values, *more)


def running_out(user: User, until: date, today: date, most: int) -> list[Told]:
    """Give the arrangements of somebody's families whose clock is late or runs out by a day, the earliest first."""
    return [_told(row) for row in _due_rows(user, until + SLACK, today, today - PASSED_STAYS - SLACK, most)]


def of_household(household: UUID, user: User) -> list[Told]:
    """Give the arrangements of the children of a family that this person may know of."""
    return [_told(row) for row in _family_rows([household], user)]


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


@Prepared
def _due_rows(user: User, until: date, today: date, told_of: date, most: int) -> Any:
    """Rows in which a rule has something to say, by the day that the earliest of them comes to."""
    rows, columns = _columns()
    rows = rows.alias(
        of_home=Coalesce(f"{HOME}__authority__nation", "authority__nation"),
        of_placing=Coalesce("authority__nation", f"{HOME}__authority__nation"),
        **{_start_of(rule): Coalesce(*map(F, rule.count_from)) for rule in rules() if _several(rule)},
    )
    never = Value(date.max, DateField())
    days = (Either(When(_asks(rule, today, told_of), then=_comes_to(rule)), default=never) for rule in rules())
    mine = _living_there(household__case__closed_on=None) & held_by(user, f"{HOME}__") & _theirs(user) & _in_sight(user)
    if _theirs(user):
        rows = rows.filter(Among(F("child"), _children(user)))
    found = rows.filter(mine).alias(first=Least(*days)).filter(first__lte=until)
    return found.order_by("first", "pk").values_list(*columns)[:most]


def _asks(rule: Rule, today: date, told_of: date) -> Q:
    """What a rule asks of an arrangement, as :func:`alongside.insight.clocks.rules.deadlines` does."""
    start = _start_of(rule)
    asked = Q(kind__in=rule.kinds, **{f"{start}__isnull": False})
    asked &= Q(**{f"{name}__isnull": True for name in rule.ends_with})
    asked &= Q(**{f"{name}__isnull": False for name in rule.needs})
    asked &= Q(**{f"of_{rule.law_of}": rule.nation})
    if rule.stages:
        asked &= Q(stage__in=rule.stages)
    if rule.looked_after_before:
        asked &= Q(looked_after_before="yes")
    if rule.applies_from:
        asked &= Q(**{f"{start}__gte": rule.applies_from})
    if rule.applies_until:
        asked &= Q(**{f"{start}__lte": rule.applies_until})
    if rule.turn:
        asked &= Q(GreaterThan(_comes_to(rule), Value(told_of, DateField())))
    if rule.under_age:
        asked &= _young(rule, today)
    if rule.beyond_close_kin:
        asked &= Q(kin__isnull=False) & ~Q(kin__in=[*sorted(CLOSE_KIN | NOT_KNOWN)])
    return asked


def _young(rule: Rule, today: date) -> Q:
    """Whether the child is young enough for a rule today and on its day, or nobody knows how old they are."""
    grown = Later(Later("child__birth_date", rule.under_age or 0, Unit.YEARS), SLACK.days, Unit.DAYS)
    young = Q(GreaterThan(grown, Value(today, DateField()))) & Q(GreaterThan(grown, _comes_to(rule)))
    return Q(child__birth_date=None) | ~Q(child__birth_precision=Precision.EXACT) | young


def _comes_to(rule: Rule) -> Later:
    return Later(_start_of(rule), -rule.count if rule.before else rule.count, rule.unit)


def _theirs(user: User, case: str = f"{HOME}__case__") -> Q:
    if user.role != Role.MANAGER:
        return Q(**{f"{case}worker": user.pk})
    return Q(**{f"{case}team": user.team_id}) if user.team_id else Q()


def _children(user: User) -> Any:
    """The children of the open families that are somebody's own or their team's, by which a nation's are left aside."""
    homes = Case.objects.filter(_theirs(user, ""), closed_on=None).values("household")
    return Membership.objects.filter(part=Membership.Part.CHILD, until=None, household__in=homes).values("person")


def _in_sight(user: User) -> Q:
    """The arrangement is not with a carer whom this person may not know of; the child may have another home."""
    return Q(carer=None) | ~Q(In(F("carer"), hidden_people(user)))


def _family(households: Iterable[UUID], user: User) -> Any:
    rows, columns = _columns()
    here = _living_there(household__in=households) & _in_sight(user)
    return rows.filter(here).order_by("child__birth_date", "pk").values_list(*columns)


_family_rows = Prepared(_family, slots=1)


def _several(rule: Rule) -> bool:
    return len(rule.count_from) > 1


def _start_of(rule: Rule) -> str:
    return f"first_{'_'.join(rule.count_from)}" if _several(rule) else rule.count_from[0]


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

"""Reading how the work is looked after: who is sampled, when supervision was, who is away and who stands in."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, DateTimeField, Exists, IntegerField, Max, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.base.prepared import Prepared
from alongside.core.base.prepared_rows import PreparedRows
from alongside.records.cases.models import Case
from alongside.records.concerns.queries import in_nobodys_week
from alongside.records.concerns.rules import late
from alongside.records.oversight.models import (
    Absence,
    AgreedAction,
    CaseAudit,
    CaseTalk,
    Cover,
    Priority,
    Sample,
    Supervision,
)
from alongside.records.oversight.rules import draw, fingerprint
from alongside.records.people.models import Restriction, SafetyNote
from alongside.records.programmes.queries import unallocated
from alongside.records.referrals.models import Referral

NOBODYS = ("without_worker", "uncarried", "due")


def pool_of(agency: UUID, team: UUID | None, at: datetime) -> list[UUID]:
    """Give the cases that were open on a day, as it can be seen now, but for those of which few might know then.

    So it is the same for whoever draws or draws again: no number says that somebody knows of a family more.
    """
    on = timezone.localdate(at)
    was_open = Q(opened_on__lte=on) & (Q(closed_on=None) | Q(closed_on__gt=on))
    stood = Q(created_at__lte=at) & (Q(ended_on=None) | Q(ended_on__gt=on))
    guarded = Restriction.objects.filter(stood, household=OuterRef("household"))
    cases = Case.objects.filter(was_open, ~Exists(guarded), agency=agency)
    return list((cases.filter(team=team) if team else cases).values_list("pk", flat=True))


class Check(NamedTuple):
    """What comes out when a sample is drawn again: whether the pool is the same, and whether the families are."""

    pool: int
    same_pool: bool
    same_draw: bool


def draw_again(sample: Sample) -> Check:
    """Draw a sample again by its seed from the cases that were open on its day."""
    pool = pool_of(sample.agency_id, sample.team_id, sample.created_at)
    drawn = [str(case) for case in draw(sample.seed, pool, sample.size)]
    return Check(len(pool), fingerprint(pool) == sample.fingerprint, drawn == sample.picked)


def audits_of_sample(sample: Sample, user: User) -> list[tuple[Case, CaseAudit | None]]:
    """Give the families of a sample in the order of the draw, each with its audit once there is one."""
    rows = Case.objects.visible_to(user).filter(pk__in=sample.picked).select_related("household", "worker")
    cases = {str(case.pk): case for case in rows}
    audits = {str(audit.case_id): audit for audit in CaseAudit.objects.filter(sample=sample)}
    return [(cases[pk], audits.get(pk)) for pk in sample.picked if pk in cases]


def samples(user: User) -> list[tuple[Sample, int]]:
    """Give the last samples, the newest first, each with how many of its families this person may know of."""
    rows = list(Sample.objects.visible_to(user).select_related("team", "by").order_by("-drawn_on", "-pk")[:12])
    drawn = {pk for sample in rows for pk in sample.picked}
    seen = {str(pk) for pk in Case.objects.visible_to(user).filter(pk__in=drawn).values_list("pk", flat=True)}
    return [(sample, len(seen.intersection(sample.picked))) for sample in rows]


def audits(user: User) -> list[CaseAudit]:
    """Give the last audits, those not followed up yet first."""
    open_yet = AgreedAction.objects.filter(audit=OuterRef("pk"), done_on=None)
    rows = CaseAudit.objects.visible_to(user).select_related("case__household", "by").annotate(to_do=Exists(open_yet))
    newest = list(rows.order_by("-audited_on", "-pk")[:25])
    return sorted(newest, key=lambda audit: audit.followed_up_on is not None)


def supervisions_of(worker: User, user: User) -> list[Supervision]:
    """Give a worker's supervisions that somebody may see, the last first."""
    rows = Supervision.objects.visible_to(user).filter(worker=worker)
    return list(rows.select_related("by").order_by("-held_on", "-pk")[:12])


def talks_of(supervision: Supervision, user: User) -> list[CaseTalk]:
    """Give what was said of each family."""
    rows = CaseTalk.objects.visible_to(user).filter(supervision=supervision).select_related("case__household")
    return list(rows.order_by("case__household__name", "pk"))


class Met(NamedTuple):
    """When somebody last had supervision, and when they have it next."""

    last: date
    next: date | None


def supervised(workers: Iterable[UUID]) -> dict[UUID, Met]:
    """Say of each worker who ever had supervision when that was last and is next, in one query."""
    return {worker: Met(last, following) for worker, last, following in _supervised(list(workers))}


@Prepared
def _supervised(workers: list[UUID]) -> Any:
    rows = Supervision.objects.filter(worker__in=workers).values("worker").order_by()
    return rows.annotate(last=Max("held_on"), next=Max("next_on")).values_list("worker", "last", "next")


def open_actions(owner: User, user: User) -> list[AgreedAction]:
    """Give what somebody still has to do."""
    return list(AgreedAction.objects.visible_to(user).filter(owner=owner, done_on=None).order_by("due_on", "pk"))


def actions_of(**of: Any) -> list[AgreedAction]:
    """Give what was agreed in a supervision or after an audit."""
    return list(AgreedAction.objects.filter(**of).select_related("owner").order_by("due_on", "pk"))


def away_now(agency: UUID, today: date) -> dict[UUID, Absence]:
    """Give the absences that run today, by worker."""
    rows = Absence.objects.filter(agency=agency, over_on=None, starts_on__lte=today)
    return {absence.worker_id: absence for absence in rows.filter(Q(ends_on=None) | Q(ends_on__gte=today))}


def absences_ahead(agency: UUID, until: date) -> list[Absence]:
    """Give who is away now or soon, and what should have begun or ended by now."""
    return _absences_ahead(agency, until)


def _ahead(agency: UUID, until: date) -> QuerySet[Absence]:
    rows = Absence.objects.filter(agency=agency, over_on=None, starts_on__lte=until)
    return rows.order_by("starts_on", "worker__name", "pk")


_absences_ahead = PreparedRows(Absence, _ahead, "worker")


def absences_of(worker: User, user: User) -> list[Absence]:
    """Give a worker's absences that somebody may see, the last first."""
    return list(Absence.objects.visible_to(user).filter(worker=worker).order_by("-starts_on", "-pk")[:12])


class Covered(NamedTuple):
    """A family that somebody else looks after for a while, with what to know before calling."""

    cover: Cover
    notes: list[SafetyNote]


def covers_of(absence: Absence, user: User) -> list[Covered]:
    """Give the families of an absence that somebody may see, each with its safety notes, in two queries."""
    return _with_notes(Cover.objects.visible_to(user).filter(absence=absence))


def taken_by(user: User) -> list[Covered]:
    """Give the families that somebody looks after for others, now or soon."""
    return _with_notes(Cover.objects.visible_to(user).filter(worker=user, back_on=None, absence__over_on=None))


def _with_notes(rows: "QuerySet[Cover]") -> list[Covered]:
    covers = list(
        rows.select_related("case__household", "worker", "absence__worker").order_by("case__household__name", "pk")
    )
    notes: dict[UUID, list[SafetyNote]] = {}
    households = [cover.case.household_id for cover in covers]
    for note in SafetyNote.objects.filter(household__in=households, ended_on=None).order_by("pk"):
        notes.setdefault(note.household_id, []).append(note)
    return [Covered(cover, notes.get(cover.case.household_id, [])) for cover in covers]


def prioritised(user: User) -> list[Priority]:
    """Give the waiting families that come before others, in their order."""
    rows = Priority.objects.visible_to(user).filter(referral__status="waiting", level__isnull=False)
    return list(rows.select_related("referral__authority", "by").order_by("level", "referral__received_at", "pk")[:100])


def priority_of(referral: Referral) -> Priority | None:
    """Give what is said of a waiting family's turn."""
    found: Priority | None = Priority.objects.filter(referral=referral).first()
    return found


class Nobodys(NamedTuple):
    """What is in nobody's week: families without a worker, and open concerns that no open family carries.

    ``due_at`` is when the first thing is due about any of those concerns.
    """

    families: int = 0
    concerns: int = 0
    due_at: datetime | None = None

    @property
    def lateness(self) -> str:
        """How late that is; nothing while there is time."""
        return late(self.due_at, timezone.now()) if self.due_at else ""


@Prepared
def _nobodys(user: User) -> Any:
    none, never = Value(0, IntegerField()), Cast(Value(None), DateTimeField())
    families = unallocated(Case.objects.visible_to(user)).values("agency").order_by()
    counted = families.annotate(without_worker=Count("pk"), uncarried=none, due=never)
    concerns = in_nobodys_week(user).values("agency")
    concerns = concerns.annotate(without_worker=none, uncarried=Count("pk"), due=Min("due_at"))
    return counted.values_list(*NOBODYS).union(concerns.values_list(*NOBODYS), all=True)


def nobodys(user: User) -> Nobodys:
    """Count what is in nobody's week, exactly and in one query, for who leads a team; nothing for others."""
    if not user.may(Permission.TEAM_LEAD):
        return Nobodys()
    rows = _nobodys(user)
    due = next((due for _, _, due in rows if due), None)
    return Nobodys(sum(families for families, _, _ in rows), sum(concerns for _, concerns, _ in rows), due)

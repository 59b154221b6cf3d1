"""Reading how the work is looked after: who is sampled, when supervision was, who is away and who stands in."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.core.agencies.models import User
from alongside.records.cases.models import Case
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
from alongside.records.people.models import SafetyNote


def pool_of(agency: UUID, team: UUID | None, on: date) -> list[UUID]:
    """Give the cases that were open on a day, as far as can be seen now."""
    was_open = Q(opened_on__lte=on) & (Q(closed_on=None) | Q(closed_on__gt=on))
    cases = Case.objects.filter(was_open, agency=agency)
    return list((cases.filter(team=team) if team else cases).values_list("pk", flat=True))


class Check(NamedTuple):
    """What comes out when a sample is drawn again: whether the pool is the same, and whether the families are."""

    pool: int
    same_pool: bool
    same_draw: bool


def draw_again(sample: Sample) -> Check:
    """Draw a sample again by its seed from the cases that were open on its day."""
    pool = pool_of(sample.agency_id, sample.team_id, sample.drawn_on)
    drawn = [str(case) for case in draw(sample.seed, pool, sample.size)]
    return Check(len(pool), fingerprint(pool) == sample.fingerprint, drawn == sample.picked)


def audits_of_sample(sample: Sample) -> list[tuple[Case, CaseAudit | None]]:
    """Give the families of a sample in the order of the draw, each with its audit once there is one."""
    cases = {
        str(case.pk): case for case in Case.objects.filter(pk__in=sample.picked).select_related("household", "worker")
    }
    audits = {str(audit.case_id): audit for audit in CaseAudit.objects.filter(sample=sample)}
    return [(cases[pk], audits.get(pk)) for pk in sample.picked if pk in cases]


def samples(user: User) -> list[Sample]:
    """Give the last samples, the newest first."""
    return list(Sample.objects.visible_to(user).select_related("team", "by").order_by("-drawn_on", "-pk")[:12])


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


def talks_of(supervision: Supervision) -> list[CaseTalk]:
    """Give what was said of each family."""
    rows = CaseTalk.objects.filter(supervision=supervision).select_related("case__household")
    return list(rows.order_by("case__household__name", "pk"))


def last_supervisions(workers: Iterable[UUID]) -> dict[UUID, Supervision]:
    """Give each worker's last supervision, in one query."""
    found: dict[UUID, Supervision] = {}
    for one in Supervision.objects.filter(worker__in=list(workers)).order_by("held_on", "pk"):
        found[one.worker_id] = one
    return found


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
    return _with_notes(Cover.objects.filter(worker=user, back_on=None, absence__over_on=None))


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

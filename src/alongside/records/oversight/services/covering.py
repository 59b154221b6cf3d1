"""Handing a whole caseload to others for as long as its worker is away, and back again: each family by itself."""

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.cases.services.opening import allocate_case
from alongside.records.oversight.models import Absence, Cover
from alongside.records.oversight.rules import overlapping, standing_in
from alongside.records.people.knowing import may_know

EARLY = time(5, 0)  # before anybody starts, and clear of the hour that the clocks skip


def plan_absence(
    *,
    worker: User,
    starts_on: date,
    ends_on: date | None,
    words: str,
    covers: Mapping[UUID, User],
    by: User,
    submission: UUID,
) -> Absence:
    """Plan that a worker is away and who takes each of their families; one that begins today begins at once."""
    today = timezone.localdate()
    _check(worker, starts_on, ends_on, submission, by)
    theirs = Case.objects.visible_to(by).filter(worker=worker, closed_on=None).select_related("household")
    cases = {case.pk: case for case in theirs}
    if cases.keys() != covers.keys():
        raise Refused("The families changed meanwhile. Look at the list again: each needs somebody")
    for case, taker in covers.items():
        check_taker(taker, worker, by)
        if not may_know(taker, cases[case].household_id):
            family = cases[case].household
            raise Refused(f"{taker.name} may not know of {family}. Choose somebody who may", field="all_to")
    _check_here(set(covers.values()), starts_on)
    with ledger.together():
        User.objects.select_for_update().get(pk=worker.pk)  # two clicks at once wait for one another
        if Absence.objects.filter(pk=submission, worker=worker).exists():
            return Absence.objects.get(pk=submission)
        absence = ledger.create(
            Absence,
            by=by,
            what="absence planned",
            id=submission,
            agency_id=worker.agency_id,
            worker=worker,
            starts_on=starts_on,
            ends_on=ends_on,
            words=words,
            by_id=by.pk,
        )
        for case, taker in covers.items():
            held = {"agency_id": worker.agency_id, "absence": absence, "case_id": case}
            ledger.create(Cover, by=by, what="cover planned", worker=taker, **held)
        if starts_on <= today:
            begin(absence=absence, by=by)
    return absence


def begin(*, absence: Absence, by: User) -> Absence:
    """Hand over each family that is still its worker's, to a stand-in who still works here and may know of it."""
    today = timezone.localdate()
    with ledger.together():
        held: Absence = Absence.objects.select_for_update().get(pk=absence.pk)
        if held.begun_on or held.over_on:
            return held
        for cover in Cover.objects.filter(absence=held).select_related("case__household", "worker__team", "absence"):
            theirs = cover.case.worker_id == held.worker_id and not cover.case.closed_on
            if theirs and cover.worker.is_active and may_know(cover.worker, cover.case.household_id):
                allocate_case(case=cover.case, worker=cover.worker, by=by)
                ledger.update(cover, by=by, what="family handed over while its worker is away", handed_on=today)
        return ledger.update(held, by=by, what="absence began", begun_on=today)


def end(*, absence: Absence, by: User, ended_on: date | None = None) -> Absence:
    """Give each family back that its stand-in still holds; one that was closed or moved on stays where it is, and so
    does one of which its worker may no longer know.
    """
    today = timezone.localdate()
    with ledger.together():
        held: Absence = Absence.objects.select_for_update().get(pk=absence.pk)
        if held.over_on:
            return held
        covers = Cover.objects.filter(absence=held, handed_on__isnull=False, back_on=None)
        for cover in covers.select_related("case__household"):
            theirs = cover.case.worker_id == cover.worker_id and not cover.case.closed_on
            if theirs and held.worker.is_active and may_know(held.worker, cover.case.household_id):
                allocate_case(case=cover.case, worker=held.worker, by=by)
                ledger.update(cover, by=by, what="family back with its worker", back_on=today)
        return ledger.update(held, by=by, what="absence over", over_on=ended_on or today)


def change_last_day(*, absence: Absence, version: int, ends_on: date | None, by: User) -> Absence:
    """Say that somebody is back sooner or later than planned; without a day, that nobody knows yet."""
    if absence.over_on:
        raise Refused("This is over already. Plan new days away")
    if ends_on and ends_on < max(absence.starts_on, timezone.localdate()):
        raise Refused("The last day must be today or later, and not before the first", field="ends_on")
    _check_alone(absence.worker, absence.starts_on, ends_on, absence.pk, "ends_on")
    return ledger.update(absence, by=by, what="last day of an absence changed", version=version, ends_on=ends_on)


def keep_absences(today: date) -> int:
    """Begin and end what is due, for whoever planned it; safe to do again and again. Give how many absences moved."""
    moved = 0
    due = Absence.objects.filter(over_on=None, starts_on__lte=today).select_related("by")
    for absence in due.order_by("starts_on"):
        stands = standing_in(absence.starts_on, absence.begun_on, absence.ends_on, absence.over_on, today)
        if stands == "to begin" and (absence.ends_on is None or absence.ends_on >= today):
            begin(absence=absence, by=absence.by)
            moved += 1
        elif stands in ("to end", "to begin"):
            end(absence=absence, by=absence.by)
            moved += 1
    return moved


def moments_of(absence: Absence) -> list[datetime]:
    """Give when an absence is to be looked at by itself: as it begins, and on the day after its last."""
    days = [absence.starts_on]
    if absence.ends_on:
        days.append(date.fromordinal(absence.ends_on.toordinal() + 1))
    return [timezone.make_aware(datetime.combine(day, EARLY)) for day in days]


def check_taker(taker: User, worker: User, by: User) -> None:
    """Refuse somebody who cannot take a family."""
    if taker.agency_id != by.agency_id or taker.role != Role.FAMILY_WORKER or taker.pk == worker.pk:
        raise Refused("Choose other family workers of your own")
    if not taker.is_active:
        raise Refused(f"{taker.name} no longer works here. Choose somebody else")


def _check_here(takers: set[User], on: date) -> None:
    """Refuse a stand-in who is away on the very day of the handover."""
    away = Absence.objects.filter(worker__in=takers, over_on=None, starts_on__lte=on)
    gone = away.filter(Q(ends_on=None) | Q(ends_on__gte=on)).select_related("worker").order_by("worker__name").first()
    if gone:
        raise Refused(f"{gone.worker.name} is away on that day too. Choose somebody else", field="all_to")


def _check(worker: User, starts_on: date, ends_on: date | None, submission: UUID, by: User) -> None:
    if worker.agency_id != by.agency_id or worker.role != Role.FAMILY_WORKER:
        raise Refused("Choose one of your own family workers")
    if starts_on < timezone.localdate():
        raise Refused("The first day must be today or later", field="starts_on")
    if ends_on and ends_on < starts_on:
        raise Refused("The last day cannot be before the first", field="ends_on")
    _check_alone(worker, starts_on, ends_on, submission, "starts_on")


def _check_alone(worker: User, starts_on: date, ends_on: date | None, absence: UUID, field: str) -> None:
    """Refuse days away that meet others of the same worker."""
    others = Absence.objects.filter(worker=worker, over_on=None).exclude(pk=absence)
    if overlapping(starts_on, ends_on, list(others.values_list("starts_on", "ends_on"))):
        raise Refused(f"{worker.name} is away then already", field=field)

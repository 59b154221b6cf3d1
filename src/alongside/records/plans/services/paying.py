"""Writing down what a family is paid, every change of it with its reason, and when it is looked at again."""

from datetime import date
from uuid import UUID

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.people.models import Person
from alongside.records.plans.library import kinds
from alongside.records.plans.models import Allowance, AllowanceEntry
from alongside.records.plans.rules import Line, a_week, months_after, standing

Kind = AllowanceEntry.Kind
AMOUNTS = frozenset({Kind.BEGAN, Kind.CHANGED})


def begin_allowance(
    *,
    case: Case,
    kind: str,
    child: Person | None,
    paid_by: str,
    pence: int,
    every: str,
    on: date,
    review_due: date | None,
    by: User,
    submission: UUID,
) -> Allowance:
    """Write down money that a family is paid, since when and how much; its first entry has the same id."""
    if kind not in kinds():
        raise Refused("Choose what kind of money it is", field="kind")
    not_yet_to_come(on, "on")
    with ledger.together():
        allowance = ledger.create(
            Allowance,
            by=by,
            what="allowance written down",
            id=submission,
            agency_id=case.agency_id,
            case=case,
            kind=kind,
            child=child,
            paid_by=paid_by,
            review_due=review_due or _next_review(kind, on),
        )
        _enter(allowance, Kind.BEGAN, on, pence, every, "", by, submission)
    return allowance


def edit_allowance(
    *,
    allowance: Allowance,
    version: int,
    child: Person | None,
    paid_by: str,
    expected_pence_a_week: int | None,
    difference: str,
    review_due: date | None,
    by: User,
) -> Allowance:
    """Put an allowance right, say what it should come to and why it differs, or move its next review."""
    return ledger.update(
        allowance,
        by=by,
        what="allowance changed",
        version=version,
        child=child,
        paid_by=paid_by,
        expected_pence_a_week=expected_pence_a_week,
        difference=difference,
        review_due=review_due,
    )


def enter(
    *,
    allowance: Allowance,
    kind: str,
    on: date,
    pence: int | None,
    every: str,
    why: str,
    review_due: date | None,
    by: User,
    submission: UUID,
) -> AllowanceEntry:
    """Write a line of an allowance's history; a change or review moves the next review on unless a day is given."""
    not_yet_to_come(on, "on")
    _reasoned(kind, pence, why)
    with ledger.together():
        locked = Allowance.objects.select_for_update().get(pk=allowance.pk)
        entry = _enter(locked, Kind(kind), on, pence or 0, every, why, by, submission)
        if review_due or kind in (Kind.CHANGED, Kind.REVIEWED):
            due = review_due or _next_review(locked.kind, on)
            ledger.update(locked, by=by, what="next review of an allowance", review_due=due)
    return entry


def edit_entry(
    *, entry: AllowanceEntry, version: int, kind: str, on: date, pence: int | None, every: str, why: str, by: User
) -> AllowanceEntry:
    """Put a line of an allowance's history right."""
    not_yet_to_come(on, "on")
    if entry.pk != entry.allowance_id:  # how it began needs no reason
        _reasoned(kind, pence, why)
    with ledger.together():
        amount = (pence or 0) if kind in AMOUNTS else 0
        changed = ledger.update(
            entry,
            by=by,
            what="allowance's history put right",
            version=version,
            kind=kind,
            on=on,
            pence=amount,
            every=every,
            pence_a_week=a_week(amount, every),
            why=why,
        )
        _stand(Allowance.objects.select_for_update().get(pk=entry.allowance_id), by)
    return changed


def _reasoned(kind: str, pence: int | None, why: str) -> None:
    if kind in AMOUNTS and pence is None:
        raise Refused("Enter the amount", field="pence")
    if kind in (Kind.CHANGED, Kind.STOPPED) and not why:
        raise Refused("Say why, as it was explained. If nobody explained it, say so", field="why")


def _enter(
    allowance: Allowance, kind: AllowanceEntry.Kind, on: date, pence: int, every: str, why: str, by: User, row: UUID
) -> AllowanceEntry:
    amount = pence if kind in AMOUNTS else 0
    entry = ledger.create(
        AllowanceEntry,
        by=by,
        what=f"allowance {kind.label.lower().removeprefix('it ')}",
        id=row,
        agency_id=allowance.agency_id,
        case_id=allowance.case_id,
        allowance=allowance,
        kind=kind,
        on=on,
        pence=amount,
        every=every,
        pence_a_week=a_week(amount, every),
        why=why,
    )
    _stand(allowance, by)
    return entry


def _stand(allowance: Allowance, by: User) -> None:
    """Keep on an allowance where it stands by its history."""
    rows = AllowanceEntry.objects.filter(allowance=allowance).values_list("on", "kind", "pence_a_week")
    ledger.update(allowance, by=by, what="allowance stands", **standing(map(Line._make, rows))._asdict())


def _next_review(kind: str, on: date) -> date | None:
    months = kinds()[kind].review_months
    return months_after(on, months) if months else None

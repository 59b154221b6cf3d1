"""Opening a case for a family, or taking up the one it had, and giving it a worker."""

from datetime import date
from uuid import UUID

from alongside.core.agencies.models import Team, User
from alongside.core.agencies.permissions import Role
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.cases.services.closing import reopen_case
from alongside.records.people.knowing import may_know
from alongside.records.people.models import Household
from alongside.records.referrals.models import Referral


def open_case(
    *,
    referral: Referral | None,
    household: Household,
    authority: UUID | None,
    team: Team | None,
    worker: User | None,
    opened_on: date,
    by: User,
    first_contact_due: date | None = None,
    review_due: date | None = None,
) -> Case:
    """Open a household's case. A household has one: a closed one is opened again, an open one goes on as it is."""
    with ledger.together():
        case: Case | None = Case.objects.select_for_update().filter(household=household).first()
        if case is None:
            case = ledger.create(
                Case,
                by=by,
                what="case opened",
                agency_id=household.agency_id,
                household=household,
                referral=referral,
                authority_id=authority,
                opened_on=opened_on,
                next_contact_due=first_contact_due,
                review_due=review_due,
            )
        elif case.closed_on:
            case = reopen_case(case=case, words="Referred to us again", next_contact_due=first_contact_due, by=by)
            ledger.update(case, by=by, what="review planned", review_due=review_due)
        elif worker is None:
            return case  # it stays with whoever has it
        return allocate_case(case=case, worker=worker, team=team, by=by)


def allocate_case(
    *, case: Case, worker: User | None, by: User, team: Team | None = None, version: int | None = None
) -> Case:
    """Give a case to a worker, and so to their team, or to a team alone; its household goes with it.

    A worker beyond their capacity is not refused: who decides has seen the numbers and may have reasons.
    """
    if worker is not None:
        _check_worker(case, worker)
        team = worker.team or team
    if case.closed_on:
        raise Refused("This case is closed. Open it again first")
    with ledger.together():
        what = "case allocated" if worker else "case given to a team"
        ledger.update(case, by=by, what=what, version=version, worker=worker, team=team)
        ledger.update(case.household, by=by, what="household follows its case", worker=worker, team=team)
    return case


def _check_worker(case: Case, worker: User) -> None:
    if worker.agency_id != case.agency_id or worker.role != Role.FAMILY_WORKER:
        raise Refused("Choose one of the agency's family workers", field="worker")
    if not worker.is_active:
        raise Refused(f"{worker.name} no longer works here. Choose somebody else", field="worker")
    if not may_know(worker, case.household_id):
        raise Refused(f"{worker.name} may not know of this family. Name them under Safety first", field="worker")

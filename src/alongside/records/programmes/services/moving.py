"""Moving a family: step up, step down, hand over, or back to the authority, all of it or none."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import in_words
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.cases.services.opening import allocate_case
from alongside.records.programmes.models import Contract, Enrolment, Move
from alongside.records.programmes.rules.eligibility import Answer
from alongside.records.programmes.rules.moves import Agreement, against_moving, way
from alongside.records.programmes.services.placing import give_back_place, hold_contract, take_place
from alongside.records.programmes.standing import weigh


def move_family(
    *,
    enrolment: Enrolment,
    contract: Contract | None,
    worker: User | None,
    reason: str,
    agreement: str,
    carer_words: str,
    note: str,
    by: User,
    submission: UUID,
) -> Move:
    """Take a family from one programme into another, or with no contract back to the authority.

    The worker stays unless another is named; a programme without an allocated worker needs none, so that its families
    count as nobody's only while another of their programmes needs one.
    """
    with ledger.together():
        done: Move | None = Move.objects.filter(pk=submission).first()
        if done:
            return done
        held: Enrolment = (
            Enrolment.objects.select_for_update(of=("self",)).select_related("contract__programme").get(pk=enrolment.pk)
        )
        case: Case = (
            Case.objects.select_for_update(of=("self",)).select_related("household", "worker").get(pk=held.case_id)
        )
        _check(held, case, contract, reason, agreement, carer_words, note)
        before = case.worker
        give_back_place(enrolment=held, ended_on=timezone.localdate(), by=by)
        joined = _join(case, contract, by) if contract else None
        after = _allocate(case, contract, worker, by)
        return ledger.create(
            Move,
            by=by,
            what=f"family moved: {_way(held, contract)}",
            id=submission,
            agency_id=held.agency_id,
            case=case,
            left=held,
            joined=joined,
            way=_way(held, contract),
            moved_on=timezone.localdate(),
            reason=reason,
            agreement=agreement,
            carer_words=carer_words,
            note=note,
            worker_before=before,
            worker_after=after,
            by_id=by.pk,
        )


def join_programme(*, case: Case, contract: Contract, by: User, submission: UUID) -> Enrolment:
    """Give a family a place in one more programme, beside those that they are in, or again after a gap."""
    with ledger.together():
        if case.closed_on:
            raise Refused("This case is closed. Open it again first")
        held = hold_contract(contract.pk)
        _fits(case, held)
        return take_place(case=case, contract=held, by=by, submission=submission)


def _check(
    held: Enrolment, case: Case, contract: Contract | None, reason: str, agreement: str, carer_words: str, note: str
) -> None:
    if held.ended_on:
        raise Refused(f"Their time in {held.contract} ended on {in_words(held.ended_on)}")
    if case.closed_on:
        raise Refused("This case is closed. Open it again first")
    if contract and contract.pk == held.contract_id:
        raise Refused("The family is in this one now. Choose another", field="contract")
    against = against_moving(_way(held, contract), Agreement(agreement), carer_words, reason, note)
    if against:
        raise Refused(against.words, field=against.field)


def _way(held: Enrolment, contract: Contract | None) -> Any:
    after = contract.programme.definition["intensity"] if contract else None
    return way(held.contract.programme.definition["intensity"], after)


def _join(case: Case, contract: Contract, by: User) -> Enrolment:
    held = hold_contract(contract.pk)
    _fits(case, held)
    return take_place(case=case, contract=held, by=by)


def _fits(case: Case, contract: Contract) -> None:
    """Refuse what the contract does not allow; what is only not known yet is for those who know the family."""
    weighed = weigh(case, contract, timezone.localdate())
    if weighed.answer is Answer.NOT_ELIGIBLE:
        against = next(reason.words for reason in weighed.reasons if reason.met is False)
        raise Refused(f"{contract.name} cannot help this family. {against}", field="contract")


def _allocate(case: Case, contract: Contract | None, worker: User | None, by: User) -> User | None:
    if worker is not None and worker != case.worker:
        allocate_case(case=case, worker=worker, by=by)
        return worker
    others = Enrolment.objects.filter(case=case, ended_on=None).select_related("contract__programme")
    if contract and not any(other.contract.programme.definition["allocated_worker"] for other in others):
        allocate_case(case=case, worker=None, team=case.team, by=by)
        return None
    return case.worker

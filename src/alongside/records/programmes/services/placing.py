"""Giving a family a place in a contract, never one more than there are."""

from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.programmes.models import Contract, Enrolment
from alongside.records.programmes.queries import places_used


def hold_contract(pk: UUID) -> Contract:
    """Fetch a contract so that nobody else can give its places until the transaction ends.

    PostgreSQL locks the row; SQLite lets one writer in at a time, from the start of the transaction.
    """
    held: Contract = Contract.objects.select_for_update().get(pk=pk)
    return held


def take_place(*, case: Case, contract: Contract, by: User) -> Enrolment:
    """Give a case a place in a contract; refused when all are taken, or the case has one already."""
    with ledger.together():
        held = hold_contract(contract.pk)
        if Enrolment.objects.filter(case=case, contract=held, ended_on=None).exists():
            raise Refused(f"This family already has a place in {held.name}.", field="contract")
        if places_used([held])[held.pk] >= held.places:
            raise Refused(
                f"All {held.places} places of {held.name} are taken. "
                "Put the family on the waiting list, or choose another contract.",
                field="contract",
            )
        return ledger.create(
            Enrolment,
            by=by,
            what="place taken up",
            agency_id=case.agency_id,
            case=case,
            contract=held,
            started_on=timezone.localdate(),
        )

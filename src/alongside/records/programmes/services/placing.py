"""Giving a family a place in a contract, never one more than there are, and taking it back."""

from datetime import date
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.cases.services.keeping import keep
from alongside.records.programmes.models import Contract, Enrolment, Extension, Pause
from alongside.records.programmes.queries import places_used
from alongside.records.programmes.rules.clock import Stop, stopped_as_a_whole


def hold_contract(pk: UUID) -> Contract:
    """Fetch a contract so that nobody else can give its places until the transaction ends.

    PostgreSQL locks the row; SQLite lets one writer in at a time, from the start of the transaction.
    """
    held: Contract = Contract.objects.select_for_update().get(pk=pk)
    return held


def take_place(*, case: Case, contract: Contract, by: User, submission: UUID | None = None) -> Enrolment:
    """Give a case a place in a contract; refused when all are taken, or the case has one already."""
    with ledger.together():
        held = hold_contract(contract.pk)
        standing: Enrolment | None = Enrolment.objects.filter(case=case, contract=held, ended_on=None).first()
        if standing and standing.pk == submission:
            return standing
        if standing:
            raise Refused(f"This family already has a place in {held.name}.", field="contract")
        if places_used([held])[held.pk] >= held.places:
            raise Refused(
                f"All {held.places} places of {held.name} are taken. "
                "Put the family on the waiting list, or choose another contract.",
                field="contract",
            )
        taken = ledger.create(
            Enrolment,
            by=by,
            what="place taken up",
            agency_id=case.agency_id,
            case=case,
            contract=held,
            started_on=timezone.localdate(),
            **({"id": submission} if submission else {}),
        )
        keep_standing(taken.pk, case.pk)
    return taken


def give_back_place(*, enrolment: Enrolment, ended_on: date, by: User) -> Enrolment:
    """End a family's time in a contract, and with it a pause that was still open."""
    end = max(ended_on, enrolment.started_on)
    with ledger.together():
        for pause in Pause.objects.filter(enrolment=enrolment, until=None):
            ledger.update(pause, by=by, what="pause ended with the place", until=max(end, pause.since))
        ended = ledger.update(enrolment, by=by, what="place given back", ended_on=end)
        keep_standing(enrolment.pk, enrolment.case_id)
    return ended


def keep_standing(enrolment: UUID, case: UUID) -> None:
    """Put on an enrolment what its pauses and extensions come to, and on its case since when all of it stands still.

    Like all that is kept, it follows from rows that are logged themselves, so it leaves no entry.
    """
    stops = [Stop(*row) for row in Pause.objects.filter(enrolment=enrolment).values_list("since", "until")]
    agreed = Extension.objects.filter(enrolment=enrolment, answer=Extension.Answer.AGREED)
    more = agreed.aggregate(weeks=Sum("weeks", default=0), sessions=Sum("sessions", default=0))
    Enrolment.objects.filter(pk=enrolment).update(
        days_stopped=sum((stop.until - stop.since).days for stop in stops if stop.until),
        stopped_since=next((stop.since for stop in stops if stop.until is None), None),
        more_weeks=more["weeks"],
        more_sessions=more["sessions"],
    )
    standing = Enrolment.objects.filter(case=case, ended_on=None).values_list("stopped_since", flat=True)
    keep(case, paused_since=stopped_as_a_whole(standing))

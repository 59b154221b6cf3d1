"""Keeping a plan as it was agreed with the carer, and sending it to the family."""

from datetime import date
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import in_words, not_before, not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.people.models import Person
from alongside.records.plans.models import AgreedPlan, PlanSending
from alongside.records.plans.paper import content_of, says_something
from alongside.records.plans.tasks import send_agreed_plan


def agree_plan(
    *, case: Case, agreed_with: Person, agreed_on: date, how: str, words: str, by: User, submission: UUID
) -> AgreedPlan:
    """Keep the plan as it stands now, as the one that was agreed with the carer."""
    not_yet_to_come(agreed_on, "agreed_on")
    began = case.opened_on
    not_before(agreed_on, began, "agreed_on", f"The work began on {in_words(began)}; it was not agreed before that")
    with ledger.together():
        locked = Case.objects.select_for_update(of=("self",)).select_related("worker", "authority").get(pk=case.pk)
        content = content_of(locked, agreed_with)
        if not says_something(content):
            raise Refused("There is nothing to agree yet. Set a goal or a step first")
        last = AgreedPlan.objects.filter(case=locked).aggregate(last=Max("number"))["last"] or 0
        return ledger.create(
            AgreedPlan,
            by=by,
            what="plan agreed",
            id=submission,
            agency_id=locked.agency_id,
            case=locked,
            number=last + 1,
            agreed_on=agreed_on,
            agreed_with=agreed_with,
            how=how,
            words=words,
            content=content,
            by_id=by.pk,
        )


def send_plan(*, plan: AgreedPlan, how: str, safe: bool, by: User, submission: UUID) -> PlanSending:
    """Send an agreed plan, or say that it was posted or handed over, once somebody has checked that it is safe."""
    if not safe:
        raise Refused("Check with the family that it is safe to send it there, then say so", field="safe")
    address = plan.agreed_with.email if how == PlanSending.How.EMAIL else ""
    if how == PlanSending.How.EMAIL and not address:
        raise Refused("There is no e-mail address for them. Add one to their record first", field="how")
    with ledger.together():
        AgreedPlan.objects.select_for_update().get(pk=plan.pk)  # of two clicks at once, one sends it
        sent: PlanSending | None = PlanSending.objects.filter(pk=submission).first()
        if sent is not None:
            return sent
        sending = ledger.create(
            PlanSending,
            by=by,
            what="plan sent",
            id=submission,
            agency_id=plan.agency_id,
            case_id=plan.case_id,
            plan=plan,
            how=how,
            sent_to=address,
            at=timezone.now(),
            by_id=by.pk,
        )
        if address:
            transaction.on_commit(partial(send_agreed_plan.enqueue, str(sending.pk)), robust=True)
    return sending

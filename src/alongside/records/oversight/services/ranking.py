"""Saying that a family on the waiting list comes before others, with the reason, and taking it back."""

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.oversight.models import Priority
from alongside.records.referrals.models import Referral


def put_first(*, referral: Referral, level: int | None, reason: str, version: int | None, by: User) -> Priority | None:
    """Give a waiting family its priority; None puts it back in its usual turn. Both need a reason."""
    if not reason.strip():
        raise Refused("Say why, so that others can see that it is fair", field="reason")
    said = {"level": level, "reason": reason.strip(), "set_on": timezone.localdate(), "by_id": by.pk}
    with ledger.together():
        held: Referral = Referral.objects.select_for_update().get(pk=referral.pk)
        if held.status != Referral.Status.WAITING:
            raise Refused("This family is not on the waiting list any more")
        found: Priority | None = Priority.objects.filter(referral=held).first()
        if found:
            return ledger.update(found, by=by, what="priority changed", version=version, **said)
        if level is None:
            return None
        return ledger.create(Priority, by=by, what="priority given", agency_id=held.agency_id, referral=held, **said)

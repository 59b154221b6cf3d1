"""Who waits for a place, who of them comes first, and how long such waits have really been."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.base.paging import Page, page_of
from alongside.insight.workload.queries import midnight
from alongside.insight.workload.rules import expected, wait_words
from alongside.records.oversight.models import Priority
from alongside.records.oversight.queries import prioritised
from alongside.records.programmes.models import Decision
from alongside.records.referrals.models import Referral

LOOKED_BACK = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A family on the waiting list."""

    referral: Referral
    contract: str
    days: int
    expected: str
    priority: Priority | None


def first_in_line(user: User, today: date) -> list[Waiting]:
    """Give the families that come before others, in their order."""
    found = prioritised(user)
    return _shaped(user, [one.referral for one in found], {one.referral_id: one for one in found}, today)


def in_turn(user: User, key: str, today: date) -> tuple[Page[Referral], list[Waiting]]:
    """Give a page of the others, the longest wait first."""
    ahead = Priority.objects.filter(referral=OuterRef("pk"), level__isnull=False)
    rows = Referral.objects.visible_to(user).filter(~Exists(ahead), status=Referral.Status.WAITING)
    listed = page_of(rows.select_related("authority"), order="received_at", key=key)
    return listed, _shaped(user, listed.rows, {}, today)


def _shaped(user: User, referrals: Sequence[Referral], priorities: dict[UUID, Priority], today: date) -> list[Waiting]:
    contracts = _contracts(one.pk for one in referrals)
    words = _expected(user, {pk for pk, _ in contracts.values()}, today)
    found = []
    for one in referrals:
        contract, name = contracts.get(one.pk, (None, ""))
        days = (today - timezone.localdate(one.received_at)).days
        found.append(Waiting(one, name, days, words.get(contract, wait_words(None)), priorities.get(one.pk)))
    return found


def _contracts(referrals: Iterable[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """Give the contract for which each family waits: that of the last decision that put it on the list."""
    decisions = Decision.objects.filter(
        referral__in=list(referrals), outcome=Decision.Outcome.WAITING, contract__isnull=False
    )
    rows = decisions.order_by("decided_at").values_list("referral", "contract", "contract__name")
    return {referral: (contract, name) for referral, contract, name in rows}


def _expected(user: User, contracts: set[UUID], today: date) -> dict[UUID | None, str]:
    """Say for each contract how long those had waited who came off its list lately and of whom somebody may know."""
    waited = Decision.objects.filter(
        referral=OuterRef("referral"), outcome=Decision.Outcome.WAITING, decided_at__lt=OuterRef("decided_at")
    )
    taken_on = Decision.objects.visible_to(user).filter(
        Exists(waited),
        contract__in=contracts,
        outcome=Decision.Outcome.ACCEPTED,
        decided_at__gte=midnight(today - LOOKED_BACK),
    )
    days: dict[UUID | None, list[int]] = {contract: [] for contract in contracts}
    for contract, received, decided in taken_on.values_list("contract", F("referral__received_at"), "decided_at"):
        days[contract].append((timezone.localdate(decided) - timezone.localdate(received)).days)
    return {contract: wait_words(expected(sorted(each))) for contract, each in days.items()}

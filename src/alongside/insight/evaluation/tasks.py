"""What a worker process does for the evaluation: freezing a cohort of many families."""

from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.insight.evaluation.models import Cohort, FrozenCohort
from alongside.insight.evaluation.services import families_of, freeze_cohort, may_freeze

AT_ONCE = 1000
"""So many families are read while somebody waits for the page; it takes some seconds."""


def freeze(*, cohort: Cohort, by: User) -> FrozenCohort | None:
    """Freeze a cohort at once where it is small, and give it; else have it done by a worker process."""
    may_freeze(cohort)
    if cohort.frozen_at or families_of(cohort) <= AT_ONCE:
        return freeze_cohort(cohort=cohort, by=by)
    with ledger.together():
        ledger.update(cohort, by=by, what="freezing asked for", freezing_since=timezone.now(), not_frozen="")
        transaction.on_commit(partial(freeze_later.enqueue, str(cohort.pk), str(by.pk)), robust=True)
    return None


@task()
def freeze_later(cohort: str, by: str) -> None:
    """Freeze it; where that is refused, keep why for its page. Doing it twice is doing it once."""
    with system():
        found, user = Cohort.objects.select_related("protocol").get(pk=UUID(cohort)), User.objects.get(pk=UUID(by))
        try:
            freeze_cohort(cohort=found, by=user)
        except Refused as refused:
            what = "freezing refused"
            ledger.update(found, by=user, what=what, freezing_since=None, not_frozen=refused.sentence[:500])

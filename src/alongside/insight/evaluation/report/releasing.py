"""Giving a cohort's report to the agencies that pay for its contracts, as it stands on that day."""

import json
from hashlib import sha256

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.insight.evaluation.models import Cohort, Release
from alongside.insight.evaluation.report.writing import write
from alongside.insight.evaluation.rules import Stage
from alongside.records.programmes.models import Contract

JUDGE_FIRST = "Run what was promised for the primary outcomes first: a report without it answers nothing"


def release_report(*, cohort: Cohort, by: User) -> list[Release]:
    """Give the report as it stands to every agency that pays for a contract of the cohort; to each the same once.

    Raises :class:`Refused` before the primary outcomes have been judged.
    """
    if cohort.stage is not Stage.FROZEN:
        raise Refused(JUDGE_FIRST)
    document = write(cohort)
    if not document.level:
        raise Refused(JUDGE_FIRST)
    content = document.to_json()
    fingerprint = sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    payers = Contract.objects.filter(agency=cohort.agency_id, pk__in=cohort.defined.contracts)
    with ledger.together():
        # Whoever releases at the same moment waits here, and then finds what was released.
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        had = set(Release.objects.filter(cohort=cohort, fingerprint=fingerprint).values_list("purchaser", flat=True))
        return [
            ledger.create(
                Release,
                by=by,
                what="evaluation report released",
                agency_id=cohort.agency_id,
                cohort=cohort,
                purchaser_id=purchaser,
                title=cohort.title,
                question=cohort.question,
                at=timezone.now(),
                by_id=by.pk,
                content=content,
                fingerprint=fingerprint,
            )
            for purchaser in sorted(set(payers.values_list("purchaser", flat=True)) - had)
        ]

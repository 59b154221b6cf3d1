"""One of each kind of thing by which Morgan looks after Asha's work with Grace."""

from datetime import timedelta
from typing import Any

from alongside.core.agencies.models import User
from alongside.records.oversight.models import (
    Absence,
    AgreedAction,
    CaseAudit,
    CaseTalk,
    Cover,
    Priority,
    Sample,
    Supervision,
)
from alongside.records.oversight.questions import questions
from tests.cast import TODAY, Cast


def oversight_rows(cast: Cast, stands_in: User) -> dict[str, Any]:
    """Write them, and give those that an address can name."""
    ours: dict[str, Any] = {"agency": cast.provider}
    supervision = Supervision.objects.create(
        **ours, worker=cast.asha, by=cast.morgan, held_on=TODAY - timedelta(days=20), words="Well."
    )
    CaseTalk.objects.create(**ours, supervision=supervision, case=cast.case, words="Grace sleeps better.")
    action = AgreedAction.objects.create(**ours, supervision=supervision, owner=cast.asha, words="Ask the school")
    sample = Sample.objects.create(
        **ours,
        team=cast.team,
        by=cast.morgan,
        drawn_on=TODAY,
        size=1,
        seed="5eed",
        pool=1,
        fingerprint="0" * 64,
        picked=[str(cast.case.pk)],
    )
    audit = CaseAudit.objects.create(
        **ours,
        case=cast.case,
        sample=sample,
        by=cast.morgan,
        audited_on=TODAY,
        edition=questions().edition,
        answers={question.key: {"found": "yes", "words": ""} for question in questions().asked},
    )
    absence = Absence.objects.create(
        **ours, worker=cast.asha, by=cast.morgan, starts_on=TODAY + timedelta(days=3), ends_on=TODAY + timedelta(days=9)
    )
    Cover.objects.create(**ours, absence=absence, case=cast.case, worker=stands_in)
    Priority.objects.create(**ours, referral=cast.referral, by=cast.morgan, level=1, reason="A baby.", set_on=TODAY)
    return {
        "supervision": supervision,
        "agreed action": action,
        "sample": sample,
        "audit": audit,
        "absence": absence,
        "absence to change": absence,
        "worker": cast.asha,
    }

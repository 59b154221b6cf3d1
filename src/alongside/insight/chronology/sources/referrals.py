"""That a family was referred; what was told then stays with those who may read referrals."""

from alongside.core.agencies.permissions import Permission
from alongside.insight.chronology.entries import Entry, Kind, Rows, Said, Scope, Source, by_moment
from alongside.records.cases.models import Case
from alongside.records.referrals.models import Referral


def _rows(scope: Scope) -> Rows | None:
    if scope.person:
        return None
    rows = Referral.objects.filter(pk__in=Case.objects.filter(pk=scope.case).values("referral"))
    told = {"words": "words"} if scope.user.may(Permission.REFERRAL_SEE) else {}
    return by_moment(scope, "referral", rows, "received_at", code="source", detail="source_agency__name", **told)


def _tell(entry: Entry) -> Said:
    who = f"Referred by {entry.detail}" if entry.detail else "Referred"
    return Said("The carer asked for help" if entry.code == Referral.Source.SELF else who, (entry.words,))


SOURCES = (Source("referral", Kind.REFERRAL, _rows, _tell),)

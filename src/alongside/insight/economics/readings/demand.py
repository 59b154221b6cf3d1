"""What records say of how many families come to a contract, how long they stay and how many leave early."""

from typing import NamedTuple

from alongside.calc.economics.beta import Counted
from alongside.core.agencies.models import User
from alongside.insight.economics.library import library
from alongside.insight.economics.readings import families
from alongside.insight.economics.readings.filling import NO_QUARTER, spans_for
from alongside.insight.economics.readings.reading import ROUNDED, TOO_FEW, shown
from alongside.insight.economics.readings.records import Records
from alongside.insight.economics.readings.spans import Span
from alongside.records.programmes.models import Contract, Decision

TAKEN = (Decision.Outcome.ACCEPTED, Decision.Outcome.WAITING)
MONTHS = 12
NOT_YOURS = "Only the agency that serves a contract has records of who comes to it."


class Demand(NamedTuple):
    """What may be told: families a month, weeks of support, and the share who leave early; ``words`` say of what."""

    families: float | None
    weeks: int | None
    leaving: float | None
    words: tuple[str, ...]


def demand_of(contract: Contract, *, by: User) -> Demand:
    """Read a contract that came through the gate, over its latest year; nothing small is ever in it."""
    if by.agency_id != contract.agency_id:
        return Demand(None, contract.length_weeks, None, (NOT_YOURS,))
    spans = spans_for(contract)
    if not spans:
        return Demand(None, contract.length_weeks, None, (NO_QUARTER,))
    span = spans[1] if len(spans) > 1 else spans[0]
    came, words = _came(contract, span)
    stayed = families.retained(Records(contract, span, library(), span.last))
    left = 1 - stayed.made.mean if isinstance(stayed.made, Counted) else None
    return Demand(came, contract.length_weeks, left, (words, stayed.words))


def _came(contract: Contract, span: Span) -> tuple[float | None, str]:
    """Families who were accepted or put on the list, each once, a month."""
    rows = Decision.objects.filter(
        contract=contract, outcome__in=TAKEN, decided_at__gte=span.opens_at, decided_at__lt=span.until
    )
    number = shown(rows.values("referral").distinct().count())
    if not number:
        return None, f"{TOO_FEW}: families who were taken on or put on the list {span.words}."
    words = f"{number:,} families were taken on or put on the list {span.words}, {ROUNDED}."
    return round(number / (span.years * MONTHS), 1), words

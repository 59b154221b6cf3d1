"""Opening a contract's quarter through the gate: as it was frozen, or as the records stand today."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from alongside.core import access
from alongside.insight.reports.models import FrozenReport
from alongside.insight.reports.periods import Period, Quarter, period_of
from alongside.insight.reports.services import frozen_of, report_of
from alongside.insight.reports.telling.report import Report
from alongside.records.programmes.models import Contract


@dataclass
class Opened:
    """A quarter that somebody may see."""

    contract: Contract
    period: Period
    frozen: FrozenReport | None

    @cached_property
    def report(self) -> Report:
        """The report as frozen; else counted now."""
        return self.frozen.report if self.frozen else report_of(self.contract, self.period)

    @property
    def slug(self) -> str:
        """How addresses name the quarter."""
        return self.period.quarter.slug

    @property
    def filename(self) -> str:
        """What its files are called: the contract's words, without anything that a disk or a header would mind."""
        words = "".join(one if one.isascii() and one.isalnum() else " " for one in self.contract.name.lower())
        return "-".join([*words.split(), self.slug])


def open_quarter(request: HttpRequest, pk: UUID, slug: str, what: str) -> Opened:
    """Fetch a contract's quarter and log that it was seen; what has not begun, or is not theirs, is not there."""
    contract = access.get(request, Contract, pk, what=f"{what}, {slug}"[:200], rows=contracts(request))
    quarter = Quarter.named(slug)
    period = period_of(contract.starts_on, contract.ends_on, quarter, timezone.localdate()) if quarter else None
    if period is None:
        raise Http404
    return Opened(contract, period, frozen_of(contract, slug))


def contracts(request: HttpRequest) -> QuerySet[Contract]:
    """Give the contracts whose reports this person may see."""
    return access.visible(request, Contract).select_related("programme", "purchaser", "agency").order_by("name", "pk")

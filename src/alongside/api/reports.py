"""One contract's quarter, with the very figures that the page shows: the same text, and withheld where it is."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Schema

from alongside.api.operations import operation
from alongside.core import access
from alongside.core.agencies.permissions import Permission
from alongside.insight.reports.periods import Quarter, period_of
from alongside.insight.reports.services import frozen_of, report_of
from alongside.records.programmes.models import Contract


class FigureOut(Schema):
    """A figure, as text that is safe to show; ``number`` where it is a count that is not withheld."""

    key: str
    title: str
    text: str
    number: int | None
    withheld: bool
    unit: str
    numerator: str
    denominator: str
    cohort: str
    left_out: list[tuple[str, str]]
    method: str
    design: str


class ReportOut(Schema):
    """A quarter."""

    contract: str
    programme: str
    purchaser: str
    provider: str
    quarter: str
    starts_on: str
    ends_on: str
    counted_to: str
    counted_on: str
    frozen: bool
    state: str
    footnote: str
    figures: list[FigureOut]


@operation("GET", "/reports/{uuid:contract}/{slug:quarter}", Permission.REPORT_SEE, response=ReportOut)
def report(request: HttpRequest, contract: UUID, quarter: str) -> dict[str, Any]:
    """Give a contract's quarter, such as 2026-q3, as it was frozen or as the records stand."""
    found = access.get(
        request,
        Contract,
        contract,
        what=f"report opened by machine, {quarter}"[:120],
        related=("programme", "purchaser", "agency"),
    )
    named = Quarter.named(quarter)
    period = period_of(found.starts_on, found.ends_on, named, timezone.localdate()) if named else None
    if period is None:
        raise Http404
    frozen = frozen_of(found, quarter)
    told = frozen.report if frozen else report_of(found, period)
    heading = told.heading
    figures = [
        {
            **{name: getattr(figure, name) for name in FigureOut.model_fields if hasattr(figure, name)},
            "withheld": figure.hidden,
            "left_out": figure.exclusions,
        }
        for figure in told.figures.values()
    ]
    facts = {name: getattr(heading, name) for name in ReportOut.model_fields if hasattr(heading, name)}
    return {**facts, "state": heading.state, "footnote": told.footnote, "figures": figures}

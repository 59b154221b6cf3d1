"""The report as a PDF that a screen reader can read; the typesetter refuses to make any other."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from alongside.core.base.paper import typeset
from alongside.insight.reports.telling.report import Report

LAYOUT = Path(__file__).with_name("quarter.typ")


def pdf_of(report: Report) -> bytes:
    """Set a report on paper, as on the day that it was counted."""
    return typeset(LAYOUT, _data(report), date.fromisoformat(report.heading.counted_on))


def _data(report: Report) -> dict[str, Any]:
    """The report as the layout reads it, with the sentences that are made from its heading."""
    heading = asdict(report.heading) | {"days": report.heading.days, "state": report.heading.state}
    return asdict(report) | {"heading": heading, "footnote": report.footnote}

"""The report as a PDF that a screen reader can read (PDF/UA-1); the typesetter refuses to make any other."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import typst

from alongside.insight.reports.telling.report import Report

LAYOUT = Path(__file__).with_name("quarter.typ")
FONTS = Path(__file__).with_name("fonts")


def pdf_of(report: Report) -> bytes:
    """Set a report on paper. Its texts go in as data, never as markup."""
    made: bytes = typst.compile(
        LAYOUT,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        font_paths=[FONTS],
        sys_inputs={"report": json.dumps(_data(report), ensure_ascii=False)},
        timestamp=_noon(report.heading.counted_on),
    )
    return made


def _data(report: Report) -> dict[str, Any]:
    """The report as the layout reads it, with the sentences that are made from its heading."""
    heading = asdict(report.heading) | {"days": report.heading.days, "state": report.heading.state}
    return asdict(report) | {"heading": heading, "footnote": report.footnote}


def _noon(day: str) -> int:
    """The moment that the file says it was made at, so that a report makes the same file every time."""
    return (date.fromisoformat(day) - date(1970, 1, 1)).days * 86_400 + 43_200

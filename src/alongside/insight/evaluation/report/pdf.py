"""The report on paper, as a PDF that a screen reader can read; the typesetter refuses to make any other."""

from datetime import date
from pathlib import Path
from typing import Any

from alongside.core.base.paper import typeset
from alongside.insight.evaluation.report.document import Document, Section

LAYOUT = Path(__file__).with_name("report.typ")


def pdf_of(document: Document) -> bytes:
    """Set a report on paper, as of its day."""
    day = date.fromisoformat(document.as_of)
    data = {
        **{"title": document.title, "question": document.question, "provider": document.provider},
        **{"carries": document.carries, "design": document.design, "standing": document.standing},
        "sections": [_section(section) for section in document.sections],
    }
    return typeset(LAYOUT, data, day)


def _section(section: Section) -> dict[str, Any]:
    return {
        **{"title": section.title, "depth": section.depth, "words": section.words, "notes": section.notes},
        "plots": [{"svg": plot.svg, "words": plot.words} for plot in section.plots],
        "tables": [{"caption": one.caption, "columns": one.columns, "rows": one.rows} for one in section.tables],
    }

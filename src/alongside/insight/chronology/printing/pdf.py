"""A story as a PDF that a screen reader can read (PDF/UA-1)."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import typst

LAYOUT = Path(__file__).with_name("story.typ")
# The typeface belongs to the reports, which stand on a higher floor: its files are data, not code.
FONTS = Path(__file__).parents[2] / "reports" / "printing" / "fonts"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed. Each line: when, what happened, about or with whom, by whom, and the words written then."""

    title: str
    asked: str
    made: str
    day: date
    lines: list[tuple[str, str, str, str, list[str]]]


def pdf_of(sheet: Sheet) -> bytes:
    """Set a story on paper. Its texts go in as data, never as markup."""
    made: bytes = typst.compile(
        LAYOUT,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        font_paths=[FONTS],
        sys_inputs={"sheet": json.dumps(asdict(sheet) | {"day": sheet.day.isoformat()}, ensure_ascii=False)},
        timestamp=(sheet.day - date(1970, 1, 1)).days * 86_400 + 43_200,
    )
    return made

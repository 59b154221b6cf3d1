"""Setting what is printed or sent on paper as a PDF that a screen reader can read (PDF/UA-1), and no other."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import typst

PACKAGE = Path(__file__).resolve().parents[3]
FONTS = Path(__file__).with_name("fonts")


def typeset(layout: Path, data: dict[str, Any], on: date) -> bytes:
    """Set data by a layout, as on a day, so that the same data makes the same file. Texts go in as data, never as
    markup.
    """
    made: bytes = typst.compile(
        layout,
        root=PACKAGE,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        font_paths=[FONTS],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=(on - date(1970, 1, 1)).days * 86_400 + 43_200,
    )
    return made

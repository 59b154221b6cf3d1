"""A letter on paper, and in the parts that a page shows it by."""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from alongside.core.base.days import in_words
from alongside.core.base.paper import typeset
from alongside.records.letters.models import Letter

LAYOUT = Path(__file__).with_name("letter.typ")
POINT = "- "


class Block(NamedTuple):
    """Some lines that stand together: a paragraph, or the points of a list."""

    kind: str
    lines: list[str]


def blocks_of(body: str) -> list[Block]:
    """Part a body into paragraphs, which blank lines part, and lists, whose lines begin with "- "."""
    blocks: list[Block] = []
    apart = True
    for line in body.splitlines():
        words = line.strip()
        if not words:
            apart = True
            continue
        kind = "list" if words.startswith(POINT) else "paragraph"
        if apart or blocks[-1].kind != kind:
            blocks.append(Block(kind, []))
        blocks[-1].lines.append(words.removeprefix(POINT))
        apart = False
    return blocks


def letterhead() -> dict[str, str]:
    """Give what every letter says of the service: what it is called, its number, and when that is answered."""
    return {
        "service": str(settings.SERVICE_NAME),
        "phone": str(settings.HELP_PHONE),
        "hours": str(settings.HELP_HOURS),
    }


def as_read(letter: Letter, on: date) -> dict[str, Any]:
    """Give a letter as page and paper show it, with the day that it bears."""
    draft = letter.status != Letter.Status.SENT
    return {
        **letterhead(),
        "to": [letter.to_name, *letter.to_address.splitlines()],
        "day": in_words(on),
        "subject": letter.subject,
        "blocks": [block._asdict() for block in blocks_of(letter.body)],
        "foot": f"{settings.SERVICE_NAME}{', draft: not sent' if draft else ''}",
    }


def set_on_paper(letter: Letter, on: date, *, sent: bool) -> bytes:
    """Set a letter on paper, marked as a draft unless it is being sent."""
    read = as_read(letter, on)
    if sent:
        read["foot"] = str(settings.SERVICE_NAME)
    return typeset(LAYOUT, read, on)

"""Questionnaires on paper, in usual or large print, for who would rather write: nothing on it tells whose it is."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from alongside.calc.instruments import Instrument, Item
from alongside.core.base.paper import typeset

LAYOUT = Path(__file__).with_name("paper.typ")
LINE = 11  # places from 0 to 10
RATHER_NOT = "I would rather not say"


class Size(models.TextChoices):
    """How large the letters are."""

    USUAL = "usual", "Usual print"
    LARGE = "large", "Large print"
    LARGEST = "largest", "Very large print"


POINTS = {Size.USUAL: 12.5, Size.LARGE: 18.0, Size.LARGEST: 24.0}


def content_of(instruments: Sequence[Instrument]) -> dict[str, Any]:
    """Give what stands on the paper."""
    numbers = iter(range(1, 10_000))
    return {
        "title": "How are things?",
        "service": str(settings.SERVICE_NAME),
        "told": [
            "Your answers go to your worker and help them to help you. When we count what we do, they are added to "
            "those of others, without your name.",
            "There are no right answers. You can leave out any question.",
            f"Give this back to your worker. To talk to somebody, call us on {settings.HELP_PHONE}, "
            f"{settings.HELP_HOURS}. If you or a child are in danger, or you may hurt yourself, call 999.",
        ],
        "parts": [
            {"title": one.title, "items": [_asked(next(numbers), item) for item in one.items]} for one in instruments
        ],
        "rather_not": RATHER_NOT,
        "foot": "; ".join(f"{one.title}, edition {one.edition}" for one in instruments),
    }


def _asked(number: int, item: Item) -> dict[str, Any]:
    line = [option.value for option in item.options] == list(range(LINE))
    return {
        "number": number,
        "question": item.question,
        "why": item.why,
        "line": line,
        "low": item.options[0].words,
        "high": item.options[-1].words,
        "options": [] if line else [option.words for option in item.options],
    }


def paper_of(instruments: Sequence[Instrument], size: Size, on: date) -> bytes:
    """Set the questionnaires on paper."""
    return typeset(LAYOUT, {**content_of(instruments), "points": POINTS[size]}, on)

"""What changed in the records after a quarter was frozen, and which figures it moved.

A change of one or two records, set beside the figure before and after it, would show what those records say. So the
new text stands only where enough records of that figure's kind have changed, and the step itself is not small.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alongside.insight.reports.basis import ROWS, Basis
from alongside.insight.reports.telling.figures import HIDDEN, Figure
from alongside.insight.reports.telling.report import Report
from alongside.insight.reports.telling.safety import SMALLEST

ROW_WORDS = {
    "referrals": "Referrals and decisions",
    "enrolments": "Places of families",
    "members": "People in households",
    "arrangements": "Arrangements",
    "plans": "Plans",
    "contacts": "Contacts",
    "answers": "Answers to questions",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure whose text is another now; ``now`` is empty where saying it would give somebody away."""

    key: str
    title: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Since:
    """What has happened since a quarter was frozen."""

    changed: dict[str, int]
    moved: tuple[Moved, ...]

    @property
    def records(self) -> int:
        """How many records have been added, changed or taken away."""
        return sum(self.changed.values())

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """The kinds of record of which any has changed, in words."""
        return [(ROW_WORDS[name], number) for name, number in self.changed.items() if number]


def changed_rows(before: Basis, now: Basis) -> dict[str, int]:
    """Count, for each kind of row, those added, changed or gone."""
    return {name: _differences(_keyed(getattr(before, name)), _keyed(getattr(now, name))) for name in ROWS}


def _keyed(rows: list[Any]) -> dict[str, Any]:
    return {row.key: row for row in rows}


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> int:
    return sum(before.get(key) != now.get(key) for key in before.keys() | now.keys())


def what_moved(before: Report, now: Report, changed: Mapping[str, int]) -> Since:
    """Compare a frozen report with the same quarter counted today."""
    moved = []
    for key, figure in {**now.figures, **before.figures}.items():
        old, new = before.figures.get(key), now.figures.get(key)
        texts = (old.text if old else "", new.text if new else "")
        if texts[0] == texts[1]:
            continue
        plain = HIDDEN not in texts and _enough(figure, old, new, changed)
        moved.append(Moved(key, figure.title, texts[0], texts[1] if plain else ""))
    return Since(dict(changed), tuple(moved))


def _enough(figure: Figure, old: Figure | None, new: Figure | None, changed: Mapping[str, int]) -> bool:
    """Whether so much has changed that the step tells of nobody."""
    if sum(changed[name] for name in figure.rows) < SMALLEST:
        return False
    numbers = [shown.number for shown in (old, new) if shown and shown.number is not None]
    return len(numbers) < 2 or abs(numbers[0] - numbers[1]) >= SMALLEST

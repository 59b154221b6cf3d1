"""A report as it is written, whatever it is then shown as: sections of sentences, tables and plots."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from alongside.core.base.days import in_words
from alongside.insight.evaluation.plots import Plot
from alongside.insight.evaluation.results import Table


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report. ``depth`` 2 is a section of the whole, 3 a part of the section before it.

    ``plots`` stand before ``tables``, and never without one.
    """

    title: str
    depth: int = 2
    words: tuple[str, ...] = ()
    plots: tuple[Plot, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.plots and not self.tables:
            raise ValueError(f"“{self.title}” has a plot without a table of its numbers")


@dataclass(frozen=True, slots=True)
class Document:
    """A report. All of it is text that is safe to show; ``as_of`` is ISO text, the day that ``standing`` tells of.

    ``level`` is that of the Maryland scale, 1 to 5, which what it judges by reaches; 0 where there is none.
    """

    title: str
    question: str
    provider: str
    as_of: str
    standing: str
    level: int
    design: str
    sections: tuple[Section, ...]

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Document":
        """Read back what :meth:`to_json` gave, also before it said in words of which day it is."""
        known = dict(data)
        if frozen_on := known.pop("frozen_on", None):
            known |= {"as_of": frozen_on, "standing": rows_frozen(date.fromisoformat(frozen_on))}
        return cls(**{**known, "sections": tuple(_section(each) for each in data["sections"])})

    @property
    def carries(self) -> str:
        """How far its evidence carries, in a few words."""
        return f"Level {self.level} of 5" if self.level else "Not judged"


def rows_frozen(day: date) -> str:
    """Say of which day a report's rows are."""
    return f"Rows frozen on {in_words(day)}."


def _section(data: Mapping[str, Any]) -> Section:
    return Section(
        data["title"],
        data["depth"],
        tuple(data["words"]),
        tuple(Plot(**each) for each in data["plots"]),
        tuple(map(Table.from_json, data["tables"])),
        tuple(data["notes"]),
    )

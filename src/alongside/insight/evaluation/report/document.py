"""A report as it is written, whatever it is then shown as: sections of sentences, tables and plots."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

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
    """A report. All of it is text that is safe to show; ``frozen_on`` is ISO text, the day its rows are of.

    ``level`` is that of the Maryland scale, 1 to 5, which the judgement of the primary outcomes reaches; 0 before there
    is one.
    """

    title: str
    question: str
    provider: str
    frozen_on: str
    level: int
    design: str
    sections: tuple[Section, ...]

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Document":
        """Read back what :meth:`to_json` gave."""
        return cls(**{**data, "sections": tuple(_section(each) for each in data["sections"])})


def _section(data: Mapping[str, Any]) -> Section:
    return Section(
        data["title"],
        data["depth"],
        tuple(data["words"]),
        tuple(Plot(**each) for each in data["plots"]),
        tuple(map(Table.from_json, data["tables"])),
        tuple(data["notes"]),
    )
